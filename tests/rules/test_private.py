"""Who may read the platform tables that hold people's words (DESIGN section 4)."""

import re

from tests.rules.source import name, product

PRIVATE = ("inbound", "outbound", "provider_events", "abuse_reports")
FROM = re.compile(r"(?:FROM|JOIN|INTO|UPDATE)\s+({})\b".format("|".join(PRIVATE)))
MAY = re.compile(
    r"^(?:bot/|models/|scheduler/|desk/|payments/(?:events|booking|settlement|reconcile)\.py"
    r"|pages/health\.py|invoicing/complaints\.py|webhooks/)"
)


def test_private_text_is_read_in_few_places() -> None:
    """SQL that names a table of private words stands in the rooms that talk, sweep or operate."""
    guilty = [
        f"{name(path)}: {found}"
        for path in product()
        if not MAY.match(name(path)) and not name(path).startswith("sandbox/")
        for found in FROM.findall(path.read_text("utf-8"))
    ]
    assert not guilty, "\n".join(guilty)


def test_dialogues_rules_and_papers_know_no_conversation() -> None:
    """What people wrote is none of the business of bills, money and documents."""
    guilty = [
        name(path)
        for path in product()
        if name(path).startswith(("conversations/", "invoicing/", "documents/"))
        if re.search(r"from models\.traffic import|import models\.traffic", path.read_text("utf-8"))
    ]
    assert not guilty, "\n".join(guilty)
