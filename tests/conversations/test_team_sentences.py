"""Plain sentences about a team, and what looks like one and is none."""

import pytest

from conversations.team_sentences import TeamSentence, read

UNDERSTOOD = [
    ("limits for Otieno", TeamSentence("member_limits", "Otieno")),
    ("Set limits for otieno to 20,000", TeamSentence("member_limits", "otieno", amount="20,000")),
    ("limit Otieno to 20k", TeamSentence("member_limits", "Otieno", amount="20k")),
    ("weka mipaka ya Otieno", TeamSentence("member_limits", "Otieno")),
    ("make Otieno a manager", TeamSentence("member_role", "Otieno", role="manager")),
    ("mfanye Otieno kuwa meneja", TeamSentence("member_role", "Otieno", role="manager")),
    ("mfanye Asha Juma mmiliki", TeamSentence("member_role", "Asha Juma", role="owner")),
    ("remove Otieno from my team.", TeamSentence("remove_member", "Otieno")),
    ("mwondoe Otieno kwenye timu", TeamSentence("remove_member", "Otieno")),
    ("Otieno lost his phone", TeamSentence("recover", "Otieno")),
    ("Otieno amepoteza simu yake", TeamSentence("recover", "Otieno")),
    ("what is waiting for my approval?", TeamSentence("approvals")),
    ("idhini", TeamSentence("approvals")),
    ("report this invoice", TeamSentence("report")),
    ("this is a scam!", TeamSentence("report")),
    ("ripoti ankara hii", TeamSentence("report")),
]


@pytest.mark.parametrize(("words", "meant"), UNDERSTOOD, ids=[words for words, _m in UNDERSTOOD])
def test_understood(words: str, meant: TeamSentence) -> None:
    """The whole message, in either language."""
    assert read(words) == meant


@pytest.mark.parametrize(
    "words",
    [
        "make Jane an invoice", "remove Jane", "I lost my phone", "Jane 3 bags cement @850",
        "void INV-12", "limits", "this is fine", "make it a manager", "x" * 200,
    ],
)  # fmt: skip
def test_not_understood(words: str) -> None:
    """Anything less or about something else."""
    assert read(words) is None
