"""A Chromium for tests that look at pages, and the sandbox as a process of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "NO CHROMIUM ON THIS MACHINE: the pages are not looked at (apt-get install chromium)"
# What the console says of a form that was refused: that is an answer, and no fault of the page.
REFUSAL = re.compile(r"the server responded with a status of (409|422|429)")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium(pytestconfig: pytest.Config) -> str:
    """Where the browser is; without one the tests are skipped aloud, and fail where CI=true."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    if os.environ.get("CI") == "true":
        pytest.fail(MISSING)
    capture: Any = pytestconfig.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        sys.stderr.write(f"\n{MISSING}\n")
    pytest.skip(MISSING)


# Not for the whole session: while the browser is driven, an event loop runs in this thread, and
# tests of other rooms start their own.
@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests of this folder."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Cookies, storage and windows of one test."""
    found = browser.new_context(
        viewport={"width": 1400, "height": 900}, locale="en-GB", reduced_motion="reduce"
    )
    found.set_default_timeout(10_000)
    yield found
    found.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab; an exception or an error in its console fails the test."""
    found = context.new_page()
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not REFUSAL.search(message.text):
            faults.append(message.text)

    found.on("pageerror", lambda error: faults.append(str(error)))
    found.on("console", heard)
    yield found
    assert faults == []


@dataclass(frozen=True)
class Outside:
    """The running sandbox as the application would use it."""

    url: str
    token: str = "700001:sandbox-bot-token-for-local-use"

    def post(self, path: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
        answer = httpx.post(self.url + path, json=body, headers=headers, timeout=10)
        found: dict[str, Any] = answer.json()
        assert answer.is_success, found
        return found

    def bot_says(self, chat_id: int, html: str, *rows: list[dict[str, Any]]) -> None:
        """A message of the bot through the Bot API; rows are inline keys."""
        body: dict[str, Any] = {"chat_id": chat_id, "text": html, "parse_mode": "HTML"}
        if rows:
            body["reply_markup"] = {"inline_keyboard": list(rows)}
        self.post(f"/bot{self.token}/sendMessage", body)

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = httpx.get(f"{self.url}/sandbox/state?after=-1").json()
        return found


@pytest.fixture
def outside() -> Iterator[Outside]:
    """A sandbox process on a free port, with no application behind it."""
    # Port 9 of this machine answers nobody: the application is away.
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--app-url", "http://127.0.0.1:9"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        yield Outside(first.removeprefix("Sandbox:").strip())
        process.send_signal(signal.SIGTERM)
