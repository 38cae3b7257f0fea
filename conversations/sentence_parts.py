"""What plain sentences are made of, whatever they ask: a name, a number, an amount, a please."""

import re

from conversations.questions import clean

LONGEST = 160  # characters; a longer message is no plain order
NAME = r"(?P<who>[^\W\d_][\w'’.&-]*?(?: [^\W\d_][\w'’.&-]*?){0,4}?)"
NUMBER = r"(?:(?:invoice|ankara|bili|no|namba)\.? )?#?(?P<number>(?:[a-z]{2,6}[- ]?)?\d{1,7})"
SUM = (
    r"(?:(?:ksh|kshs|kes|tsh|tzs|ush|ugx|ngn|sh|shs|₦)\.? ?)?\d[\d.,]*(?: ?[km])?"
    r"(?: ?/[=-])?(?: (?:bob|ksh|kes|sh|shs|shillings|shilingi|naira))?"
)
PLEASE = r"(?:please |pls |kindly |tafadhali |naomba |can you |could you |i want to |nataka )?"
_TAILS = re.compile(r"[\s?!.,;:👍🙏😊]+$")


def whole(text: str, longest: int = LONGEST) -> str:
    """The words of a message that may be one sentence, without what trails; empty for any other."""
    said = text.strip()
    if len(said) > longest or "\n" in said:
        return ""
    return _TAILS.sub("", clean(said))
