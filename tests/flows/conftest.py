"""One town for all flows: its processes take seconds to start."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import LOGS, cloned
from tests.flows.town import Town


@pytest.fixture(scope="session")
def running_town(server_url: str, template: str, worker_id: str) -> Iterator[Town]:
    """Everything up and running on a fresh database."""
    name = f"bili_town_{os.getpid()}_{worker_id}"
    logs = Path(os.environ[LOGS])
    with cloned(server_url, template, name):
        found = Town(server_url, name, logs)
        try:
            found.open()
            yield found
        finally:
            found.close()


@pytest.fixture
def town(running_town: Town) -> Town:
    """The town with everything switched to normal and every process up."""
    for name in ("web", "worker", "clock"):
        if name not in running_town.running:
            running_town.start(name)
    running_town.ready()
    running_town.does("switches", name="query noise", value="off")
    for switch in ("callback", "push", "query", "Telegram answer", "Telegram delivery"):
        running_town.does("switches", name=switch, value="normal")
    for switch in ("WhatsApp answer", "WhatsApp status", "WhatsApp delivery"):
        running_town.does("switches", name=switch, value="normal")
    running_town.does("switches", name="WhatsApp fate", value="delivered")
    running_town.does("switches", name="how often", value="every time")
    return running_town
