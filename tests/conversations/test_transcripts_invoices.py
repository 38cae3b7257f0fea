"""What is done with an invoice, as it reads: lists, payments, voiding, paying, reporting."""

from invoicing.commands import (
    Method,
    Nothing,
    Part,
    PayInvoice,
    RecordPayment,
    ReportInvoice,
    ReportReason,
    ResendInvoice,
    SetLanguage,
    ShowInvoice,
    VoidInvoice,
)
from models.money import Money
from tests.conversations.scripts import PAYABLE
from tests.conversations.talk import BILL, BILL_TWO, TODAY, Talk, play


def test_a_list_of_invoices_and_one_of_them() -> None:
    """Kinds beside the list; a number, a label or a search picks one."""
    command = play(Talk("invoices"), """
        Unpaid invoices. Which one do you want to see?
        [INV-0007] [INV-0008] [Other lists]
        > other lists
        Which invoices?
        [Unpaid invoices] [Overdue invoices] [Paid invoices] [Drafts] [All invoices]
        > overdue invoices
        Overdue invoices. Which one do you want to see?
        [INV-0007] [INV-0008] [Other lists]
        > nobody at all
        I found nothing like nobody at all. Please try other words.
        Overdue invoices. Which one do you want to see?
        > otieno
    """)  # fmt: skip
    assert command == ShowInvoice(8)


def test_an_empty_list_says_so() -> None:
    """Nobody owes anything: the other lists are still a tap away."""
    talk = Talk("invoices", language="sw", world={})
    assert talk.shown == "Hakuna anayedaiwa."
    assert talk.labels == ["Orodha nyingine"]


MANY = {"invoices": tuple({**BILL, "id": n, "number": f"INV-{n:04}"} for n in range(1, 21))}


def test_a_list_goes_on_where_there_is_more() -> None:
    """“More”, tapped or typed, shows the next eight of the same kind; the last page has none."""
    talk = Talk("invoices", world=MANY)
    assert talk.labels[7:] == ["INV-0008", "More", "Other lists"]
    talk.press("More")
    assert talk.labels[:8] == [f"INV-{n:04}" for n in range(9, 17)]
    assert talk.say("more").labels == [f"INV-{n:04}" for n in range(17, 21)] + ["Other lists"]


def test_more_goes_on_from_the_page_it_hangs_under() -> None:
    """An invoice that was made meanwhile neither hides nor repeats another."""
    talk = Talk("invoices", world=MANY)
    more = talk.button(talk.prompt.choices[8])
    talk.world = {"invoices": ({**BILL, "id": 0, "number": "INV-0000"}, *MANY["invoices"])}
    assert talk.tap(more).labels[0] == "INV-0009"


def test_a_search_in_a_list_is_a_list() -> None:
    """Several that fit come by pages too, and the way to the other lists stays."""
    talk = Talk("invoices", world=MANY).say("asha")
    assert "Found for “asha”" in talk.shown
    assert talk.press("More").labels[0] == "INV-0009"
    assert talk.say("INV-0010").command == ShowInvoice(10)


def test_several_that_fit_are_offered() -> None:
    """Two invoices of one client: the second question tells them apart."""
    world = {"invoices": (BILL, {**BILL_TWO, "client": "Asha Wanjiru"})}
    talk = Talk("void", world=world).say("wanjiru")
    assert talk.asked == "invoice.which"
    assert [label[:9].strip() for label in talk.labels] == ["INV-0007", "INV-0008"]
    assert talk.say("INV-0008").asked == "reason"


def test_a_payment_by_hand() -> None:
    """How much, how, and (only if asked for) when and under what reference."""
    command = play(Talk("record_payment", answers={"invoice": BILL}), """
        How much did Asha Wanjiru pay?
        [All: KSh 2,550]
        > 3k
        How did the money come?
        [Cash] [M-Pesa] [Bank] [Cheque] [Another way]
        > cash
        Payment from Asha Wanjiru
        KSh 3,000, Cash, Fri 20 Nov
        INV-0007: KSh 2,550, then it is paid
        Kept as credit: KSh 450
        Shall I save it?
        [Save payment] [Amount] [Way of payment] [Date] [Reference] [Note]
        > amount
        How much did Asha Wanjiru pay?
        > all
        Payment from Asha Wanjiru
        KSh 2,550, Cash, Fri 20 Nov
        INV-0007: KSh 2,550, then it is paid
        Shall I save it?
        > ok
    """)  # fmt: skip
    whole = Money(255000, "KES")
    parts = (Part(7, whole),)
    assert command == RecordPayment(None, whole, Method.CASH, TODAY, parts=parts)


