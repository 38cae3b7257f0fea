"""What our processes are told: the real environment first, then .env, then development's own."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from launch import environment as env

URL = "http://127.0.0.1:8100"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder of its own, and nothing of ours in the real environment."""
    monkeypatch.setattr(env, "ROOT", tmp_path)
    for name in ["APP_ENV", "BILI_HOME", "SECRET_KEY", "ENCRYPTION_KEYS"]:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_the_real_environment_wins_over_the_file(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """.env fills up what is not set; a name set to nothing for real stays nothing."""
    (root / ".env").write_text("TELEGRAM_API_URL=a\nDARAJA_URL=b\nMAIL_FROM=Bili <b@x.ke>\n")
    monkeypatch.setenv("TELEGRAM_API_URL", "real")
    monkeypatch.setenv("DARAJA_URL", "")
    loaded = env.load()
    assert loaded["TELEGRAM_API_URL"] == "real"
    assert loaded["DARAJA_URL"] == ""
    assert loaded["MAIL_FROM"] == "Bili <b@x.ke>"


def test_values_of_the_file_are_taken_as_they_stand(root: Path) -> None:
    """Quotes, JSON and dollar signs in .env arrive unharmed."""
    (root / ".env").write_text('TWILIO_TEMPLATES=\'{"reminder": {"en": "HX1"}}\'\nSMTP_URL=$x\n')
    loaded = env.load()
    assert loaded["TWILIO_TEMPLATES"] == '{"reminder": {"en": "HX1"}}'
    assert loaded["SMTP_URL"] == "$x"


@pytest.mark.parametrize(
    ("written", "real", "home"),
    [("", None, "{root}/var"), ("BILI_HOME=kept", None, "{root}/kept"), ("", "here", "{cwd}/here")],
)
def test_home_is_absolute(
    root: Path, monkeypatch: pytest.MonkeyPatch, written: str, real: str | None, home: str
) -> None:
    """A relative BILI_HOME is meant from the project in .env, and from where one stands in a shell."""
    (root / ".env").write_text(written)
    cwd = root / "elsewhere"
    cwd.mkdir()
    monkeypatch.chdir(cwd)
    if real:
        monkeypatch.setenv("BILI_HOME", real)
    assert env.load()["BILI_HOME"] == home.format(root=root, cwd=cwd)


def test_secrets_are_made_once_and_kept(root: Path) -> None:
    """Development's secrets fit their use, stay the same, and nobody else may read them."""
    first, second = env.load(), env.load()
    for name in env.fresh_secrets():
        assert first[name] == second[name]
    Fernet(first["ENCRYPTION_KEYS"])
    bytes.fromhex(first["DARAJA_CALLBACK_SECRET"])
    assert stat.S_IMODE((root / "var" / "secrets.env").stat().st_mode) == 0o600


def test_starts_at_the_same_time_get_the_same_secrets(tmp_path: Path) -> None:
    """Whoever comes second reads what the first has made."""
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(env.development_secrets, [tmp_path] * 8))
    assert all(one == made[0] for one in made)


def test_a_secret_that_came_later_is_added(tmp_path: Path) -> None:
    """A file of an earlier version keeps its secrets and gets the new ones, half a line or not."""
    (tmp_path / "secrets.env").write_text("SECRET_KEY=kept\nENCRYPTION_KEYS=")
    made = env.development_secrets(tmp_path)
    assert made["SECRET_KEY"] == "kept"
    Fernet(made["ENCRYPTION_KEYS"])
    assert env.development_secrets(tmp_path) == made


def test_production_is_told_nothing_made_up(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In production there are no generated secrets, and nothing is written."""
    monkeypatch.setenv("APP_ENV", "production")
    loaded = env.load()
    assert "SECRET_KEY" not in loaded
    assert list(root.iterdir()) == []


def test_services_nobody_chose_are_played_by_the_sandbox() -> None:
    """With nothing set, or only secrets of our own addresses, every service it has is wired."""
    chosen = {"TELEGRAM_WEBHOOK_SECRET": "own", "DARAJA_CALLBACK_SECRET": "ab", "DARAJA_URL": ""}
    assert env.wire(chosen, URL) == ["Telegram", "WhatsApp (Twilio)", "M-Pesa (Daraja)"]
    assert chosen["TELEGRAM_API_URL"] == chosen["DARAJA_URL"] == chosen["TWILIO_API_URL"] == URL
    assert chosen["TELEGRAM_WEBHOOK_SECRET"] == "own"


def test_a_service_somebody_chose_is_left_alone() -> None:
    """One name is a choice: a URL that is set always wins, and the other service is still wired."""
    chosen = {"DARAJA_URL": "https://sandbox.safaricom.co.ke"}
    assert env.wire(chosen, URL) == ["Telegram", "WhatsApp (Twilio)"]
    assert chosen["DARAJA_URL"] == "https://sandbox.safaricom.co.ke"
    assert "DARAJA_CONSUMER_KEY" not in chosen


@pytest.mark.parametrize("value", ["0", "65536", "eight", "-1", "80.5"])
def test_a_port_that_is_none_ends_with_one_line(value: str) -> None:
    """The line names the variable and what it holds."""
    with pytest.raises(SystemExit, match=f"PORT must be .*“{value}”"):
        env.port({"PORT": value}, "PORT", 8000)
