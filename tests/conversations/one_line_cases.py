"""Makes labelled lines for the one-line parser from a grammar of phrasings, names, goods and dates.

Each family puts the same facts into another order of words; the label follows from the facts, by
the labelling rules, and never from the parser. All names and numbers are invented.
"""

import random
from collections.abc import Iterator

from tests.conversations.one_line_maker import (
    ENGLISH_GOODS,
    ENGLISH_VERBS,
    ENGLISH_WORK,
    FAMILIES,
    MEASURED,
    MEASURED_SW,
    SWAHILI_AMOUNTS,
    SWAHILI_COUNTS,
    SWAHILI_VERBS,
    SWAHILI_WORK,
    Json,
    Maker,
    family,
    measured,
)


@family
def verb_count_goods(m: Maker) -> Json:
    """Invoice Halima 3 chairs @850 due friday."""
    who, count, thing, (typed, price), (due, day) = (
        m.client(),
        m.count(),
        m.goods(),
        m.amount(),
        m.due(),
    )
    mark = m.pick(
        (f"@{typed}", f"@ {typed}", f"{typed} each", f"at {typed}", f"{typed} ea", f"each {typed}")
    )
    return m.label(
        f"{m.pick(ENGLISH_VERBS)} {who} {count} {thing} {mark} {due}",
        who,
        [(thing, count, price)],
        due=day,
    )


@family
def verb_for(m: Maker) -> Json:
    """Bill Halima for 3 bags of rice @850."""
    who, count, (unit, thing), (typed, price) = m.client(), m.count(), m.pick(MEASURED), m.amount()
    of = m.pick(("of ", ""))
    return m.label(f"{m.pick(ENGLISH_VERBS)} {who} for {count} {unit} {of}{thing} @ {typed}", who,
                   [(measured(unit, thing), count, price)])  # fmt: skip


@family
def work(m: Maker) -> Json:
    """Bill Halima 4500 for plumbing."""
    who, thing, (typed, price), (due, day) = m.client(), m.pick(ENGLISH_WORK), m.amount(), m.due()
    text = m.pick(
        (f"{who} {typed} for {thing}", f"{who} for {thing} {typed}", f"{who}, {thing} {typed}")
    )
    return m.label(f"{m.pick(ENGLISH_VERBS)} {text} {due}", who, [(thing, 1, price)], due=day)


@family
def work_plain(m: Maker) -> Json:
    """Lipisha Halima kuosha gari 1200."""
    who, thing, (typed, price) = m.client(), m.pick((*SWAHILI_WORK, *ENGLISH_WORK)), m.amount()
    return m.label(f"{m.pick(SWAHILI_VERBS)} {who} {thing} {typed}", who, [(thing, 1, price)])


@family
def swahili_words(m: Maker) -> Json:
    """Lipisha Halima elfu mbili ya kuosha gari."""
    who, thing, words, (due, day) = (
        m.client(),
        m.pick(SWAHILI_WORK),
        m.pick(SWAHILI_AMOUNTS),
        m.due(),
    )
    return m.label(
        f"{m.pick(SWAHILI_VERBS)} {who} {words} ya {thing} {due}",
        who,
        [(thing, 1, SWAHILI_AMOUNTS[words])],
        due=day,
    )


@family
def swahili_counts(m: Maker) -> Json:
    """Ankara kwa Halima viti vitatu … meza tatu kila moja elfu mbili."""
    who, count, words = m.client(), m.pick(SWAHILI_COUNTS), m.pick(SWAHILI_AMOUNTS)
    thing = m.pick(("meza", "keki", "sabuni", "godoro"))
    mark = m.pick((f"kila moja {words}", f"@ {words}"))
    return m.label(f"{m.pick(SWAHILI_VERBS)} {who}, {thing} {SWAHILI_COUNTS[count]} {mark}", who,
                   [(thing, count, SWAHILI_AMOUNTS[words])])  # fmt: skip


