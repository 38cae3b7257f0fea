"""The invoice as its maker sees it before it goes out, and the buttons that change each field."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from conversations.engine import Dialogue, Move, ask
from conversations.opening import Opening
from conversations.prompts import BUTTON_CHARS, ROWS, Choice
from conversations.review import Menu, opens
from invoicing.commands import InvoiceLine, IssueInvoice, MakeQuote, Sums, Tax, add_up
from models.money import Money
from models.text import Text, _, ngettext, raw

Lines = dict[int, InvoiceLine]
Button = tuple[Choice, Move]
NEVER_MIND = (Choice("ok", _("Leave it as it is")), Move("ok"))


def stack(*lines: Text) -> Text:
    """Several texts in one paragraph, one a line."""
    return Text("{lines}", {"lines": lines})


def card(opening: Opening, draft: IssueInvoice) -> tuple[Text, ...]:
    """Whom, what, how much and when: everything the customer will see."""
    sums = add_up(draft.lines, draft.discount, draft.tax)
    items = stack(*(line_words(line) for line in draft.lines))
    end = [*_deposit_words(draft, sums), _due_words(opening, draft), *_said_besides(draft)]
    heading = _heading(draft)
    if opening.several:
        heading = stack(_("From *{business}*", business=opening.business), heading)
    return (heading, items, stack(*sums_words(opening, draft, sums)), stack(*end))


def _said_besides(draft: IssueInvoice) -> list[Text]:
    words = [_("Note: {note}", note=draft.note)] if draft.note else []
    words += [_("Terms: {terms}", terms=draft.terms)] if draft.terms else []
    words += [_("How to pay: {words}", words=draft.pay_note)] if draft.pay_note else []
    if n := len(draft.files):
        words.append(ngettext("📎 A file goes with it", "📎 {n} files go with it", n))
    return words


def _heading(draft: IssueInvoice) -> Text:
    client = draft.client
    if client.phone:
        return _("*Invoice for {name}* ({phone})", name=client.name, phone=client.phone)
    return _("*Invoice for {name}* (no phone: I will give you a link to share)", name=client.name)


def line_words(line: InvoiceLine) -> Text:
    """One item, as a sum to check, with what holds for it alone."""
    words = _deal(line)
    if line.discount is not None:
        percent = line.discount.percent
        off = line.off if percent is None else _("{n}%", n=percent)
        words = _("{line}, less {off}: {amount}", line=words, off=off, amount=line.net)
    if line.tax_rate is not None:
        words = (
            _("{line} (tax {rate}%)", line=words, rate=line.tax_rate)
            if line.tax_rate
            else _("{line} (no tax)", line=words)
        )
    return words


def _deal(line: InvoiceLine) -> Text:
    if line.quantity == 1:
        return _("{what}: {amount}", what=line.description, amount=line.amount)
    return _(
        "{n} × {what} at {price} = {amount}",
        n=line.quantity, what=line.description, price=line.unit_price, amount=line.amount,
    )  # fmt: skip


def sums_words(opening: Opening, draft: IssueInvoice | MakeQuote, sums: Sums) -> list[Text]:
    """Discount, tax and the total, a line each."""
    words: list[Text] = []
    if sums.discount:
        alone = not any(line.discount for line in draft.lines)
        percent = draft.discount.percent if draft.discount and alone else None
        words.append(_("Discount: {amount}", amount=-sums.discount) if percent is None
                     else _("Discount {n}%: {amount}", n=percent, amount=-sums.discount))  # fmt: skip
    words += [
        _tax_words(opening, draft, rate, amount) for rate, amount in sorted(sums.taxes.items())
    ]
    return [*words, _("*Total: {amount}*", amount=sums.total)]


def _tax_words(
    opening: Opening, draft: IssueInvoice | MakeQuote, rate: Decimal, amount: Money
) -> Text:
    if draft.tax is not None and draft.tax.inclusive:
        return _("{label} {rate}% is inside: {amount}",
                 label=opening.tax_label, rate=rate, amount=amount)  # fmt: skip
    return _("{label} {rate}%: {amount}", label=opening.tax_label, rate=rate, amount=amount)


def _deposit_words(draft: IssueInvoice, sums: Sums) -> list[Text]:
    if draft.deposit is None:
        return []
    first = _("Deposit, to be paid first: {amount}", amount=draft.deposit)
    return [first, _("Then the rest: {amount}", amount=sums.total - draft.deposit)]


def origin(revises: Mapping[str, Any] | None, quote: Mapping[str, Any] | None) -> tuple[Text, ...]:
    """Which other paper this invoice comes from, and what becomes of it."""
    if revises is not None:
        words = _("It replaces *{number}*, which I take back with a credit note.",
                  number=revises.get("number", ""))  # fmt: skip
        return (words,)
    if quote is not None:
        return (_("From quote *{number}*", number=quote.get("number", "")),)
    return ()


def _due_words(opening: Opening, draft: IssueInvoice) -> Text:
    if draft.due_on.year == opening.today.year:
        return _("To be paid by {day}", day=draft.due_on)
    return _("To be paid by {day} {year}", day=draft.due_on, year=draft.due_on.year)


def edits(
    opening: Opening, draft: IssueInvoice, lines: Lines, add: Move | None
) -> tuple[Button, ...]:
    """A button for each field; with many fields, those of the items behind one button."""
    who = [opens("client", _("Client"), "client")]
    if draft.client.client_id is None:
        who.append(opens("phone", _("Phone"), "client.phone"))
    rest = [opens("due", _("Due date"), "due")]
    rest += [(Choice("more", _("Add item")), add)] if add else []
    rest += [_DISCOUNT] if discounts(opening, draft) else []
    rest += [_TAX] if _taxes(opening, draft) else []
    one = line_fields(next(iter(lines))) if len(lines) == 1 else []
    ways = 2 if draft.draft_id is None else 3
    room = ROWS - ways - len(who) - len(rest)
    items, end = _fitting(one, room)
    return (*who, *items, *rest, *end)


def _fitting(one: list[Button], room: int) -> tuple[list[Button], list[Button]]:
    """The item's own fields where they fit, and the note by itself where it fits."""
    together = [opens("extras", _("More…"), "extras")]
    behind = [opens("items", _("Items"), "items")]
    for items in (one, behind) if one else (behind,):
        for end in ([_NOTE, *together], together):
            if len(items) + len(end) <= room:
                return items, end
    return behind, together


