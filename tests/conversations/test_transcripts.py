"""Each dialogue as it reads, in both languages: `>` is the person, the rest is what she sees."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from conversations.new_invoice import answers_of
from conversations.said import Said
from invoicing.commands import (
    AddClient,
    BilledTo,
    DeleteDraft,
    Discount,
    IssueInvoice,
    Method,
    Nothing,
    PayInvoice,
    PayWay,
    RecordPayment,
    ReportInvoice,
    ReportReason,
    ResendInvoice,
    SetLanguage,
    ShowInvoice,
    SignUp,
    Tax,
    VoidInvoice,
)
from models.money import Money
from tests.conversations.scripts import BY_NAME, PAYABLE, TAXED
from tests.conversations.talk import BILL, BILL_TWO, OPENING, TODAY, Talk


def play(talk: Talk, script: str) -> Any:
    """Say every `> line`; the lines between are exactly what is shown, buttons in brackets."""
    expected: list[str] = []
    for line in [*map(str.strip, script.strip().splitlines()), "> "]:
        if not line.startswith(">"):
            expected.append(line)
            continue
        if expected:
            _see(talk, expected)
        expected = []
        if said := line[1:].strip():
            talk.say(said)
    return talk.command


def _see(talk: Talk, expected: list[str]) -> None:
    if expected[-1].startswith("["):
        assert talk.labels == expected.pop()[1:-1].split("] [")
    assert [line for line in talk.shown.splitlines() if line] == expected


def test_an_invoice_with_one_item_in_seven_turns() -> None:
    """The measured talk: with the command that begins it, five texts and two taps."""
    command = play(Talk("new_invoice", world={}), """
        New invoice. Who is it for?
        > Mama Njeri Shop 7
        What is the phone number of Mama Njeri Shop 7?
        [Skip]
        > +254712345678
        What did you sell?
        > 25 bags of maize flour
        25 × bags of maize flour. What is the price for one?
        > 12,500.50
        When should it be paid?
        [Today] [In 7 days] [In 14 days] [In 30 days] [End of month] [Another date] [Add another item]
        > 7 days
        Invoice for Mama Njeri Shop 7 (+254712345678)
        25 × bags of maize flour at KSh 12,500.50 = KSh 312,512.50
        Total: KSh 312,512.50
        To be paid by Fri 27 Nov
        Shall I send it?
        [Send] [Save as draft] [Client] [Phone] [Item name] [Quantity] [Price] [Due date] [Add item] [Note]
        > Send
    """)  # fmt: skip
    assert isinstance(command, IssueInvoice)
    assert command.client == BilledTo("Mama Njeri Shop 7", "+254712345678")
    assert command.lines[0].amount == Money.of(Decimal("312512.50"), "KES")
    assert not command.draft


def test_an_invoice_in_swahili_with_discount_and_tax() -> None:
    """Discount is asked where the merchant uses it, tax comes by itself, namesakes ask back."""
    command = play(Talk("new_invoice", TAXED, language="sw"), """
        Ankara mpya. Ni ya nani?
        [Asha Wanjiru] [Asha Otieno] [Otieno]
        > asha
        Namjua mtu mwenye jina kama asha. Je, ni mmoja wa hawa?
        [Asha Wanjiru …0001] [Asha Otieno] [Mteja mpya]
        > 1
        Umeuza nini?
        > 3 mifuko ya saruji
        3 × mifuko ya saruji. Bei ya moja ni ngapi?
        > 1.500
        Naweza kusoma 1.500 kwa njia mbili. Ni 1500 au 1.50? Tafadhali andika unayomaanisha.
        3 × mifuko ya saruji. Bei ya moja ni ngapi?
        > 1500
        Ilipwe lini?
        [Leo] [Baada ya siku 7] [Baada ya siku 14] [Baada ya siku 30] [Mwisho wa mwezi] [Tarehe nyingine] [Ongeza bidhaa nyingine]
        > Ijumaa
        Punguzo ni kiasi gani? Andika kama 10% au 200.
        [Hakuna punguzo]
        > 10%
        Ankara ya Asha Wanjiru (+254712000001)
        3 × mifuko ya saruji kwa KSh 1,500 = KSh 4,500
        Punguzo 10%: -KSh 450
        VAT 16%: KSh 648
        Jumla: KSh 4,698
        Ilipwe kufikia Ijumaa 27 Nov
        Niitume?
        [Tuma] [Hifadhi kama rasimu] [Mteja] [Bidhaa zote] [Tarehe ya kulipa] [Ongeza bidhaa] [Punguzo] [Kodi] [Maelezo]
        > hifadhi kama rasimu
    """)  # fmt: skip
    assert isinstance(command, IssueInvoice)
    assert command.client.client_id == 41
    assert command.discount == Discount(percent=Decimal(10))
    assert command.tax == Tax(Decimal(16), inclusive=False)
    assert command.draft


def test_two_items_then_a_field_of_one() -> None:
    """The card with several items keeps their fields behind one button."""
    talk = Talk("new_invoice")
    for words in ("Otieno", "soap", "50", "Add another item", "2 brooms", "150", "kesho"):
        talk.say(words)
    play(talk, """
        Invoice for Otieno (+254712000003)
        soap: KSh 50
        2 × brooms at KSh 150 = KSh 300
        Total: KSh 350
        To be paid by Sat 21 Nov
        Shall I send it?
        [Send] [Save as draft] [Client] [Items] [Due date] [Add item] [Note]
        > items
        Which item do you want to change?
        [soap] [brooms] [Leave it as it is]
        > brooms
        2 × brooms at KSh 150 = KSh 300
        What do you want to change?
        [Item name] [Quantity] [Price] [Remove it] [Leave it as it is]
        > price
        2 × brooms. What is the price for one?
        > 160
        Invoice for Otieno (+254712000003)
        soap: KSh 50
        2 × brooms at KSh 160 = KSh 320
        Total: KSh 370
        To be paid by Sat 21 Nov
        Shall I send it?
    """)  # fmt: skip


def test_a_draft_opens_at_its_card_and_may_be_thrown_away() -> None:
    """The answers of an invoice lead back to it; a draft can be deleted there."""
    made = BY_NAME["new_invoice-Save_as_draft"].play().say("Send").command
    talk = Talk("new_invoice", TAXED, answers=answers_of(made, draft_id=5))
    assert talk.asked == "ok"
    assert len(talk.labels) <= 10
    assert replace(talk.say("Send").command, draft_id=None) == made
    again = Talk("new_invoice", TAXED, answers=answers_of(made, draft_id=5))
    assert again.say("Delete draft").command == DeleteDraft(5)


def test_sign_up_in_swahili() -> None:
    """Six answers make a merchant; the till is called what it is called in Tanzania."""
    command = play(Talk("onboarding", language="sw"), """
        Karibu Bili! Welcome!
        Unapenda lugha gani? / Which language do you prefer?
        [English] [Kiswahili]
        > Kiswahili
        Biashara yako inaitwaje?
        > Duka la Zuhura 🌸
        Uko nchi gani?
        [Kenya] [Tanzania] [Uganda] [Nigeria] [Ghana] [Rwanda]
        > tz
        Wateja wako wanakulipa vipi?
        [Lipa namba] [Kwa simu yangu] [Akaunti ya benki] [Taslimu tu]
        > Lipa namba
        Namba yako ya till au ya biashara ni ipi?
        > 12
        Namba hiyo inapaswa kuwa na tarakimu 5 hadi 8. Tafadhali iangalie.
        Namba yako ya till au ya biashara ni ipi?
        > 5551234
        Je, unatoza kodi (VAT) kwenye bei zako?
        [18% juu ya bei] [18% ndani ya bei] [Hakuna kodi]
        > hakuna kodi
    """)  # fmt: skip
    assert command == SignUp(
        language="sw", business="Duka la Zuhura 🌸", country="TZ", currency="TZS",
        zone="Africa/Dar_es_Salaam", pay_way=PayWay.TILL, pay_number="5551234", pay_account=None,
        tax_rate=None, tax_inclusive=False,
    )  # fmt: skip


def test_sign_up_for_cash_is_shorter() -> None:
    """Whoever takes cash is asked for no number."""
    talk = Talk("onboarding")
    for words in ("1", "Mama Mboga", "Uganda", "Cash only", "18% included"):
        talk.say(words)
    assert talk.command.currency == "UGX"
    assert talk.command.pay_number is None
    assert (talk.command.tax_rate, talk.command.tax_inclusive) == (Decimal(18), True)


def test_a_client_with_everything_in_one_line_or_one_card() -> None:
    """Name and number together, or a shared contact, need no second question."""
    assert Talk("new_client").say("Juma 0712 345 678").command == AddClient("Juma", "+254712345678")
    shared = Said(contact_phone="+254712345678", contact_name="Juma \u202eBakari")
    assert Talk("new_client").take(shared).command == AddClient("Juma Bakari", "+254712345678")
    command = play(Talk("new_client", language="sw"), """
        Mteja wako mpya anaitwa nani? Unaweza pia kutuma mawasiliano yake.
        > Bi Halima
        Namba ya simu ya Bi Halima ni ipi?
        [Ruka]
        > ruka
    """)  # fmt: skip
    assert command == AddClient("Bi Halima", None)


def test_a_shared_contact_is_the_client_we_know() -> None:
    """The contact's number finds the client, whatever the phone book calls her."""
    talk = Talk("new_invoice")
    talk.take(Said(contact_phone="0712000001", contact_name="My sister"))
    assert talk.asked == "line.1.what"
    assert talk.journal.answers["client"]["id"] == 41


