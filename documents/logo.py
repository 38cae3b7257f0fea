"""A business's logo: which files are accepted, and how big a one a paper carries."""

from documents import pictures, press
from documents.measure import measure
from models.errors import Refusal
from models.text import _

BIGGEST_BYTES = 5_000_000
BIGGEST_PIXELS = 25_000_000  # a file of a few bytes may unfold to gigabytes
KEPT_BYTES = 40_000  # a file up to this size goes on every paper as it came
DRAWN_WIDTH_PX, DRAWN_HEIGHT_PX = 340, 120  # twice the space it has on a paper


def fit(picture: bytes) -> bytes:
    """The picture as it should be stored: itself when small, else redrawn at the size of use.

    Raises Refusal (code `logo`) for what is no PNG or JPEG, too big, or cannot be drawn.
    """
    try:
        _media, width, height = measure(picture)
    except ValueError:
        raise _refusal() from None
    if len(picture) > BIGGEST_BYTES or not 0 < width * height <= BIGGEST_PIXELS:
        raise _refusal()
    drawn = _redraw(pictures.framed(picture), width, height)
    if drawn == _redraw(pictures.blank(width, height), width, height):
        raise _refusal()
    return picture if len(picture) <= KEPT_BYTES else drawn


def _refusal() -> Refusal:
    text = _("I cannot use this picture. Please send a PNG or JPEG of at most 5 MB.")
    return Refusal(text, code="logo")


def _redraw(svg: str, width: int, height: int) -> bytes:
    scale = min(DRAWN_WIDTH_PX / width, DRAWN_HEIGHT_PX / height, 1)
    drawn_px = max(1, round(width * scale))
    box = {"width": width, "height": height}
    return press.png("logo.typ", box, {"logo": svg}, width_px=drawn_px, width_pt=width)