_NOTE = opens("note", _("Note"), "note")
_DISCOUNT = opens("discount", _("Discount"), "discount")
_TAX = opens("tax", _("Tax"), "tax")


def extras_menu(opening: Opening, draft: IssueInvoice) -> Dialogue[None]:
    """What is seldom wanted. Key: `extras`."""
    seldom = [
        _NOTE,
        opens("terms", _("Terms"), "terms"),
        opens("paynote", _("How to pay"), "pay_note"),
        opens("deposit", _("Deposit"), "deposit"),
    ]
    seldom.append(opens("files", _("Photo or PDF"), "files"))
    seldom += [(Choice("nofiles", _("Remove files")), Move("files", []))] if draft.files else []
    seldom += [] if discounts(opening, draft) else [_DISCOUNT]
    seldom += [] if _taxes(opening, draft) else [_TAX]
    words = _("What do you want to change?")
    yield from ask(Menu("extras", words, also=(*seldom, NEVER_MIND)))


def _taxes(opening: Opening, draft: IssueInvoice) -> bool:
    """Whether tax is hers to change, without looking for it."""
    return opening.tax_rate is not None or draft.tax is not None


def discounts(opening: Opening, draft: IssueInvoice | MakeQuote) -> bool:
    """Whether a discount is hers to change."""
    return opening.uses_discount or draft.discount is not None


def line_fields(number: int) -> list[Button]:
    """A button for each field of an item."""
    return [
        opens("what", _("Item name"), f"line.{number}.what"),
        opens("quantity", _("Quantity"), f"line.{number}.quantity"),
        opens("price", _("Price"), f"line.{number}.price"),
    ]


def lines_menu(lines: Lines) -> Dialogue[None]:
    """Which item to change. Key: `items`."""
    rows = tuple(
        opens(f"l{number}", short(line.description), f"line.{number}.menu")
        for number, line in lines.items()
    )
    yield from ask(Menu("items", _("Which item do you want to change?"), also=(*rows, NEVER_MIND)))


def line_menu(
    number: int, lines: Lines, *, tax: Tax | None = None, apart: bool = False
) -> Dialogue[None]:
    """What to change of one item; `apart`: also what holds for it alone. Key: `line.N.menu`."""
    removes = (Choice("remove", _("Remove it")), Move(f"line.{number}.keep", False))
    own = [opens("off", _("Discount"), f"line.{number}.discount")] if apart else []
    own += [opens("rate", _("Tax"), f"line.{number}.tax")] if apart and tax else []
    also = (*line_fields(number), *own, *((removes,) if len(lines) > 1 else ()), NEVER_MIND)
    words = stack(line_words(lines[number]), _("What do you want to change?"))
    yield from ask(Menu(f"line.{number}.menu", words, also=also))


def short(words: str) -> Text:
    """Someone's own words, cut to fit a button: two items and the way back are three."""
    return raw(words if len(words) <= BUTTON_CHARS else f"{words[: BUTTON_CHARS - 1]}…")
