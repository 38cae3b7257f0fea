"""Files that people send from their phones: small, and really what they say they are."""

from .state import Refused
from .telegram_files import picture

WEBP = bytes.fromhex(
    "52494646220000005745425056503820160000003001009d012a010001000ec0fe25a4000370000000"
)  # one pixel
MIME = {
    "pdf": "application/pdf",
    "png": "image/png",
    "webp": "image/webp",
    "text": "text/plain",
    "false": "application/pdf",
}
NAMES = {"pdf": "plan.pdf", "png": "gate.png", "webp": "gate.webp", "text": "notes.txt",
         "false": "plan.pdf"}  # fmt: skip
MOST_BYTES = 19_000_000


def made(kind: str, size: int = 0) -> tuple[str, str, bytes]:
    """Name, type and content of a file; `false` only says that it is a PDF. Raises Refused."""
    if kind not in MIME:
        raise Refused(f"a document is one of {', '.join(MIME)}")
    contents = {"pdf": _pdf(), "png": picture(640, 480), "webp": WEBP, "text": b"notes\n",
                "false": b"MZ this is a program\n"}  # fmt: skip
    content = contents[kind]
    return NAMES[kind], MIME[kind], content + bytes(max(0, min(size, MOST_BYTES) - len(content)))


def _pdf() -> bytes:
    """One empty page that a reader opens without complaint."""
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>",
    )
    found, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(found))
        found += b"%d 0 obj%sendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(found)
    found += b"xref\n0 4\n0000000000 65535 f \n" + table
    return found + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
