"""A callback's webhook against the barest settle over the same gunicorn; prints the ratio.

    python benchmarks/callbacks.py BENCH_FOLDER [--seconds 4] [--rounds 3]

Ours stores the raw event and its job and acknowledges (the worker is stopped); the floor inserts
event, payment and allocation and updates the invoice. Afterwards our worker drains the backlog,
and every callback must have become exactly one payment.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402
from chat import FLAGS, Bench  # noqa: E402

from models import embedded  # noqa: E402

PORT = 8090
CLIENTS = 16
CALLBACK_SECRET = "5ec4e75ec4e7"
FILL = """
WITH m AS (INSERT INTO merchants (id, name, country, currency, zone, made_at)
    VALUES (nextval('merchant_ids'), 'Duka', 'KE', 'KES', 'Africa/Nairobi', now()) RETURNING id),
 c AS (INSERT INTO clients (merchant_id, name, made_at) SELECT id, 'Jane', now() FROM m
    RETURNING merchant_id, id),
 i AS (INSERT INTO invoices (merchant_id, client_id, series, number, number_text, status, currency,
        issued_on, due_on, subtotal_minor, total_minor, parties, account_code, made_at)
    SELECT c.merchant_id, c.id, 'invoice', n, 'INV-' || n, 'issued', 'KES', current_date,
        current_date, 100000, 100000, '{}', 'B' || n, now() FROM c, generate_series(1, %(n)s) n
    RETURNING merchant_id, id, number),
 a AS (INSERT INTO attempts (merchant_id, invoice_id, gateway, reference, amount_minor, currency,
        phone, destination, state, handle, second_handle, made_at)
    SELECT merchant_id, id, 'daraja', md5(number::text), 100000, 'KES', '+254712345678', '174379',
        'pending', 'ws_CO_' || number, 'm-' || number, now() FROM i RETURNING merchant_id, id, reference)
INSERT INTO routes (kind, key_hash, merchant_id, target_id)
SELECT 'attempt', sha256(convert_to(reference, 'UTF8')), merchant_id, id FROM a
"""


def callback(number: int) -> bytes:
    """A success as Safaricom posts it."""
    items = [
        {"Name": "Amount", "Value": 1000.00},
        {"Name": "MpesaReceiptNumber", "Value": f"UK{number:08d}"},
        {"Name": "TransactionDate", "Value": 20261120101500},
        {"Name": "PhoneNumber", "Value": 254712345678},
    ]
    told = {
        "MerchantRequestID": f"m-{number}",
        "CheckoutRequestID": f"ws_CO_{number}",
        "ResultCode": 0,
        "ResultDesc": "The service request is processed successfully.",
        "CallbackMetadata": {"Item": items},
    }
    return json.dumps({"Body": {"stkCallback": told}}).encode()


def load(
    path: Callable[[int], str], body: Callable[[int], bytes], first: int, seconds: float
) -> int:
    """Post from sixteen connections for so long; how many were answered 200."""
    numbers, lock, done = iter(range(first, first + 10**6)), threading.Lock(), [0] * CLIENTS
    until = time.monotonic() + seconds

    def client(which: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=20)
        while time.monotonic() < until:
            with lock:
                number = next(numbers)
            headers = {"Content-Type": "application/json"}
            connection.request("POST", path(number), body(number), headers)
            answer = connection.getresponse()
            answer.read()
            done[which] += answer.status == 200

    threads = [threading.Thread(target=client, args=(which,)) for which in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done)


def serve(command: list[str], env: dict[str, str], cwd: Path) -> subprocess.Popen[bytes]:
    """Start a server and wait until it answers anything at all."""
    server = subprocess.Popen(command, env=env, cwd=cwd, stderr=subprocess.DEVNULL)
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=2)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return server
    raise SystemExit("the server does not answer")


def ours(bench: Bench, seconds: float) -> tuple[float, str]:
    """Callbacks a second, and what became of them once the worker ran."""
    url = bench.database("bench")
    env = os.environ | bench.our_environment(url) | {
        "DARAJA_CONSUMER_KEY": "k", "DARAJA_CONSUMER_SECRET": "s", "DARAJA_SHORTCODE": "174379",
        "DARAJA_PASSKEY": "p", "DARAJA_CALLBACK_SECRET": CALLBACK_SECRET,
        "DARAJA_URL": "http://127.0.0.1:9",
    }  # fmt: skip
    subprocess.run([sys.executable, "-m", "cli", "migrate"], cwd=ROOT, env=env, check=True)
    with psycopg.connect(url) as connection:
        connection.execute(FILL, {"n": 20_000})
    command = [sys.executable, "-m", "gunicorn", *FLAGS.split(), "app:create_app()"]
    server = serve(command, env, ROOT)
    references = [hashlib.md5(str(n).encode()).hexdigest() for n in range(20_001)]
    path = lambda n: f"/webhooks/daraja/{CALLBACK_SECRET}/stk/{references[n]}"  # noqa: E731
    try:
        load(path, callback, 1, 1.0)
        count = load(path, callback, 10_000, seconds)
    finally:
        server.terminate()
        server.wait()
    return count / seconds, drained(url, env)


def drained(url: str, env: dict[str, str]) -> str:
    """Let a worker settle the backlog; payments made of events stored."""
    worker = subprocess.Popen([sys.executable, "-m", "worker"], cwd=ROOT, env=env,
                              stdout=subprocess.DEVNULL)  # fmt: skip
    began = time.monotonic()
    with psycopg.connect(url, autocommit=True) as connection:
        events = connection.execute("SELECT count(*) FROM provider_events").fetchone()[0]
        while time.monotonic() - began < 120:
            left = connection.execute(
                "SELECT count(*) FROM provider_events WHERE handled_at IS NULL"
            ).fetchone()[0]
            if not left:
                break
            time.sleep(0.5)
        paid = connection.execute("SELECT count(*) FROM payments").fetchone()[0]
    worker.terminate()
    worker.wait()
    return f"{paid} payments of {events} callbacks, drained in {time.monotonic() - began:.0f} s"


def floor(bench: Bench, seconds: float) -> float:
    """The floor's settles a second."""
    url = bench.database("bench")
    env = os.environ | {"BENCH_DSN": url}
    python = str(bench.peer_python)
    subprocess.run(
        [python, "peers/floor.py", "prepare", url], cwd=bench.folder, env=env, check=True
    )
    command = [python, "-m", "gunicorn", *FLAGS.split(), "--chdir", "peers", "floor:app"]
    server = serve(command, env, bench.folder)
    path = lambda n: f"/settle/{n}"  # noqa: E731
    try:
        load(path, callback, 1, 1.0)
        return load(path, callback, 10_000, seconds) / seconds
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Alternate ours and the floor; print the median ratio."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--seconds", type=float, default=4)
    ask.add_argument("--rounds", type=int, default=3)
    options = ask.parse_args()
    with tempfile.TemporaryDirectory() as scratch, embedded.server(Path(scratch) / "home") as pg:
        bench = Bench(options.folder.resolve(), Path(scratch), pg.url, options.rounds)
        bench.prepare()
        ratios = []
        for _ in range(options.rounds):
            mine, became = ours(bench, options.seconds)
            theirs = floor(bench, options.seconds)
            ratios.append(mine / theirs)
            print(f"{mine:.0f}/s against {theirs:.0f}/s; {became}")
    print(f"webhook {statistics.median(ratios):.2f} x gunicorn settle, goal >= 0.5")


if __name__ == "__main__":
    main()
