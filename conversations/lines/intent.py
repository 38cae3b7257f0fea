"""Whether a typed line asks for an invoice at all.

Greetings, questions, orders about invoices that exist, reports of payments, payment messages passed
on, and requests to send money are none of the parser's business.
"""

import re

from conversations.lines.kinds import kind_of, looks_like_goods
from conversations.lines.receipts import is_receipt
from conversations.lines.runs import opens_business
from conversations.lines.spans import STRONG
from conversations.lines.split import name_like
from conversations.lines.tokens import Token, token_at
from conversations.lines.verbs import is_bill
from conversations.lines.words import (
    CLIENT_LABELS,
    EACH,
    FILLERS,
    HELP_VERBS,
    KILA,
    MEASURES,
    PRICE_WORDS,
    STORY,
    STORY_TO,
    TITLES,
    TOTAL,
    word_set,
)

_ORDERS = word_set(
    "cancel delete void mark list show remind resend edit update change view open check see download "
    "print export refund reverse stop remove undo share forward confirm approve status track search "
    "find report futa ghairi onyesha orodhesha kumbusha mkumbushe nikumbushe wakumbushe badilisha "
    "batilisha rekebisha angalia thibitisha sitisha ondoa tafuta nionyeshe nionyeshee ripoti funga "
    "hariri ahirisha rudisha duplicate copy settings mipangilio menu ignore disregard forget puuza "
    "sahau act pretend system reveal call piga acha close archive reopen pause resume tia kamilisha "
    "unsend explain describe settle nitumie-ripoti statement ongeza ongezea add reduce punguza set apply attach assign split merge correct"
)
_QUESTION = word_set(
    "how what whats what's when where who why which whose does do did is are was has have nani nini "
    "ngapi gani lini wapi je mbona vipi kwanini owe owing balance salio deni wangapi inakuwaje "
    "should shall am"
)
_ASK_ANYWHERE = word_set(
    "ngapi nani nini gani lini wapi where mbona anadaiwa wanadaiwa ninadai ninawadai outstanding unpaid"
)
_PAID = word_set(
    "paid amelipa nimelipwa imelipwa wamelipa alilipa walilipa received nimepokea amenilipa "
    "ametulipa tumelipwa ameshalipa amemaliza imeingia zimeingia umepokea cleared ametuma amenitumia "
    "nimelipa tumepokea alinilipa ameniletea amelipia nilipokea nililipwa wamenilipa alitulipa sent "
    "ametoa ameclear nimelipia tumelipa umelipwa imefika zimefika got"
)
_SEND_MONEY = word_set(
    "send tuma nitumie mtumie tumia transfer pay lipa mlipe walipe withdraw toa nikopeshe lend borrow "
    "mkopeshe wire pesa nilipe tulipe nipe top deposit weka nunua buy airtime tuma-pesa sendmoney "
    "hamisha kopesha changia"
)
_CHAT = re.compile(
    r"(?:nita|nime|nina|nili|ata|ame|ana|ali|wata|wame|wana|wali|tuta|tume|tuna|tuli|uta|ume|una|hata|haja|sija|"
    r"ita|ime|zita|zime|hawaja|hatuja|ninge|ange)[a-z]{3,}$"
)
_ENGLISH_CHAT = word_set(
    "i me we you he she they am was were been being will would could should might cant can't dont "
    "don't won't im i'm ill i'll ive i've meet meeting come came coming go going gone went call called see "
    "know think love miss live born old years age school's o'clock arrive arriving lost found lol haha "
    "birthday-wish congratulations pray god weather news score match goal won lose"
)
_ADDRESS = re.compile(r"\S*://\S*")
_NUMBERED = re.compile(
    r"\b(?:inv|invoice|ankara|bill)[ -]*(?:no\.? ?|number ?|namba ?|#)\d+|\binv-\d+", re.IGNORECASE
)


