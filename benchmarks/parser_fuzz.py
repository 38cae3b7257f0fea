"""Strings without end for the one-line parser: none may break it, none may be slow.

    python benchmarks/parser_fuzz.py [--strings 100000] [--seed 1]

A third is noise of any characters, a third the parser's own words in any order, a third lines of
merchants with slips of the thumb. Prints how long a string took; exits 1 at the first that breaks,
with the string, or where one took longer than --most-ms of CPU.
"""

import argparse
import random
import sys
from datetime import date
from pathlib import Path
from time import thread_time_ns

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conversations.one_line import KnownClient, parse, to_json
from tests.conversations.one_line_cases import cases

CLIENTS = (KnownClient("Jane Wanjiku", "+254711000111"), KnownClient("Mama Zuri"))
REGIONS = (("KE", "KES"), ("TZ", "TZS"), ("UG", "UGX"), ("NG", "NGN"))
SIGNS = "0123456789.,/-@%+\n'\"()$₦&<>{}\\;:#*_=~`|"


class Strings:
    """A seeded source of things that somebody might type."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.lines = [case["text"] for case in cases(seed=seed, count=400)]
        self.words = [word for line in self.lines for word in line.split(" ")]

    def one(self, number: int) -> str:
        """The three kinds in turn."""
        return (self.noise, self.jumble, self.slips)[number % 3]()

    def noise(self) -> str:
        """Any characters of any plane, halves of pairs left out."""
        points = (
            self.rng.choice((0x7F, 0x2FF, 0xFFFF, 0x1FFFF)) for _ in range(self.rng.randint(0, 200))
        )
        return "".join(
            chr(point)
            for top in points
            if not 0xD800 <= (point := self.rng.randint(0, top)) < 0xE000
        )

    def jumble(self) -> str:
        """Known words in any order."""
        return " ".join(self.rng.choices(self.words, k=self.rng.randint(0, 30)))

    def slips(self) -> str:
        """A line with letters dropped, doubled and replaced."""
        text = list(self.rng.choice(self.lines))
        for _ in range(self.rng.randint(1, 6)):
            place = self.rng.randrange(len(text))
            text[place] = self.rng.choice(("", text[place] * 2, self.rng.choice(SIGNS)))
        return "".join(text)


def main() -> None:
    wanted = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    wanted.add_argument("--strings", type=int, default=100_000)
    wanted.add_argument("--seed", type=int, default=1)
    wanted.add_argument("--most-ms", type=float, default=100)
    given = wanted.parse_args()
    source, took, slow = Strings(given.seed), [], ""
    for number in range(given.strings):
        text, (region, currency) = source.one(number), REGIONS[number % len(REGIONS)]
        began = thread_time_ns()
        try:
            to_json(
                parse(
                    text,
                    today=date(2026, 11, 20),
                    region=region,
                    currency=currency,
                    clients=CLIENTS,
                )
            )
        except Exception:
            print(f"broke at string {number}: {text!r}")
            raise
        took.append((thread_time_ns() - began) / 1e6)
        if took[-1] > given.most_ms:
            slow = text
    ordered = sorted(took)
    middle, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.999)]
    print(
        f"{len(took)} strings, none broke: median {middle:.2f} ms, 99.9 % {late:.2f} ms, slowest {ordered[-1]:.2f} ms"
    )
    if slow:
        raise SystemExit(f"slower than {given.most_ms} ms: {slow!r}")


if __name__ == "__main__":
    main()
