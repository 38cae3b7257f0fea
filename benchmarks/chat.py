"""Our new-invoice dialogue against two peers, in alternated rounds on this machine; prints ratios.

    python benchmarks/chat.py BENCH_FOLDER [--rounds 3] [--scenes chat,calm,slow,twice,crash]

BENCH_FOLDER holds driver.py, crash.py and peers/. Postgres is a private embedded one for all three
(default durability). Everything stays on loopback, is bounded in time, and is removed afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402
from cryptography.fernet import Fernet  # noqa: E402

from models import embedded  # noqa: E402

SECRET = "bench-secret"
OURS = "bili"
BOTS = ("ptb pg", "floor outbox", OURS)
SCENES = {
    "chat": ["--merchants", "150", "--concurrency", "16"],
    "calm": ["--merchants", "32", "--concurrency", "8", "--think-ms", "150"],
    "slow": ["--merchants", "24", "--concurrency", "16", "--api-delay-ms", "50", "--warmup", "8"],
    "twice": ["--merchants", "60", "--concurrency", "16", "--redeliver", "0.05"],
    "crash": ["--merchants", "5", "--reply-timeout", "8"],
}
FLAGS = "--worker-class gthread --workers 2 --threads 8 --no-control-socket -b 127.0.0.1:8090"


class Bench:
    """One run: scratch space, databases, the programs that are played."""

    def __init__(self, folder: Path, scratch: Path, url: str, rounds: int) -> None:
        self.folder, self.scratch, self.url, self.rounds = folder, scratch, url, rounds
        self.results: list[dict] = []
        self.peer_python = scratch / "venv" / "bin" / "python"

    def prepare(self) -> None:
        """An environment of the peers' own, outside ours."""
        venv.create(self.scratch / "venv", with_pip=True)
        wanted = [
            line
            for line in (self.folder / "requirements.txt").read_text().splitlines()
            if line.split("=")[0].split("[")[0]
            in ("flask", "gunicorn", "procrastinate", "psycopg", "psycopg-pool",
                "python-telegram-bot", "tornado")
        ]  # fmt: skip
        subprocess.run([self.peer_python, "-m", "pip", "install", "-q", *wanted], check=True)

    def database(self, name: str) -> str:
        """A fresh database; its address."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}"')
        head, _, query = self.url.partition("?")
        return head.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")

    def play(self, scene: str, bot: str) -> dict:
        """One scene with one bot, on a fresh database; what the driver measured."""
        url = self.database("bench")
        env = os.environ | {"BENCH_DSN": url, "BENCH_API": "http://127.0.0.1:8081"}
        if bot == OURS:
            env, options = env | self.our_environment(url), self.ours(url)
        else:
            options = self.peer(bot, url, env)
        program = "crash.py" if scene == "crash" else "driver.py"
        command = [
            self.peer_python, self.folder / program, "--label", bot, *options, *SCENES[scene],
            "--settle", "10" if bot == OURS else "2", "--watch", f"pg={self.postmaster()}",
            "--log", self.scratch / f"{bot.replace(' ', '-')}.log",
        ]  # fmt: skip
        done = subprocess.run(
            list(map(str, command)), cwd=ROOT if bot == OURS else self.folder, env=env,
            stdout=subprocess.PIPE, text=True, timeout=180, check=False,
        )  # fmt: skip
        return {"scene": scene, **json.loads(done.stdout.strip().splitlines()[-1])}

    def our_environment(self, url: str) -> dict[str, str]:
        """What our processes read: as in production, where nobody asks for a clock that moves."""
        return {
            "APP_ENV": "production", "APP_URL": "https://bench.example",
            "DATABASE_URL": url, "PORT": "8090", "SECRET_KEY": "bench",
            "ENCRYPTION_KEYS": Fernet.generate_key().decode(), "LOG_LEVEL": "WARNING",
            "TELEGRAM_BOT_TOKEN": "7700:bench", "TELEGRAM_BOT_USERNAME": "bench_bot",
            "TELEGRAM_WEBHOOK_SECRET": SECRET, "TELEGRAM_API_URL": "http://127.0.0.1:8081",
        }  # fmt: skip

    def ours(self, url: str) -> list[str]:
        """The driver's options that start and play our product."""
        python = sys.executable
        subprocess.run(
            [python, "-m", "cli", "migrate"], cwd=ROOT, check=True,
            env=os.environ | self.our_environment(url),
        )  # fmt: skip
        return [
            "--script", str(ROOT / "benchmarks" / "new_invoice.json"), "--secret", SECRET,
            "--hook", "http://127.0.0.1:8090/webhooks/telegram",
            "--spawn", f"{python} -m gunicorn {FLAGS} 'app:create_app()'",
            "--spawn", f"{python} -m worker",
        ]  # fmt: skip

    def peer(self, bot: str, url: str, env: dict[str, str]) -> list[str]:
        """The driver's options that start and play a peer."""
        python = self.peer_python
        script = ["--script", str(self.folder / "script_invoice.json")]
        if bot == "ptb pg":
            peer = f"{python} peers/ptb_bot.py --api {{api}} --hook {{hook}} --dsn '{url}'"
            return [*script, "--spawn", f"{peer} --persistence pg"]
        env["SENDER"] = "outbox"
        subprocess.run(
            [str(python), "peers/floor_bot.py", "prepare"], cwd=self.folder, env=env, check=True
        )
        web = f"{python} -m gunicorn {FLAGS} --chdir peers floor_bot:app"
        return [*script, "--spawn", web, "--spawn", f"{python} peers/floor_bot.py outbox"]

    def postmaster(self) -> int:
        """The process whose CPU is Postgres'."""
        with psycopg.connect(self.url) as connection:
            row = connection.execute(
                "SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)::int"
            ).fetchone()
        return row[0]


