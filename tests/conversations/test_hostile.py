"""Whatever is sent, a question answers kindly: no crash, nothing lost, nothing done by itself."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations import turn as turns
from conversations.flows import FLOWS
from conversations.said import Said
from conversations.turn import Journal
from models.text import LANGUAGES, Markup, render
from tests.conversations.scripts import BY_NAME, SCRIPTS, Script
from tests.conversations.talk import WORLD, Talk, look_up

HOSTILE = (
    Said(other="sticker"), Said(other="voice"), Said(other="photo"), Said(other="hologram"), Said(),
    Said(text=""), Said(text="   \n\t "), Said(text="x" * 10_000), Said(text="9" * 10_000),
    Said(text="😀" * 500), Said(text="\u202e\u2066\u200f"), Said(text="\x00\ud800"),
    Said(text="<b>&amp;</b><script>alert(1)</script>" * 20), Said(text="'; DROP TABLE invoices; --" * 20),
    Said(text="{0}{raw}{lines}%s" * 30), Said(text="*_~`" * 200), Said(text="-1"), Said(text="1e999"),
    Said(text="NaN"), Said(text="Infinity"), Said(text="٣٣٣"), Said(text="1.500"), Said(text="2,50"),
    Said(choice=""), Said(choice="no such"), Said(choice="send"), Said(choice="é" * 99),
    Said(choice="send", key="ok", digest="0"), Said(contact_phone="not a phone", contact_name="\x00"),
    Said(text="1" * 5), Said(text="(" * 5_000), Said(text="0712 " * 2_000),
)  # fmt: skip


def stages(script: Script) -> list[Journal]:
    """The journal at each question of a dialogue."""
    talk = Talk(script.flow, script.opening, script.answers)
    journals = [talk.journal]
    for key, words in script.said.items():
        if talk.asked != key:
            journals.append(talk.edit(key).journal)
        journals.append(talk.say(words).journal)
    return journals


STAGES = [
    pytest.param(journal, id=f"{name}-{journal.asked}")
    for name, script in BY_NAME.items()
    for journal in stages(script)
]


@pytest.mark.parametrize("journal", STAGES)
def test_hostile_messages_get_a_kind_answer(journal: Journal) -> None:
    """Refused with words and the same question, or taken as data and shown as such."""
    for said in HOSTILE:
        turn = turns.take(journal, said, look_up(turns.needs(journal, said), WORLD))
        if turn.command is not None:
            assert journal.flow in {
                "report",
                "new_client",
                "settings",
                "items",
            }  # any words may be their last answer
            continue
        if turn.journal.answers == journal.answers and turn.journal.asked == journal.asked:
            assert turn.notes, said
        stored = json.loads(json.dumps(turn.journal.to_json()))
        assert Journal.from_json(stored) == turn.journal
        prompt = turns.prompt(turn, look_up(turns.need_to_show(turn), WORLD))
        for language in LANGUAGES:
            for markup in Markup:
                shown = "".join(render(words, language, markup) for words in prompt.paragraphs)
                assert "<script>" not in shown or markup is not Markup.HTML
                shown.encode()  # no lone surrogate reaches a channel


TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from([w for script in SCRIPTS for w in (*script.said.values(), script.end)]),
    st.integers(0, 12).map(str),
)
ACTS = st.one_of(
    st.tuples(st.just("say"), TEXTS),
    st.tuples(st.just("tap"), st.integers(0, 11)),
    st.tuples(st.just("old"), st.integers(0, 11)),
    st.tuples(st.just("back"), st.just(0)),
    st.tuples(st.just("edit"), st.integers(0, 30)),
    st.tuples(st.just("sticker"), st.just(0)),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SCRIPTS), st.lists(ACTS, max_size=25))
def test_any_sequence_of_acts_is_survived(
    script: Script, acts: list[tuple[str, str | int]]
) -> None:
    """Taps old and new, words, back and edits in any order: no crash, a question or a command."""
    talk = Talk(script.flow, script.opening, script.answers)
    old = [Said(choice="none", key="none", digest="none")]
    for act, what in acts:
        choices = talk.prompt.choices
        if act == "say":
            talk.say(str(what))
        elif act == "tap" and choices:
            old.append(talk.button(choices[int(what) % len(choices)]))
            talk.take(old[-1])
        elif act == "old":
            talk.take(old[int(what) % len(old)])
        elif act == "back":
            talk.back()
        elif act == "edit" and talk.journal.path:
            talk.edit(talk.journal.path[int(what) % len(talk.journal.path)])
        elif act == "sticker":
            talk.take(Said(other="sticker"))
        if talk.turn.question is None:
            assert talk.command is not None
            return
        assert talk.asked == talk.turn.question.key
        assert set(talk.journal.answers) >= {
            key for key in talk.journal.path if key in talk.journal.answers
        }


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(FLOWS)),
    st.dictionaries(
        st.sampled_from(sorted({key for script in SCRIPTS for key in script.play().journal.path})),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=8),
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=6), inner),
            max_leaves=4,
        ),
        max_size=5,
    ),
)
def test_nonsense_in_a_journal_is_asked_again(flow: str, answers: dict[str, object]) -> None:
    """Stored answers of any shape never break a replay: what does not load is asked."""
    opening = SCRIPTS[0].opening.to_json()
    turn = turns.begin(flow, opening, answers)
    assert turn.question is not None or turn.command is not None
    assert Journal.from_json(json.loads(json.dumps(turn.journal.to_json()))) == turn.journal
