"""How large a picture is, read from its first bytes without unfolding it."""

import struct

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"


def measure(picture: bytes) -> tuple[str, int, int]:
    """Media (`png` or `jpeg`), width and height in pixels, read from the header alone.

    Raises ValueError for anything else.
    """
    if len(picture) >= 24 and picture.startswith(PNG) and picture[12:16] == b"IHDR":
        width, height = struct.unpack(">II", picture[16:24])
        return "png", width, height
    if picture.startswith(JPEG):
        return ("jpeg", *_jpeg_size(picture))
    raise ValueError("neither PNG nor JPEG")


def _jpeg_size(picture: bytes) -> tuple[int, int]:
    """Walk the segments to the frame header (ITU T.81, B.2.2): SOF0 to SOF15 but 4, 8 and 12."""
    at = 2
    while at + 9 < len(picture) and picture[at] == 0xFF:
        marker, length = struct.unpack(">BH", picture[at + 1 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", picture[at + 5 : at + 9])
            return width, height
        at += 2 + length
    raise ValueError("a JPEG without a frame")
