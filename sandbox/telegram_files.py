"""Files that went through Telegram: kept by file_id, fetched by path, shown by a token."""

import base64
import secrets
import struct
import zlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from .state import World
from .telegram_errors import bad

MOST_BYTES = 200_000_000
MOST_DOWNLOAD = 20_000_000
FOLDERS = {"photo": "photos", "voice": "voice", "sticker": "stickers", "document": "documents"}


@dataclass(frozen=True)
class Stored:
    """One file of this bot."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    content: bytes
    path: str
    token: str
    width: int = 0
    height: int = 0

    def sized(self) -> dict[str, Any]:
        """The fields every kind of file has on the wire."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }

    def as_wire(self) -> dict[str, Any]:
        """The message field: Document, array of PhotoSize, Voice or Sticker."""
        if self.kind == "photo":
            return {"photo": [self.sized() | {"width": self.width, "height": self.height}]}
        if self.kind == "voice":
            return {"voice": self.sized() | {"duration": 2, "mime_type": self.mime_type}}
        if self.kind == "sticker":
            look = {"type": "regular", "width": 512, "height": 512, "emoji": "👍"}
            return {"sticker": self.sized() | look | {"is_animated": False, "is_video": False}}
        named = {"file_name": self.name, "mime_type": self.mime_type}
        return {"document": self.sized() | named}


class Files:
    """The store; the oldest files go when it holds too much."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._files: OrderedDict[str, Stored] = OrderedDict()
        self._bytes = 0
        self._count = 0

    def add(self, kind: str, name: str, mime_type: str, content: bytes) -> Stored:
        """Keep a file; photos are measured, raising 400 when they are none."""
        width, height = measure(content) if kind == "photo" else (0, 0)
        with self._world.lock:
            self._count += 1
            ending = name.rpartition(".")[2] if "." in name else "bin"
            stored = Stored(
                file_id=self._id("BQAC", 33),
                unique_id=self._id("AgAD", 6),
                kind=kind,
                name=name,
                mime_type=mime_type,
                content=content,
                path=f"{FOLDERS[kind]}/file_{self._count}.{ending}",
                token=secrets.token_urlsafe(12),
                width=width,
                height=height,
            )
            self._files[stored.file_id] = stored
            self._bytes += len(content)
            while self._bytes > MOST_BYTES and len(self._files) > 1:
                self._bytes -= len(self._files.popitem(last=False)[1].content)
        return stored

    def _id(self, start: str, length: int) -> str:
        made = base64.urlsafe_b64encode(self._world.chance.randbytes(length)).decode()
        return start + made.rstrip("=")

    def get(self, file_id: str) -> Stored:
        """By file_id; raises 400 when it is not one of this bot's."""
        with self._world.lock:
            stored = self._files.get(file_id)
        if stored is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        return stored

    def find(self, *, path: str = "", token: str = "") -> Stored | None:
        """By download path or by the page's token."""
        with self._world.lock:
            for stored in self._files.values():
                if (path and stored.path == path) or (token and stored.token == token):
                    return stored
        return None

    def described(self, file_id: str) -> dict[str, Any]:
        """Telegram's File object; raises 400 above 20 MB."""
        stored = self.get(file_id)
        if len(stored.content) > MOST_DOWNLOAD:
            raise bad("file is too big")
        return stored.sized() | {"file_path": stored.path}


def measure(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG; raises 400 as the server does for what is none."""
    size = _png_size(content) or _jpeg_size(content)
    if size is None:
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10_000 or max(width, height) > 20 * max(1, min(width, height)):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return size


def _png_size(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    place = 2 if content.startswith(b"\xff\xd8") else len(content)
    while place + 9 < len(content) and content[place] == 0xFF:
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return None


def picture(width: int = 240, height: int = 160) -> bytes:
    """A small PNG, for a phone that sends a photo."""
    row = b"\x00" + bytes((90, 140, 200)) * width
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(row * height)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
