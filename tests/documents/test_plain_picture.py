"""What is written beside a picture is taken out, and the picture stays as it is."""

import base64
import struct
import zlib

import pytest

from documents import plain_picture
from documents.measure import PNG, measure
from sandbox.telegram_files import picture

WEBP = base64.b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
SECRET = b"GPSLatitude -1.2921"


def segment(marker: int, body: bytes) -> bytes:
    """One segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(order: str, side: int) -> bytes:
    """What a camera writes: which side is up, and where it was."""
    mark = b"II*\x00" if order == "<" else b"MM\x00*"
    entries = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, side, 0)
    return b"Exif\x00\x00" + mark + struct.pack(f"{order}IH", 8, 1) + entries + bytes(4) + SECRET


def jpeg(*before: bytes, behind: bytes = b"") -> bytes:
    """A small progressive JPEG: two scans with a table between them, a stuffed byte and a restart."""
    frame = segment(0xC2, struct.pack(">BHHB", 8, 30, 40, 1) + b"\x01\x11\x00")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    table = segment(0xC4, b"\x00" + bytes(16) + b"\xff\xd9")
    return b"\xff\xd8" + b"".join(before) + frame + scan + table + scan + b"\xff\xd9" + behind


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("side", [1, 6])
def test_a_photo_tells_nothing_but_which_side_is_up(order: str, side: int) -> None:
    """No place, no comment, nothing behind the picture; all that draws it stays, byte for byte."""
    jfif = segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
    said = segment(0xE1, exif(order, side)), segment(0xFE, SECRET), segment(0xED, SECRET)
    behind = jpeg(segment(0xE1, exif(order, side)))

    found = plain_picture.plain(jpeg(jfif, *said, behind=behind))

    assert SECRET not in found
    upright = segment(0xE1, exif(">", side).removesuffix(SECRET)) if side > 1 else b""
    assert found == jpeg(upright, jfif)
    assert measure(found) == ("jpeg", 40, 30)
    assert plain_picture.plain(found) == found


def test_a_png_keeps_only_what_draws_it() -> None:
    """Text, time and Exif go."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    drawn = picture(40, 30)
    header, rest = drawn[:33], drawn[33:]
    said = chunk(b"tEXt", SECRET) + chunk(b"eXIf", SECRET) + chunk(b"tIME", bytes(7))

    assert plain_picture.plain(header + said + rest + SECRET) == drawn


def test_a_webp_becomes_a_png() -> None:
    """Of the same size, at most 1,600 pixels wide."""
    assert plain_picture.is_webp(WEBP)
    assert measure(plain_picture.of_webp(WEBP)) == ("png", 1, 1)


@pytest.mark.parametrize(
    "broken", [jpeg()[:-10], jpeg()[:30], b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\xff\xff", PNG,
               picture()[:-20], picture()[:60]],
)  # fmt: skip
def test_a_broken_picture_is_refused(broken: bytes) -> None:
    """Cut off anywhere: ValueError, never a picture of nothing."""
    with pytest.raises(ValueError, match=r"cut off|no picture|empty"):
        plain_picture.plain(broken)


@pytest.mark.parametrize(
    "broken", [WEBP[:25], WEBP[:12] + b"VP8?" + WEBP[16:], WEBP[:26] + bytes(20)]
)
def test_a_broken_webp_is_refused(broken: bytes) -> None:
    """Of no kind, of no size, cut off."""
    with pytest.raises(ValueError, match="WebP"):
        plain_picture.of_webp(broken)


def test_a_pdf_stays_as_it_is() -> None:
    """It is no picture."""
    assert plain_picture.plain(b"%PDF-1.7") == b"%PDF-1.7"
