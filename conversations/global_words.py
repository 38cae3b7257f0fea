"""Words that mean the same wherever a dialogue stands: menu, help, cancel, back, language …."""

import re
from dataclasses import dataclass
from enum import StrEnum

from conversations.prompts import Choice, Prompt, plain
from models.text import _


class Word(StrEnum):
    """What is wanted. UNKNOWN is a slash command that we do not have."""

    MENU = "menu"
    HELP = "help"
    CANCEL = "cancel"
    BACK = "back"
    LANGUAGE = "language"
    STOP = "stop"
    RESUME = "resume"
    START = "start"
    INVOICE = "invoice"
    CLIENT = "client"
    CLIENTS = "clients"
    STATEMENT = "statement"
    INVOICES = "invoices"
    OVERDUE = "overdue"
    PAYMENT = "payment"
    PAYMENTS = "payments"
    MONEY = "money"
    UNOWNED = "unowned"
    REVERSE = "reverse"
    REFUND = "refund"
    USE_CREDIT = "use_credit"
    RECEIPT = "receipt"
    VOID = "void"
    PAY = "pay"
    REMIND = "remind"
    REMINDERS = "reminders"
    SETTINGS = "settings"
    FIND = "find"
    CREDIT = "credit"
    REVISE = "revise"
    WRITE_OFF = "writeoff"
    DEPOSIT = "deposit"
    QUOTE = "quote"
    QUOTES = "quotes"
    WHY = "why"
    TEAM = "team"
    INVITE = "invite"
    LINK = "link"
    ACCOUNT = "account"
    SWITCH = "switch"
    LIMITS = "limits"
    APPROVALS = "approvals"
    REPORT = "report"
    COPY = "copy"
    DRAFTS = "drafts"
    RESEND = "resend"
    ITEMS = "items"
    ATTACH = "attach"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Global:
    """A global word; `slash` if it was a command, `argument` what stood behind the command."""

    word: Word
    slash: bool = False
    argument: str = ""


