"""The bills someone may pay or complain about without saying which: those she was shown a button for.

Nobody's tenant is searched for her: what opened a link for her, or was sent to her, put a button in
her own chat, and that button leads to the merchant (DESIGN, section 4).
"""

from typing import Any

from sqlalchemy.orm import Session

from bot import lookups
from bot.meeting import Who
from bot.openings import TENANT
from conversations.prompts import Choice, Prompt, Start
from models import db
from models.errors import Refusal
from models.text import Text, _, raw

MOST = 5
SHOWN = (
    "SELECT DISTINCT said->>'tenant' AS tenant, said->'invoice'->>'id' AS invoice FROM ("
    "  SELECT jsonb_path_query(o.body, '$.choices[*].start ? (@.flow == \"report\").answers') AS said"
    "  FROM outbound o JOIN contacts c ON c.id = o.contact_id WHERE c.person_id = %(person)s"
    "  ORDER BY o.id DESC LIMIT 50) AS buttons WHERE said->>'tenant' IS NOT NULL"
)


def which(session: Session, who: Who, flow: str) -> Start | Prompt:
    """The one bill it must be about, the few to choose from, or where to find them."""
    found = _bills(session, who, payable=flow == "pay")
    if len(found) == 1:
        return found[0][1]
    if not found:
        words = _("I see no invoice for you here. Please open the link that the shop sent you.")
        return Prompt((words,))
    choices = tuple(
        Choice(f"bill.{at}", lookups.bill_label(facts), start, synonyms=(raw(facts["number"]),))
        for at, (facts, start) in enumerate(found[:MOST])
    )
    return Prompt((_question(flow),), choices, "list")


def _question(flow: str) -> Text:
    return _("Which one do you want to pay?") if flow == "pay" else _("Which one is it about?")


def _bills(session: Session, who: Who, *, payable: bool) -> list[tuple[dict[str, Any], Start]]:
    found = []
    flow = "pay" if payable else "report"
    for row in db.look(session, SHOWN, {"person": who.person_id}).fetchall():
        db.enter(session, int(row.tenant))
        try:
            facts = lookups.invoice(session, int(row.invoice), who)
        except Refusal:
            continue
        if facts is not None and (facts["balance_minor"] > 0 or not payable):
            about = {TENANT: int(row.tenant), "invoice": {"id": facts["id"]}}
            label = {**facts, "client": facts["business"]}
            found.append((label, Start(flow, about)))
    db.enter(session, who.merchant_id)
    return found
