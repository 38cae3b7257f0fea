"""`doctor`: finds what is missing and what does not answer, and says so in one line each."""

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

import bot.options
from desk import doctor
from desk.doctor_line import Setup
from models import clock
from models.db import Database, Options
from tests import make
from tests.conftest import KEY, NOW, cloned
from tests.desk.command import bili
from tests.desk.outside import ACCOUNT, TOKEN, Outside, outside
from tests.payments import bed

GIVEN = frozenset({
    *("SECRET_KEY", "ENCRYPTION_KEYS", "DATABASE_URL", "APP_URL"),
    *("TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_USERNAME", "TELEGRAM_WEBHOOK_SECRET"),
    *("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_WHATSAPP_FROM"),
    *("DARAJA_CONSUMER_KEY", "DARAJA_CONSUMER_SECRET", "DARAJA_SHORTCODE", "DARAJA_PASSKEY"),
    "DARAJA_CALLBACK_SECRET",
})  # fmt: skip


@pytest.fixture
def world() -> Iterator[Outside]:
    with outside() as found:
        yield found


@pytest.fixture(scope="module")
def home(server_url: str, template: str, worker_id: str) -> Iterator[Database]:
    """One database for all examinations: nobody changes it but by heartbeats."""
    with cloned(server_url, template, f"bili_doctor_{os.getpid()}_{worker_id}") as url:
        found = Database(Options(url=url, keys=(KEY,), clock_moves=True))
        yield found
        found.close()


@pytest.fixture
def setup(world: Outside, home: Database) -> Setup:
    """Everything is set, everybody answers, worker and clock are alive."""
    beat(home, "worker", "clock")
    return Setup(
        production=False,
        given=GIVEN,
        wrong=None,
        database=home.options,
        bot=bot.options.Options(
            app_url=world.url,
            telegram=bot.options.TelegramOptions(
                TOKEN, "bili_test_bot", "hush", world.url, None, None
            ),
            twilio=bot.options.TwilioOptions(
                ACCOUNT, "t", "+1", "", world.url, "", {"reminder": {}}
            ),
        ),
        payments=bed.options(url=world.url, app_url=world.url),
    )


def beat(database: Database, *processes: str) -> None:
    """These processes are alive now; no other is."""
    with database.as_owner() as session:
        session.execute(sa.text("DELETE FROM heartbeats"))
        for process in processes:
            row = {"process": process, "at": NOW}
            session.execute(sa.text("INSERT INTO heartbeats VALUES (:process, :at)"), row)


def living_in(setup: Setup, database: Database) -> Setup:
    """The same, in a database of its own."""
    beat(database, "worker", "clock")
    return replace(setup, database=database.options)


def examined(setup: Setup) -> tuple[bool, list[str]]:
    said: list[str] = []
    well = doctor.examine(setup, said.append)
    return well, said


def faults(setup: Setup) -> list[str]:
    """The faults found; there is one if, and only if, the examination fails."""
    well, said = examined(setup)
    found = [line.removeprefix("FAULT  ") for line in said if line.startswith("FAULT")]
    assert well == (not found)
    return found


def test_all_is_well(setup: Setup) -> None:
    """Everybody is asked and answers: no fault."""
    well, said = examined(setup)

    assert well, said
    for words in ("Postgres", "Schema: current", "Role bili_app", "@bili_test_bot", "worker", "clock",
                  "messages come to us", "account at Twilio is active", "paybill 600966",
                  "Callbacks"):  # fmt: skip
        assert any(line.startswith("ok") and words in line for line in said), words


def test_production_names_all_that_is_missing(setup: Setup) -> None:
    """Each name that production cannot do without is a fault of its own."""
    bare = replace(
        setup, production=True, given=frozenset(), database=None, wrong="SECRET_KEY is required"
    )
    found = faults(bare)

    for name in ("SECRET_KEY", "ENCRYPTION_KEYS", "DATABASE_URL", "APP_URL", "No channel"):
        assert sum(line.startswith(name) for line in found) == 1, found


def test_development_lives_with_little(setup: Setup) -> None:
    """What is off is told with its cost, and is no fault."""
    well, said = examined(replace(setup, given=frozenset({"TELEGRAM_WEBHOOK_SECRET"})))

    assert well, said
    assert any(line.startswith("off    Telegram: nobody can chat") for line in said)
    assert any(line.startswith("off    M-Pesa: customers get no prompt") for line in said)