_BARE = {
    Word.MENU: ("menu", "main menu", "menyu", "orodha"),
    Word.HELP: ("help", "msaada", "saidia", "nisaidie"),
    Word.CANCEL: ("cancel", "ghairi", "sitisha", "quit", "exit"),
    Word.BACK: ("back", "go back", "rudi", "rudi nyuma", "nyuma"),
    Word.LANGUAGE: ("language", "lugha", "change language", "badilisha lugha"),
    Word.STOP: ("stop", "stopall", "stop all", "unsubscribe", "acha", "simama", "simamisha"),
    Word.RESUME: ("resume", "unstop", "endelea kutuma"),
    Word.START: ("start", "anza"),
    Word.SETTINGS: ("settings", "setting", "mipangilio", "my settings", "mipangilio yangu"),
}
# Whole sentences that ask for one thing; longer ones are read elsewhere.
_SAID = {
    Word.TEAM: (
        "my team", "the team", "our team", "show my team", "show team", "who works here", "my staff",
        "timu yangu", "timu yetu", "onyesha timu", "onyesha timu yangu", "wafanyakazi wangu",
    ),
    Word.INVITE: (
        "add a seller", "add seller", "add a cashier", "add cashier", "add a manager", "add manager",
        "add a member", "add member", "add a team member", "add someone", "add staff", "new seller",
        "invite a seller", "invite seller", "invite someone", "invite a cashier", "invite staff",
        "ongeza muuzaji", "ongeza mfanyakazi", "ongeza mhudumu", "ongeza meneja", "ongeza mtu",
        "alika muuzaji", "alika mtu", "alika mfanyakazi", "muuzaji mpya", "mfanyakazi mpya",
    ),
    Word.LINK: (
        "link whatsapp", "link telegram", "link my whatsapp", "link my telegram", "link another chat",
        "connect whatsapp", "connect telegram", "link a chat", "link my other chat", "link accounts",
        "unganisha whatsapp", "unganisha telegram", "unganisha gumzo", "unganisha akaunti",
    ),
    Word.ACCOUNT: (
        "who am i", "my chats", "my profile", "lost my phone", "i lost my phone",
        "log out", "logout", "sign out", "magumzo yangu", "mimi ni nani", "nimepoteza simu",
        "nimepoteza simu yangu", "ondoka kwenye akaunti",
    ),
    Word.APPROVALS: (
        "approvals", "my approvals", "show approvals", "idhini", "maombi ya idhini",
    ),
    Word.SWITCH: (
        "switch business", "change business", "other business", "switch shop", "my businesses",
        "badili biashara", "badilisha biashara", "biashara nyingine", "biashara zangu",
    ),
}  # fmt: skip
_SLASH = {
    **_BARE,
    Word.INVOICE: ("invoice", "new", "ankara"),
    Word.CLIENT: ("client", "mteja"),
    Word.CLIENTS: ("clients", "customers", "wateja"),
    Word.STATEMENT: ("statement", "statements", "taarifa"),
    Word.INVOICES: ("invoices", "list", "owed", "ankara zangu", "madeni", "deni"),
    Word.OVERDUE: ("overdue", "late"),
    Word.PAYMENT: ("payment", "paid"),
    Word.PAYMENTS: ("payments", "malipo"),
    Word.MONEY: ("money", "pesa"),
    Word.UNOWNED: ("unmatched", "match", "linganisha"),
    Word.REVERSE: ("reverse", "tengua"),
    Word.REFUND: ("refund", "rudisha"),
    Word.USE_CREDIT: ("use_credit", "usecredit", "salio"),
    Word.RECEIPT: ("receipt", "risiti"),
    Word.VOID: ("void", "batilisha"),
    Word.PAY: ("pay", "lipa"),
    Word.REMIND: ("remind", "kumbusha"),
    Word.REMINDERS: ("reminders", "vikumbusho"),
    Word.TEAM: ("team", "timu", "wafanyakazi"),
    Word.INVITE: ("invite", "alika"),
    Word.LINK: ("link", "unganisha"),
    Word.ACCOUNT: ("account", "me", "akaunti", "akaunti yangu"),
    Word.SWITCH: ("switch", "badili"),
    Word.LIMITS: ("limits", "limit", "mipaka"),
    Word.APPROVALS: ("approvals", "approve", "idhini"),
    Word.REPORT: ("report", "ripoti"),
    Word.FIND: ("find", "search", "tafuta"),
    Word.CREDIT: ("credit", "creditnote", "credit_note", "mkopo"),
    Word.REVISE: ("revise", "correct", "sahihisha"),
    Word.WRITE_OFF: ("writeoff", "write_off", "samehe"),
    Word.DEPOSIT: ("deposit", "amana"),
    Word.QUOTE: ("quote", "estimate", "quotation", "makadirio"),
    Word.QUOTES: ("quotes", "estimates"),
    Word.WHY: ("why", "mbona"),
    Word.COPY: ("copy", "duplicate", "nakala"),
    Word.DRAFTS: ("drafts", "draft", "rasimu"),
    Word.RESEND: ("resend", "tumatena"),
    Word.ITEMS: ("items", "prices", "products", "bidhaa", "bei"),
    Word.ATTACH: ("attach", "file", "photo", "ambatisha", "faili", "picha"),
}
_LINK = re.compile(r"https?://\S+?/[iq]/([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])", re.ASCII)
_JOIN = re.compile(r"/?(?:join|jiunge)[ -]+([A-Za-z0-9_-]{22})", re.ASCII | re.IGNORECASE)
_CODE = re.compile(
    r"/?(?:link|unganisha)[ :]+([A-Z0-9]{4}[- ]?[A-Z0-9]{4})", re.ASCII | re.IGNORECASE
)
_BY_BARE = {name: word for each in (_BARE, _SAID) for word, names in each.items() for name in names}
_BY_SLASH = {name: word for word, names in _SLASH.items() for name in names}


def read(text: str) -> Global | None:
    """The global word of a message: any slash command, or a bare word that is all of it.

    A message that holds the link of an invoice or a quote is as good as opening it.
    """
    typed = text.strip()
    if link := _LINK.search(typed):
        return Global(Word.START, slash=True, argument=link[1])
    if join := _JOIN.fullmatch(typed):
        return Global(Word.START, slash=True, argument=join[1])
    if (code := _CODE.fullmatch(typed)) and plain(typed) not in _BY_BARE:
        return Global(Word.LINK, slash=True, argument=code[1])
    if typed.startswith("/") and typed[1:2].isalpha():
        command, _space, argument = typed[1:].partition(" ")
        name = command.partition("@")[0].casefold()
        return Global(_BY_SLASH.get(name, Word.UNKNOWN), slash=True, argument=argument.strip())
    word = _BY_BARE.get(plain(typed[:40])) if len(typed) <= 40 else None
    return Global(word) if word else None


def offer(typed: str) -> Prompt:
    """Inside a free-text question: is the word an answer, or did you mean what it says?"""
    word = plain(typed)
    words = _("*{word}* is also one of my own words. Do you want to use it as your answer?",
              word=typed.strip()[:40])  # fmt: skip
    yes = Choice(f"use:{word}"[:24], _("Yes, it is my answer"))
    no = Choice(f"do:{word}"[:24], _("No, do what it says"))
    return Prompt((words,), (yes, no), kind="question")


def offered(value: str) -> tuple[bool, str] | None:
    """What a tap on an offer meant: (use it as an answer?, the word); None for other buttons."""
    kind, colon, word = value.partition(":")
    if not colon or kind not in {"use", "do"}:
        return None
    return kind == "use", word
