"""Which language should we speak?"""

from conversations.engine import Dialogue, ask
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick
from invoicing.commands import SetLanguage
from models.text import _, raw

LANGUAGE_CHOICES = (
    Choice("en", raw("English"), synonyms=(raw("en"), raw("kiingereza"))),
    Choice("sw", raw("Kiswahili"), synonyms=(raw("sw"), raw("swahili"))),
)


def language(opening: Opening) -> Dialogue[SetLanguage]:
    """One question, understood in either language."""
    del opening
    words = _("Which language do you prefer? / Unapenda lugha gani?")
    return SetLanguage((yield from ask(Pick("language", words, options=LANGUAGE_CHOICES))))
