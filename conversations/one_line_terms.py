"""What a typed line says beside client and items: note, phone, discount, tax.

Each `take_…` removes its words from the tokens, leaves a cut in their place, and says what it found
and whether that must be asked.
"""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

import phonenumbers

from conversations.one_line_tokens import Token
from conversations.one_line_words import word_set

STANDARD_VAT = {"KE": "16", "TZ": "18", "UG": "18", "NG": "7.5"}
"""Standard rates by country, as in the labelling rules; to be confirmed by the merchant's setting."""


@dataclass(slots=True)
class Terms:
    """The note, discount and tax of a line, and which of them must be asked."""

    note: str | None = None
    percent: Decimal | None = None
    amount: Decimal | None = None
    rate: Decimal | None = None
    inclusive: bool = False
    currency: str | None = None  # said with the discount
    asked: set[str] = field(default_factory=set)
    offered: dict[str, Decimal] = field(default_factory=dict)  # a figure whose meaning is open


def low(tokens: list[Token], index: int) -> str:
    """The lower-case text at `index`, empty outside the list."""
    return tokens[index].low if 0 <= index < len(tokens) else ""


def cut_at(token: Token) -> Token:
    """What stands where something was taken out."""
    return Token("cut", "", "", token.start, token.end)


# -- note -------------------------------------------------------------------------------------------
_NOTE = word_set(
    "note notes kumbuka maelezo nb n.b remark remarks memo ps maelekezo noti"
)
_DUE_IN_NOTE = word_set("due alipe atalipa @ each vat discount punguzo")


_HEADS = word_set("items item goods services service bidhaa vitu huduma description details maelezo-ya-bidhaa")


