"""What a command word begins, the facts a dialogue begins with, and the merchant it is about."""

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from bot import correction_lookups, lookups, money_lookups, own_settings, rights
from bot.channel import Inbound
from bot.meeting import Who
from conversations.figures import read_phone
from conversations.global_words import Word
from conversations.lookups import MOST_NAME
from conversations.opening import Opening
from conversations.prompts import Start
from conversations.questions import clean
from conversations.setting_fields import path_to
from conversations.turn import Journal
from invoicing import merchants
from invoicing.commands import Setting
from models import db
from models.errors import Refusal
from models.text import _

TENANT = "tenant"  # among a button's answers: the merchant it is about, if not the person's own
READINGS = "readings"  # among them too: what a typed line may have meant
HOME_ZONE = "Africa/Nairobi"
STARTS = {
    Word.MENU: Start("menu"),
    Word.HELP: Start("help"),
    Word.CANCEL: Start("cancel"),
    Word.BACK: Start("back"),
    Word.STOP: Start("stop"),
    Word.RESUME: Start("unstop"),
    Word.LANGUAGE: Start("language"),
    Word.INVOICE: Start("new_invoice"),
    Word.CLIENT: Start("new_client"),
    Word.CLIENTS: Start("clients"),
    Word.STATEMENT: Start("statement"),
    Word.INVOICES: Start("invoices"),
    Word.OVERDUE: Start("invoices", {"kind": "overdue"}),
    Word.PAYMENT: Start("record_payment"),
    Word.PAYMENTS: Start("payments"),
    Word.MONEY: Start("money"),
    Word.UNOWNED: Start("payments", {"kind": "unowned"}),
    Word.REVERSE: Start("reverse_payment"),
    Word.REFUND: Start("refund"),
    Word.USE_CREDIT: Start("use_credit"),
    Word.RECEIPT: Start("last_receipt"),
    Word.VOID: Start("void"),
    Word.PAY: Start("pay"),
    Word.REMIND: Start("late"),
    Word.REMINDERS: Start("settings", path_to(Setting.REMINDERS)),
    Word.TEAM: Start("team"),
    Word.INVITE: Start("invite"),
    Word.LINK: Start("link"),
    Word.ACCOUNT: Start("account"),
    Word.SWITCH: Start("switch"),
    Word.LIMITS: Start("member_limits"),
    Word.APPROVALS: Start("approvals"),
    Word.REPORT: Start("report"),
    Word.SETTINGS: Start("settings"),
    Word.FIND: Start("invoices", {"kind": "all"}),
    Word.CREDIT: Start("credit_note"),
    Word.REVISE: Start("revise"),
    Word.WRITE_OFF: Start("write_off"),
    Word.DEPOSIT: Start("deposit"),
    Word.QUOTE: Start("new_quote"),
    Word.QUOTES: Start("quotes"),
    Word.WHY: Start("invoices", {"kind": "all"}),
    Word.COPY: Start("copy"),
    Word.DRAFTS: Start("draft"),
    Word.RESEND: Start("resend"),
    Word.ITEMS: Start("items"),
    Word.ATTACH: Start("attach"),
}
PAYER_FLOWS = ("pay", "report")
CUSTOMER_FLOWS = (*PAYER_FLOWS, "statement_days")  # what somebody else's card may begin
ANYBODYS = ("account",)  # what asks nothing and needs no business
MERCHANTS_ONLY = (
    "clients", "statement", "edit_client", "block_client", "delete_client", "merge_clients",
    "erase_client", "archive_many", "items", "resend",
    "new_invoice", "new_client", "invoices", "record_payment", "void",
    "credit_note", "revise", "write_off", "deposit", "new_quote", "quotes", "late",
    "payments", "money", "reverse_payment", "refund", "use_credit", "last_receipt",
    "team", "invite", "switch", "member_limits", "approvals", "attach",
)  # fmt: skip


def opening(session: Session, who: Who, start: Start) -> dict[str, Any]:
    """Frozen facts in JSON; the session goes on as the merchant the dialogue is about."""
    tenant = start.answers.get(TENANT, who.merchant_id)
    if start.flow not in CUSTOMER_FLOWS and not is_hers(session, who, tenant):
        raise Refusal(_("Only the people of this business can do that."), "role")
    db.enter(session, tenant)
    if tenant is None:
        today = db.today(session, HOME_ZONE)
        return Opening(today=today, language=who.language).to_json()
    standing = rights.check(session, who.person_id, start)
    merchant = merchants.get(session)
    facts = Opening(
        today=db.today(session, merchant.zone),
        business=merchant.name,
        country=merchant.country,
        currency=merchant.currency,
        language=who.language,
        tax_rate=merchant.tax_rate,
        tax_inclusive=merchant.tax_inclusive,
        uses_discount=merchant.uses_discount,
        tax_label=merchant.tax_label,
        several=standing.several
        if standing
        else len(merchants.merchants_of(session, who.person_id)) > 1,
        terms=merchant.terms,
    )
    if start.flow == "settings":
        facts = replace(facts, settings=own_settings.known(session, who, merchant))
    readings = start.answers.get(READINGS, {})
    return {**facts.to_json(), READINGS: readings, TENANT: tenant}


def is_hers(session: Session, who: Who, tenant: int | None) -> bool:
    """Whether she works there; an old card may speak of a business she left."""
    if tenant is None or tenant == who.merchant_id:
        return True
    return tenant in merchants.merchants_of(session, who.person_id)


def enter(session: Session, who: Who, journal: Journal) -> None:
    """Go on as the merchant a running dialogue is about."""
    db.enter(session, tenant_of(who, journal))


def tenant_of(who: Who, journal: Journal) -> int | None:
    """The merchant a running dialogue is about, if any."""
    found: int | None = journal.opening.get(TENANT, who.merchant_id)
    return found


def answers(session: Session, who: Who, start: Start) -> dict[str, Any]:
    """What the button already said, with an invoice's facts as they are now."""
    found = {key: value for key, value in start.answers.items() if key not in (TENANT, READINGS)}
    about = found.get("invoice")
    if isinstance(about, dict) and "id" in about:
        fresh = lookups.invoice(session, int(about["id"]), who)
        if fresh and start.flow == "credit_note":
            fresh |= correction_lookups.creditable(session, int(about["id"]))
        found = {**found, "invoice": fresh} if fresh else found
    return {**found, **money_lookups.fresh(session, found)}


def new_client(session: Session, who: Who, inbound: Inbound) -> Start:
    """A contact card, given out of the blue, already says who the new client is."""
    db.enter(session, who.merchant_id)
    country = merchants.get(session).country
    name = clean(inbound.contact_name or "")[:MOST_NAME]
    try:
        phone = read_phone(inbound.contact_phone or "", country)
    except Refusal:
        phone = None  # not one we could use: it is asked
    known = {"client": {"name": name or phone, "phone": phone}}
    return Start("new_client", known if name or phone else {})
