"""Whom a business name pretends to be: M-Pesa, Safaricom, a tax office, a bank, however disguised.

Pure. A name is compared word by word in a plain form: without accents, with look-alike letters of
other alphabets and digits for letters read as what they stand for, with spaced letters joined.
What merely contains such a word (Safari Salon, Equity Street Café) is nobody's mask.
"""

import re
import unicodedata
from collections.abc import Iterable

# Letters of other alphabets, and signs, that are drawn like ours.
_LOOK_ALIKES = str.maketrans(
    {
        **dict(zip("аеорсухіјѕһкмтвнѵԁԛԝɡ", "aeopcyxijshkmtbhvdqwg", strict=True)),
        **dict(zip("αβεικνορτυχωγηρς", "abeikvoptuxwynps", strict=True)),
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe",
        "@": "a", "$": "s", "€": "e", "£": "l", "!": "i", "|": "i", "¡": "i", "©": "c", "®": "r",
    }
)  # fmt: skip
_DIGITS = str.maketrans("0134578", "oieastb")
_WORD = re.compile(r"[a-z0-9]+")
# Long names that nobody else has: a letter wrong, doubled, or something glued on is still a mask.
STRONG = {
    "safaricom": "Safaricom", "mpesa": "M-Pesa", "lipanampesa": "M-Pesa", "fuliza": "Fuliza",
    "mshwari": "M-Shwari", "mpesaglobal": "M-Pesa", "airtelmoney": "Airtel Money",
    "vodacom": "Vodacom", "tigopesa": "Tigo Pesa", "halopesa": "HaloPesa", "ezypesa": "EzyPesa",
    "mtnmomo": "MTN MoMo", "ecitizen": "eCitizen", "kenyapower": "Kenya Power",
    "kenyarevenueauthority": "KRA", "tanzaniarevenueauthority": "TRA",
    "ugandarevenueauthority": "URA", "hustlerfund": "Hustler Fund",
    "standardchartered": "Standard Chartered", "stanbic": "Stanbic", "ecobank": "Ecobank",
    "flutterwave": "Flutterwave", "paystack": "Paystack", "whatsapp": "WhatsApp",
    "centralbank": "Central Bank", "postbank": "Postbank",
}  # fmt: skip
# Short ones, which count only as a whole word, written together or letter by letter.
SHORT = {
    "kra": "KRA", "kcb": "KCB", "ncba": "NCBA", "crdb": "CRDB", "cbk": "CBK", "kplc": "KPLC",
    "ntsa": "NTSA", "nhif": "NHIF", "nssf": "NSSF", "bili": "Bili",
}  # fmt: skip
# Ordinary words that are a bank's name only beside one of these.
BANKS = {
    "equity", "family", "coop", "cooperative", "national", "absa", "dtb", "diamond", "sidian",
    "gulf", "consolidated", "credit", "prime", "guardian", "victoria", "kingdom", "nmb", "nbc",
    "exim", "azania", "amana", "uba", "access", "zenith", "gtb", "fidelity", "first", "union",
    "centenary", "stanchart", "im", "hfc", "spire", "paramount", "trust", "development",
}  # fmt: skip
_BANK_WORDS = {"bank", "benki", "banki"}
_TAX_WORDS = {"tra", "ura", "firs", "kra"}
# What impostors glue to a name they borrow.
_GLUE = (
    "kenya|ke|tz|tanzania|uganda|ltd|limited|plc|group|official|online|app|pay|payments?|money|loans?"
    "|care|customercare|support|help|helpdesk|desk|bonus|promo|promotions?|rewards?|agent|agents"
    "|agency|wakala|shop|duka|services?|the|my|lipana|na|bank|benki|africa|digital|mobile|team|info"
)
_GLUED = re.compile(rf"(?:{_GLUE})*")
_DOUBLED = re.compile(r"(.)\1+")
LONGEST = 120  # characters that are looked at; names are shorter
FUZZY_FROM = 8  # letters from which one wrong letter makes no other word


