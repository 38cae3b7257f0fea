"""A client as the merchant sees her: the card, the rarer things, and the statement as text."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot import cards
from bot.acts.errand import MAY_BILL, MAY_VOID
from bot.openings import TENANT
from conversations.prompts import Choice, Prompt, Start
from conversations.statement import PERIODS
from invoicing import statements
from invoicing.client_listing import CardFacts
from invoicing.commands import ClientStatus, Period
from invoicing.phones import national
from invoicing.statements import Account, Entry, Statement
from models import clock
from models.merchants import Client, Role
from models.text import Text, _, ngettext, raw

LANGUAGES: Mapping[str, Text] = {"en": raw("English"), "sw": raw("Kiswahili")}
SHOWN_ENTRIES = 12  # the newest in a message; the paper has all
CLIENTS_BUTTON = Choice("clients", _("My clients"), Start("clients"))


def about(client: Client) -> dict[str, Any]:
    """The client as an answer already given."""
    return {"client": {"id": client.id, "name": client.name, "phone": client.phone}}


def with_year(day: date) -> Text:
    """A day that may be long ago."""
    return Text("{day} {year}", {"day": day, "year": str(day.year)})


def card(client: Client, known: CardFacts, role: Role, today: date, zone: str) -> Prompt:
    """Who she is, what she owes, her last invoices, and what may be done by one of this role."""
    since = with_year(clock.local_day(client.made_at, zone))
    words = [cards.stack(*_head(client, known)), cards.stack(*_ways(client), *_more_of(client))]
    if known.last:
        rows = (_invoice_line(invoice, today) for invoice in known.last)
        words.append(cards.stack(_("Last invoices:"), *rows))
    words.append(_("Client since {day}", day=since))
    return Prompt(tuple(words), choices(client, role), kind="card")


def _head(client: Client, known: CardFacts) -> list[Text]:
    lines = [Text("*{name}*", {"name": client.name})]
    if client.company:
        lines.append(raw(client.company))
    if client.status == ClientStatus.BLOCKED:
        lines.append(_("⛔ Blocked: cannot be billed and hears nothing from me"))
    if client.status == ClientStatus.ARCHIVED:
        lines.append(_("Archived: not in your lists"))
    lines += [_("Owes *{amount}*", amount=amount) for amount in known.sums.owed]
    lines += [_("Has *{amount}* of credit", amount=amount) for amount in known.sums.credit]
    if not known.sums.owed:
        lines.append(_("Owes nothing"))
    lines += [
        _("Billed so far: {billed}, of it paid: {paid}", billed=billed, paid=paid)
        for billed, paid in known.sums.billed
    ]
    return lines


def _ways(client: Client) -> list[Text]:
    phone = national(client.phone) if client.phone else None
    return [
        _("Phone: {phone}", phone=phone) if phone else _("No phone yet"),
        _("Language: {spoken}", spoken=LANGUAGES[client.language])
        if client.language
        else _("Language: as yours"),
    ]


def _more_of(client: Client) -> list[Text]:
    told = (
        (client.contact_person, _("Contact person: {words}", words=client.contact_person)),
        (client.email, _("E-mail: {words}", words=client.email)),
        (client.address, _("Address: {words}", words=client.address)),
        (client.notes, _("Notes: {words}", words=client.notes)),
    )
    return [words for value, words in told if value]


def _invoice_line(invoice: Any, today: date) -> Text:
    facts = {
        "number": invoice.number_text,
        "day": invoice.issued_on,
        "amount": invoice.total,
        "status": cards.STATUS_WORDS[invoice.shown(today)],
    }
    return Text("{number}, {day}: {amount}, {status}", facts)


def choices(client: Client, role: Role) -> tuple[Choice, ...]:
    """What one of this role may do with a client as she stands."""
    known = about(client)
    found = []
    active = client.status == ClientStatus.ACTIVE
    if active and role in MAY_BILL:
        found.append(Choice("bill", _("New invoice"), Start("new_invoice", known)))
    found.append(Choice("statement", _("Statement"), Start("statement_text", known)))
    if role in MAY_BILL:
        found.append(Choice("edit", _("Edit"), Start("edit_client", known)))
    if role in MAY_VOID:
        found += _shutting(client, known)
    if role in MAY_VOID:
        found.append(Choice("rare", _("More…"), Start("client_more", known)))
    return (*found, CLIENTS_BUTTON)


def _shutting(client: Client, known: dict[str, Any]) -> list[Choice]:
    match client.status:
        case ClientStatus.BLOCKED:
            return [Choice("unblock", _("Unblock"), Start("restore_client", known))]
        case ClientStatus.ARCHIVED:
            return [Choice("restore", _("Restore"), Start("restore_client", known))]
        case _:
            return [
                Choice("archive", _("Archive"), Start("archive_client", known)),
                Choice("block", _("Block"), Start("block_client", known)),
            ]


def more(client: Client) -> Prompt:
    """The rarer things."""
    known = about(client)
    found = [
        Choice("invoices", _("Their invoices"), Start("invoices", {"kind": "all", "find.all": client.name})),
    ]  # fmt: skip
    if client.status == ClientStatus.ACTIVE:
        found.append(Choice("merge", _("Merge with another"), Start("merge_clients", known)))
    found += [
        Choice("delete", _("Delete"), Start("delete_client", known)),
        Choice("many", _("Archive old ones"), Start("archive_many")),
        Choice("card", _("Back to the card"), Start("client", known)),
    ]
    return Prompt((_("What else about *{name}*?", name=client.name),), tuple(found), kind="card")


def same_person(client: Client, other: Client) -> Prompt:
    """Two that look like one: the merchant says whether they are."""
    words = (
        _("You also have *{other}*, {phone}. Are they the same person as *{name}*?",
          other=other.name, phone=national(other.phone), name=client.name)
        if other.phone
        else _("You also have *{other}*. Are they the same person as *{name}*?",
               other=other.name, name=client.name)
    )  # fmt: skip
    into = {"into": about(other)["client"]}
    return Prompt(
        (words,),
        (Choice("merge", _("Yes, merge them"), Start("merge_clients", {**about(client), **into})),
         Choice("other", _("No, they are two"), Start("client", about(client)))),
        kind="card",
    )  # fmt: skip


# --- The statement, as a message ---


def statement(
    client: Client,
    said: Statement,
    period: Period | None,
    *,
    business: str | None = None,
    today: date,
) -> Prompt:
    """Opening, what came and went, closing, per currency; `business` when the client reads it.

    `period` None: days of her own choice.
    """
    head = (
        _("*Your account with {business}*", business=business)
        if business
        else _("*Statement for {name}*", name=client.name)
    )
    words: list[Text] = [cards.stack(head, _span(said))]
    for account in said.accounts:
        words.append(cards.stack(*_account(account)))
        if account.closing:
            words.append(_closing(account, said.until == today, mine=business is not None))
    if not said.accounts:
        words.append(_("Nothing came or went in this time."))
    return Prompt(tuple(words), _statement_choices(client, said, period), kind="card")


def _span(said: Statement) -> Text:
    last = with_year(said.until)
    if said.since is None:
        return _("Up to {day}", day=last)
    return _("{first} to {last}", first=said.since, last=last)


def _account(account: Account) -> list[Text]:
    shown = account.entries[-SHOWN_ENTRIES:]
    hidden = len(account.entries) - len(shown)
    lines = []
    if account.opening or hidden == 0:
        lines.append(_("Before: {amount}", amount=account.opening))
    if hidden:
        lines.append(
            ngettext(
                "… {n} earlier line is in the PDF", "… {n} earlier lines are in the PDF", hidden
            )
        )
    return lines + [_line(entry) for entry in shown]


def _line(entry: Entry) -> Text:
    facts = {
        "day": entry.day,
        "what": statements.words(entry),
        "amount": entry.amount,
        "balance": entry.balance,
    }
    return Text("{day}: {what}, {amount} → *{balance}*", facts)


def _closing(account: Account, now: bool, *, mine: bool) -> Text:
    amount = account.closing
    if amount.amount_minor < 0:
        return _("Credit: *{amount}*", amount=-amount)
    if not now:
        return _("Owed then: *{amount}*", amount=amount)
    return (
        _("You owe *{amount}*", amount=amount) if mine else _("Owed now: *{amount}*", amount=amount)
    )


def _statement_choices(
    client: Client, said: Statement, period: Period | None
) -> tuple[Choice, ...]:
    known = {TENANT: client.merchant_id, "client": {"id": client.id}}
    others = [
        Choice(
            choice.value, choice.label, Start("statement_text", {**known, "period": choice.value})
        )
        for other, choice in PERIODS.items()
        if other is not period
    ]
    own = {TENANT: client.merchant_id, "about": client.id}
    others.append(Choice("days", _("Other days"), Start("statement_days", own)))
    if not said.accounts:
        return tuple(others)
    when = {"period": period.value} if period else _days(said)
    papers = [
        Choice(kind, label, Start("statement_paper", {**known, **when, "kind": kind}))
        for kind, label in (("pdf", _("PDF")), ("png", _("Picture")))
    ]
    return (*papers, *others)


def _days(said: Statement) -> dict[str, str]:
    since = said.since or said.until
    return {"since": since.isoformat(), "until": said.until.isoformat()}