_ABOUT_NUMBER = re.compile(  # invoice 23 is wrong, ankara 7 imelipwa: talk about one that exists
    r"\b(?:inv|invoice|ankara|bill) #?\d{1,7}(?: (?:is|was|has|had|isn't|wasn't|hasn't|does|did|not|"
    r"wrong|paid|unpaid|status|iko|haiko|ni ya nani|ina|haina|ime[a-z]+|haija[a-z]+|ili[a-z]+)\b)",
    re.IGNORECASE,
)


def is_invoice(text: str, tokens: list[Token]) -> bool:
    """Whether `tokens` (numbers read, of `text`) ask for an invoice or tell of a sale on credit."""
    words = [token.low for token in tokens if token.kind == "word"]
    if not words or is_receipt(text) or _ADDRESS.fullmatch(text):
        return False
    priced = _has_price_marks(tokens)
    verb = _verb_index(tokens)
    if _is_question(text, tokens, words, verb=verb, priced=priced):
        return False
    if _is_order(tokens, words, text, priced=priced) or _is_paid(
        tokens, words, verb=verb, priced=priced
    ):
        return False
    if verb >= 0:
        received = verb + 1 < len(tokens) and tokens[verb + 1].low in {"from", "kutoka"}
        return not received and _asks_more(tokens, words)
    if words[0] in {"karibu", "karibuni"} and set(words) & {"letu", "yetu", "kwetu", "wetu"}:
        return False  # an invitation: karibu duka letu, tunauza …
    priceless = words[0] in PRICE_WORDS | {"payment", "malipo"}
    if (priceless and not opens_business(tokens, 0)) or (
        set(words) & {"from", "kutoka"} and not priced
    ):
        return False
    priced_by_mark = any(token.low in EACH | KILA | {"@"} for token in tokens) and priced
    return (priced_by_mark or _sends_no_money(tokens)) and _tells_sale(tokens, words, priced=priced)


def _has_price_marks(tokens: list[Token]) -> bool:
    """Whether something is priced for sure: @, each, kila, total beside a number."""
    numbered = any(token.kind == "num" for token in tokens)
    marks = EACH | KILA | TOTAL | {"@", "at"}
    return numbered and any(token.low in marks for token in tokens)


def _verb_index(tokens: list[Token]) -> int:
    return next((at for at, token in enumerate(tokens) if is_bill(token)), -1)


def _is_question(
    text: str, tokens: list[Token], words: list[str], *, verb: int, priced: bool
) -> bool:
    first = next(
        (word for word in words if word not in FILLERS - {"vipi"} or word in _QUESTION), ""
    )
    figures = [token for token in tokens if token.kind == "num"]
    draft = verb >= 0 and bool(figures) and (priced or len(figures) > 1)
    asks_price = first in {"how", "what", "whats", "what's"} and verb < 0
    if first in _QUESTION and (asks_price or not priced):
        return True
    if set(words) & _ASK_ANYWHERE and not figures:
        return True
    if text.rstrip().endswith("?"):
        polite = bool(
            set(words[:2])
            & {"can", "could", "naweza", "unaweza", "please", "naomba", "would", "hebu"}
        )
        return not (draft or (polite and verb >= 0 and bool(figures)))
    return bool(set(words) & {"ngapi", "mbona"})


_MARKING = re.compile(
    r"\bmark (?:inv|bill|ankara|as|it|all|th|.*\b(?:paid|settled|done|overdue)\b)"
)


def _is_order(tokens: list[Token], words: list[str], text: str, *, priced: bool) -> bool:
    """Orders about invoices that exist: the first word that is no courtesy is such an order."""
    first = next((word for word in words if word not in (FILLERS | HELP_VERBS) - _ORDERS), "")
    billed = is_bill_line(tokens, first) or first == "piga"  # piga bill ya …: make out a bill
    joined = " ".join(words)
    named = first == "mark" and not _MARKING.search(joined)  # Mark 3 goats @ 7000
    if first in _ORDERS and not (named or (priced and billed)):
        return True
    if (
        re.search(r"\bmark\b.*\bpaid\b|\bas paid\b|\bimelipwa\b|\bkama .*lipwa\b", joined)
        and not priced
    ):
        return True
    if {"tena", "again"} & set(words) and not any(token.kind == "num" for token in tokens):
        return True
    if (_NUMBERED.search(text) or _ABOUT_NUMBER.search(text)) and not priced:
        return True
    return bool(
        re.search(
            r"\b(?:all|my|zangu|zote|unpaid|overdue|last|pending|old) (?:my )?(?:invoices?|ankara|bills?)\b",
            joined,
        )
    ) or bool(
        re.search(
            r"\b(?:ankara|invoices?|bills?) (?:zangu|zote|za leo|za jana|ya jana|ambazo)\b", joined
        )
    )


