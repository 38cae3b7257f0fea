"""May a prompt be sent? Rules of opening an attempt, and what a payer is told of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import clock, db
from models.errors import Refusal
from models.invoices import Invoice
from models.money import Money
from models.payments import Attempt, AttemptState
from models.platform import DueWork, Route, Throttle
from models.secrets import key_hash
from models.text import render
from models.told import Audit
from payments import attempts, settlement
from payments.attempts import Public
from payments.gateway import Step
from tests import make
from tests.conftest import NOW
from tests.payments import bed


def refused(session: Session, bill: Invoice, **more: object) -> str:
    """The code of the refusal."""
    with pytest.raises(Refusal) as no:
        bed.opened(session, bill, **more)
    return no.value.code


def later(monkeypatch: pytest.MonkeyPatch, **more: float) -> None:
    """Move the clock on from the fixed one."""
    monkeypatch.setattr(clock, "real_now", lambda: NOW + timedelta(**more))


def test_an_attempt_is_there_before_the_gateway_is_called(session: Session, bill: Invoice) -> None:
    """WT-7: the row, its route, its push job, its reconciliation, its trail."""
    attempt = bed.opened(session, bill)
    assert attempt.state == "created"
    assert (attempt.amount_minor, attempt.phone) == (255_000, bed.PHONE)
    assert attempt.destination == bed.SHORTCODE
    assert len(attempt.reference) == 32
    key = key_hash(attempt.reference)
    route = session.scalars(sa.select(Route).where(Route.key_hash == key)).one()
    assert (route.kind, route.merchant_id, route.target_id) == (
        "attempt",
        bill.merchant_id,
        attempt.id,
    )
    assert bed.jobs(session, "payments.push") == [
        {"merchant_id": bill.merchant_id, "attempt_id": attempt.id}
    ]
    due = session.scalars(sa.select(DueWork)).one()
    assert due.act_after - db.now(session) == timedelta(seconds=30)
    assert session.scalars(sa.select(Audit.action)).all() == ["attempt.opened"]
    assert attempts.latest(session, bill.id) is attempt


def test_the_same_click_is_the_same_attempt(session: Session, bill: Invoice) -> None:
    """DF-44: one nonce, one attempt, one job, however often it is posted."""
    first = bed.opened(session, bill, nonce="n1")
    assert bed.opened(session, bill, nonce="n1") is first
    assert len(bed.jobs(session, "payments.push")) == 1


@pytest.mark.parametrize(
    ("total", "wanted", "asked"),
    [
        (255_050, None, 255_000),
        (255_050, 255_050, 255_000),
        (255_050, 100_000, 100_000),
        (100, None, 100),
        (25_000_099, None, 25_000_000),
    ],
)
def test_whole_shillings(session: Session, total: int, wanted: int | None, asked: int) -> None:
    """The floor of the balance, or the part that was asked for."""
    make.merchant(session)
    bill = make.invoice(session, total_minor=total)
    amount = None if wanted is None else Money(wanted, "KES")
    assert bed.opened(session, bill, amount=amount).amount_minor == asked


@pytest.mark.parametrize(
    ("total", "wanted"),
    [
        (255_000, Money(255_100, "KES")),
        (255_000, Money(100_050, "KES")),
        (255_000, Money(0, "KES")),
        (255_000, Money(-100, "KES")),
        (255_000, Money(100, "TZS")),
        (99, None),
        (25_000_100, None),
    ],
)
def test_amounts_that_cannot_be_asked_for(
    session: Session, total: int, wanted: Money | None
) -> None:
    """More than owed, cents, nothing, another currency, more than M-Pesa takes."""
    make.merchant(session)
    bill = make.invoice(session, total_minor=total)
    assert refused(session, bill, amount=wanted) == "amount"
    assert session.scalars(sa.select(Throttle)).all() == []


@pytest.mark.parametrize(
    "typed", ["0712345678", "0712 345-678", "712345678", "254712345678", "+254 712 345 678"]
)
def test_phones_as_people_type_them(session: Session, bill: Invoice, typed: str) -> None:
    """All forms of one number, also of ranges opened yesterday (facts: daraja 7.4)."""
    assert bed.opened(session, bill, phone=typed).phone == bed.PHONE


def test_a_new_range_is_no_mistake(session: Session, bill: Invoice) -> None:
    """0118 and 0140 were opened in August 2026."""
    assert bed.opened(session, bill, phone="0140 345 678").phone == "+254140345678"


@pytest.mark.parametrize("typed", ["+255754123456", "abc", "12", "020 222 2222", "+25471234567"])
def test_phones_that_no_prompt_can_reach(session: Session, bill: Invoice, typed: str) -> None:
    """A-40: a Tanzanian number is not offered a Kenyan prompt."""
    assert refused(session, bill, phone=typed) == "phone"


def test_without_a_phone_the_clients_own_is_used(session: Session) -> None:
    """And asked for where there is none."""
    make.merchant(session)
    known = make.client(session, phone="+254722000222")
    assert bed.opened(session, make.invoice(session, known), phone=None).phone == known.phone
    unknown = make.client(session, phone=None)
    assert refused(session, make.invoice(session, unknown), phone=None) == "phone"


def test_states_in_which_nothing_is_asked_for(session: Session, bill: Invoice) -> None:
    """Paid, void, draft."""
    attempt = bed.pending(session, bill)
    settlement.settle(session, bed.callback(attempt))
    assert refused(session, bill) == "already_paid"
    assert refused(session, make.invoice(session, status="void")) == "void"


def test_gateways_that_are_not_there(session: Session, bill: Invoice) -> None:
    """An unknown name, no credentials, another currency; the people's name for it is fine."""
    assert refused(session, bill, gateway="paystack") == "gateway_off"
    assert refused(session, bill, options=bed.options(consumer_key="")) == "gateway_off"
    assert refused(session, make.invoice(session, currency="TZS")) == "gateway_off"
    assert bed.opened(session, bill, gateway="mpesa").gateway == "daraja"