@pytest.mark.parametrize(
    ("missing", "label"),
    [
        ("TELEGRAM_BOT_USERNAME", "Telegram"),
        ("TELEGRAM_WEBHOOK_SECRET", "Telegram"),
        ("TWILIO_AUTH_TOKEN", "WhatsApp"),
        ("DARAJA_PASSKEY", "M-Pesa"),
        ("DARAJA_CALLBACK_SECRET", "M-Pesa"),
    ],
)
def test_a_service_half_set_is_a_fault(setup: Setup, missing: str, label: str) -> None:
    """Somebody wanted it and it cannot work: the missing name is told."""
    assert faults(replace(setup, given=GIVEN - {missing})) == [f"{label}: also set {missing}"]


NO = (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})


@pytest.mark.parametrize(
    ("path", "answer", "fault"),
    [
        (f"/bot{TOKEN}/getMe", NO, "does not know TELEGRAM_BOT_TOKEN"),
        (f"/bot{TOKEN}/getMe", (502, b"<html>"), "does not answer"),
        ("/oauth/v1/generate", (400, {"errorCode": "400.008.02"}), "does not know our key"),
        ("/oauth/v1/generate", (200, b""), "M-Pesa"),
        (f"/2010-04-01/Accounts/{ACCOUNT}.json", (401, {}), "does not know this account"),
        (f"/2010-04-01/Accounts/{ACCOUNT}.json", (200, {"status": "suspended"}), "is suspended"),
        (f"/2010-04-01/Accounts/{ACCOUNT}.json", (500, {}), "answers 500"),
        ("/healthz", (200, {"status": "parked domain"}), "something else than Bili"),
        ("/healthz", (502, b"bad gateway"), "something else than Bili"),
    ],
)
def test_who_answers_wrongly_is_a_fault(
    setup: Setup, world: Outside, path: str, answer: tuple[int, Any], fault: str
) -> None:
    """One service says no: exactly one fault, which names it."""
    world.answers[path] = answer
    found = faults(setup)

    assert len(found) == 1
    assert fault in found[0]


def test_nobody_at_the_other_end(setup: Setup) -> None:
    """A closed port is a fault of each service that should be there."""
    nowhere = "http://127.0.0.1:9"
    alone = replace(
        setup,
        bot=replace(
            setup.bot,
            telegram=replace(setup.bot.telegram, api_url=nowhere),
            twilio=replace(setup.bot.twilio, api_url=nowhere),
        ),
        payments=bed.options(url=nowhere, app_url=setup.bot.app_url),
    )
    assert [line.split(":")[0] for line in faults(alone)] == ["Telegram", "WhatsApp", "M-Pesa"]


def test_a_webhook_that_leads_elsewhere(setup: Setup, world: Outside) -> None:
    """Messages go to another address: the command that mends it is told."""
    world.hook(url="https://elsewhere.example/webhooks/telegram")
    (found,) = faults(setup)

    assert "elsewhere.example" in found
    assert "bin/bili webhooks" in found


def test_what_telegram_could_not_deliver_is_a_note(setup: Setup, world: Outside) -> None:
    """An error of the last hour is worth knowing; an old one is not."""
    late = {"last_error_message": "Connection timed out", "pending_update_count": 3}
    world.hook(last_error_date=int(NOW.timestamp()) - 60, **late)
    well, said = examined(setup)
    assert well
    assert any("Connection timed out (3 waiting)" in line for line in said)

    world.hook(last_error_date=int(NOW.timestamp()) - 7200, **late)
    assert not any("timed out" in line for line in examined(setup)[1])


def test_another_bots_name_is_a_fault(setup: Setup) -> None:
    """Links would open somebody else's bot."""
    telegram = replace(setup.bot.telegram, username="other_bot")
    (found,) = faults(replace(setup, bot=replace(setup.bot, telegram=telegram)))
    assert "@bili_test_bot" in found


@pytest.mark.parametrize("dead", ["worker", "clock"])
def test_a_process_that_died_is_a_fault(setup: Setup, home: Database, dead: str) -> None:
    """The others are alive, so it is missed, with what that costs."""
    beat(home, *({"worker", "clock"} - {dead}))
    (found,) = faults(setup)
    assert found.startswith(f"The {dead} is not running")