def is_bill_line(tokens: list[Token], first: str) -> bool:
    """Whether a verb of billing stands before the word that looks like an order."""
    for token in tokens:
        if token.low == first:
            return False
        if is_bill(token):
            return True
    return False


_DON_PAID = re.compile(  # Pidgin: Bisi don pay me 20k
    r"\b(?:don|dun|has|have|just|already) (?:finish |also )?(?:pay|settle|transfer|clear|drop|send)\b"
)


def _is_paid(tokens: list[Token], words: list[str], *, verb: int, priced: bool) -> bool:
    """A report of a payment: says "paid", and bills nothing."""
    told = set(words) & _PAID
    if _DON_PAID.search(" ".join(words)):
        told |= {"paid"}
    if not told:
        return False
    if told <= {"got", "sent"} and (verb >= 0 or priced):
        return False
    figures = sum(token.kind == "num" for token in tokens)
    return (verb < 0 and not priced) or figures == 0


def _asks_more(tokens: list[Token], words: list[str]) -> bool:
    """A verb of billing with at least a name or a thing behind or before it."""
    rest = [
        token for token in tokens
        if token.kind == "num" or (token.kind == "word" and not is_bill(token)
        and token.low not in (FILLERS | HELP_VERBS) - TITLES)
    ]  # fmt: skip
    if not any(token.kind == "word" or token.money for token in rest):
        return False
    if not any(token.kind == "num" for token in tokens) and not _names_client(tokens):
        return False
    return not (_mere_talk(words) and not any(token.kind == "num" for token in tokens))


_NO_CLIENT = word_set(
    "template format sample status number history page link pdf copy app software book books system "
    "generator maker form from where za zangu online free details settings design-sample please"
)


def _names_client(tokens: list[Token]) -> bool:
    """Without a figure, only "invoice jane" and its like ask for a draft: nothing but courtesies before."""
    verb = _verb_index(tokens)
    before = [token for token in tokens[:verb] if token.kind == "word"]
    behind = [token.low for token in tokens[verb + 1 :] if token.kind == "word"]
    if any(token.low not in FILLERS | HELP_VERBS and not name_like([token]) for token in before):
        return False
    return not set(behind) & _NO_CLIENT and not any(token.text in "*/=<>" for token in tokens)


def _mere_talk(words: list[str]) -> bool:
    """Talk about invoices without a figure: "my invoice is late", "nimepata invoice yako"."""
    talk = set(words) & (_ENGLISH_CHAT - {"i", "we", "me", "you"}) or any(
        _is_chat(word) for word in words
    )
    about = set(words) & word_set(
        "yako yangu lako langu your my late wrong problem shida yake hiyo status already error app"
    )
    return bool(talk or about)


_NO_CHAT = STORY | STORY_TO | HELP_VERBS | STRONG | {"anadaiwa"}


def _is_chat(word: str) -> bool:
    return bool(_CHAT.match(word)) and word not in _NO_CHAT and not looks_like_goods(word)


def _is_set_out(tokens: list[Token]) -> bool:
    """Client: Ann …, kwa Lokol: …, 800 ya X kwa Tatu: laid out as a bill, whatever is sold."""
    for at, token in enumerate(tokens):
        after = token_at(tokens, at + 1)
        if token.low in CLIENT_LABELS and after and after.low in {":", "ni", "is", "-"}:
            return True
        headed = token.low in {"kwa", "to"} and (at == 0 or tokens[at - 1].kind == "nl")
        if headed and any(other.text == ":" for other in tokens[at + 1 : at + 5]):
            return True
        paid = token.kind == "num" and token.value is not None and token.value >= 100
        if paid and after and after.low in {"ya", "for"} and _ends_in_name(tokens[at + 2 :]):
            return True
    return False


