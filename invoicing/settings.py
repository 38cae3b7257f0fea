"""What a business has set: present values as words, and each change checked, made and audited."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from zoneinfo import available_timezones

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import audit, digest, hearing, merchants, numbering, reminders
from invoicing.commands import DESIGNS, TERMS, Setting
from invoicing.hearing import Topic
from invoicing.phones import normalise
from models import db
from models.errors import Refusal
from models.merchants import Member, Merchant, NumberSeries
from models.money import EXPONENTS
from models.text import LANGUAGES, _

LONGEST = {
    Setting.NAME: merchants.LONGEST_NAME, Setting.ADDRESS: 200, Setting.CITY: 60,
    Setting.CONTACT: 80, Setting.NOTE: 500, Setting.PAY_NOTE: 300, Setting.FOOTER: 120,
    Setting.TAX_LABEL: 12, Setting.EMAIL: 120,
}  # fmt: skip
# Settings that are a column of the merchant's row, as it is.
COLUMNS = {
    Setting.NAME: "name", Setting.ADDRESS: "address", Setting.CITY: "city",
    Setting.PHONE: "phone", Setting.EMAIL: "email", Setting.TAX_NUMBER: "tax_number",
    Setting.CONTACT: "contact", Setting.LOGO: "logo", Setting.TERMS: "terms",
    Setting.NOTE: "default_note", Setting.PAY_NOTE: "pay_note", Setting.FOOTER: "footer",
    Setting.DESIGN: "design", Setting.TAX_LABEL: "tax_label", Setting.CURRENCY: "currency",
    Setting.PAPER_LANGUAGE: "language", Setting.ZONE: "zone",
}  # fmt: skip
NEVER_EMPTY = frozenset(
    set(COLUMNS)
    - {Setting.ADDRESS, Setting.CITY, Setting.PHONE, Setting.EMAIL, Setting.TAX_NUMBER,
       Setting.CONTACT, Setting.LOGO, Setting.NOTE, Setting.PAY_NOTE, Setting.FOOTER}
)  # fmt: skip
_EMAIL = re.compile(r"[^\s@]{1,64}@[a-z0-9.-]+\.[a-z]{2,}", re.IGNORECASE | re.ASCII)
_KENYAN_PIN = re.compile(r"[AP]\d{9}[A-Z]", re.ASCII)
_TAX_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9 /-]{3,23}", re.ASCII)
_PREFIX = re.compile(r"[A-Z0-9]{1,6}", re.ASCII)


def values(session: Session, merchant: Merchant, member: Member | None) -> dict[str, Any]:
    """Every setting of the business, and of its member, as it stands; None where nothing is set."""
    found: dict[str, Any] = {
        setting.value: getattr(merchant, column) for setting, column in COLUMNS.items()
    }
    rate = merchant.tax_rate
    found |= {
        Setting.PREFIX.value: _series(session)[numbering.INVOICE],
        Setting.REMINDERS.value: reminders.written(reminders.offsets(merchant.settings)),
        Setting.TAX_RATE.value: None if rate is None else f"{rate.normalize():f}",
        Setting.TAX_MODE.value: "inclusive" if merchant.tax_inclusive else "exclusive",
        Setting.DISCOUNT.value: _on_off(merchant.uses_discount),
    }
    hears = member.hears if member else {}
    return found | {f"hear.{topic.value}": _on_off(hearing.wants(hears, topic)) for topic in Topic}


def _on_off(on: bool) -> str:
    return "on" if on else "off"


def _series(session: Session) -> dict[str, str]:
    mine = NumberSeries.merchant_id == db.merchant_id(session)
    rows = session.execute(sa.select(NumberSeries.kind, NumberSeries.prefix).where(mine))
    return {row.kind: row.prefix for row in rows}


def change(session: Session, setting: Setting, value: str | None, by: int) -> tuple[Any, Any]:
    """Set one thing of the business, or of the member who asks; what it was, and what it is now.

    Raises Refusal for a value that cannot be. Papers that went out stay as they are (A-32).
    """
    merchant = merchants.get(session)
    session.refresh(merchant, with_for_update={"key_share": True})
    member = merchants.member(session, by)
    before = values(session, merchant, member)[setting.value]
    words = " ".join(value.split()) if value else None
    if words is None and setting in NEVER_EMPTY:
        raise Refusal(_("This cannot be left empty."), "empty")
    if setting.startswith("hear."):
        topic = Topic(setting.removeprefix("hear."))
        if not hearing.may_hear(member.role, topic):
            raise Refusal(_("Only the owner or a manager can do that."), "role")
        hearing.switch(member, topic, on=_switched(words))
    else:
        _write(session, merchant, setting, words)
    session.flush()
    after = values(session, merchant, member)[setting.value]
    if setting is Setting.ZONE:
        digest.schedule(session, merchant)
    if after != before:
        facts = {"setting": setting.value, "old": before, "new": after}
        audit.note(session, "setting.changed", person_id=by, facts=facts)
    session.flush()
    return before, after


def _write(session: Session, merchant: Merchant, setting: Setting, words: str | None) -> None:
    if setting in COLUMNS:
        check = CHECKS.get(setting, _any_words)
        setattr(merchant, COLUMNS[setting], check(merchant, setting, words) if words else None)
    else:
        OTHERS[setting](session, merchant, words)


# --- What a value must be ---


def _any_words(merchant: Merchant, setting: Setting, words: str) -> str:
    del merchant
    if len(words) > (most := LONGEST[setting]):
        raise Refusal(_("That is too long: at most {n} letters.", n=most), "long")
    return words


def _name(merchant: Merchant, setting: Setting, words: str) -> str:
    del merchant, setting
    merchants.check_name(words)
    return words


def _phone(merchant: Merchant, setting: Setting, words: str) -> str:
    del setting
    return normalise(merchant.country, words)


def _email(merchant: Merchant, setting: Setting, words: str) -> str:
    if not _EMAIL.fullmatch(words) or ".." in words:
        raise Refusal(_("That does not look like an e-mail address. Try it like {example}.",
                        example="asha@example.com"), "email")  # fmt: skip
    return _any_words(merchant, setting, words)


def _tax_number(merchant: Merchant, setting: Setting, words: str) -> str:
    del setting
    number = words.upper()
    if merchant.country == "KE" and not _KENYAN_PIN.fullmatch(number.replace(" ", "")):
        raise Refusal(_("A KRA PIN has a letter, nine digits and a letter, like *P051234567X*."),
                      "tax_number")  # fmt: skip
    if not _TAX_NUMBER.fullmatch(number):
        raise Refusal(_("A tax number has 4 to 24 letters and digits."), "tax_number")
    return number.replace(" ", "") if merchant.country == "KE" else number


def _one_of(allowed: tuple[str, ...] | frozenset[str]) -> Callable[[Merchant, Setting, str], str]:
    def check(merchant: Merchant, setting: Setting, words: str) -> str:
        del merchant, setting
        if words not in allowed:
            raise Refusal(_("That choice is not offered any more."), "choice")
        return words

    return check


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(merchant: Merchant, setting: Setting, words: str) -> str:
    del merchant, setting
    if words not in _zones():
        raise Refusal(_("I do not know that time zone. Try it like *Africa/Nairobi*."), "zone")
    return words


CHECKS: Mapping[Setting, Callable[[Merchant, Setting, str], str]] = {
    Setting.NAME: _name,
    Setting.PHONE: _phone,
    Setting.EMAIL: _email,
    Setting.TAX_NUMBER: _tax_number,
    Setting.LOGO: _one_of(()),  # comes as a picture, never in words
    Setting.TERMS: _one_of(TERMS),
    Setting.DESIGN: _one_of(DESIGNS),
    Setting.CURRENCY: _one_of(tuple(EXPONENTS)),
    Setting.PAPER_LANGUAGE: _one_of(LANGUAGES),
    Setting.ZONE: _zone,
}


# --- What is no column ---


def _switched(words: str | None) -> bool:
    if words not in ("on", "off"):
        raise Refusal(_("That choice is not offered any more."), "choice")
    return words == "on"


def _prefix(session: Session, merchant: Merchant, words: str | None) -> None:
    """The letters before a number; the count itself goes on, and no two series look alike."""
    letters = (words or "").upper().rstrip("-")
    if not _PREFIX.fullmatch(letters):
        raise Refusal(_("Please use 1 to 6 letters or digits, like *INV*."), "prefix")
    prefix = f"{letters}-"
    others = {kind: known for kind, known in _series(session).items() if kind != numbering.INVOICE}
    if prefix in others.values():
        raise Refusal(_("*{prefix}* already stands on other papers of yours. Please choose another.",
                        prefix=prefix), "prefix")  # fmt: skip
    session.execute(
        sa.update(NumberSeries)
        .where(NumberSeries.merchant_id == merchant.id, NumberSeries.kind == numbering.INVOICE)
        .values(prefix=prefix)
    )


def _tax_rate(session: Session, merchant: Merchant, words: str | None) -> None:
    del session
    if words is None:
        merchant.tax_rate = None
        return
    try:
        rate = Decimal(words.rstrip("% "))
    except InvalidOperation:
        raise Refusal(_("Please type the rate as a number, like *16*."), "tax") from None
    if not rate.is_finite() or not 0 < rate < 100 or rate != rate.quantize(Decimal("0.0001")):
        raise Refusal(_("A tax rate is between 0 and 100%."), "tax")
    merchant.tax_rate = rate


def _tax_mode(session: Session, merchant: Merchant, words: str | None) -> None:
    del session
    if words not in ("inclusive", "exclusive"):
        raise Refusal(_("That choice is not offered any more."), "choice")
    merchant.tax_inclusive = words == "inclusive"


def _discount(session: Session, merchant: Merchant, words: str | None) -> None:
    del session
    merchant.uses_discount = _switched(words)


def _reminders(session: Session, merchant: Merchant, words: str | None) -> None:
    del session
    days = reminders.read_offsets(words or "")
    merchant.settings = {**merchant.settings, reminders.OFFSETS_SETTING: list(days)}


OTHERS: Mapping[Setting, Callable[[Session, Merchant, str | None], None]] = {
    Setting.PREFIX: _prefix,
    Setting.TAX_RATE: _tax_rate,
    Setting.TAX_MODE: _tax_mode,
    Setting.DISCOUNT: _discount,
    Setting.REMINDERS: _reminders,
}