def pretends(name: str) -> str | None:
    """The well-known name that a business name could be taken for, or None."""
    words = _words(name[:LONGEST])
    for word in _joined(words):
        if (brand := _brand(word)) is not None:
            return brand
    return _bank(words) or _alone(words)


def _plain(name: str) -> str:
    lowered = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(sign for sign in lowered if not unicodedata.combining(sign))
    return bare.translate(_LOOK_ALIKES)


def _words(name: str) -> list[str]:
    """The words as they read: digits stand for letters where letters are about."""
    found = _WORD.findall(_plain(name).replace("'", "").replace("’", ""))
    return [word if word.isdigit() else word.translate(_DIGITS) for word in found]


def _joined(words: list[str]) -> Iterable[str]:
    """Every word, and neighbours written as one: `safari com`, `m pesa`, `k r a`."""
    for first in range(len(words)):
        whole = ""
        for last in range(first, min(first + 10, len(words))):
            whole += words[last]
            if len(whole) > 40:
                break
            yield whole


def _brand(word: str) -> str | None:
    if word in SHORT:
        return SHORT[word]
    shape = _shape(word)
    for wanted, shown in _SHAPES.items():
        if shape == wanted or (len(wanted) >= FUZZY_FROM and _one_off(shape, wanted)):
            return shown
        before, found, after = shape.partition(wanted)
        if found and _is_glue(before) and _is_glue(after):
            return shown
    return None


def _shape(word: str) -> str:
    """One letter for those that are drawn alike, none twice in a row."""
    drawn = word.replace("rn", "m").replace("vv", "w").replace("l", "i").replace("z", "s")
    return _DOUBLED.sub(r"\1", drawn.replace("ph", "f").replace("k", "c"))


_GLUE_SHAPES = re.compile(
    "(?:" + "|".join(_shape(one.replace("?", "")) for one in _GLUE.split("|")) + ")*"
)


_SHAPES = {_shape(brand): shown for brand, shown in STRONG.items()}


def _is_glue(words: str) -> bool:
    return _GLUE_SHAPES.fullmatch(words) is not None


def _one_off(word: str, wanted: str) -> bool:
    """Whether one letter more, less or other makes them equal; the first letter always counts."""
    if word[:1] != wanted[:1] or abs(len(word) - len(wanted)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(word, wanted, strict=False)) if a != b), None)
    if at is None:
        return True
    rest = {(word[at + 1 :], wanted[at + 1 :]), (word[at:], wanted[at + 1 :]),
            (word[at + 1 :], wanted[at:])}  # fmt: skip
    return any(ours == theirs for ours, theirs in rest)


def _bank(words: list[str]) -> str | None:
    """`Equity Bank`, `Bank of Africa`; a Bank Street or a Food Bank is no bank."""
    for at, word in enumerate(words):
        before = "".join(words[max(at - 1, 0) : at]), "".join(words[max(at - 2, 0) : at])
        own = next((one for one in before if one in BANKS), None)
        if own and word in _BANK_WORDS:
            return f"{own.capitalize()} Bank"
        if word in _BANK_WORDS and words[at + 1 : at + 2] in (["of"], ["ya"]):
            return "Bank"
        if word.endswith("bank") and word[:-4] in BANKS:
            return f"{word[:-4].capitalize()} Bank"
    return None


def _alone(words: list[str]) -> str | None:
    """An ordinary word that is a bank's or an office's name when nothing else of sense is said."""
    left = [word for word in words if not _GLUED.fullmatch(word)]
    if len(left) == 1 and (left[0] in BANKS - _ORDINARY or left[0] in _TAX_WORDS):
        return left[0].upper() if len(left[0]) <= 4 else left[0].capitalize()
    return None


# Of the banks, those whose name alone says nothing.
_ORDINARY = {
    "family", "national", "diamond", "gulf", "credit", "prime", "guardian", "victoria", "kingdom",
    "access", "first", "union", "trust", "development", "paramount", "im", "amana", "coop",
    "cooperative", "spire", "consolidated",
}  # fmt: skip