def _ends_in_name(tokens: list[Token]) -> bool:
    """… mkate kwa Tatu"""
    leads = [at for at, token in enumerate(tokens) if token.low in {"kwa", "to"}]
    return bool(leads) and 0 < leads[-1] < len(tokens) - 1 and tokens[leads[-1] + 1].kind == "word"


def _priced_for(tokens: list[Token], things: list[str]) -> bool:
    """Scan docs ngiri moja ya Wakili Njeri: something, its price, and whose it is."""
    last = max(
        (at for at, token in enumerate(tokens) if token.low in {"ya", "kwa", "to", "for"}),
        default=0,
    )
    name = [token for token in tokens[last + 1 :] if token.kind == "word"]
    told = last > 1 and tokens[last - 1].kind == "num" and len(name) == len(tokens) - last - 1
    return told and name_like(name) and len(things) > len(name)


def _titled(tokens: list[Token]) -> bool:
    """Madam Koko provisions 18,750; mkate 3, maziwa 2 kwa Baba Junior: a title opens or ends it."""
    after = tokens[1] if len(tokens) > 1 else None
    if tokens[0].low in TITLES and after is not None and after.kind == "word":
        talk = HELP_VERBS | _SEND_MONEY | _QUESTION | FILLERS
        return after.low not in talk and kind_of(after.low) in {"name", "wordname", "unknown"}
    return _ends_in_name(tokens) and any(
        token.low in TITLES and tokens[at].low in {"kwa", "to", "ya"} and at + 3 >= len(tokens) - 1
        for at, token in enumerate(tokens[1:])
    )


def _sends_no_money(tokens: list[Token]) -> bool:
    """Send 500 to jane, tuma 300 kwa otieno: a request to send money, not to bill."""
    words = [
        token.low for token in tokens if token.kind == "word" and token.low not in FILLERS - {"na"}
    ]
    first = next((word for word in words if word not in HELP_VERBS - _SEND_MONEY), "")
    return first not in _SEND_MONEY


_PAYS = re.compile(r"\b(?:i|he|she|they|e|dem|we)?\s?(?:will|go|would) (?:pay|clear|settle)\b")


def _tells_sale(tokens: list[Token], words: list[str], *, priced: bool) -> bool:
    """A line without a verb of billing: a name, a thing and figures, and no talk."""
    figures = [token for token in tokens if token.kind == "num"]
    if not figures and not any(token.low in STORY_TO | STORY for token in tokens):
        return False
    things = [word for word in words if word not in FILLERS | HELP_VERBS | EACH | KILA | TOTAL]
    if not things or not figures:
        return False
    if set(words) & (STORY | STORY_TO):
        return priced or (len(things) > 2 and things[0] not in STORY)
    chat = _ENGLISH_CHAT - {"i", "me"} - ({"am"} if "write" in words[:2] else set())  # write am
    chatty = set(_PAYS.sub("", " ".join(words)).split()) & chat or any(
        _is_chat(word) for word in words
    )
    if chatty and not any(token.low in EACH | KILA | {"@"} for token in tokens):
        return False
    counted = any(
        token.kind == "num" and at + 1 < len(tokens) and tokens[at + 1].low in MEASURES
        for at, token in enumerate(tokens)
    )
    dear = any(token.money or (token.value is not None and token.value >= 20) for token in figures)
    sold = any(looks_like_goods(word) for word in words) or _is_set_out(tokens)
    if sold and (any(kind_of(word) == "name" for word in words) or _titled(tokens)):
        return True
    if dear and _priced_for(tokens, things):
        return True
    sure = any(token.low in EACH | KILA | TOTAL | {"@"} for token in tokens)
    return (priced and (sure or sold)) or (
        (counted or dear) and (len(things) > 1) and (sold or counted or len(figures) > 1)
    )
