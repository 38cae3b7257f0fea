"""Each dialogue as it reads, in both languages: `>` is the person, the rest is what she sees."""

from decimal import Decimal

from conversations.said import Said
from invoicing.commands import (
    AddClient,
    BilledTo,
    DeleteDraft,
    Discount,
    IssueInvoice,
    PayWay,
    SignUp,
    Tax,
)
from models.money import Money
from tests.conversations.scripts import TAXED
from tests.conversations.talk import OPENING, Talk, play


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
        [Send] [Save as draft] [Client] [Phone] [Item name] [Quantity] [Price] [Due date] [Add item] [More…]
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
        [Tuma] [Hifadhi kama rasimu] [Mteja] [Bidhaa zote] [Tarehe ya kulipa] [Ongeza bidhaa] [Punguzo] [Kodi] [Maelezo] [Zaidi…]
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
        [Send] [Save as draft] [Client] [Items] [Due date] [Add item] [Note] [More…]
        > items
        Which item do you want to change?
        [soap] [brooms] [Leave it as it is]
        > brooms
        2 × brooms at KSh 150 = KSh 300
        What do you want to change?
        [Item name] [Quantity] [Price] [Discount] [Remove it] [Leave it as it is]
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
    """Begun with all its answers, a draft stands at its card, and can be deleted there."""
    answers = {
        "draft": 5, "client": {"id": 41, "name": "Asha", "phone": None}, "currency": "KES",
        "line.1.what": "soap", "line.1.quantity": "2", "line.1.price": "50.00", "due": "2026-12-01",
        "discount": {"percent": "5"}, "tax": None, "note": None,
    }  # fmt: skip
    talk = Talk("new_invoice", TAXED, answers=answers)
    assert talk.asked == "ok"
    assert len(talk.labels) <= 10
    assert talk.say("Send").command.draft_id == 5
    assert Talk("new_invoice", TAXED, answers=answers).say("Delete draft").command == DeleteDraft(5)


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


def test_the_year_is_said_when_it_is_not_this_one() -> None:
    """A due date in another year cannot be taken for this one's."""
    talk = Talk("new_invoice", OPENING)
    for words in ("Otieno", "soap", "50", "5/1"):
        talk.say(words)
    assert "To be paid by Tue 5 Jan 2027" in talk.shown
