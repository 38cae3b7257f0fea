"""Payment messages of banks and mobile money, which merchants pass on as they came."""

import re

_RECEIPT = re.compile(
    r"\b(?:confirmed\b.{0,200}\b(?:sent to|received|paid to|balance|withdraw)|imethibitishwa|umepokea|you have received|"
    r"m-?pesa balance|transaction cost|new m-?pesa|salio (?:lako|jipya)|txn|trans(?:action)?\.? id|muamala|"
    r"acct?\b.{0,200}\b(?:credited|debited)|your account|has been (?:credited|debited)|utr|"
    r"(?:credit|debit) alert|avail(?:able)?\.? bal|kumbukumbu na|umetuma|umelipa|successfully (?:sent|paid|"
    r"transferred)|transfer (?:from|of)|(?:mtn|airtel) (?:money|momo)|tigo ?pesa|halopesa|desc:|ref:)",
    re.IGNORECASE | re.DOTALL,
)
_CODE = re.compile(r"\b(?=[A-Z0-9]*[0-9])(?=[A-Z0-9]*[A-Z])[A-Z0-9]{9,12}\b")


def is_receipt(text: str) -> bool:
    """Whether a text is what a bank or mobile money says of a payment."""
    if _RECEIPT.search(text):
        return True
    return bool(_CODE.search(text)) and bool(
        re.search(r"balance|confirmed|received|salio|sent to|paid", text, re.IGNORECASE)
    )
