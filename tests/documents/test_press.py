"""The press: fonts, templates and threads."""

import threading
from collections import deque
from pathlib import Path

import pytest
import typst
from babel.messages.pofile import read_po

from documents import invoice, pictures, press
from models.text import LOCALE_DIR
from tests.documents import papers

ROOM = Path(press.__file__).parent


def test_threads_print_side_by_side_without_mixing() -> None:
    """Eight threads print at once, and each gets its own invoice."""
    made: dict[int, bytes] = {}

    def work(n: int) -> None:
        for _again in range(4):
            made[n] = invoice.pdf(papers.invoice(number=f"INV-{n}"), "en")

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert all(f"INV-{n}" in papers.text(pdf) for n, pdf in made.items())


def test_a_press_that_failed_prints_again() -> None:
    """A paper that cannot be printed costs no compiler and harms no later one."""
    before = invoice.pdf(papers.invoice(), "en")
    with pytest.raises(typst.TypstError):
        press.png("invoice-picture.typ", {}, {}, width_px=10)
    assert invoice.pdf(papers.invoice(), "en") == before


def test_no_paper_gets_the_picture_of_the_one_before() -> None:
    """A press that has printed a logo has none for a paper that came without."""
    box, logo = {"width": 30, "height": 10}, pictures.blank(30, 10)
    assert press.png("logo.typ", box, {"logo": logo}, width_px=30, width_pt=30)
    with pytest.raises(typst.TypstError, match="logo"):
        press.png("logo.typ", box, {}, width_px=30, width_pt=30)


def test_an_address_that_is_not_printed_breaks_no_words() -> None:
    """Breaking words is dear; what only a screen reader says does not ask for it."""
    made: list[dict[str, bytes]] = []

    class Spy:
        def compile(self, files: dict[str, bytes], **_how: object) -> bytes:
            made.append(files)
            return b""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(press, "_idle", deque([Spy()]))
        for notes in ("Asante sana.", "x" * 25):
            invoice.pdf(papers.invoice(notes=notes), "en")
    assert len(papers.PAGE) > 25
    assert [files["overlong.json"] for files in made] == [b"false", b"true"]


def test_fonts_are_small_and_carry_their_licence() -> None:
    """Each font is below 250 KB and the licence lies beside them."""
    fonts = list((ROOM / "fonts").glob("*.ttf"))
    assert len(fonts) == 3
    assert all(font.stat().st_size < 250_000 for font in fonts)
    assert "SIL OPEN FONT LICENSE" in (ROOM / "fonts" / "OFL.txt").read_text()


def test_every_sentence_of_the_room_has_swahili() -> None:
    """Whatever the room says through `_` stands in its catalogue."""
    import re

    source = "".join(path.read_text() for path in ROOM.glob("*.py"))
    said = set(re.findall(r'\b_\(\s*"([^"]+)"', source)) | {"and {n} more item"}
    with (LOCALE_DIR / "sw" / "LC_MESSAGES" / "documents.po").open("rb") as lines:
        known = {m.id if isinstance(m.id, str) else m.id[0] for m in read_po(lines) if m.string}
    assert len(said) > 40
    assert said <= known
