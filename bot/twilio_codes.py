"""Twilio's error codes as troubles of ours: one table, by facts chat-channels 2.6.

A code that is not in it is kept as it is and means that this message will not go.
"""

from bot.channel import SendError, Trouble

NAME = "whatsapp"
THROTTLED_S = 10
ACCOUNT_S = 300
# An operator must act; meanwhile nothing is lost, it waits.
ACCOUNT = ("20003", "20404", "21606", "63007", "63038", "63051", "63033", "21609", "21212")
THROTTLE = ("20429", "63017", "63018", "21611", "30001")
TABLE: dict[str, Trouble] = {
    # The person cannot be reached here: no such account, blocked us, or (sandbox) never joined.
    **dict.fromkeys(
        ("21211", "21614", "63003", "63014", "63015", "63024", "30004"), Trouble.BLOCKED
    ),
    "21610": Trouble.STOPPED,
    # Free-form words outside the window; or a template that cannot be used: another way is needed.
    **dict.fromkeys(
        ("63016", "21655", "21656", "63013", "63021", "63027", "63028", "63040", "63041", "63042"),
        Trouble.WINDOW,
    ),
    **dict.fromkeys((*THROTTLE, *ACCOUNT), Trouble.WAIT),
    # Meta holds it back: not again within a day.
    **dict.fromkeys(("63032", "63049"), Trouble.NEVER),
    # What we sent is at fault.
    **dict.fromkeys(
        ("21603", "63005", "21612", "21617", "21619", "21620", "21654", "92005", "63030", "63031"),
        Trouble.NEVER,
    ),
    "63019": Trouble.AGAIN,  # our document could not be fetched; it may have been a hiccup
    "30008": Trouble.AGAIN,
}


def of_code(code: str, detail: str = "") -> SendError:
    """A Twilio error code as a trouble of ours."""
    wait_s = ACCOUNT_S if code in ACCOUNT else THROTTLED_S if code in THROTTLE else 0
    return SendError(NAME, code, TABLE.get(code, Trouble.NEVER), wait_s=wait_s, detail=detail)
