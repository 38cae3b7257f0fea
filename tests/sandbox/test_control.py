"""The control interface: state, clock, reset, the proxy, and who may use it."""

import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.sandbox.conftest import App, Outside

ROOT = Path(__file__).parents[2]


def test_state_waits_for_news(outside: Outside) -> None:
    """The long poll answers when something happened, or at its time."""
    seq = outside.state()["seq"]
    began = time.monotonic()
    later = threading.Timer(0.2, lambda: outside.does("phones/jane/say", text="x"))
    later.start()
    url = f"{outside.url}/sandbox/state?after={seq}&wait_s=5"
    assert outside.client.get(url).json()["seq"] > seq
    assert 0.15 < time.monotonic() - began < 4
    later.join()
    seq = outside.state()["seq"]
    url = f"{outside.url}/sandbox/state?after={seq}&wait_s=0.2"
    assert outside.client.get(url).json()["seq"] == seq


def test_shape_of_state(outside: Outside) -> None:
    """Five phones, two of them on WhatsApp, with everything the page reads."""
    state = outside.state()
    assert set(state) == {
        "seq", "app_url", "bot", "clock_offset_s", "switches", "phones", "log", "ledger"
    }  # fmt: skip
    assert [phone["id"] for phone in state["phones"]] == [
        "wanjiru",
        "jane",
        "otieno",
        "wambui",
        "asha",
    ]
    wanted = {"id", "name", "role", "number", "channel", "balance", "blocked", "typing", "commands",
              "messages", "toast", "stk", "sms"}  # fmt: skip
    assert wanted <= set(state["phones"][0])
    assert all(switch["value"] in switch["options"] for switch in state["switches"])


def test_clock_moves_with_the_app(outside: Outside, app: App) -> None:
    """The app's clock is moved first; then time here moves too."""
    outside.does("clock", advance_s=86_400)
    assert app.got[0].path == "/dev/clock"
    assert app.got[0].json == {"advance_s": 86_400}
    assert outside.state()["clock_offset_s"] == 86_400
    said = outside.does("phones/jane/say", text="x")
    assert said["message_id"]
    found = outside.sandbox.telegram.chats.find(700102)
    assert found is not None
    assert next(iter(found.messages.values())).wire["date"] > time.time() + 86_000
    app.answers = [(404, {}, b"")]
    answer = outside.client.post(f"{outside.url}/sandbox/clock", json={"advance_s": 1})
    assert answer.status_code == 502
    assert outside.state()["clock_offset_s"] == 86_400


def test_reset_keeps_the_webhook_and_the_counters(hooked: Outside, app: App) -> None:
    """After a reset phones are empty, switches at rest, ids go on and updates still arrive."""
    first = hooked.does("phones/jane/say", text="x")
    hooked.switch("callback", "lost")
    hooked.does("phones/jane/balance", amount="1.00")
    app.wait(1)
    hooked.does("reset")
    jane = hooked.phone("jane")
    assert (jane["messages"], jane["balance"]) == ([], "25000.00")
    assert all(s["value"] == s["options"][0] for s in hooked.state()["switches"])
    second = hooked.does("phones/jane/say", text="y")
    assert second["message_id"] > first["message_id"]
    assert second["update_id"] > first["update_id"]
    app.wait(2)


def test_refusals(outside: Outside) -> None:
    """Wrong names are refused with a reason; pages of other sites may not press."""
    assert "no such switch" in outside.refused("switches", name="callback", value="x")
    assert outside.refused("phones/nobody/say", text="x") == "no such phone"
    assert outside.refused("phones/jane/dance") == "no such act"
    assert "message_id" in outside.refused("phones/jane/press", data="x")
    assert "never was" in outside.refused("phones/jane/press", message_id=99_999, data="x")
    url = f"{outside.url}/sandbox/reset"
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert outside.client.post(url, json={}, headers=headers).status_code == 403


def test_messages_are_bounded(outside: Outside) -> None:
    """A chat keeps its last hundred messages, the log its last two hundred lines."""
    for number in range(120):
        outside.does("chats/5/say", text=str(number))
    for _ in range(210):
        outside.bot("getMe")
    shown = outside.client.get(f"{outside.url}/sandbox/chats/5").json()["messages"]
    assert (len(shown), shown[-1]["text"]) == (100, "119")
    assert len(outside.state()["log"]) == 200


def test_proxy_lets_a_page_into_a_frame(outside: Outside, app: App) -> None:
    """/i/ is the app's page without what forbids frames; posts look like the app's own."""
    answer = outside.client.get(f"{outside.url}/i/abc?x=1")
    assert answer.text == "page /i/abc?x=1"
    assert "x-frame-options" not in answer.headers
    assert answer.headers["content-security-policy"] == "default-src 'self';"
    origin = {"Origin": outside.url, "Referer": f"{outside.url}/i/abc"}
    outside.client.post(f"{outside.url}/i/abc/pay", data={"phone": "0712"}, headers=origin)
    got = app.got[0]
    assert (got.path, got.raw) == ("/i/abc/pay", b"phone=0712")
    headers = {name.lower(): value for name, value in got.headers.items()}
    assert headers["host"] == app.url.removeprefix("http://")
    assert headers["origin"] == app.url
    assert headers["referer"] == f"{app.url}/i/abc"


def test_runs_as_a_program() -> None:
    """`python -m sandbox` prints its address and ends at once when told."""
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--seed", "1"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Sandbox: http://127.0.0.1:")
        began = time.monotonic()
        process.terminate()
        assert process.wait(5) == 0
        assert time.monotonic() - began < 4


def test_imports_nothing_of_ours() -> None:
    """The outside world knows only the wire."""
    rooms = (
        "models|invoicing|conversations|payments|documents|bot|webhooks|pages|scheduler|settings"
    )
    for file in (ROOT / "sandbox").glob("*.py"):
        for line in file.read_text().splitlines():
            assert not any(
                line.startswith((f"import {room}", f"from {room}")) for room in rooms.split("|")
            ), f"{file.name}: {line}"
