"""Files of an invoice: fetched from the channel they came by, looked at, kept, passed on; and told."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import cards, file_cards, more, reach, undo, window
from bot.house import House
from bot.meeting import Who
from bot.sharing import CHANNEL_NAMES
from conversations.prompts import Attachment, Choice, Prompt, Start
from documents import plain_picture
from invoicing import attaching, clients, lifecycle, merchants
from invoicing.attaching import DOCUMENT, WRONG_KIND
from invoicing.commands import SentFile
from models import db, jobs
from models.attached import BIGGEST, Attached
from models.errors import Refusal
from models.invoices import Invoice, Status
from models.people import Contact
from models.text import Text, _, ngettext
from models.told import Notice

if TYPE_CHECKING:
    from bot.notices import Fact

KIND = "file"  # of the notice to a customer
HELD = sa.text(
    "UPDATE outbound SET status = 'dropped', error_code = 'removed'"
    " WHERE status IN ('waiting', 'held') AND notice_id = :notice"
)


def put(session: Session, invoice: Invoice, files: Sequence[SentFile], who: Who) -> None:
    """Each gets its place; a worker fetches them. Raises Refusal where none may be added."""
    for file in files:
        row = attaching.add(session, invoice, file, who.person_id)
        jobs.defer(
            session,
            "bot.fetch_file",
            merchant_id=invoice.merchant_id,
            attached_id=row.id,
            contact_id=who.contact_id,
            channel=file.channel,
            file=file.file,
        )


def keep(
    session: Session, attached_id: int, contact_id: int, content: bytes | None, house: House
) -> None:
    """Keep what was fetched and say so to who sent it; None: it could not be had.

    Nothing is done or said about a file that is there already or was taken away meanwhile.
    """
    row = attaching.waits(session, attached_id)
    if row is None:
        return
    invoice = lifecycle.get(session, row.invoice_id)
    try:
        attaching.fill(session, row, _looked_at(content))
    except Refusal as refusal:
        attaching.give_up(session, row)
        again = file_cards.attach_button(invoice, _("Try another file"))
        _say(session, contact_id, Prompt((refusal.text,), (again, cards.MENU_BUTTON), "card"))
        return
    _say(session, contact_id, _kept(session, invoice, row, house))


def _say(session: Session, contact_id: int, prompt: Prompt) -> None:
    merchant_id = db.merchant_id(session)
    reach.put_out(session, contact_id, prompt, merchant_id=merchant_id, purpose="reply")


def _looked_at(content: bytes | None) -> bytes:
    """What is kept of it. Raises Refusal for nothing, and for a picture that is broken."""
    if content is None:
        raise Refusal(_("I could not get your file. Please send it once more."), "not_fetched")
    if not content or len(content) > BIGGEST:
        raise Refusal(attaching.TOO_BIG, "too_big")
    try:
        drawn = plain_picture.of_webp(content) if plain_picture.is_webp(content) else content
        return plain_picture.plain(drawn)
    except ValueError:
        raise Refusal(WRONG_KIND, "kind") from None


def _kept(session: Session, invoice: Invoice, row: Attached, house: House) -> Prompt:
    """The merchant hears what became of it, and how long she has to think again."""
    client = clients.get(session, invoice.client_id)
    number, size = invoice.number_text or _("your draft"), attaching.weight(len(row.content))
    known = {"name": row.name, "size": size, "number": number}
    words = [
        _("📎 *{name}* ({size}) goes with *{number}* now.", **known),
        _passed_on(session, invoice, row, client.name, house.bot.undo_s),
    ]
    choices = (
        file_cards.attach_button(invoice, _("Attach another")),
        Choice("detach", _("Remove it"), Start("detach", {"attached": row.id})),
        Choice("show", _("See it"), Start("show", more.about(invoice))),
    )
    return Prompt((cards.stack(*words),), choices, "card")


def _passed_on(session: Session, invoice: Invoice, row: Attached, client: str, undo_s: int) -> Text:
    """Put it out to whoever may be written to, and say truly who that is."""
    if invoice.status == Status.DRAFT:
        return _("*{client}* finds it with the invoice once you send it.", client=client)
    heard = [session.get_one(Contact, one) for one in reach.customers(session, invoice, None)]
    now = db.now(session)
    free = [one for one in heard if window.is_open(one.channel, one.last_inbound_at, now)]
    if merchants.get(session).paused_at is not None or not free:
        if heard:
            return _("WhatsApp does not let me write to *{client}* now. They find it on the "
                     "invoice's page, and with the invoice in our chat.", client=client)  # fmt: skip
        return _("*{client}* has no chat with me. They find it on the invoice's page.",
                 client=client)  # fmt: skip
    reach.note(
        session, invoice, KIND, audience="client", key=f"{KIND} {row.id}",
        facts={"attached_id": row.id, "kind": row.kind, "name": row.name},
    )  # fmt: skip
    params = {"client": client, "channel": CHANNEL_NAMES[free[0].channel]}
    if undo.hold(session, invoice, undo_s):
        return _("*{client}* gets it on {channel} together with the invoice.", **params)
    return ngettext(
        "*{client}* gets it on {channel} in {n} second.",
        "*{client}* gets it on {channel} in {n} seconds.",
        undo_s,
        **params,
    )


def take_away(session: Session, row: Attached, by: int | None) -> bool:
    """Nobody sees it any more; whether a customer has it in chat already, where it stays."""
    notice = session.scalars(
        sa.select(Notice).where(
            Notice.merchant_id == row.merchant_id, Notice.dedupe_key == f"{KIND} {row.id}"
        )
    ).one_or_none()
    told = notice is not None and notice.told_at is not None
    if notice is not None and notice.told_at is None:
        notice.told_at, notice.skipped = db.now(session), "removed"
    elif notice is not None:
        stopped: Any = session.execute(HELD, {"notice": notice.id})
        told = not stopped.rowcount
    attaching.drop(session, row, by)
    return told


def not_before(fact: "Fact") -> datetime | None:
    """A file can be taken back for as long as an invoice; every other word may go now."""
    if fact.notice.kind != KIND:
        return None
    return fact.now + timedelta(seconds=fact.house.bot.undo_s)


def _to_client(fact: "Fact") -> Prompt:
    """A file for whoever is billed; the words name it, so that on WhatsApp the file is enough."""
    assert fact.invoice  # noqa: S101 - the kind says so
    said, business, number = fact.notice.facts, fact.merchant.name, fact.number
    file = Attachment(
        str(said["kind"]), DOCUMENT, int(said["attached_id"]), fact.notice.merchant_id
    )
    words = _("📎 *{business}* adds *{name}* to invoice *{number}*.",
              business=business, name=str(said["name"]), number=number)  # fmt: skip
    return Prompt((words,), attachment=file)


WORDS: dict[tuple[str, str], Callable[["Fact"], Prompt]] = {(KIND, "client"): _to_client}
