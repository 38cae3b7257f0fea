"""What people hear of money that others wrote down, matched, took back or gave back."""

from typing import TYPE_CHECKING

from bot import cards, payment_cards
from conversations.prompts import Attachment, Choice, Prompt, Start, Template
from invoicing import lifecycle
from models.money import Money
from models.text import Text, _

if TYPE_CHECKING:
    from bot.notices import Fact


def _amount(fact: "Fact", name: str) -> Money:
    assert fact.payment  # noqa: S101 - the kind says so
    return Money(int(fact.notice.facts.get(name) or 0), fact.payment.currency)


def _paper(fact: "Fact") -> Attachment:
    assert fact.payment  # noqa: S101 - the kind says so
    return Attachment("pdf", "receipt", fact.payment.id, fact.notice.merchant_id)


def _parts(fact: "Fact") -> list[Text]:
    """A line for each invoice that money went to, and one for what is left over."""
    assert fact.payment  # noqa: S101 - the kind says so
    lines = []
    for invoice_id, _booked, left in fact.notice.facts.get("parts", ()):
        number = lifecycle.get(fact.session, invoice_id).number_text
        owed = Money(int(left), fact.payment.currency)
        lines.append(_still_owed(number or "…", owed))
    if over := _amount(fact, "left_minor"):
        lines.append(_("{amount} is kept for your next invoice.", amount=over))
    return lines


def _still_owed(number: str, owed: Money) -> Text:
    if owed:
        return _("{left} is left on *{number}*.", left=owed, number=number)
    return _("*{number}* is paid in full.", number=number)


def _received(fact: "Fact") -> Prompt:
    assert fact.payment  # noqa: S101 - the kind says so
    head = _("✅ *{business}* has received your *{amount}*. Thank you!",
             business=fact.merchant.name, amount=fact.payment.amount)  # fmt: skip
    about = cards.values(fact.merchant.name, fact.payment.amount, _numbers(fact))
    template = Template("paid", about) if fact.invoice else None
    return Prompt((cards.stack(head, *_parts(fact)),), attachment=_paper(fact), template=template)


def _numbers(fact: "Fact") -> str:
    parts = fact.notice.facts.get("parts", ())
    return ", ".join(lifecycle.get(fact.session, part[0]).number_text or "…" for part in parts)


def _cash(fact: "Fact") -> Prompt:
    assert fact.payment  # noqa: S101 - the kind says so
    head = _("*{business}* wrote down that you paid *{amount}* in cash.",
             business=fact.merchant.name, amount=fact.payment.amount)  # fmt: skip
    known = payment_cards.about(fact.payment)
    choices = (
        Choice("confirm", _("Confirm"), Start("confirm_cash", known)),
        Choice("deny", _("Not me"), Start("deny_cash", known)),
    )
    words = (cards.stack(head, *_parts(fact)), _("Is that right?"))
    return Prompt(words, choices, kind="card")


def _taken_back(fact: "Fact") -> Prompt:
    assert fact.payment  # noqa: S101 - the kind says so
    lines = [
        _("*{business}* took back the receipt for *{amount}*: it does not count any more.",
          business=fact.merchant.name, amount=fact.payment.amount)
    ]  # fmt: skip
    for invoice_id in fact.notice.facts.get("invoices", ()):
        bill = lifecycle.get(fact.session, invoice_id)
        lines.append(_("*{number}*: {left} is to be paid.",
                       number=bill.number_text, left=bill.balance))  # fmt: skip
    lines.append(_("If that is not right, please talk to them."))
    return Prompt((cards.stack(*lines),))


def _given_back(fact: "Fact") -> Prompt:
    words = _("*{business}* wrote down that you got *{amount}* back.",
              business=fact.merchant.name, amount=_amount(fact, "amount_minor"))  # fmt: skip
    return Prompt((words,))


def _receipt(fact: "Fact") -> Prompt:
    assert fact.payment  # noqa: S101 - the kind says so
    words = _("Here is your receipt for *{amount}* from *{business}*.",
              amount=fact.payment.amount, business=fact.merchant.name)  # fmt: skip
    return Prompt((words,), attachment=_paper(fact))


def _credit_used(fact: "Fact") -> Prompt:
    return _credit(fact, _("*{business}* used your {amount} credit on *{number}*."))


def _credit_freed(fact: "Fact") -> Prompt:
    words = _(
        "*{business}* took {amount} of your credit off *{number}* again: you can still use it."
    )
    return _credit(fact, words)


def _credit(fact: "Fact", words: Text) -> Prompt:
    """Which credit went on or off an invoice, and what is left to pay on it since."""
    assert fact.invoice  # noqa: S101 - the kind says so
    currency, facts = fact.invoice.currency, fact.notice.facts
    moved, left = (Money(int(facts[name]), currency) for name in ("amount_minor", "balance_minor"))
    known = {"business": fact.merchant.name, "amount": moved, "number": fact.number}
    return Prompt((cards.stack(Text(words.msgid, known), _still_owed(fact.number, left)),))


def _denied(fact: "Fact") -> Prompt:
    assert fact.payment and fact.client  # noqa: S101, PT018 - the kind says so
    words = _(
        "⚠️ *{client}* says that they did not pay the *{amount}* in cash. I do not remind them "
        "until you decide.",
        client=fact.client.name,
        amount=fact.payment.amount,
    )
    return Prompt((words,), payment_cards.denied_choices(fact.payment), kind="card")


def _agreed(fact: "Fact") -> Prompt:
    assert fact.payment and fact.client  # noqa: S101, PT018 - the kind says so
    words = _("✅ *{client}* now agrees that they paid the *{amount}*.",
              client=fact.client.name, amount=fact.payment.amount)  # fmt: skip
    return Prompt((words,))


def _unallocated(fact: "Fact") -> Prompt:
    assert fact.payment  # noqa: S101 - the kind says so
    return payment_cards.show(fact.session, fact.payment)


def _review(fact: "Fact") -> Prompt:
    """Money that a person has to look into: news that disagree, or none at all."""
    if fact.notice.facts.get("wrong") == "silent":
        words = _(
            "M-Pesa has not told me whether a payment for *{number}* went through. Please look at "
            "your M-Pesa messages: if the money came, write it down on the invoice.",
            number=fact.number,
        )
    else:
        words = _(
            "⚠️ A payment on *{number}* needs your eyes: M-Pesa told me two different things. "
            "Please compare it with your M-Pesa messages.",
            number=fact.number,
        )
    return Prompt((words,), fact.see, kind="card")


# A customer hears of her money, come what may.
RECEIPTS = (
    "received",
    "cash",
    "taken_back",
    "given_back",
    "receipt",
    "credit_used",
    "credit_freed",
)
WORDS = {
    ("received", "client"): _received,
    ("cash", "client"): _cash,
    ("taken_back", "client"): _taken_back,
    ("given_back", "client"): _given_back,
    ("receipt", "client"): _receipt,
    ("credit_used", "client"): _credit_used,
    ("credit_freed", "client"): _credit_freed,
    ("cash_denied", "member"): _denied,
    ("cash_agreed", "member"): _agreed,
    ("unallocated", "member"): _unallocated,
    ("review", "member"): _review,
}
