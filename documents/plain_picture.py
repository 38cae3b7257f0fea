"""Pictures as they may be passed on: what a camera or a program wrote beside the picture is taken out.

Where a photo was taken, with which phone and by whom is nobody's business but the sender's. The
picture itself is not touched, so nothing is lost of it; only which side is up is kept.
"""

import struct
from collections.abc import Iterator

from documents import press
from documents.measure import PNG
from documents.pictures import enclosed

BIGGEST_PIXELS = 50_000_000  # a file of a few bytes may unfold to gigabytes
DRAWN_PX = 1_600  # the longer side of a picture that is drawn anew
ORIENTATION = 0x0112
APP0, APP1, APP2, APP14, APP15 = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF
COMMENT, SCAN, END = 0xFE, 0xDA, 0xD9
KEPT = (APP0, APP2, APP14)  # how the picture is to be read: JFIF, its colours, Adobe's
# Of a PNG only what is needed to draw it (ISO 15948, 11): no text, no time, no eXIf.
DRAWN = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
     b"bKGD", b"pHYs")
)  # fmt: skip


def plain(picture: bytes) -> bytes:
    """A JPEG or PNG without what was written beside the picture; anything else as it came.

    Raises ValueError for one that is broken.
    """
    if picture.startswith(b"\xff\xd8\xff"):
        return _plain_jpeg(picture)
    if picture.startswith(PNG):
        return PNG + b"".join(whole for kind, whole in _chunks(picture) if kind in DRAWN)
    return picture


def is_webp(picture: bytes) -> bool:
    """Whether it is a WebP, which few chat apps show as a picture."""
    return picture.startswith(b"RIFF") and picture[8:12] == b"WEBP"


def of_webp(picture: bytes) -> bytes:
    """A WebP drawn anew as a PNG, at most 1,600 pixels wide or high. Raises ValueError for a broken one."""
    width, height = _webp_size(picture)
    if not 0 < width * height <= BIGGEST_PIXELS:
        raise ValueError("a WebP of no size")
    scale = min(DRAWN_PX / max(width, height), 1)
    drawn_px = max(1, round(width * scale))
    box = {"width": width, "height": height}
    inside = enclosed(picture, "webp", width, height)
    return press.png("logo.typ", box, {"logo": inside}, width_px=drawn_px, width_pt=width)


def _webp_size(picture: bytes) -> tuple[int, int]:
    """By the first chunk: VP8X, VP8L or VP8 (RFC 9649, 2.5 to 2.7)."""
    kind, data = picture[12:16], picture[20:30]
    if len(data) < 10:
        raise ValueError("a WebP cut off")
    if kind == b"VP8X":
        return (
            int.from_bytes(data[4:7], "little") + 1,
            int.from_bytes(data[7:10], "little") + 1,
        )
    if kind == b"VP8L":
        bits = int.from_bytes(data[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", data[6:10])
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("a WebP of no known kind")


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG)
    while at + 12 <= len(picture):
        length = int.from_bytes(picture[at : at + 4], "big")
        end = at + 12 + length
        if end > len(picture):
            break
        kind = picture[at + 4 : at + 8]
        yield kind, picture[at:end]
        if kind == b"IEND":
            return
        at = end
    raise ValueError("a PNG cut off")


def _plain_jpeg(picture: bytes) -> bytes:
    """Of APP1 only which side is up stays, and nothing that stands behind the picture."""
    kept, turned = [], 1
    for marker, segment in _segments(picture):
        if marker == APP1:
            turned = max(turned, _orientation(segment[4:]))
        elif marker in KEPT or not (APP0 <= marker <= APP15 or marker == COMMENT):
            kept.append(segment)
    upright = _turned(turned) if turned > 1 else b""
    return b"".join((b"\xff\xd8", upright, *kept, b"\xff\xd9"))


def _segments(picture: bytes) -> Iterator[tuple[int, bytes]]:
    """Every segment up to the end of the picture, a scan with its data (ITU T.81, B.1.1 and B.2)."""
    at = 2
    while at + 4 <= len(picture) and picture[at] == 0xFF:
        marker = picture[at + 1]
        if marker == END:
            return
        if marker == 0xFF:  # padding
            at += 1
            continue
        end = at + 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
        if end > len(picture):
            break
        if marker == SCAN:
            end = _after_scan(picture, end)
        yield marker, picture[at:end]
        at = end
    if picture[at : at + 2] != b"\xff\xd9":
        raise ValueError("a JPEG cut off")


def _after_scan(picture: bytes, at: int) -> int:
    """Where the next marker is: in a scan 0xFF is followed by 0, or by a restart."""
    while (at := picture.find(b"\xff", at)) != -1 and at + 1 < len(picture):
        if picture[at + 1] != 0 and not 0xD0 <= picture[at + 1] <= 0xD7:
            return at
        at += 2
    raise ValueError("a JPEG cut off")


def _orientation(segment: bytes) -> int:
    """Which side is up, 1 to 8, of an Exif segment; 1 where it says nothing (Exif 2.3, 4.6.4)."""
    if not segment.startswith(b"Exif\x00\x00"):
        return 1
    tiff = segment[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 1
    start = struct.unpack(f"{order}I", tiff[4:8])[0]
    if start + 2 > len(tiff):
        return 1
    count = struct.unpack(f"{order}H", tiff[start : start + 2])[0]
    for number in range(min(count, 100)):
        entry = tiff[start + 2 + number * 12 : start + 14 + number * 12]
        if len(entry) == 12 and struct.unpack(f"{order}H", entry[:2])[0] == ORIENTATION:
            found = struct.unpack(f"{order}H", entry[8:10])[0]
            return found if 1 <= found <= 8 else 1
    return 1


def _turned(side: int) -> bytes:
    """An Exif segment that says nothing but which side is up."""
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, side, 0)
    tiff = b"MM\x00*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
