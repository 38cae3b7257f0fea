"""Prompts that are no question: menu, help, invoices as merchant and customer see them."""

from bot import deposits, more
from bot.house import House
from bot.meeting import Who
from bot.openings import TENANT
from conversations.prompts import Choice, Prompt, Start
from conversations.turn import Journal
from invoicing import apart, links
from models.invoices import Invoice, InvoiceLine, Shown
from models.money import Money
from models.text import Text, _, raw

STATUS_WORDS = {
    Shown.DRAFT: _("Draft"),
    Shown.SENT: _("Waiting for payment"),
    Shown.PARTLY_PAID: _("Partly paid"),
    Shown.OVERDUE: _("Overdue"),
    Shown.PAID: _("Paid"),
    Shown.VOID: _("Void"),
}
FLOW_WORDS = {
    "onboarding": _("setting up your business"),
    "new_invoice": _("an invoice"),
    "new_client": _("a new client"),
    "record_payment": _("a payment"),
}
MOST_LINES = 12
MENU_BUTTON = Choice("menu", _("Menu"), Start("menu"))
HELP_BUTTON = Choice("help", _("Help"), Start("help"))
INVOICE_BUTTON = Choice("invoice", _("New invoice"), Start("new_invoice"))
SETTINGS_BUTTON = Choice("settings", _("Settings"), Start("settings"))
INVOICES_BUTTON = Choice("invoices", _("My invoices"), Start("invoices"))
ACCOUNT_BUTTON = Choice("account", _("My account"), Start("my_account"))
ITEMS_BUTTON = Choice("items", _("Items and prices"), Start("items"))
PEOPLE_BUTTON = Choice("people", _("Team and chats"), Start("account"))
LANGUAGE_BUTTON = Choice("language", _("Kiswahili / English"), Start("language"))


def stack(*lines: Text) -> Text:
    """Several texts in one paragraph, one a line."""
    return Text("{lines}", {"lines": lines})


def values(*given: object) -> tuple[Text, ...]:
    """Names, amounts and days as they fill the places of a template."""
    return tuple(Text("{value}", {"value": value}) for value in given)


def menu(who: Who, setaside: Journal | None, business: str | None = None) -> Prompt:
    """Everything that can be begun, the unfinished first; of several businesses, for which one."""
    choices: list[Choice] = []
    if setaside:
        choices.append(Choice("resume", _("Continue"), Start("resume")))
    if who.merchant_id is None:
        begin = Choice("business", _("Send invoices"), Start("onboarding"))
        choices += [ACCOUNT_BUTTON, begin, LANGUAGE_BUTTON]
    else:
        choices += [
            INVOICE_BUTTON,
            INVOICES_BUTTON,
            Choice("client", _("New client"), Start("new_client")),
            Choice("quotes", _("Quotes"), Start("quotes")),
            Choice("money", _("Payments"), Start("money")),
            Choice("clients", _("My clients"), Start("clients")),
            *([] if setaside else [ITEMS_BUTTON]),  # ten rows fit a list
            PEOPLE_BUTTON,
            SETTINGS_BUTTON,
            LANGUAGE_BUTTON,
        ]
    words = [_("What would you like to do?")]
    if business:
        words.insert(0, _("You work for *{business}* now.", business=business))
    if setaside:
        what = FLOW_WORDS.get(setaside.flow, _("what we were doing"))
        words.insert(0, _("You have not finished {what}.", what=what))
    return Prompt(tuple(words), tuple(choices), kind="card")


def help_card(who: Who) -> Prompt:
    """What the bot can do, in few words."""
    if who.merchant_id is None:
        return Prompt(
            (
                _("I am Bili. Shops send you their invoices through me, and you pay by M-Pesa."),
                _(
                    "Open an invoice from its link to see it and pay. Say *stop* to hear no more from me."
                ),
                _("*/statement* what you bought and paid, and what you owe"),
            )
        )
    return Prompt(
        (
            _("I make your invoices, send them and tell you when they are paid."),
            _("*/invoice* a new invoice\n*/invoices* what is open, overdue and paid\n"
              "*/client* a new client\n*/language* Kiswahili or English\n*/menu* everything"),
            _("*/clients* your clients\n*/statement* what came and went with one of them"),
            _("*/team* who works with you, and how far\n*/approvals* what waits for your yes\n"
              "*/account* your chats and businesses"),
            _("*/items* what you sell and for how much"),
            _("*/settings* your business, your papers, what I tell you and when"),
            _("Say *back* to change your last answer and *cancel* to stop; nothing is lost."),
        )
    )  # fmt: skip


