"""Signs that our fonts cannot draw are left out, spelled or replaced."""

import pytest

from documents import ink


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("O\u0323la\u0301", "Ọlá"),
        ("a\u202eb\u200fc\u0000d", "abcd"),
        ("Asha 😀 Juma 👩\u200d👧", "Asha Juma"),
        ("ሰላም", "???"),
        ("one\ttwo   three ", "one two three"),
        ("one\r\ntwo", "one\ntwo"),
        ("₦₵ẸọṣKSh→✓•", "₦₵ẸọṣKSh→✓•"),
    ],
)
def test_words_become_printable(typed: str, drawn: str) -> None:
    """Composed, without direction marks and emoji, with a mark where a letter is unknown."""
    assert ink.printable(typed) == drawn


def test_only_long_words_need_breaking() -> None:
    """24 letters fit every column; 25 in a row do not."""
    assert not ink.overlong(f"{'a' * 24} {'b' * 24}")
    assert ink.overlong("a" * 25)


def test_the_list_of_characters_is_that_of_the_fonts() -> None:
    """Every listed character is drawn under a standard that refuses missing glyphs."""
    import unicodedata

    from documents import invoice
    from tests.documents import papers

    listed = [chr(c) for c in sorted(ink.drawable()) if unicodedata.category(chr(c))[0] != "C"]
    notes = " ".join("".join(listed[i : i + 20]) for i in range(0, len(listed), 20))
    for weight in ("notes", "number"):  # regular and semibold; the client's name is bold
        assert invoice.pdf(papers.invoice(**{weight: notes}), "en")
    assert len(listed) > 1400
