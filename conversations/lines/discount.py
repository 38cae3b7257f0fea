"""Discounts and deposits in a typed line."""

from decimal import Decimal

from conversations.lines.runs import billed_business
from conversations.lines.terms import Terms
from conversations.lines.tokens import Token, cut_at, low
from conversations.lines.words import EACH, KILA, word_set

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
_PAID_ALREADY = word_set(
    "amelipa alilipa tayari ametanguliza already paid ameshalipa amedeposit alishalipa upfront % balance salio"
)
_BEFORE = word_set("with give na including a an some small little good nice special")
_TOLD = word_set("he she they has have had but already kuna there alikuwa")
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
        said = kept[index].kind == "word" and word in _DISCOUNT | _LESS | _DEPOSIT
        if not said or billed_business(kept, index):
            index += 1
            continue
        span = _discount_span(kept, index)
        if span is None:
            index += 1
            continue
        start, end = span
        seen += 1
        _read_discount(kept[start:end], terms)
        if low(kept, end) in EACH | KILA:
            terms.asked.add("discount")  # 500 off each: of the whole, or of every piece
        kept[start:end] = [cut_at(kept[start])]
        index = start + 1
    if seen > 1:
        terms.asked.add("discount")
    if "discount" in terms.asked and not any(token.kind == "num" for token in kept):
        terms.asked.add("items")  # school fees balance 8,000: that is what is billed
    if "discount" in terms.asked:
        terms.percent = terms.amount = None
    return kept


def _discount_span(tokens: list[Token], index: int) -> tuple[int, int] | None:
    """Where what is said about a discount or deposit begins and ends, or None if nothing is."""
    word = tokens[index].low
    end = _discount_end(tokens, index + 1)
    figure = tokens[end - 1].kind == "num" or any(
        token.kind == "num" for token in tokens[index:end]
    )
    start = index
    if not figure or (word == "off" and not any(_sign(token) for token in tokens[index:end])):
        start = _figure_before(tokens, index)
        figure = figure or start < index
    if not figure and word not in _DISCOUNT | (_DEPOSIT - {"already", "paid"}):
        return None
    while start and tokens[start - 1].low in (_BEFORE if word in _DISCOUNT else _TOLD):
        start -= 1
    return start, end


def _discount_end(tokens: list[Token], end: int) -> int:
    family, begin = _DISCOUNT | _LESS | _DEPOSIT, end
    while end < len(tokens) and (tokens[end].low in family | _AROUND or _sign(tokens[end])):
        end += 1
    if end < len(tokens) and tokens[end].kind == "num" and not tokens[end].suffix:
        end += 1
        while end < len(tokens) and (
            _sign(tokens[end]) or tokens[end].low in family - {"less", "minus"}
        ):
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
    signed = signed or low(tokens, at - 1) in {"with", "na", "give"}  # with 10 discount: asked
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
    if words & _DEPOSIT and (value is None or not words & _PAID_ALREADY):
        terms.asked.add("items")  # "deposit ya nyumba" may be what is billed
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