def test_an_old_heartbeat_is_none(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both were alive two minutes ago: both are missed now."""
    monkeypatch.setattr(clock, "real_now", lambda: NOW.replace(minute=2))
    assert len(faults(setup)) == 2


def test_nothing_runs_on_a_developers_machine(setup: Setup, world: Outside, home: Database) -> None:
    """No web, no worker, no clock: a note; in production each is a fault."""
    beat(home)
    del world.answers["/healthz"]
    quiet = "http://127.0.0.1:9"
    alone = replace(setup, bot=replace(setup.bot, app_url=quiet))
    world.hook(url=f"{quiet}/webhooks/telegram")

    assert faults(alone) == []
    starts = [line[:4] for line in faults(replace(alone, production=True))]
    assert {"Web:", "The "} <= set(starts)


def test_words_that_safaricom_refuses(setup: Setup) -> None:
    """An address that holds one would never be called back."""
    payments = replace(setup.payments, app_url="http://mpesa.bili.example")
    (found,) = faults(replace(setup, payments=payments))
    assert "“mpesa”" in found


def test_a_database_that_is_away(setup: Setup) -> None:
    """One line with the reason, and whatever can be asked without it is asked."""
    assert setup.database is not None
    gone = replace(setup.database, url="postgresql://bili@127.0.0.1:9/bili")
    found = faults(replace(setup, database=gone))
    assert [line for line in found if line.startswith("Database: does not answer")]


def test_an_old_schema_is_a_fault(setup: Setup, database: Database) -> None:
    """The program is newer than the database: the command that mends it is told."""
    setup = living_in(setup, database)
    with database.as_owner() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    (found,) = faults(setup)
    assert "bin/bili migrate" in found


def test_an_empty_database_is_for_bin_run(setup: Setup, database: Database) -> None:
    """In development no schema at all is what a first start finds."""
    setup = living_in(setup, database)
    with database.as_owner() as session:
        session.execute(sa.text("DROP TABLE alembic_version"))
    assert faults(setup) == []
    assert any("Schema" in line for line in faults(replace(setup, production=True)))


def test_keys_that_open_nothing(setup: Setup, database: Database) -> None:
    """The stored links were sealed with a key that is not here any more."""
    setup = living_in(setup, database)
    assert setup.database is not None
    with database.transaction() as session:
        make.merchant(session)
        make.invoice(session)
    assert faults(setup) == []

    other = replace(setup.database, keys=(Fernet.generate_key().decode(),))
    (found,) = faults(replace(setup, database=other))
    assert found.startswith("ENCRYPTION_KEYS")
    both = replace(setup.database, keys=(*other.keys, KEY))
    assert faults(replace(setup, database=both)) == []


def test_a_role_that_sees_everything(setup: Setup, database: Database, monkeypatch: Any) -> None:
    """Tenancy rests on the role: one that bypasses it is a fault, one that is missing too."""
    from desk import doctor_house

    with database.as_owner() as session:
        owner = session.execute(
            sa.text("SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user")
        ).one()
    if not owner.rolsuper:
        pytest.skip("the owner of this server is bound by policies itself")
    monkeypatch.setattr(doctor_house, "APP_ROLE", owner.rolname)
    (found,) = faults(setup)
    assert "BYPASSRLS" in found
    monkeypatch.setattr(doctor_house, "APP_ROLE", "nobody_at_all")
    (found,) = faults(setup)
    assert "cannot be taken on" in found


def test_the_command_in_production() -> None:
    """Nothing is set: every name is told and the exit says so."""
    said = bili("doctor", APP_ENV="production", ENCRYPTION_KEYS="")

    assert said.returncode == 1
    for name in ("SECRET_KEY", "ENCRYPTION_KEYS", "DATABASE_URL", "APP_URL"):
        assert f"FAULT  {name} is not set" in said.stdout
    assert "Traceback" not in said.stdout + said.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("DARAJA_CALLBACK_SECRET", "xyz"), ("TRUSTED_PROXIES", "-1")]
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    """One line, which says whose value it is."""
    said = bili("doctor", **dict[str, Any]({name: value}))

    assert said.returncode == 1
    assert name in said.stderr + said.stdout
    assert "Traceback" not in said.stderr