@family
def swahili_measured(m: Maker) -> Json:
    """Ankara kwa Halima sukari kilo 5 @ 160 / kilo 5 za sukari @ 160."""
    who, count, (unit, thing), (typed, price), (due, day) = (
        m.client(),
        m.count(),
        m.pick(MEASURED_SW),
        m.amount(),
        m.due(),
    )
    after = m.rng.random() < 0.5
    text = f"{thing} {unit} {count}" if after else f"{unit} {count} za {thing}"
    return m.label(f"{m.pick(SWAHILI_VERBS)} {who} {text} @ {typed}, {due}".strip(", "), who,
                   [(measured(unit, thing, first=not after), count, price)], due=day)  # fmt: skip


@family
def no_mark(m: Maker) -> Json:
    """Three pieces and an amount without a mark: each or in all."""
    who, count, thing, (typed, _) = m.client(), m.count(), m.goods(), m.amount()
    text = m.pick(
        (f"{count} {thing} {typed}", f"{count} {thing} for {typed}", f"{count} {thing} ya {typed}")
    )
    return m.label(
        f"{m.pick(ENGLISH_VERBS)} {who} {text}", who, [(thing, count, None)], unsure=["price"]
    )


@family
def total(m: Maker) -> Json:
    """Invoice Halima 4 chairs total 10000."""
    who, count, thing, each = m.client(), m.count(), m.goods(), m.pick((250, 800, 1500))
    mark = m.pick(("total {}", "jumla {}", "{} for all", "{} total", "{} altogether", "zote {}"))
    return m.label(
        f"{m.pick(ENGLISH_VERBS)} {who} {count} {thing} {mark.format(each * count)}",
        who,
        [(thing, count, each)],
    )


@family
def several(m: Maker) -> Json:
    """Several items with commas, and, plus signs."""
    who, (due, day) = m.client(), m.due()
    rows = []
    for thing in m.rng.sample(ENGLISH_GOODS, m.rng.choice((2, 3))):
        typed, price = m.amount()
        rows.append((f"{(count := m.count())} {thing} @ {typed}", (thing, count, price)))
    joint = m.pick((", ", " and ", " + ", "; ", " na "))
    return m.label(f"{m.pick(ENGLISH_VERBS)} {who} {joint.join(text for text, _ in rows)}, {due}".strip(", "), who,
                   [fact for _, fact in rows], due=day)  # fmt: skip


@family
def several_work(m: Maker) -> Json:
    """Ankara ya Halima: plumbing 4500, tiling 1200."""
    who = m.client()
    rows = [
        (f"{thing} {(made := m.amount())[0]}", (thing, 1, made[1]))
        for thing in m.rng.sample(ENGLISH_WORK, 2)
    ]
    return m.label(f"{m.pick(('ankara ya', 'invoice', 'bill'))} {who}: {', '.join(text for text, _ in rows)}", who,
                   [fact for _, fact in rows])  # fmt: skip


@family
def phone(m: Maker) -> Json:
    """A phone behind the name."""
    who, (typed, number), count, thing, (said, price) = (
        m.client(),
        m.phone(),
        m.count(),
        m.goods(),
        m.amount(),
    )
    gap = m.pick((" ", ", ", " - "))
    return m.label(
        f"{m.pick(ENGLISH_VERBS)} {who} {typed}{gap}{count} {thing} @{said}",
        (who, number),
        [(thing, count, price)],
    )


@family
def lines(m: Maker) -> Json:
    """One fact a line."""
    who, (typed, number), (due, day) = m.client(), m.phone(), m.due()
    rows = [(f"{(count := m.count())} {thing} @ {(made := m.amount())[0]}", (thing, count, made[1]))
            for thing in m.rng.sample(ENGLISH_GOODS, 2)]  # fmt: skip
    head = m.pick(("Invoice", "Invoice:", "Ankara", "Bill"))
    label = m.pick(("", "", "Kwa: ", "To: ", "Customer: "))
    body = "\n".join(text for text, _ in rows)
    return m.label(
        f"{head}\n{label}{who}\n{typed}\n{body}\n{due}".strip(),
        (who, number),
        [fact for _, fact in rows],
        due=day,
    )


@family
def end(m: Maker) -> Json:
    """3 chairs @850 kwa Halima."""
    who, count, thing, (typed, price) = m.client(), m.count(), m.goods(), m.amount()
    return m.label(
        f"{count} {thing} @ {typed} {m.pick(('kwa', 'to'))} {who}", who, [(thing, count, price)]
    )


