"""Pictures to share, QR codes and logos."""

import re
import struct
import zlib
from typing import Any

import pytest
import zxingcpp

from documents import invoice, logo, pictures
from documents.facts import BusinessFacts
from documents.measure import measure
from models.errors import Refusal
from tests.documents import papers


def png(width: int, height: int, *, noise: bool = False) -> bytes:
    """A PNG in one colour, or one that cannot be made smaller."""
    state, rows = 1, bytearray()
    for _row in range(height):
        rows.append(0)
        for _byte in range(width * 3):
            state = (state * 1103515245 + 12345) % 2**31
            rows.append(state >> 16 & 255 if noise else 90)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(rows))),
        (b"IEND", b""),
    )
    made = b"\x89PNG\r\n\x1a\n"
    for kind, data in chunks:
        made += struct.pack(">I", len(data)) + kind + data
        made += struct.pack(">I", zlib.crc32(kind + data))
    return made


def test_a_phone_reads_the_square_code() -> None:
    """Its dark squares, four dots wide on white paper, are the invoice's address to a scanner."""
    drawn = pictures.qr(papers.PAGE)
    wide = 4 * (int(drawn.split('viewBox="0 0 ')[1].split()[0]) + 8)
    paper = bytearray(b"\xff" * wide * wide)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v", drawn):
        for row in range(4 * (int(y) + 4), 4 * (int(y) + 5)):
            start = row * wide + 4 * (int(x) + 4)
            paper[start : start + 4 * int(width)] = bytes(4 * int(width))
    found = zxingcpp.read_barcode(memoryview(paper).cast("B", (wide, wide)))
    assert found is not None
    assert (found.text, found.ec_level) == (papers.PAGE, "M")


def test_sizes_are_read_from_headers() -> None:
    """PNG and JPEG tell their size without being unfolded; anything else is refused."""
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 30, 40) + b"\x03" + bytes(9)
    assert measure(png(20, 10)) == ("png", 20, 10)
    assert measure(b"\xff\xd8\xff\xe0\x00\x04ab" + frame) == ("jpeg", 40, 30)
    for other in (b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"<svg/>"):
        with pytest.raises(ValueError, match=r"neither|frame"):
            measure(other)


def test_a_small_logo_is_kept_and_a_heavy_one_redrawn() -> None:
    """Up to 40 KB a file stays as it is; beyond, it becomes as large as it is drawn."""
    small, heavy = png(300, 100), png(900, 300, noise=True)
    assert logo.fit(small) == small
    assert len(heavy) > logo.KEPT_BYTES
    assert measure(logo.fit(heavy)) == ("png", 340, 113)


@pytest.mark.parametrize(
    "bad",
    [
        b"GIF89a" + bytes(50),
        png(20, 10)[:-40],
        png(20, 10)[:16] + struct.pack(">II", 60_000, 60_000) + png(20, 10)[24:],
        png(20, 10) + bytes(logo.BIGGEST_BYTES),
    ],
    ids=["another kind", "cut off", "unfolds to gigabytes", "too many bytes"],
)
def test_what_cannot_be_a_logo_is_refused(bad: bytes) -> None:
    """The person hears what would be accepted."""
    with pytest.raises(Refusal) as caught:
        logo.fit(bad)
    assert caught.value.code == "logo"


def test_a_logo_is_drawn_and_the_file_stays_small() -> None:
    """The logo is in the paper; with the heaviest one kept the file is at most 200 KB."""
    plain, heavy = logo.fit(png(300, 100)), logo.fit(png(900, 300, noise=True))
    with_logo = papers.invoice(business=BusinessFacts("Wanjiku", logo=plain))
    with_heavy = papers.invoice(business=BusinessFacts("Wanjiku", logo=heavy))
    page = papers.read(invoice.pdf(with_logo, "en")).pages[0]
    resources: Any = page["/Resources"]
    assert [image.get_object()["/Width"] for image in resources["/XObject"].values()] == [300]
    assert len(invoice.pdf(with_logo, "en")) <= 60_000
    assert len(invoice.pdf(with_heavy, "en")) <= 200_000
    assert invoice.png(with_logo, "en") != invoice.png(papers.invoice(), "en")
