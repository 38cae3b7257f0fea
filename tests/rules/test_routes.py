"""Every address of the web process is on a written list, with what guards it."""

import re

import pytest
from apiflask import APIFlask

from tests.conftest import web_process

# The address, its methods, and why a stranger may or may not do anything there.
HEADER = "proved by Telegram's secret header"
PATH_SECRET = "proved by the secret in its path"
SIGNED = "proved by Twilio's signature"
LIVES = "the address is signed by us and ends after half a day"
LINK = "the address is the secret: 128 random bits"
OPEN = "says nothing that is not public"
INNER = "loopback or METRICS_TOKEN"
DEV = "development only"
GUARDS = {
    "POST /webhooks/telegram": HEADER,
    "POST /webhooks/twilio": SIGNED,
    "POST /webhooks/twilio/status": SIGNED,
    "POST /webhooks/daraja/<secret>/stk/<reference>": PATH_SECRET,
    "POST /webhooks/daraja/<secret>/result/<reference>": PATH_SECRET,
    "POST /webhooks/daraja/<secret>/timeout/<reference>": PATH_SECRET,
    "POST /webhooks/daraja/<secret>/c2b/confirmation": PATH_SECRET,
    "POST /webhooks/daraja/<secret>/c2b/validation": PATH_SECRET,
    "GET /i/<token>": LINK,
    "GET /i/<token>.pdf": LINK,
    "GET /i/<token>.png": LINK,
    "GET /i/<token>/files/<int:file_id>/<name>": LINK,
    "POST /i/<token>/pay": LINK,
    "POST /i/<token>/report": LINK,
    "GET /q/<token>": LINK,
    "GET /q/<token>.pdf": LINK,
    "GET /q/<token>.png": LINK,
    "POST /q/<token>/answer": LINK,
    "GET /m/<sealed>/<name>": LIVES,
    "GET /": OPEN,
    "GET /static/pay.<print>.css": OPEN,
    "GET /static/pay.<print>.js": OPEN,
    "GET /static/icon.<print>.svg": OPEN,
    "GET /healthz": OPEN,
    "GET /readyz": OPEN,
    "GET /metrics": INNER,
    "POST /dev/clock": DEV,
}
FINGERPRINT = re.compile(r"\.[0-9a-f]{12}\.")  # of a static file, in its address
UNREACHABLE = "postgresql://nobody@127.0.0.1:9/nothing"


def routes(app: APIFlask) -> set[str]:
    """What an application answers to, without what Flask adds by itself."""
    return {
        f"{method} {FINGERPRINT.sub('.<print>.', rule.rule)}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_address_is_on_the_list() -> None:
    """A new address is put on the list together with what guards it."""
    found = routes(web_process(UNREACHABLE))
    assert found ^ set(GUARDS) == set()


def test_production_has_no_back_door() -> None:
    """What is for development is absent in production, and nothing else is."""
    found = routes(web_process(UNREACHABLE, app_env="production"))
    assert set(GUARDS) - found == {rule for rule, guard in GUARDS.items() if guard == DEV}


@pytest.mark.parametrize("rule", [r for r, guard in GUARDS.items() if guard in (HEADER, SIGNED)])
def test_a_stranger_is_turned_away_before_anything_is_read(rule: str) -> None:
    """Without the header or signature: 403 and not a word, though there is no database to ask (I-21)."""
    method, path = rule.split(" ")
    answer = web_process(UNREACHABLE).test_client().open(path, method=method, data=b"{")
    assert (answer.status_code, answer.data) == (403, b"")


@pytest.mark.parametrize("rule", [r for r, guard in GUARDS.items() if guard == PATH_SECRET])
def test_a_wrong_path_secret_is_an_address_that_is_not_ours(rule: str) -> None:
    """The same answer, byte by byte, as for an address nobody ever had (I-20)."""
    method, path = rule.split(" ")
    client = web_process(UNREACHABLE).test_client()
    wrong = path.replace("<secret>", "00" * 12).replace("<reference>", "ab" * 16)
    answer = client.open(wrong, method=method, data=b"{}")
    nowhere = client.open("/webhooks/nobody", method=method, data=b"{}")
    assert (answer.status_code, answer.data) == (nowhere.status_code, nowhere.data)
    assert answer.status_code == 404
    assert dict(answer.headers) == dict(nowhere.headers)


def test_metrics_are_not_for_everybody() -> None:
    """From elsewhere, without the token, the numbers of the business are not shown."""
    client = web_process(UNREACHABLE).test_client()
    answer = client.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert answer.status_code in (403, 404)