def cancelled(was: Journal | None, *, stopping: bool = False) -> Prompt:
    """It stopped, nothing went out, and it can be taken up again.

    Who said “stop” may have meant more by it, and is told how to say so.
    """
    if was is None:
        return Prompt((_("There is nothing to cancel."),), (MENU_BUTTON,), kind="card")
    resume = Choice("resume", _("Continue it"), Start("resume"))
    words = [_("Stopped. Nothing was sent, and I keep what you told me so far.")]
    if stopping:
        words.append(_("To hear nothing more from me at all, say *stop* once more."))
    return Prompt(
        tuple(words),
        (resume, MENU_BUTTON),
        kind="card",
    )


def apology() -> Prompt:
    """Our own bug."""
    return Prompt(
        (_("Sorry, something went wrong on my side. Nothing you told me is lost. "
           "Say *menu* to go on."),)
    )  # fmt: skip


def likeliest() -> tuple[Choice, ...]:
    """What a merchant most often wants."""
    return (INVOICE_BUTTON, INVOICES_BUTTON, MENU_BUTTON)


def stranger_choices() -> tuple[Choice, ...]:
    """What someone who has no business here may want."""
    return (Choice("business", _("Send invoices"), Start("onboarding")), LANGUAGE_BUTTON)


def edited() -> Prompt:
    """We go by the first version of a message."""
    return Prompt(
        (_("I saw that you changed a message, but I go by how it was sent first. "
           "Say *back* to answer again."),)
    )  # fmt: skip


def dead_link() -> Prompt:
    """Unknown and revoked look alike."""
    return Prompt(
        (_("This link does not open an invoice any more. Please ask the shop for a new one."),)
    )


def phone_known() -> Prompt:
    """The person shared her own number."""
    return Prompt((_("Thank you. I will use this number for your M-Pesa prompts."),))


def status_line(invoice: Invoice, shown: Shown) -> Text:
    """One line: how it stands."""
    if shown is Shown.PAID:
        return more.settled_line(invoice)
    if shown is Shown.VOID:
        return _("*Void*: {why}", why=invoice.void_reason or "")
    due = invoice.due_on
    if shown is Shown.OVERDUE:
        return _("⚠️ *Overdue* since {day}", day=due)
    if shown is Shown.PARTLY_PAID:
        return _("{paid} paid, due {day}", paid=invoice.paid, day=due)
    if shown is Shown.DRAFT:
        return _("Draft, not sent")
    return _("Due {day}", day=due)


def line_words(invoice: Invoice) -> tuple[Text, ...]:
    """What was billed, one line each, the rest counted."""
    words = tuple(_line_words(line, invoice) for line in invoice.lines[:MOST_LINES])
    rest = len(invoice.lines) - MOST_LINES
    return (*words, _("… and {n} more", n=rest)) if rest > 0 else words


def _line_words(line: InvoiceLine, invoice: Invoice) -> Text:
    own = apart.words(line, invoice.currency, invoice.tax_label)
    what = f"{line.description} ({own})" if own else line.description
    amount = Money(line.amount_minor, invoice.currency)
    if line.quantity == 1:
        return _("{what}: {amount}", what=what, amount=amount)
    return _("{n} × {what}: {amount}", n=line.quantity, what=what, amount=amount)


def amounts(invoice: Invoice, shown: Shown) -> tuple[Text, ...]:
    """The total, and what is left of it where that differs; a deposit while that is due first."""
    words = [*apart.sums(invoice), _("*Total: {amount}*", amount=invoice.total)]
    if invoice.deposit_left and shown is not Shown.OVERDUE:
        words.append(deposits.due_now(invoice))
    if invoice.balance != invoice.total and invoice.balance:
        words.append(_("*Left to pay: {amount}*", amount=invoice.balance))
    return tuple(words)