def test_one_payment_over_several_invoices() -> None:
    """Oldest first unless she chooses; what she gives to none is credit (F-6)."""
    talk = Talk("record_payment").say("Asha Wanjiru").say("4000").say("bank")
    assert "INV-0007: KSh 2,550, then it is paid" in talk.shown
    assert "INV-0009: KSh 1,000, then it is paid" in talk.shown
    assert "Kept as credit: KSh 450" in talk.shown
    talk.press("Which invoices").press("I choose").say("2000").press("Nothing")
    assert "INV-0007: KSh 2,000, then KSh 550 is left to pay" in talk.shown
    assert "Kept as credit: KSh 2,000" in talk.shown
    command = talk.press("Save payment").command
    assert (command.client_id, command.parts) == (41, (Part(7, Money(200000, "KES")),))
    talk = Talk("record_payment").say("Asha Wanjiru").say("4000").say("bank")
    talk.press("Which invoices").press("Keep it as credit")
    assert talk.press("Save payment").command.parts == ()


def test_voiding_or_thinking_better_of_it() -> None:
    """A reason and a clear yes; “keep it” only says that it stays."""
    script = """
        Kwa nini unabatilisha INV-0007? Mteja wako ataona sababu.
        > bei si sahihi
        INV-0007 ya Asha Wanjiru, KSh 2,550 haijalipwa.
        Sababu: bei si sahihi
        Ikibatilishwa haiwezi kulipwa, na namba yake haitumiki tena.
        Niibatilishe?
        [Batilisha] [Iache] [Badilisha sababu]
    """
    talk = Talk("void", answers={"invoice": BILL}, language="sw")
    assert play(talk, f"{script}> batilisha") == VoidInvoice(7, "bei si sahihi")
    talk = Talk("void", answers={"invoice": BILL}, language="sw")
    assert isinstance(play(talk, f"{script}> iache"), Nothing)


def test_paying_with_the_known_number_is_one_tap() -> None:
    """The customer's card says who asks for how much, from which phone."""
    command = play(Talk("pay", answers={"invoice": PAYABLE}, language="sw"), """
        INV-0007 kutoka Duka la Juma
        Nitaomba KSh 2,550 kwa namba 0712 ••• 001.
        Simu yako itakuomba PIN. Niendelee?
        [Lipa sasa] [Namba nyingine] [Lipa sehemu]
        > lipa sasa
    """)  # fmt: skip
    assert command == PayInvoice(7)


def test_paying_a_part_from_another_number() -> None:
    """Both can be changed before anything is asked of a phone; never more than is owed."""
    command = play(Talk("pay", answers={"invoice": PAYABLE}), """
        > another number
        Which phone number shall I send the request to?
        [The known number]
        > 0712345678
        > pay a part
        How much do you want to pay now? You owe KSh 2,550.
        [All: KSh 2,550]
        > 9k
        That is more than KSh 2,550. Please type less.
        How much do you want to pay now? You owe KSh 2,550.
        > 500
        INV-0007 from Duka la Juma
        I will ask +254712345678 for KSh 500.
        Your phone will ask for your PIN. Shall I go on?
        > pay now
    """)  # fmt: skip
    assert command == PayInvoice(7, "+254712345678", Money(50000, "KES"))


def test_paying_without_a_known_number_asks_for_one() -> None:
    """Someone who opened a forwarded link says which phone to ask; parts only where allowed."""
    talk = Talk("pay", answers={"invoice": {**PAYABLE, "phone": None, "parts": False}})
    assert talk.asked == "phone"
    talk.say("0712345678")
    assert talk.labels == ["Pay now", "Another number"]


def test_a_customer_reports_an_invoice() -> None:
    """A reason by a tap, words if she likes."""
    command = play(Talk("report", answers={"invoice": BILL}, language="sw"), """
        Kuna tatizo gani na INV-0007?
        [Sijapokea bidhaa] [Kiasi si sahihi] [Nimeshalipa] [Si yangu] [Inaonekana ni utapeli] [Jambo lingine]
        > nimeshalipa
        Tafadhali nieleze kwa ufupi kilichotokea.
        [Ruka]
        > Nililipa jana kwa M-Pesa
    """)  # fmt: skip
    assert command == ReportInvoice(7, ReportReason.ALREADY_PAID, "Nililipa jana kwa M-Pesa")


def test_sending_again_asks_first() -> None:
    """One yes; a no sends nothing."""
    assert Talk("resend", answers={"invoice": BILL}).say("ndiyo").command == ResendInvoice(7)
    assert isinstance(Talk("resend", answers={"invoice": BILL}).say("no").command, Nothing)


def test_language_is_understood_in_either_language() -> None:
    """Whoever cannot read the question can still answer it."""
    assert Talk("language", language="en").say("swahili").command == SetLanguage("sw")
    assert Talk("language", language="sw").say("kiingereza").command == SetLanguage("en")
