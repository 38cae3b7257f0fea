"""What talks in tests have in common: each is held in both languages, some on both channels."""

from collections.abc import Iterator

import pytest

from tests.world import CHANNEL, Words, in_words


@pytest.fixture(params=["en", "sw"])
def language(request: pytest.FixtureRequest) -> str:
    """Every talk is held in each language."""
    found: str = request.param
    return found


@pytest.fixture(params=["telegram", "whatsapp"])
def channel(request: pytest.FixtureRequest) -> Iterator[str]:
    """Every talk on either channel."""
    CHANNEL[0] = request.param
    yield CHANNEL[0]
    CHANNEL[0] = "telegram"


@pytest.fixture(params=[("en", "telegram"), ("sw", "whatsapp")], ids="-".join)
def language_on_channel(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language, and each channel."""
    found, CHANNEL[0] = request.param
    yield found
    CHANNEL[0] = "telegram"


@pytest.fixture
def say(language: str) -> Words:
    """A sentence in the language of the talk."""
    return lambda msgid, **params: in_words(msgid, language, **params)