def merchant_card(
    invoice: Invoice, client: str, shown: Shown, link: str | None, origins: tuple[Text, ...] = ()
) -> Prompt:
    """An invoice as its maker sees it, with what she may do now."""
    number = invoice.number_text or ""
    head = _("*{number}* for *{client}*", number=number, client=client)
    words = [
        stack(head, status_line(invoice, shown)),
        stack(*line_words(invoice), *amounts(invoice, shown), *origins),
    ]
    if link and shown is not Shown.VOID:
        words.append(_("Link: {link}", link=link))
    return Prompt(tuple(words), merchant_choices(invoice, shown), kind="card")


def merchant_choices(invoice: Invoice, shown: Shown) -> tuple[Choice, ...]:
    """What may still be done with an invoice."""
    about = {"invoice": {"id": invoice.id, "number": invoice.number_text}}
    pdf = Choice("pdf", _("PDF"), Start("document", about))
    copy = Choice("copy", _("Copy it"), Start("copy", about))
    if shown is Shown.VOID:
        return (pdf, copy, more.why_button(invoice))
    if shown is Shown.PAID:
        return (pdf, copy, more.button(invoice))
    quiet = (
        Choice("remind", _("Reminders on"), Start("reminders_on", about))
        if invoice.reminders_off
        else Choice("quiet", _("Reminders off"), Start("reminders_off", about))
    )
    return (
        Choice("resend", _("Send again"), Start("resend", about)),
        Choice("payment", _("Record a payment"), Start("record_payment", about)),
        pdf,
        quiet,
        Choice("void", _("Void it"), Start("void", about)),
        copy,
        more.button(invoice),
    )


def draft_choices(invoice: Invoice) -> tuple[Choice, ...]:
    """What may be done with a draft."""
    return (
        Choice("open", _("Finish and send"), Start("draft", {"invoice": {"id": invoice.id}})),
        Choice("delete", _("Delete draft"), Start("delete_draft", {"invoice": {"id": invoice.id}})),
        MENU_BUTTON,
    )


def customer_card(
    invoice: Invoice, business: str, shown: Shown, page: str, files: int = 0
) -> Prompt:
    """An invoice as its payer sees it in chat; so many files go with it."""
    head = _(
        "*{business}* sent you invoice *{number}*",
        business=business,
        number=invoice.number_text or "",
    )
    words = (
        stack(head, status_line(invoice, shown)),
        stack(*line_words(invoice), *amounts(invoice, shown)),
    )
    return Prompt(words, customer_choices(invoice, shown, page, files), kind="card")


def customer_choices(
    invoice: Invoice, shown: Shown, page: str, files: int = 0
) -> tuple[Choice, ...]:
    """What a payer may do: pay while something is owed, look, say that something is wrong."""
    about = {
        TENANT: invoice.merchant_id,
        "invoice": {"id": invoice.id, "number": invoice.number_text},
    }
    view = (
        Choice("pdf", _("PDF"), Start("document", about)),
        *((Choice("files", _("Files ({n})", n=files), Start("files", about)),) if files else ()),
        Choice("page", _("Open the page"), url=page),
        LANGUAGE_BUTTON,
        Choice("report", _("Something is wrong"), Start("report", about)),
    )
    if shown in (Shown.PAID, Shown.VOID) or not invoice.balance:
        return view
    first = invoice.deposit_left if shown is not Shown.OVERDUE else None
    label = _("Pay {amount}", amount=first or invoice.balance)
    pay = Choice("pay", label, Start("pay", about), synonyms=(raw("pay"), raw("lipa")))
    return (pay, *view)


def sent_choices(invoice: Invoice, *, undo: bool = False) -> tuple[Choice, ...]:
    """What a merchant may want right after sending; last of all, out of the way of “1”, undo."""
    about = {"invoice": {"id": invoice.id, "number": invoice.number_text}}
    mine = {TENANT: invoice.merchant_id, **about}
    choices = (
        Choice("show", _("See it"), Start("show", about)),
        Choice("new", _("New invoice"), Start("new_invoice")),
    )
    return (*choices, Choice("undo", _("Undo"), Start("undo", mine))) if undo else choices


def page_of(house: House, token: str) -> str:
    """The address of an invoice's page."""
    return links.url(house.app_url, token)
