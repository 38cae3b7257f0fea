"""Daraja's result and error codes in plain words, each with what the payer does next.

Sources: facts/daraja 2.3 (synchronous errors) and 3.2 (results). Descriptions vary from day to
day and between callback and query, so nothing but the code is looked at; only 500.001.1001, which
means several things, was told apart by the client (`500.001.1001/locked`).
"""

from models.text import Text, _
from payments.gateway import Code, Step

_AGAIN = _("The M-Pesa prompt ended without a payment. You can try again.")
_BUSY = _("M-Pesa is busy right now. Please try again in a few minutes, or pay another way.")
_CANCELLED = _("The M-Pesa prompt was cancelled. No money was taken; you can try again.")
_UNREACHABLE = _(
    "M-Pesa could not reach this phone, or nobody answered. Switch it on, keep it close and try"
    " again, or use another number."
)
_FUNDS = _(
    "There is not enough money in this M-Pesa account. Top up and try again, pay a part, or use"
    " another number."
)
_PIN = _("That M-Pesa PIN was wrong. No money was taken; you can try again.")
_PIN_LOCKED = _("The M-Pesa PIN of this phone is locked. Call M-Pesa on 100 or 200 to unlock it.")
_DAILY = _(
    "This phone has reached its M-Pesa limit for today. Try again tomorrow or use another number."
)
_TOO_MUCH = _("That is more than M-Pesa takes at once (KSh 250,000). Pay a part first.")
_TOO_LITTLE = _("That amount is too small for M-Pesa.")
_FULL = _("The business cannot receive that much by M-Pesa now. Please pay another way.")
_TWICE = _("M-Pesa saw the same amount a moment ago. Wait two minutes, then try again.")
_OPEN_PROMPT = _(
    "Another M-Pesa request is still open on this phone. Finish it, wait a minute and try again."
)
_OURS = _(
    "The M-Pesa prompt does not work right now, and it is not your fault. Please pay another way"
    " shown on the invoice."
)
_NUMBER = _("M-Pesa does not know this phone number. Check it or use another one.")
_UNSEEN = _(
    "M-Pesa gave an answer we do not know ({code}). Look at your M-Pesa messages before you try"
    " again."
)
_LATE = _("The prompt could not be sent in time. No money was taken; you can try again.")

# Where the code alone is not enough: `code/which`.
LOCKED = "500.001.1001/locked"
WRONG_CREDENTIALS = "500.001.1001/credentials"
NO_MERCHANT = "500.001.1001/merchant"
NO_WAY = "no_connection"
NO_TOKEN = "no_token"  # noqa: S105 - a code, not a secret
BAD_ADDRESS = "callback_address"
LATE = "late"

_TABLE: dict[str, tuple[Step, Text]] = {
    "1": (Step.TOP_UP, _FUNDS),
    "2": (Step.OURS, _TOO_LITTLE),
    "3": (Step.LESS, _TOO_MUCH),
    "4": (Step.OTHER_NUMBER, _DAILY),
    "8": (Step.PAYBILL, _FULL),
    "17": (Step.WAIT, _TWICE),
    "26": (Step.WAIT, _BUSY),
    "1001": (Step.WAIT, _OPEN_PROMPT),
    "1019": (Step.AGAIN, _AGAIN),
    "1025": (Step.WAIT, _BUSY),
    "1031": (Step.AGAIN, _CANCELLED),
    "1032": (Step.AGAIN, _CANCELLED),
    "1036": (Step.OTHER_NUMBER, _UNREACHABLE),
    "1037": (Step.OTHER_NUMBER, _UNREACHABLE),
    "2001": (Step.AGAIN, _PIN),
    "2028": (Step.OURS, _OURS),
    "8006": (Step.CALL, _PIN_LOCKED),
    "9999": (Step.WAIT, _BUSY),
    "SFC_IC0003": (Step.OURS, _OURS),
    # what answers the push itself
    "400.002.02": (Step.OURS, _OURS),
    "400.002.02/PhoneNumber": (Step.OTHER_NUMBER, _NUMBER),
    "400.002.05": (Step.OURS, _OURS),
    "400.003.01": (Step.OURS, _OURS),
    "400.003.02": (Step.OURS, _OURS),
    "400.008.01": (Step.OURS, _OURS),
    "400.008.02": (Step.OURS, _OURS),
    "401": (Step.OURS, _OURS),
    "401.002.01": (Step.OURS, _OURS),
    "401.003.01": (Step.OURS, _OURS),
    "403": (Step.OURS, _OURS),
    "404.001.01": (Step.OURS, _OURS),
    "404.001.03": (Step.OURS, _OURS),
    "404.001.04": (Step.OURS, _OURS),
    "404.003.01": (Step.OURS, _OURS),
    "405.001": (Step.OURS, _OURS),
    "429": (Step.WAIT, _BUSY),
    "500.003.02": (Step.WAIT, _BUSY),
    "500.003.03": (Step.WAIT, _BUSY),
    "policies.ratelimit.SpikeArrestViolation": (Step.WAIT, _BUSY),
    "policies.ratelimit.QuotaViolation": (Step.WAIT, _BUSY),
    LOCKED: (Step.WAIT, _OPEN_PROMPT),
    WRONG_CREDENTIALS: (Step.OURS, _OURS),
    NO_MERCHANT: (Step.OURS, _OURS),
    # what never reached Daraja
    NO_WAY: (Step.WAIT, _BUSY),
    NO_TOKEN: (Step.WAIT, _BUSY),
    BAD_ADDRESS: (Step.OURS, _OURS),
    LATE: (Step.AGAIN, _LATE),
}
# Success was seen after these (facts: daraja 3.2), so they are asked about once more.
_DOUBTFUL = frozenset({"1025", "1036", "1037", "9999", "26"})

PAID = "0"
STILL_PROCESSING = "4999"  # of the query only (facts: daraja 4.1)


def explain(code: str | None) -> Code:
    """Any code in plain words; one we have never met is kept and says so."""
    code = code or ""
    if code in _TABLE:
        step, text = _TABLE[code]
        return Code(code, step, text, doubtful=code in _DOUBTFUL)
    return Code(code, Step.PAYBILL, Text(_UNSEEN.msgid, {"code": code}), known=False, doubtful=True)


def known() -> tuple[str, ...]:
    """Every code we have words for."""
    return tuple(_TABLE)