def test_a_list_of_invoices_and_one_of_them() -> None:
    """Kinds beside the list; a number, a label or a search picks one."""
    command = play(Talk("invoices"), """
        Unpaid invoices. Which one do you want to see?
        [INV-0007] [INV-0008] [Overdue invoices] [Paid invoices] [Drafts]
        > overdue invoices
        Overdue invoices. Which one do you want to see?
        [INV-0007] [INV-0008] [Unpaid invoices] [Paid invoices] [Drafts]
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
    assert talk.labels == ["Zilizochelewa", "Zilizolipwa", "Rasimu"]


def test_a_list_goes_on_where_there_is_more() -> None:
    """“More” asks for the next page of the same kind."""
    many = {"invoices": tuple({**BILL, "id": n, "number": f"INV-{n:04}"} for n in range(1, 30))}
    talk = Talk("invoices", world=many)
    assert "More" in talk.labels
    talk.press("More")
    assert talk.labels[:5] == [f"INV-{n:04}" for n in range(6, 11)]
    assert len(talk.labels) <= 10


def test_several_that_fit_are_offered() -> None:
    """Two invoices of one client: the second question tells them apart."""
    world = {"invoices": (BILL, {**BILL_TWO, "client": "Asha Wanjiru"})}
    talk = Talk("record_payment", world=world).say("wanjiru")
    assert talk.asked == "invoice.which"
    assert talk.labels == ["INV-0007", "INV-0008"]
    assert talk.say("INV-0008").asked == "amount"


def test_a_payment_by_hand() -> None:
    """How much, how, and (only if asked for) when and under what reference."""
    command = play(Talk("record_payment", answers={"invoice": BILL}), """
        How much came in for INV-0007?
        [All: KSh 2,550]
        > 3k
        How did the money come?
        [Cash] [Bank] [Cheque] [Another way]
        > cash
        Payment for INV-0007 from Asha Wanjiru
        KSh 3,000, Cash, Fri 20 Nov
        That is KSh 450 more than is owed; it stays as credit.
        Shall I save it?
        [Save payment] [Amount] [Way of payment] [Date] [Reference] [Note]
        > amount
        How much came in for INV-0007?
        > all
        Payment for INV-0007 from Asha Wanjiru
        KSh 2,550, Cash, Fri 20 Nov
        Shall I save it?
        > ok
    """)  # fmt: skip
    assert command == RecordPayment(7, Money(255000, "KES"), Method.CASH, TODAY)


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


def test_the_year_is_said_when_it_is_not_this_one() -> None:
    """A due date in another year cannot be taken for this one's."""
    talk = Talk("new_invoice", OPENING)
    for words in ("Otieno", "soap", "50", "5/1"):
        talk.say(words)
    assert "To be paid by Tue 5 Jan 2027" in talk.shown
