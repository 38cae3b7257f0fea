"""Makes someone a merchant, in six answers at most; everything else has a default to change later."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conversations.engine import Dialogue, ask
from conversations.goods import PutOn
from conversations.language import LANGUAGE_CHOICES
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick
from conversations.said import Found
from conversations.setting_questions import BusinessName
from conversations.ways_to_pay import PayNumbers, number_words, ways
from invoicing.commands import PayWay, SignUp
from models.countries import COUNTRIES
from models.errors import Refusal
from models.text import _, raw

LANGUAGE_AGAIN = {"english", "kiswahili", "swahili", "1", "2"}
KNOCKING = {"hi", "hello", "hey", "start", "habari", "hujambo", "niaje"}
_COUNTRY_CHOICES = tuple(
    Choice(code, country.name, synonyms=(raw(code),)) for code, country in COUNTRIES.items()
)


@dataclass(frozen=True)
class FirstName(BusinessName):
    """The first answer after the language, which the impatient say twice, or they greet once more."""

    def read_words(self, words: str, found: Found) -> str:
        """The name. Raises Refusal for the language once more, a greeting, and a mask."""
        if words.strip(" !.?").casefold() in KNOCKING:
            raise Refusal(_("I am here."))
        if words.strip().casefold() in LANGUAGE_AGAIN:
            raise Refusal(_("Your language is noted."))
        return super().read_words(words, found)


def onboarding(opening: Opening) -> Dialogue[SignUp]:
    """Language, business, country, how customers pay, tax. The country brings currency and zone."""
    del opening
    hello = _("Karibu! Welcome to Bili.\nWhich language do you prefer? / Unapenda lugha gani?")
    language = yield from ask(Pick("language", hello, options=LANGUAGE_CHOICES))
    named = FirstName("business", _("What is the name of your business?"), most=80)
    business = yield from ask(named)
    where = Pick("country", _("Which country are you in?"), options=_COUNTRY_CHOICES)
    code = yield from ask(where)
    country = COUNTRIES[code]
    how = Pick("pay", _("How do your customers pay you?"), options=ways(code))
    way = PayWay((yield from ask(how)))
    numbers = yield from _numbers(way, code)
    charges = _("Do you add tax (VAT) to your prices?")
    tax = yield from ask(PutOn("tax", charges, rate=country.vat))
    return SignUp(
        language=language,
        business=business,
        country=code,
        currency=country.currency,
        zone=country.zone,
        pay_way=way,
        pay_number=numbers.get("number"),
        pay_account=numbers.get("account"),
        tax_rate=tax.rate if tax else None,
        tax_inclusive=bool(tax and tax.inclusive),
    )


def _numbers(way: PayWay, country: str) -> Dialogue[Mapping[str, Any]]:
    if way is PayWay.CASH:
        return {}
    words = number_words(way)
    return (yield from ask(PayNumbers("pay.number", words, way=way, country=country)))