def test_in_production_the_shortcode_collects_for_its_owner_only(session: Session) -> None:
    """The first merchant, or the one who is named; others show instructions (DESIGN 7)."""
    first = make.merchant(session)
    hers = make.invoice(session)
    second = make.merchant(session)
    others = make.invoice(session)
    live = bed.options(production=True)
    assert refused(session, others, options=live) == "gateway_off"
    named = bed.options(production=True, merchant=second.id)
    assert bed.opened(session, others, options=named).merchant_id == second.id
    db.enter(session, first.id)
    assert refused(session, hers, options=named) == "gateway_off"
    assert bed.opened(session, hers, options=live, phone="0722000222").merchant_id == first.id


def test_no_second_prompt_while_one_may_be_open(
    session: Session, bill: Invoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two minutes of nothing, then only with open eyes (DESIGN: in doubt)."""
    first = bed.opened(session, bill)
    assert refused(session, bill, phone="0722000222") == "in_progress"
    later(monkeypatch, minutes=2)
    first.state = AttemptState.UNKNOWN
    session.flush()
    assert refused(session, bill) == "confirm_in_doubt"
    assert bed.opened(session, bill, confirmed=True).id != first.id


def test_after_a_failure_one_may_try_again(
    session: Session, bill: Invoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A-16: a new attempt each time, once the phone's minute and the amount's two are over."""
    first = bed.opened(session, bill)
    first.state = AttemptState.FAILED
    session.flush()
    assert refused(session, bill) == "throttled"
    later(monkeypatch, seconds=61)
    assert refused(session, bill) == "throttled"
    assert bed.opened(session, bill, amount=Money(100_000, "KES")).id != first.id


def test_a_refusal_counts_nothing(
    session: Session, bill: Invoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is turned away by one window has not used up the others, nor its own."""
    bed.opened(session, bill).state = AttemptState.FAILED
    session.flush()
    for _again in range(8):
        assert refused(session, bill) == "throttled"
    counts = {row.kind: row.count for row in session.scalars(sa.select(Throttle))}
    assert counts == {"prompt_invoice": 1, "prompt_phone": 1, "prompt_phone_amount": 1}
    later(monkeypatch, minutes=2)
    assert bed.opened(session, bill).state == "created"


def test_five_prompts_an_hour_for_one_invoice(
    session: Session, bill: Invoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has a link must not be able to pester strangers."""
    for number in range(5):
        bed.opened(session, bill, phone=f"07120000{number:02}").state = AttemptState.FAILED
        session.flush()
    assert refused(session, bill, phone="0712000099") == "throttled"
    later(monkeypatch, hours=1)
    assert bed.opened(session, bill, phone="0712000099").state == "created"


def test_one_phone_is_one_phone_across_invoices(session: Session, bill: Invoice) -> None:
    """The other bill waits for the phone's minute."""
    bed.opened(session, bill)
    assert refused(session, make.invoice(session)) == "throttled"


def test_keys_of_throttles_are_hashes(session: Session, bill: Invoice) -> None:
    """No phone number stands in a platform table."""
    bed.opened(session, bill)
    for key in session.scalars(sa.select(Throttle.key_hash)):
        assert len(key) == 32
        assert b"712345678" not in key


@pytest.mark.parametrize(
    ("state", "code", "public", "words"),
    [
        ("created", None, Public.PENDING, "We are sending an M-Pesa prompt to 0712•••678."),
        ("submitting", None, Public.PENDING, "We are sending an M-Pesa prompt to 0712•••678."),
        (
            "pending",
            None,
            Public.PENDING,
            "Look at 0712•••678: enter the M-Pesa PIN there to pay KSh 2,550.",
        ),
        (
            "failed",
            "1032",
            Public.FAILED,
            "The M-Pesa prompt was cancelled. No money was taken; you can try again.",
        ),
        ("succeeded", "0", Public.SUCCEEDED, "KSh 2,550 has arrived. Thank you!"),
    ],
)
def test_what_the_payer_is_told(
    session: Session, bill: Invoice, state: str, code: str | None, public: Public, words: str
) -> None:
    """Public word and sentence of each state; the number is masked (WT-27)."""
    attempt = bed.opened(session, bill)
    attempt.state, attempt.result_code = state, code
    assert attempts.status(attempt) is public
    assert render(attempts.message(attempt), "en") == words


@pytest.mark.parametrize("state", list(AttemptState))
def test_every_state_has_a_word_and_a_sentence(
    session: Session, bill: Invoice, state: AttemptState
) -> None:
    """In both languages."""
    attempt = bed.opened(session, bill)
    attempt.state = state
    assert attempts.status(attempt) in set(Public)
    english, swahili = (render(attempts.message(attempt), tongue) for tongue in ("en", "sw"))
    assert english != swahili


def test_the_next_rung_follows_the_code(session: Session, bill: Invoice) -> None:
    """F-4: nothing while it is open, otherwise what the code calls for."""
    attempt = bed.opened(session, bill)
    assert attempts.next_step(attempt) is None
    for code, step in {"1": Step.TOP_UP, "1032": Step.AGAIN, "1037": Step.OTHER_NUMBER}.items():
        attempt.state, attempt.result_code = "failed", code
        assert attempts.next_step(attempt) is step


def test_the_till_is_the_destination_of_a_till(session: Session, bill: Invoice) -> None:
    """What the payer's money reaches, not the store behind it."""
    assert bed.opened(session, bill, options=bed.options(till="5300001")).destination == "5300001"


def test_a_merchant_abroad_reads_local_numbers_her_way(session: Session) -> None:
    """A Tanzanian merchant's 07 number is Tanzanian, so no Kenyan prompt reaches it."""
    make.merchant(session, country="TZ", currency="TZS")
    bill = make.invoice(session, currency="KES")
    assert refused(session, bill, phone="0754123456") == "phone"
    assert bed.opened(session, bill, phone="+254712345678").phone == bed.PHONE


def test_options_are_never_changed() -> None:
    """A test of the bed: options are values."""
    assert replace(bed.options()) == bed.options()


def test_attempts_of_others_are_not_seen(session: Session, bill: Invoice) -> None:
    """The latest attempt of an invoice is asked for as its merchant."""
    bed.opened(session, bill)
    make.merchant(session)
    assert attempts.latest(session, bill.id) is None
    assert session.scalars(sa.select(Attempt)).all() == []
