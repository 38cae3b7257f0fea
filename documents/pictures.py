"""Pictures on a paper: the square code and the logo, as SVG that typst takes from memory."""

import base64
import re

import zxingcpp

from documents.measure import measure

INK = "#17211d"

_DARK = re.compile(rb"\x00+")  # a dark stretch of a row


def of(page_url: str | None, picture: bytes | None) -> dict[str, str]:
    """The pictures of a paper by the names its template knows: `qr` and `logo`."""
    found = {}
    if page_url:
        found["qr"] = qr(page_url)
    if picture:
        found["logo"] = framed(picture)
    return found


def qr(url: str) -> str:
    """A square code that opens a page, drawn as one path so that no viewer shows seams."""
    code = zxingcpp.create_barcode(url, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = code.to_image(scale=1, add_quiet_zones=False)
    dots, (side, _side) = memoryview(image).tobytes(), image.shape  # type: ignore[arg-type] # it is one
    runs = "".join(
        f"M{run.start()} {y}h{len(run[0])}v1h-{len(run[0])}z"
        for y in range(side)
        for run in _DARK.finditer(dots[y * side : (y + 1) * side])
    )
    return _svg(side, side, f'<path fill="{INK}" d="{runs}"/>')


def framed(picture: bytes) -> str:
    """A PNG or JPEG wrapped in an SVG, the one form in which typst takes a picture as text.

    A picture that cannot be decoded leaves an empty space. Raises ValueError for other media.
    """
    media, width, height = measure(picture)
    return enclosed(picture, media, width, height)


def enclosed(picture: bytes, media: str, width: int, height: int) -> str:
    """The same for a picture of which everything is known."""
    data = base64.b64encode(picture).decode("ascii")
    image = f'<image width="{width}" height="{height}" href="data:image/{media};base64,{data}"/>'
    return _svg(width, height, image)


def blank(width: int, height: int) -> str:
    """The frame of such a picture with nothing in it."""
    return _svg(width, height, "")


def _svg(width: int, height: int, inside: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{inside}</svg>'
