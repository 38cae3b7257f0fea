"""What a merchant asks for in plain words: who owes, Jane paid, remind Otieno; English and Swahili.

A sentence counts only as the whole message, by a pattern with places for a name, a number, an
amount; anything more or less is no sentence of ours. Whoever calls must not do so while any words
may be an answer.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from conversations import money_ways
from conversations.lines.words import word_set
from conversations.sentence_parts import NAME, NUMBER, PLEASE, whole


class Wish(StrEnum):
    """What is wanted."""

    LIST = "list"
    PAID = "paid"
    REMIND = "remind"
    REMIND_ALL = "remind_all"
    VOID = "void"
    SHOW = "show"
    FIND = "find"
    WHY = "why"
    UNDO = "undo"
    PDF = "pdf"
    AGAIN = "again"
    OWES = "owes"
    NEW_CLIENT = "new_client"
    NEW_INVOICE = "new_invoice"
    PAYMENT = "payment"
    PAYMENTS = "payments"
    MONEY = "money"
    UNOWNED = "unowned"
    REVERSE = "reverse"
    BOUNCED = "bounced"
    REFUND = "refund"
    USE_CREDIT = "use_credit"
    RECEIPT = "receipt"
    PAY = "pay"
    HELLO = "hello"
    THANKS = "thanks"
    HELP = "help"


@dataclass(frozen=True)
class Sentence:
    """A wish and what was said with it, all as typed; empty where nothing was.

    `kind` is which list (open, overdue, paid, draft) or how money came (cash, bank, cheque, other).
    `words` are what is searched for.
    """

    wish: Wish
    who: str = ""
    number: str = ""
    amount: str = ""
    kind: str = ""
    day: str = ""
    phone: str = ""
    reference: str = ""
    words: str = ""

    @property
    def digresses(self) -> bool:
        """Whether it is meant even while another question stands that takes no free text."""
        if self.wish in (Wish.REFUND, Wish.USE_CREDIT, Wish.RECEIPT):
            return bool(self.who)  # the bare word may be the label of an answer
        verbs = (
            Wish.LIST,
            Wish.WHY,
            Wish.UNDO,
            Wish.PAID,
            Wish.REMIND,
            Wish.REMIND_ALL,
            Wish.VOID,
            Wish.AGAIN,
            Wish.OWES,
            Wish.FIND,
            Wish.REVERSE,
            Wish.BOUNCED,
        )
        return self.wish in verbs


_METHODS = {
    "cash": "cash", "taslimu": "cash", "pesa taslimu": "cash", "keshi": "cash",
    "bank": "bank", "benki": "bank", "bank transfer": "bank", "transfer": "bank",
    "cheque": "cheque", "check": "cheque", "hundi": "cheque", "cheki": "cheque",
    "mpesa": "mpesa", "m-pesa": "mpesa", "m pesa": "mpesa",
}  # fmt: skip
_SURE_NUMBER = (
    r"(?:(?:invoice|ankara) (?:no\.? |namba )?#?(?P<number>(?:inv[- ]?)?\d{1,7})"
    r"|(?P<code>(?:inv[- ]?|#)\d{1,7}|[a-z]{2,6}-\d{1,7}))"
)
_AMOUNT = (
    r"(?P<amount>(?:(?:ksh|kshs|kes|tsh|tzs|ush|ugx|ngn|sh|shs|shilingi|₦)\.? ?)?"
    r"\d[\d.,]*(?: \d{3})*(?: ?[km])?(?: ?/[=-])?"
    r"(?: (?:bob|ksh|kshs|kes|sh|shs|shillings|shilingi|tsh|ush|naira))?)"
)
_HOW = (
    r"(?: (?:in |by |via |with |through |as |kwa |kupitia )?(?P<kind>"
    + "|".join(sorted(map(re.escape, _METHODS), key=len, reverse=True))
    + r"))?"
)
_DAY = r"(?: (?P<day>today|yesterday|leo|jana|juzi|on [a-z]+day))?"
_REF = (
    r"(?:,? (?:(?:with )?(?:ref|reference|receipt|code|kumb|kumbukumbu|risiti|namba ya kumbukumbu)"
    r"[.:]? ?(?:no\.? |number |namba )?)(?P<reference>[a-z0-9][a-z0-9/-]{1,39}))?"
)
_ON = r"(?: (?:for|on|against|ya|kwa ajili ya) " + NUMBER + r")?"
_HAS_PAID = r"(?:(?:has |have |had |just |already )*paid(?: me| us)?)"
_AMELIPA = (
    r"(?:amelipa|amenilipa|ametulipa|alilipa|alinilipa|ameshalipa|ameshanilipa|kalipa|wamelipa"
    r"|wamenilipa|amelipia)"
)
_INVOICE = r"(?:an |a |the |my |ya |za )?(?:new )?(?:invoices?|bills?|ankara|bili)"
_LAST = r"(?:(?:the )?last (?:time|invoice|bill|one)|before|always|usual)"
_MWISHO = r"(?:kama |sawa na |ile ?ile ya |rudia )(?:(?:ya )?mara ya mwisho|ya mwisho|kawaida|ankara ya mwisho)"

_WHO_IS_LATE = r"(?:who (?:is|are) (?:late|overdue)|who owes(?: me)?|who (?:hasn't|has not|haven't) paid|(?:that|who) are late|overdue)"
_WANAODAIWA = r"(?:waliochelewa|wanaodaiwa|wenye deni|ambao hawajalipa)"

_LISTS = {
    "open": (
        r"who (?:still )?owes(?: me| us)?(?: money)?(?: now)?", r"who (?:hasn't|has not|hasnt) paid(?: me| yet)*",
        r"(?:show |list |see )?(?:me )?(?:my |the |all )*(?:unpaid|open|outstanding|pending)(?: invoices| bills)?",
        r"(?:my )?(?:debts|debtors)", r"how much am i owed", r"what am i owed",
        r"nani (?:ananidai|anadaiwa|ninamdai|namdai|hajalipa|hajanilipa)(?: pesa)?", r"(?:nina|na)(?:wa)?dai nani",
        r"(?:wadeni|madeni|deni)(?: (?:yangu|wangu|langu|zangu))?", r"nadai(?:wa)? (?:pesa )?ngapi", r"wanaonidai|ninaowadai",
        r"(?:onyesha |orodhesha )?ankara (?:ambazo hazijalipwa|zisizolipwa|hazijalipwa)",
    ),
    "overdue": (
        r"(?:show |list |see )?(?:me )?(?:my |the |all )*(?:overdue|late)(?: invoices| bills| ones)?",
        r"(?:who|what|which)(?: ones?)?(?: is|'s| are) (?:over ?due|late)", r"who is late(?: to pay)?",
        r"(?:onyesha |orodhesha )?(?:ankara )?(?:zilizochelewa|zimechelewa|zilizopitisha muda|zilizopita)",
        r"nani (?:amechelewa|kachelewa)(?: kulipa)?",
    ),
    "paid": (
        r"(?:show |list |see )?(?:me )?(?:my |the |all )*paid (?:invoices|bills)", r"who (?:has )?paid(?: me)?(?: already)?",
        r"nani (?:amelipa|amenilipa|kalipa)", r"(?:onyesha )?ankara (?:zilizolipwa|zimelipwa)",
    ),
    "all": (
        r"(?:show |list |see )?(?:me )?(?:my |the )?all (?:my |the |of my )?(?:invoices|bills)",
        r"(?:onyesha |orodhesha )?ankara (?:zangu )?zote",
    ),
    "draft": (
        r"(?:show |list |see )?(?:me )?(?:my |the |all )*drafts", r"rasimu(?: zangu)?",
    ),
}  # fmt: skip

_WAYS: tuple[tuple[Wish, str, tuple[str, ...]], ...] = (
    *((Wish.LIST, kind, ways) for kind, ways in _LISTS.items()),
    (Wish.PAID, "", (
        rf"{_SURE_NUMBER} (?:is |was |has been |imelipwa ?)?(?:paid)?(?: ?{_AMOUNT})?{_HOW}{_DAY}",
    )),
    (Wish.PAID, "", (
        rf"{NAME} {_HAS_PAID}(?: {_AMOUNT})?{_HOW}{_ON}{_DAY}{_REF}",
        rf"{NAME} {_HAS_PAID} {_AMOUNT}{_DAY}{_HOW}{_REF}",
        rf"(?:i )?(?:have )?(?:received|got) {_AMOUNT}{_HOW} from {NAME}{_HOW.replace('kind', 'how')}{_DAY}{_REF}",
        rf"{NAME} {_AMELIPA}(?: {_AMOUNT})?{_HOW}{_ON}{_DAY}{_REF}",
        rf"(?:nimepokea|nilipokea|tumepokea) {_AMOUNT}{_HOW} (?:kutoka kwa|toka kwa|kwa) {NAME}{_DAY}{_REF}",
        rf"(?:nimelipwa|tumelipwa|nililipwa) {_AMOUNT}{_HOW} na {NAME}{_DAY}{_REF}",
        rf"(?:record |add )?payment (?:from |by )?{NAME}(?: {_AMOUNT})?{_HOW}{_DAY}",
    )),
    (Wish.REMIND_ALL, "", (
        rf"{PLEASE}(?:remind|nudge|chase) (?:all|everyone|everybody|them all|all of them)(?: {_WHO_IS_LATE})?",
        rf"{PLEASE}(?:remind|nudge|chase) (?:all )?(?:the |my )?(?:late|overdue) (?:ones|clients|customers|invoices|bills)",
        rf"{PLEASE}(?:send )?reminders? (?:to )?(?:all|everyone|everybody)(?: {_WHO_IS_LATE})?",
        rf"{PLEASE}(?:wakumbushe|kumbusha) (?:wote|wateja wote|wadeni(?: wote)?|waliochelewa)(?: {_WANAODAIWA})?",
    )),
    (Wish.REMIND, "", (
        rf"{PLEASE}(?:remind|resend(?: to)?|send again(?: to)?|nudge|chase) {_SURE_NUMBER}",
        rf"{PLEASE}(?:mkumbushe|kumbusha|mkumbushie|kumbushia|tuma tena|tuma upya) {_SURE_NUMBER}",
        rf"{PLEASE}(?:remind|nudge|chase) {NAME}(?: (?:to pay|about .{{2,40}}|again))?",
        rf"{PLEASE}send {NAME} a reminder", rf"{PLEASE}send a reminder to {NAME}",
        rf"{PLEASE}(?:mkumbushe|kumbusha|wakumbushe) {NAME}(?: (?:kulipa|alipe|deni(?: lake)?))?",
    )),
    (Wish.VOID, "", (
        rf"{PLEASE}(?:cancel|void|delete) (?:the )?{NUMBER}",
        rf"{PLEASE}(?:futa|ghairi|batilisha|sitisha|ondoa) {NUMBER}",
        rf"{PLEASE}(?:cancel|void|delete) (?:the )?(?:invoice|bill) (?:for|of) {NAME}",
        rf"{PLEASE}(?:cancel|void|delete) {NAME}'s (?:invoice|bill)",
        rf"{PLEASE}(?:futa|ghairi|batilisha) (?:ankara|bili) ya {NAME}",
    )),
    (Wish.PDF, "", (
        rf"{PLEASE}(?:send |show |give |get )?(?:me )?(?:the |a )?pdf(?: of| for| ya)? {NUMBER}",
        rf"{PLEASE}(?:nipe |nitumie |tuma )?pdf (?:ya )?{NUMBER}", rf"{_SURE_NUMBER} pdf",
        rf"{PLEASE}(?:download|print|pakua|chapisha) {NUMBER}",
    )),
    (Wish.SHOW, "", (
        rf"{PLEASE}(?:show|see|open|view|check)(?: me)? (?:the )?{NUMBER}",
        rf"{PLEASE}(?:onyesha|nionyeshe|fungua|tazama|angalia|ona) {NUMBER}",
    )),
    (Wish.FIND, "", (
        rf"{PLEASE}(?:find|search(?: for)?|look (?:for|up))(?: me)? (?:the |my )?(?P<words>.{{1,60}})",
        rf"{PLEASE}(?:tafuta|nitafutie|unitafutie) (?P<words>.{{1,60}})",
    )),
    (Wish.WHY, "", (
        rf"(?:why|explain|what happened (?:to|with)|(?:the )?(?:history|story) (?:of|for)) (?:is |was |did |has |isn't |isnt )?{NUMBER}(?: .{{1,40}})?",
        rf"(?:kwa ?nini|mbona|eleza|nini kilitokea (?:kwa|na)|historia ya) {NUMBER}(?: .{{1,40}})?",
    )),
    (Wish.UNDO, "", (
        rf"(?:undo|take back|unsend|tengua|tendua|rudisha)(?: (?:it|that|this|send|sending|(?:the |my )?(?:last |ya mwisho )?(?:one|invoice|ankara)|hiyo|{NUMBER}))?",
    )),
    (Wish.SHOW, "bare", (_SURE_NUMBER,)),
    (Wish.AGAIN, "", (
        rf"{PLEASE}(?:do |make |send |bill )?(?:the )?same(?: thing| invoice| order| bill)?(?: again)?(?: as)?(?: {_LAST})?(?: for| to) {NAME}",
        rf"{PLEASE}(?:the )?same(?: as)? {_LAST},? {NAME}",
        rf"(?:bill |invoice )?{NAME},? (?:the )?same(?: again)?(?: as {_LAST})?",
        rf"{PLEASE}(?:repeat|copy|redo) (?:the )?last (?:invoice|bill|one|order) (?:for|of|to) {NAME}",
        rf"{PLEASE}{_MWISHO} (?:kwa|ya) {NAME}", rf"{NAME},? {_MWISHO}",
    )),
    (Wish.OWES, "", (
        rf"(?:how much|what) does {NAME} owe(?: me| us)?", rf"does {NAME} owe(?: me| us)?(?: anything| money)?",
        rf"(?:show |list |see )(?:me )?{NAME}'s (?:invoices|bills|debt)", rf"(?:invoices|bills) (?:of|for) {NAME}",
        rf"(?:namdai|ninamdai|nadai|ninadai) {NAME} (?:pesa )?ngapi", rf"{NAME} (?:anadaiwa|ananidai) (?:pesa )?ngapi",
        rf"(?:onyesha )?ankara za {NAME}", rf"deni la {NAME}", rf"madeni ya {NAME}",
    )),
    (Wish.NEW_CLIENT, "", (
        rf"(?:(?:add|create|save) (?:a )?)?new (?:client|customer)(?:[:,]? {NAME})?(?:[,:]? (?P<phone>\+?\d[\d -]{{7,15}}))?",
        rf"(?:add|create|save) (?:a )?(?:client|customer)(?:[:,]? {NAME})?(?:[,:]? (?P<phone>\+?\d[\d -]{{7,15}}))?",
        rf"(?:ongeza |weka |sajili )?mteja mpya(?:[:,]? {NAME})?(?:[,:]? (?P<phone>\+?\d[\d -]{{7,15}}))?",
        rf"(?:ongeza|sajili) mteja(?:[:,]? {NAME})?(?:[,:]? (?P<phone>\+?\d[\d -]{{7,15}}))?",
    )),
    (Wish.NEW_INVOICE, "", (
        rf"{PLEASE}(?:i (?:want|need|would like) to )?(?:make|create|send|write|do|start) {_INVOICE}", r"(?:new )?invoice",
        r"(?:nataka |ningependa |naomba )?(?:kutengeneza|kuandika|kutuma|kutoa|tengeneza|andika|anza) (?:ankara|bili)(?: mpya)?",
        r"(?:ankara|bili)(?: mpya)?",
    )),
    (Wish.PAYMENT, "", (
        r"(?:i want to )?(?:record|add|enter) (?:a |the )?payment", r"(?:weka|andika|rekodi|ongeza) malipo",
    )),
    *((Wish(wish), "", ways) for wish, ways in money_ways.ways(NAME, _AMOUNT, _HOW, PLEASE)),
    (Wish.PAY, "", (
        r"(?:i (?:want|need|would like) to |how (?:do|can) i |let me )?pay(?: (?:my |the |an )?(?:invoice|bill|now|you))*",
        r"(?:nataka |ningependa |naomba )?(?:kulipa|nilipe|lipa|nilipaje|nalipaje)(?: (?:sasa|ankara|bili)(?: yangu)?)*",
    )),
    (Wish.THANKS, "", (
        (r"(?:ok(?:ay)?,? |great,? |sawa,? |poa,? )*(?:thanks|thank you|thx|asante|ahsante|asanteni|shukran|shukrani|nashukuru)"
        r"(?: (?:so|very|a|lot|much|you|again|bili|sana|kwa|msaada|tena|mungu|akubariki))*"),
        r"(?:ok(?:ay)?|sawa(?: sawa)?|poa|great|nice|cool|perfect|vizuri|safi|good(?: job)?)",
    )),
    (Wish.HELLO, "", (
        r"(?:hi|hey|hello|helo|hallo|yo|greetings)(?: (?:there|bili|bot|you|again|boss))*",
        r"(?:good )(?:morning|afternoon|evening|day)(?: bili)?", r"how are you(?: doing)?(?: today)?",
        (r"(?:habari|jambo|hujambo|hamjambo|mambo|sasa|salama|shikamoo|niaje|vipi|salaam|salamu|sema|xaxa|hodi|wassup)"
        r"(?: (?:yako|zako|gani|vipi|poa|bili|boss|leo|za|ya|asubuhi|jioni|mchana|mkuu|ndugu|dada|kaka))*"),
    )),
    (Wish.HELP, "", (
        r"what (?:can|do) you do(?: for me)?", r"how (?:does|do) (?:this|it|you|bili) work",
        r"how (?:do|can) i (?:use|start|begin).{0,40}", r"who are you", r"what is this", r"what are you",
        r"(?:unafanya|unaweza kufanya) nini", r"(?:wewe ni nani|hii ni nini)", r"inafanyaje kazi|unafanyaje kazi",
        r"(?:nitatumiaje|natumiaje|ninaanzaje|nianzeje).{0,40}",
    )),
)  # fmt: skip
_COMPILED = tuple(
    (wish, kind, tuple(re.compile(way, re.IGNORECASE) for way in ways))
    for wish, kind, ways in _WAYS
)
# Words that make a name no name: the sentence is then about something else, or a question.
_NO_NAMES = word_set(
    "i me he she they we you it him them us who whom what when where why how which nobody "
    "somebody someone anyone everyone everybody not never no has have had hasn't hasnt haven't "
    "won't will would should could can can't did didn't does doesn't do don't is isn't was if "
    "are and or but then please paid pay owes owe said says invoice bill payment money cash all "
    "my the this that these those be been being to from for again mimi wewe yeye sisi nyinyi "
    "wao nani nini je kama lakini na au si hapana ndiyo hajalipa bado wote yote hii hiyo huyu "
    "huyo ankara bili malipo pesa"
)


def read(text: str) -> Sentence | None:
    """The sentence that a whole message is, or None."""
    words = whole(text)
    for wish, kind, ways in _COMPILED:
        for way in ways:
            if (found := way.fullmatch(words)) and (said := _said(wish, kind, found)):
                return said
    return None


def _said(wish: Wish, kind: str, found: re.Match[str]) -> Sentence | None:
    given = {key: value.strip() for key, value in found.groupdict().items() if value}
    who = given.get("who", "")
    if who and set(who.casefold().replace("’", "'").split()) & _NO_NAMES:
        return None
    how = given.get("kind") or given.get("how") or ""
    number = given.get("number") or given.get("code", "")
    if wish is Wish.PAID and number and not who and not _says_paid(found[0]):
        return None
    return Sentence(
        wish, who=who, number=number, amount=given.get("amount", ""),
        kind=_METHODS.get(how.casefold(), kind), day=given.get("day", "").removeprefix("on "),
        phone=given.get("phone", ""), reference=given.get("reference", ""), words=given.get("words", ""),
    )  # fmt: skip


def _says_paid(words: str) -> bool:
    return any(word in {"paid", "imelipwa"} for word in words.casefold().split())
