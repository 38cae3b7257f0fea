"""Puts photos and PDFs with an invoice: which files, and which invoice they belong to."""

from collections.abc import Sequence

from conversations.engine import Dialogue, Move, ask
from conversations.files import Files, Whose
from conversations.given import Facts
from conversations.lookups import nearest
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick
from invoicing.commands import AttachFiles, Nothing, SentFile, SetLogo
from models.text import Text, _, ngettext, raw

INVOICE, LOGO, NOTHING = "invoice", "logo", "nothing"
AS_LOGO = Choice(LOGO, _("Use it as my logo"), synonyms=(raw("logo"), raw("nembo")))
AS_NOTHING = Choice(
    NOTHING, _("Do nothing with it"), synonyms=(raw("nothing"), raw("none"), raw("hakuna"))
)
USES = (Choice(INVOICE, _("With an invoice")), AS_LOGO, AS_NOTHING)


def attach(opening: Opening) -> Dialogue[AttachFiles | SetLogo | Nothing]:
    """Keys: `for` (the invoice it began at), `files`, `use`, `invoice`, `invoice.which`."""
    del opening
    about = yield from ask(Facts("for"))
    files = yield from ask(Files("files", _wanted(about["number"] if about else "")))
    words = _("What shall I do with it?")
    use = yield from ask(Pick("use", words, options=USES, assumed=INVOICE))
    if use == LOGO:
        return SetLogo(files[0].channel, files[0].file)
    if use == NOTHING:
        return Nothing(_("All right, I do nothing with it."))
    return AttachFiles((yield from _whose(files)), files)


def _wanted(number: str) -> Text:
    if number:
        return _("Please send me the photo or PDF that goes with *{number}*.", number=number)
    return _("Please send me the photo or PDF that goes with an invoice.")


def _whose(files: Sequence[SentFile]) -> Dialogue[int]:
    """The invoice's id; a picture sent alone may be the logo instead."""
    ways = (AS_LOGO, AS_NOTHING) if _may_be_logo(files) else (AS_NOTHING,)
    words = ngettext(
        "Which invoice does this file go with? I pass it on to its customer.",
        "Which invoice do these {n} files go with? I pass them on to its customer.",
        len(files),
    )
    asked = Whose(
        "invoice", words, source="invoices", filters={"kind": "attachable"}, files=tuple(files),
        also=tuple((way, Move("use", way.value)) for way in ways),
    )  # fmt: skip
    said = yield from ask(asked)
    return int((yield from nearest(said, "invoice"))["id"])


def _may_be_logo(files: Sequence[SentFile]) -> bool:
    return len(files) == 1 and files[0].kind in ("jpg", "png")
