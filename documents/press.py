"""The printing press: worded data and pictures in, PDF or PNG bytes out, through one typst compiler."""

import json
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import typst

from documents.ink import printable

ROOM = Path(__file__).resolve().parent
TEMPLATES = ROOM / "templates"
FONTS = ROOM / "fonts"

# Archival, with every character readable back from the file: it refuses to print a missing glyph.
STANDARD: Final = "a-2u"

# One compiler is not safe in two threads at once, and a page takes milliseconds: they queue.
_turn = threading.Lock()


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(root=TEMPLATES, font_paths=fonts)


def pdf(template: str, data: Mapping[str, Any], pictures: Mapping[str, str], *, day: date) -> bytes:
    """A PDF/A of a template in `templates/`, the same bytes for the same input.

    `pictures` are SVG documents by the name the template asks for; `day` dates the file.
    """
    made_at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    with _turn:
        made = _compiler().compile(
            TEMPLATES / template,
            format="pdf",
            pdf_standards=STANDARD,
            sys_inputs=_inputs(data, pictures),
            timestamp=made_at,
        )
    return cast("bytes", made)


def png(
    template: str,
    data: Mapping[str, Any],
    pictures: Mapping[str, str],
    *,
    width_px: int,
    width_pt: int,
) -> bytes:
    """The first page of a template `width_pt` wide, as a PNG of `width_px`."""
    with _turn:
        made = _compiler().compile(
            TEMPLATES / template,
            format="png",
            ppi=72 * width_px / width_pt,
            sys_inputs=_inputs(data, pictures),
        )
    return made[0] if isinstance(made, list) else cast("bytes", made)


def _inputs(data: Mapping[str, Any], pictures: Mapping[str, str]) -> dict[str, str]:
    return {"data": json.dumps(_clean(data), ensure_ascii=False), **pictures}


def _clean(value: Any) -> Any:
    """Every string of the data, however deep, made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {name: _clean(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return value
