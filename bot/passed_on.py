"""What a merchant passes on to her customer herself: the words, and buttons that open her own chats."""

from collections.abc import Mapping
from urllib.parse import quote

from bot import deposits
from conversations.prompts import Choice
from models.invoices import Invoice, Shown
from models.quotes import Quote
from models.text import Text, _, raw, render


def forward_words(
    invoice: Invoice, business: str, client: str, link: str, shown: Shown = Shown.SENT
) -> Text:
    """The message a merchant passes on to her customer."""
    facts = known(invoice, business, client, link)
    if invoice.deposit_left and shown is not Shown.OVERDUE:
        return deposits.to_forward(facts)
    return _(
        "Hello {client}, this is invoice {number} from {business}: {amount}, due {day}. "
        "See it and pay here: {link}",
        **facts,
    )


def known(invoice: Invoice, business: str, client: str, link: str) -> Mapping[str, object]:
    """What a message that is passed on may name, by the names of its places."""
    return {
        "client": client,
        "number": invoice.number_text or "",
        "business": business,
        "amount": invoice.balance,
        "deposit": invoice.deposit_left,
        "day": invoice.due_on,
        "link": link,
    }


def share_choices(
    paper: Invoice | Quote, words: Text, link: str, phone: str | None
) -> tuple[Choice, ...]:
    """Buttons that open the merchant's own chat apps with the message written."""
    said = render(words, paper.language)
    before = said.replace(link, "").rstrip().rstrip(":")
    whatsapp = f"https://wa.me/{(phone or '').lstrip('+')}?text={quote(said)}"
    telegram = f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(before)}"
    return (
        Choice("whatsapp", _("Share on WhatsApp"), url=whatsapp),
        Choice("telegram", _("Share on Telegram"), url=telegram),
    )


def in_language(words: Text, language: str) -> Text:
    """Words for someone else, in her language whatever the reader's own is."""
    return raw(render(words, language))
