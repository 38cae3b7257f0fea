"""Long words in several messages: cut between paragraphs and lines, and only then within one."""


def units(words: str) -> int:
    """Length in UTF-16 code units, the way chat services count."""
    return len(words.encode("utf-16-le")) // 2


def split(words: str, most: int) -> list[str]:
    """Pieces of at most so many units, cut at blank lines, else lines, else anywhere.

    Our templates open and close bold within a line, so that a cut between lines breaks no markup.
    """
    if units(words) <= most:
        return [words]
    pieces, piece = [], ""
    for line in words.split("\n"):
        while units(line) > most:
            pieces += [piece] if piece else []
            pieces.append(line[: most // 2])
            line, piece = line[most // 2 :], ""  # noqa: PLW2901 - what is left of it
        if units(piece) + units(line) + 1 > most:
            pieces.append(piece)
            piece = line
        else:
            piece = f"{piece}\n{line}" if piece else line
    return [*pieces, piece] if piece.strip() else pieces
