"""A statement of account on paper (PDF) and as a picture to share (PNG): what came and went."""

from datetime import date
from typing import Any

from documents import pictures, press, words
from documents.facts import StatementFacts
from documents.words import Say
from invoicing import statements
from invoicing.statements import Account, Entry
from models.text import Text, _, day, ngettext

SHOWN_ENTRIES = 12  # on a picture, the newest: a phone shows that many at once


def pdf(facts: StatementFacts, locale: str) -> bytes:
    """The statement as PDF/A, A4, in a language; the same bytes for the same facts."""
    return press.pdf("statement.typ", _data(facts, locale), _pictures(facts))


def png(facts: StatementFacts, locale: str, width_px: int = 1080) -> bytes:
    """The same as a portrait picture; a long account shows its newest lines."""
    data = _data(facts, locale, most=SHOWN_ENTRIES) | {"picture": True}
    return press.png("statement.typ", data, _pictures(facts), width_px=width_px)


def _pictures(facts: StatementFacts) -> dict[str, str]:
    return pictures.of(None, facts.business.logo)


def _data(facts: StatementFacts, locale: str, most: int | None = None) -> dict[str, Any]:
    say = words.speaker(locale)
    kind = say(_("Statement of account"))
    title = f"{kind}: {facts.client.name}"
    return {
        "lang": locale,
        "picture": False,
        "title": title,
        "kind": kind,
        "number": _span(facts, locale, say),
        "date": words.parts(facts.said.until),
        "running": {"left": facts.business.name, "right": title},
        "business": words.business(facts.business, say),
        "client": words.client(facts.client),
        "columns": [say(one) for one in (_("Date"), _("What"), _("Amount"), _("Balance"))],
        "accounts": [_account(facts, one, locale, say, most) for one in facts.said.accounts],
        "nothing": say(_("Nothing came or went in this time.")),
        "footer": facts.footer,
        "marks": {"across": "", "stamp": ""},
        "words": {"sent_with": say(_("Sent with Bili")), "client": say(_("Account of"))},
    }


def _span(facts: StatementFacts, locale: str, say: Say) -> str:
    last = day(facts.said.until, locale, year=True)
    if facts.said.since is None:
        return say(_("Up to {day}", day=last))
    return say(_("{first} to {last}", first=day(facts.said.since, locale, year=True), last=last))


def _account(
    facts: StatementFacts, account: Account, locale: str, say: Say, most: int | None
) -> dict[str, Any]:
    entries = account.entries[-most:] if most else account.entries
    hidden = len(account.entries) - len(entries)
    until = day(facts.said.until, locale, year=True)
    label = _closing(account, now=facts.said.until >= facts.today)
    before = _row(_opened(facts.said.since, locale), say(_("Balance before")), str(account.opening))
    return {
        "tone": "calm",
        "marks": {"stamp": ""},
        "headline": {
            "label": say(label),
            "amount": str(-account.closing if account.closing.amount_minor < 0 else account.closing),
            "note": say(_("As of {day}", day=until)),
        },
        "before": before if account.opening and not hidden else None,
        "more": say(ngettext("{n} earlier line is in the PDF", "{n} earlier lines are in the PDF",
                             hidden)) if hidden else "",
        "entries": [_entry(entry, locale, say) for entry in entries],
    }  # fmt: skip


def _opened(since: date | None, locale: str) -> str:
    return day(since, locale, year=True) if since else ""


def _closing(account: Account, *, now: bool) -> Text:
    if account.closing.amount_minor < 0:
        return _("Credit")
    if not account.closing:
        return _("Nothing is owed")
    return _("Amount due") if now else _("Owed then")


def _entry(entry: Entry, locale: str, say: Say) -> dict[str, str]:
    when = day(entry.day, locale, year=True)
    row = _row(when, say(statements.words(entry)), str(entry.balance))
    return row | {"amount": str(entry.amount)}


def _row(when: str, what: str, balance: str) -> dict[str, str]:
    return {"day": when, "what": what, "amount": "", "balance": balance}
