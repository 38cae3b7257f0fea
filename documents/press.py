"""The press: worded data and pictures in, PDF or PNG bytes out, by typst with our fonts only."""

import json
from collections import deque
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from documents.ink import overlong, printable

ROOM = Path(__file__).resolve().parent
TEMPLATES = ROOM / "templates"
FONTS = ROOM / "fonts"

# Archival, with every character readable back from the file: typst refuses under this standard to
# print a glyph that the font lacks, so that a paper with an empty box cannot come to be.
STANDARD: Final = "a-2u"

CARD_WIDTH_PT = 360  # as in house.typ

# A compiler used by two threads at once raises ("Already borrowed"), and making one costs about as
# much as a page: each print takes an idle one, or makes one, and gives it back. So there are never
# more than prints at one moment. typst works outside Python's lock: threads print side by side.
# What is printed reaches it as files that exist in memory only, beside the template. Given as
# `sys_inputs` it would be part of typst's library, so that nothing set for one paper (fonts, words
# of ours, the templates themselves) could be used again for the next.
_idle: deque[typst.Compiler] = deque()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def pdf(template: str, data: Mapping[str, Any], pictures: Mapping[str, str]) -> bytes:
    """A PDF/A of a template in `templates/`: the same bytes for the same input on any day.

    `pictures` are SVG documents by the names the template asks for; `data["date"]` dates the file.
    """
    return _print(template, data, pictures, format="pdf", pdf_standards=STANDARD)


def png(
    template: str,
    data: Mapping[str, Any],
    pictures: Mapping[str, str],
    *,
    width_px: int,
    width_pt: int = CARD_WIDTH_PT,
) -> bytes:
    """A template, `width_pt` wide, as a PNG of `width_px`; of several sheets the first."""
    return _print(template, data, pictures, format="png", ppi=72 * width_px / width_pt)


def _print(
    template: str, data: Mapping[str, Any], pictures: Mapping[str, str], **how: Any
) -> bytes:
    drawn = _clean(data)
    files = {
        "main.typ": (TEMPLATES / template).read_bytes(),
        "data.json": json.dumps(drawn).encode(),
        "overlong.json": json.dumps(any(map(overlong, _printed(drawn)))).encode(),
        **{f"{name}.svg": picture.encode() for name, picture in pictures.items()},
    }
    try:
        compiler = _idle.pop()
    except IndexError:
        compiler = typst.Compiler(root=TEMPLATES, font_paths=_fonts())
    try:
        made = compiler.compile(files, **how)
    finally:
        _idle.append(compiler)
    if isinstance(made, list) and how["format"] == "png":  # of several sheets the first is shown
        made = made[0]
    if not isinstance(made, bytes):
        raise TypeError(f"{template} did not come out as one file")
    return made


def _clean(value: Any) -> Any:
    """Every string of the data, however deep, made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {name: _clean(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return value


def _printed(value: Any) -> Iterator[str]:
    """Every string that stands on the paper: all but what only a screen reader says."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _printed([inner for name, inner in value.items() if name != "alt"])
    elif isinstance(value, list):
        for inner in value:
            yield from _printed(inner)