def cpu(result: dict) -> float:
    """CPU milliseconds a turn of everything but the driver."""
    spent = result["cpu_ms_per_turn"]
    return sum(value for name, value in spent.items() if name != "driver")


def report(results: list[dict]) -> None:
    """Each goal as a ratio, the median of the rounds' own ratios."""

    def ratio(scene: str, figure: Callable[[dict], float], peer: str) -> str:
        ours = [figure(r) for r in results if r["scene"] == scene and r["label"] == OURS]
        theirs = [figure(r) for r in results if r["scene"] == scene and r["label"] == peer]
        if not theirs:
            return f"no {peer} to compare with"
        each = [a / b for a, b in zip(ours, theirs, strict=True) if b]
        return f"{statistics.median(each):.2f} x {peer} ({min(each):.2f}-{max(each):.2f})"

    scenes = {r["scene"] for r in results}
    rate = lambda r: r["turns_per_s"]  # noqa: E731
    p95 = lambda r: r["latency_ms"]["p95"]  # noqa: E731
    if "chat" in scenes:
        print("CPU a turn          ", ratio("chat", cpu, "floor outbox"), " goal <= 2")
        print("turns/s, saturation ", ratio("chat", rate, "ptb pg"), " goal >= 0.7")
        slowest = [
            r["latency_ms"]["max"] / r["latency_ms"]["p50"]
            for r in results
            if r["scene"] == "chat" and r["label"] == OURS
        ]
        print(f"slowest reply        {max(slowest):.1f} x own median  goal <= 10")
    if "slow" in scenes:
        print("turns/s, 50 ms API  ", ratio("slow", rate, "ptb pg"), " goal >= 8")
    if "calm" in scenes:
        print("calm p95            ", ratio("calm", p95, "ptb pg"), " goal <= 2")
    if "twice" in scenes:
        twice = sum(
            r["duplicate_after_redelivery"]
            for r in results
            if r["scene"] == "twice" and r["label"] == OURS
        )
        print("answered twice      ", twice, " goal 0")
    for r in results:
        if r["scene"] == "crash" and r["label"] == OURS:
            print("finished after kill ", r["finished_after_kill"], "of", r["merchants"])


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--scenes", default=",".join(SCENES))
    ask.add_argument("--bots", default=",".join(BOTS))
    options = ask.parse_args()
    with tempfile.TemporaryDirectory() as scratch, embedded.server(Path(scratch) / "home") as pg:
        bench = Bench(options.folder.resolve(), Path(scratch), pg.url, options.rounds)
        bench.prepare()
        for number in range(1, options.rounds + 1):
            for scene in options.scenes.split(","):
                for bot in options.bots.split(","):
                    if scene == "crash" and (number > 1 or bot != OURS):
                        continue
                    result = bench.play(scene, bot)
                    bench.results.append(result)
                    print(json.dumps({"round": number, **result}), file=sys.stderr)
    report(bench.results)


if __name__ == "__main__":
    main()