@family
def bare_head(m: Maker) -> Json:
    """Halima 3 chairs @850."""
    who, count, thing, (typed, price), (due, day) = (
        m.client(),
        m.count(),
        m.goods(),
        m.amount(),
        m.due(),
    )
    return m.label(f"{who} {count} {thing} @ {typed} {due}", who, [(thing, count, price)], due=day)


@family
def story(m: Maker) -> Json:
    """Halima took 3 chairs @850, pays monday."""
    who, count, thing, (typed, price) = m.client(), m.count(), m.goods(), m.amount()
    verb, due = m.pick(
        (
            ("took", "pays monday"),
            ("amechukua", "atalipa jumatatu"),
            ("bought", "will pay on monday"),
        )
    )
    return m.label(
        f"{who} {verb} {count} {thing} @ {typed}, {due}",
        who,
        [(thing, count, price)],
        due="2026-11-23",
    )


@family
def taxed(m: Maker) -> Json:
    """With tax and a discount."""
    who, count, thing, (typed, price) = m.client(), m.count(), m.goods(), m.amount()
    rate = {"KE": "16", "TZ": "18", "UG": "18", "NG": "7.5"}[m.region]
    said, tax = m.pick((("plus vat", (rate, False)), ("vat inclusive", (rate, True)), ("+ 12% vat", ("12", False)), ("no vat", None),
                        ("incl vat", (rate, True)), ("ongeza VAT", (rate, False)), ("pamoja na VAT", (rate, True))))  # fmt: skip
    cut, discount = m.pick((("", None), ("less 10%", {"percent": "10"}), ("discount 5%", {"percent": "5"}),
                            ("less 100", {"amount": "100"}), ("punguzo 50", {"amount": "50"})))  # fmt: skip
    return m.label(f"{m.pick(ENGLISH_VERBS)} {who} {count} {thing} @ {typed} {cut} {said}", who, [(thing, count, price)],
                   tax=tax and {"rate": tax[0], "inclusive": tax[1]}, discount=discount)  # fmt: skip


@family
def noted(m: Maker) -> Json:
    """With a note."""
    who, count, thing, (typed, price) = m.client(), m.count(), m.goods(), m.amount()
    note = m.pick(("gate 4", "call at 5pm", "LPO 881", "mzigo wa pili", "deliver 30/11"))
    shape = m.pick(("({})", "note: {}", "kumbuka: {}", "maelezo: {}"))
    return m.label(
        f"{m.pick(ENGLISH_VERBS)} {who} {count} {thing} @ {typed} {shape.format(note)}",
        who,
        [(thing, count, price)],
        note=note,
    )


@family
def no_client(m: Maker) -> Json:
    """No client at all."""
    count, thing, (typed, price) = m.count(), m.goods(), m.amount()
    return m.label(
        f"{m.pick(('invoice', 'ankara ya', 'bill for'))} {count} {thing} @ {typed}",
        None,
        [(thing, count, price)],
        unsure=["client"],
    )


@family
def known(m: Maker) -> Json:
    """Stored clients: one fits, or two do."""
    count, thing, (typed, price) = m.count(), m.goods(), m.amount()
    two = m.rng.random() < 0.5
    stored = [{"name": "Halima Ouko", "phone": "+254711000333"}] + [
        {"name": "Halima Juma", "phone": None}
    ] * two
    said = m.pick(("halima", "Halima", "halima ouko", "bi halima", "Halima O."))
    sure = not two or said in {"halima ouko", "Halima O."}
    made = m.label(f"{m.pick(ENGLISH_VERBS)} {said} {count} {thing} @{typed}", ("Halima Ouko", "+254711000333") if sure else None,
                   [(thing, count, price)], unsure=[] if sure else ["client"])  # fmt: skip
    return made | {"clients": stored}


def cases(seed: int, count: int) -> Iterator[Json]:
    """`count` labelled lines, the families in turn."""
    rng = random.Random(seed)
    names = sorted(FAMILIES)
    for number in range(count):
        name = names[number % len(names)]
        maker = Maker(rng, rng.choice(("KE", "KE", "TZ", "UG", "NG")))
        yield {"id": f"{name}-{number}", "family": name} | FAMILIES[name](maker)