def drop_heads(tokens: list[Token]) -> list[Token]:
    """Leaves out the heads of a list: "Items:", "Bidhaa:"."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        head = token.low in _HEADS and low(tokens, at + 1) == ":"
        tail = token.text == ":" and at > 0 and tokens[at - 1].low in _HEADS
        if not (head or tail):
            kept.append(token)
    return kept


def take_note(text: str, tokens: list[Token], terms: Terms) -> list[Token]:
    """Takes out "note: …" to the end of its line, and what stands in brackets behind the items."""
    kept: list[Token] = []
    notes: list[str] = []
    index = 0
    while index < len(tokens):
        end = _marked_note(tokens, index) or _bracketed(tokens, index)
        if not end:
            kept.append(tokens[index])
            index += 1
            continue
        opened = tokens[index].text in "(["
        inside = _inside(tokens[index:end], opened=opened)
        notes.append(_slice(text, inside))
        _doubt_note(tokens, index, end, inside, terms, opened=opened)
        kept.append(cut_at(tokens[index]))
        index = end
    if len([note for note in notes if note]) > 1:
        terms.asked.add("note")
    terms.note = next((note for note in notes if note), None)
    return kept


def _slice(text: str, inside: list[Token]) -> str:
    return re.sub(r"\s+", " ", text[inside[0].start : inside[-1].end]).strip() if inside else ""


def _inside(span: list[Token], *, opened: bool) -> list[Token]:
    if opened:
        return span[1:-1] if span[-1].text in ")]" else span[1:]
    start = next((at for at, token in enumerate(span) if token.text in {":", "-"}), 0)
    return span[start + 1 :]


def _doubt_note(
    tokens: list[Token], start: int, end: int, inside: list[Token], terms: Terms, *, opened: bool
) -> None:
    """What stands in brackets amid an item may be part of it; terms hidden in a note are asked."""
    if opened and start and end < len(tokens) and tokens[start - 1].kind == "word":
        if tokens[end].kind == "num" or tokens[end].text in {"@", "x"}:
            terms.asked |= {"note", "items"}
    if opened and tokens[end - 1].text not in ")]":
        terms.asked.add("note")
    if opened and inside and sum(len(re.sub(r"\D", "", token.text)) for token in inside) >= 9:
        terms.asked |= {"note", "phone"}
    comma = next((at for at, token in enumerate(inside) if token.text in {",", ";"}), len(inside))
    said = {token.low for token in inside[comma:]}
    if not opened and said & _DUE_IN_NOTE:
        terms.asked |= {"note", "due", "items", "discount", "tax"}
    if opened and len(inside) < 4 and {token.low for token in inside} & {"vat", "tax"}:
        terms.asked |= {"note", "tax"}


def _marked_note(tokens: list[Token], index: int) -> int:
    """The end of "note: …" at `index`, or 0. Without the colon only at the head of a clause."""
    if tokens[index].low not in _NOTE:
        return 0
    colon = low(tokens, index + 1) in {":", "-"}
    heads = index > 0 and (tokens[index - 1].kind in {"nl", "cut"} or low(tokens, index - 1) in ",.;")
    if not colon and not (heads and index + 1 < len(tokens)):
        return 0
    end = index
    while end < len(tokens) and tokens[end].kind != "nl":
        end += 1
    return end


def _bracketed(tokens: list[Token], index: int) -> int:
    """The end of a bracket at `index`, or 0; a size in brackets stays with its item."""
    if tokens[index].text not in {"(", "["}:
        return 0
    end = index + 1
    while end < len(tokens) and tokens[end].text not in {")", "]"}:
        end += 1
    return min(end + 1, len(tokens))


# -- phone ------------------------------------------------------------------------------------------
_CODES = {"KE": "254", "TZ": "255", "UG": "256", "NG": "234"}
_LENGTH = {"254": 9, "255": 9, "256": 9, "234": 10}
_LABEL = word_set(
    "phone tel simu namba no nambari mobile cell contact number whatsapp call"
)


def take_phone(tokens: list[Token], region: str, terms: Terms) -> tuple[list[Token], list[str]]:
    """Takes phone numbers out; returns them in E.164. A wrong number of digits asks `phone`."""
    kept: list[Token] = []
    phones: list[str] = []
    index = 0
    while index < len(tokens):
        span = _phone_span(tokens, index, region)
        if span == 0:
            kept.append(tokens[index])
            index += 1
            continue
        number = _e164(tokens[index : index + span], region)
        if number is None:
            terms.asked.add("phone")
        else:
            phones.append(number)
        while kept and kept[-1].low in _LABEL | {":"} and len(kept) > 1 and _labels(kept):
            kept.pop()
        kept.append(replace(cut_at(tokens[index]), kind="phone"))
        index += span
    if len(set(phones)) > 1:
        terms.asked |= {"client"}
    return kept, list(dict.fromkeys(phones))


def _labels(kept: list[Token]) -> bool:
    return kept[-1].low != ":" or kept[-2].low in _LABEL


def _digits(tokens: list[Token]) -> str:
    return "".join(token.digits for token in tokens if token.kind == "num")


def _phone_span(tokens: list[Token], index: int, region: str) -> int:
    """How many tokens from `index` on make a phone number, or 0."""
    plus = tokens[index].text == "+" and index + 1 < len(tokens) and tokens[index + 1].tight
    start = index + plus
    if start >= len(tokens) or not _is_group(tokens[start]):
        return 0
    first = tokens[start].digits
    wanted = _wanted(first, region, plus=plus)
    if not wanted:
        return 0
    end = _grow(tokens, start, wanted)
    total = len(_digits(tokens[start:end]))
    if total < 7 or (total != wanted and not (plus or first.startswith("0"))):
        return 0
    return end - index


def _is_group(token: Token) -> bool:
    return token.kind == "num" and token.digits.isdigit() and not token.suffix


def _wanted(first: str, region: str, *, plus: bool) -> int:
    """How many digits the number that opens with `first` must have; 0 where it opens none."""
    local = _LENGTH[_CODES.get(region, "254")]
    for code, length in _LENGTH.items():
        if first.startswith("00" + code):
            return 5 + length
        if first.startswith(code) and (plus or len(first) in {3, 3 + length}):
            return 3 + length
        if first.startswith(code) and len(first) > 9:
            return 3 + length
    if plus:
        return 11 if first.startswith("1") else 12
    if first.startswith("0") and len(first) >= 3:
        return 1 + local
    return local if len(first) == local and first[0] in "1789" and local == 9 else 0


def _grow(tokens: list[Token], start: int, wanted: int) -> int:
    """Adds groups of digits until the number is long enough; a lone digit is a quantity."""
    end, total = start + 1, len(tokens[start].digits)
    while total < wanted and end < len(tokens):
        step = 1 if tokens[end].text == "-" or (tokens[end].text == "." and tokens[end].tight) else 0
        if end + step >= len(tokens) or not _is_group(tokens[end + step]):
            break
        group = tokens[end + step].digits
        if len(group) < 2 or total + len(group) > wanted or _counts(tokens, end + step, total):
            break
        total, end = total + len(group), end + step + 1
    return end


def _counts(tokens: list[Token], index: int, total: int) -> bool:
    """Whether a short group behind a nearly whole number is rather a quantity: "… 78 bags"."""
    if total < 7 or len(tokens[index].digits) > 2 or tokens[index - 1].text == "-":
        return False
    return index + 1 < len(tokens) and tokens[index + 1].kind == "word"


def _e164(span: list[Token], region: str) -> str | None:
    digits = _digits(span)
    explicit = span[0].text == "+"
    if digits.startswith("00"):
        digits, explicit = digits[2:], True
    for code, length in _LENGTH.items():
        if digits.startswith(code) and len(digits) == len(code) + length:
            return "+" + digits
    if explicit:
        return _foreign(digits)
    code = _CODES.get(region, "254")
    if digits.startswith("0") and len(digits) == _LENGTH[code] + 1:
        return f"+{code}{digits[1:]}"
    return None


def _foreign(digits: str) -> str | None:
    if digits.startswith(tuple(_LENGTH)):
        return None
    try:
        number = phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException:
        return None
    return "+" + digits if phonenumbers.is_possible_number(number) else None


# -- tax --------------------------------------------------------------------------------------------
_VAT = word_set("vat v.a.t vats")
_TAX = word_set("tax kodi")
_RENT = word_set("ya za la wa")
_ADDED = word_set(
    "plus + add added ongeza juu exclusive excl exc ex excluding excluded ongezea "
    "haijajumuishwa"
)
_INSIDE = word_set(
    "inclusive incl inc including included ikiwemo ikijumuisha pamoja imejumuishwa ndani "
    "includes include zikiwemo yakiwemo"
)
_NO = word_set("no bila without hakuna non zero exempt exempted isiyo")
_WITH = word_set("with na pamoja of ya on iko kwa at is the ni %")


def take_tax(tokens: list[Token], region: str, terms: Terms) -> list[Token]:
    """Takes out what is said about tax: added, included, none, or said without saying which."""
    kept = list(tokens)
    index = 0
    told: set[tuple[Decimal | None, str]] = set()
    while index < len(kept):
        if not _names_tax(kept, index):
            index += 1
            continue
        start, end = _tax_span(kept, index)
        told.add(_tax_said(kept[start:end]))
        kept[start:end] = [cut_at(kept[start])]
        index = start + 1
    _settle_tax(told, region, terms)
    return kept


def _names_tax(tokens: list[Token], index: int) -> bool:
    word = low(tokens, index)
    if tokens[index].kind != "word" or word not in _VAT | _TAX:
        return False
    if word in _VAT:
        return True
    if low(tokens, index + 1) in _RENT:
        return False
    near = {low(tokens, at) for at in (index - 3, index - 2, index - 1, index + 1)}
    return bool(near & (_ADDED | _INSIDE | _NO)) or low(tokens, index - 1) == "%"


def _tax_span(tokens: list[Token], index: int) -> tuple[int, int]:
    start, end = index, index + 1
    while start and _about_tax(tokens, start - 1):
        start -= 1
    while end < len(tokens) and _about_tax(tokens, end):
        end += 1
    while end > index + 1 and tokens[end - 1].text in {"+", "na", "plus", "kwa", "at", "on", "ya", "the"}:
        end -= 1
    return start, end


def _about_tax(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    if token.kind == "num":
        return _is_rate(tokens, index)
    word = token.low
    if word == "in":
        return False
    return word in _ADDED or word in _INSIDE or word in _NO or word in _WITH or word in {"percent", "asilimia"}


def _is_rate(tokens: list[Token], index: int) -> bool:
    return low(tokens, index + 1) in {"%", "percent"} or low(tokens, index - 1) == "asilimia"


def _tax_said(span: list[Token]) -> tuple[Decimal | None, str]:
    words = {token.low for token in span}
    rates = [token.value for token in span if token.kind == "num"]
    rate = rates[0] if rates else None
    if words & _NO:
        return rate, "none"
    if words & _INSIDE and not words & (_ADDED - {"+", "plus"}):
        return rate, "open" if words & {"+"} else "inside"
    return rate, "added" if words & _ADDED else "open"


def _settle_tax(told: set[tuple[Decimal | None, str]], region: str, terms: Terms) -> None:
    if not told:
        return
    rate, said = next(iter(told))
    standard = STANDARD_VAT.get(region)
    terms.rate = rate if rate is not None else (Decimal(standard) if standard else None)
    terms.inclusive = said == "inside"
    sound = terms.rate is not None and 0 < terms.rate <= 40
    if len(told) > 1 or said == "open" or (not sound and said != "none"):
        terms.asked.add("tax")
    if said == "none" or "tax" in terms.asked:
        terms.offered["tax"] = terms.rate or Decimal(0)
        terms.rate = None


# -- discount ---------------------------------------------------------------------------------------
_DISCOUNT = word_set(
    "discount discnt discunt disc dscount discout discounts punguzo punguza mpunguzie punguzie "
    "diskaunti diskaunt"
)
_LESS = word_set("less minus punguzo off punguza mpunguzie punguzie toa pungufu")
_DEPOSIT = word_set(
    "deposit advance amelipa alilipa tayari ametanguliza kianzio rubuni already paid "
    "downpayment ameshalipa balance salio arbuni malipo-ya-awali amedeposit balansi upfront "
    "alishalipa"
)
_AROUND = word_set(
    "of ya la na with a by kwa za ni at give him her them : the is tayari already has he she "
    "amount imelipwa - for"
)


def take_discount(tokens: list[Token], terms: Terms) -> list[Token]:
    """Takes out discounts and deposits. A deposit, or a figure without a sign, is asked."""
    kept = list(tokens)
    index = 0
    seen = 0
    while index < len(kept):
        word = kept[index].low
        if kept[index].kind != "word" or word not in _DISCOUNT | _LESS | _DEPOSIT:
            index += 1
            continue
        span = _discount_span(kept, index)
        if span is None:
            index += 1
            continue
        start, end = span
        seen += 1
        _read_discount(kept[start:end], terms)
        kept[start:end] = [cut_at(kept[start])]
        index = start + 1
    if seen > 1:
        terms.asked.add("discount")
    if "discount" in terms.asked:
        terms.percent = terms.amount = None
    return kept


def _discount_span(tokens: list[Token], index: int) -> tuple[int, int] | None:
    """Where what is said about a discount or deposit begins and ends, or None if nothing is."""
    word = tokens[index].low
    end = _discount_end(tokens, index + 1)
    figure = tokens[end - 1].kind == "num" or any(token.kind == "num" for token in tokens[index:end])
    start = index
    if not figure or word == "off":
        start = _figure_before(tokens, index)
        figure = figure or start < index
    if not figure and word not in _DISCOUNT | (_DEPOSIT - {"already", "paid"}):
        return None
    while start and tokens[start - 1].low in {"with", "give", "na", "including"} and word in _DISCOUNT:
        start -= 1
    return start, end


def _discount_end(tokens: list[Token], end: int) -> int:
    family, begin = _DISCOUNT | _LESS | _DEPOSIT, end
    while end < len(tokens) and (tokens[end].low in family | _AROUND or _sign(tokens[end])):
        end += 1
    if end < len(tokens) and tokens[end].kind == "num" and not tokens[end].suffix:
        end += 1
        while end < len(tokens) and (_sign(tokens[end]) or tokens[end].low in family - {"less", "minus"}):
            end += 1
        return end
    while end > begin and tokens[end - 1].low in _AROUND:
        end -= 1
    return end


def _figure_before(tokens: list[Token], index: int) -> int:
    """Where a figure standing before the word begins: "10% discount", "500 off", "2000 deposit"."""
    at = index - 1
    while at >= 0 and (_sign(tokens[at]) or tokens[at].low in {"a", "of", "ya", "ni"}):
        at -= 1
    if at < 0 or tokens[at].kind != "num" or tokens[at].suffix:
        return index
    signed = any(_sign(token) for token in tokens[at + 1 : index])
    word = tokens[index].low
    if not signed and word not in {"off", "deposit", "advance"} | (_DEPOSIT - {"balance"}):
        return index
    while at and tokens[at - 1].low in {"asilimia", "less", "punguzo"} | _DISCOUNT:
        at -= 1
    return at


def _sign(token: Token) -> bool:
    return token.text == "%" or token.low in {"percent", "asilimia", "pct"}


def _read_discount(span: list[Token], terms: Terms) -> None:
    words = {token.low for token in span}
    figures = [token for token in span if token.kind == "num"]
    figure = figures[0] if figures else None
    value = figure.value if figure else None
    percent = any(_sign(token) for token in span)
    if value is not None:
        terms.offered["discount"] = value
    if words & _DEPOSIT or value is None or value <= 0 or len(figures) > 1 or "-" in words:
        terms.asked.add("discount")
    elif percent:
        _set_percent(value, terms)
    elif figure and (figure.money or (words & _LESS and value >= 20)):
        terms.amount, terms.currency = value, figure.currency
    else:
        terms.asked.add("discount")


def _set_percent(value: Decimal, terms: Terms) -> None:
    terms.percent = value
    if value >= 100:
        terms.asked.add("discount")


