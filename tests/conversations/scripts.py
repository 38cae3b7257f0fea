"""One full talk for each dialogue: key by key what is said, up to the last question."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from conversations.opening import Opening
from tests.conversations import setting_scripts
from tests.conversations.talk import BILL, OPENING, PAYER, PAYMENT, Talk


@dataclass(frozen=True)
class Script:
    """`said` leads to the question `last`, whose answer `end` brings the command."""

    flow: str
    said: Mapping[str, str]
    last: str
    end: str
    command: str
    changed: Mapping[str, str]  # another valid answer for each key
    asked_again: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # and what it unsays
    opening: Opening = OPENING
    answers: Mapping[str, Any] = field(default_factory=dict)

    def play(self, language: str = "en") -> Talk:
        """The talk as it stands at its last question."""
        talk = Talk(self.flow, self.opening, self.answers, language)
        for key, words in self.said.items():
            if talk.asked != key:
                talk.edit(key)
            assert talk.asked == key, (key, talk.asked, talk.shown)
            talk.say(words)
        assert talk.asked == self.last, (talk.asked, talk.shown)
        return talk


TAXED = replace(OPENING, tax_rate=Decimal(16), uses_discount=True)
CREDITABLE = {
    **BILL, "left_minor": 255000, "subtotal_minor": 285000, "discount_minor": 30000,
    "tax_minor": 0, "total_minor": 255000, "tax_inclusive": False,
    "items": [[1, "cement", "3", 85000, "3", 228158, 0], [2, "delivery", "1", 30000, "1", 26842, 0]],
}  # fmt: skip
PHOTO = {"channel": "telegram", "file": "BQACphoto", "kind": "jpg", "name": "gate.jpg"}
PAYABLE = {**BILL, "business": "Duka la Juma", "parts": True}

CLIENT_SCRIPTS = (
    Script(
        flow="clients", said={"kind": "Active clients"}, last="client", end="Otieno",
        command="ShowClient", changed={"kind": "Archived, blocked"},
    ),
    Script(
        flow="edit_client", said={"client": "Otieno", "field": "Phone"}, last="new.phone",
        end="0712345678", command="EditClient",
        changed={"client": "Asha Otieno"},
    ),
    Script(
        flow="edit_client", said={"client": "Otieno", "field": "E-mail"}, last="new.email",
        end="Remove it", command="EditClient", changed={"client": "Asha Otieno"},
    ),
    Script(
        flow="block_client", said={"client": "Otieno"}, last="sure", end="Block",
        command="SetClientStatus", changed={"client": "Asha Otieno"},
    ),
    Script(
        flow="delete_client", said={"client": "Otieno"}, last="sure", end="Delete",
        command="DeleteClient", changed={"client": "Asha Otieno"},
    ),
    Script(
        flow="erase_client", said={"client": "Otieno"}, last="sure", end="Erase",
        command="EraseClient", changed={"client": "Asha Otieno"},
    ),
    Script(
        flow="merge_clients", said={"client": "Asha Otieno", "into": "Asha Wanjiru"}, last="ok",
        end="Yes, merge them", command="MergeClients",
        changed={"client": "Otieno", "into": "Otieno"},
    ),
    Script(
        flow="archive_many", said={"months": "6 months"}, last="ok.6", end="Keep them",
        command="Nothing", changed={},
    ),
    Script(
        flow="statement", said={}, last="client", end="Otieno", command="ShowStatement",
        changed={},
    ),
    Script(
        flow="statement_days", said={"since": "30 days ago"}, last="until", end="Today",
        command="ShowStatement", changed={"since": "A year ago"},
    ),
)  # fmt: skip
SCRIPTS = (
    Script(
        flow="onboarding",
        said={"language": "English", "business": "Mama Mboga", "country": "Kenya",
              "pay": "M-Pesa paybill", "pay.number": "123456 account 789"},
        last="tax", end="1", command="SignUp",
        changed={"language": "Kiswahili", "business": "Duka", "country": "Tanzania",
                 "pay": "4", "pay.number": "654321"},
        asked_again={"country": {"pay": "1", "pay.number": "12345"},
                     "pay": {"pay.number": "Equity 0123456789"}},
    ),
    Script(
        flow="new_client", said={"client": "Juma"}, last="client.phone", end="0712345678",
        command="AddClient", changed={"client": "Halima"},
    ),
    Script(
        flow="new_invoice",
        said={"client": "Juma", "client.phone": "0712345678", "line.1.what": "25 bags of flour",
              "line.1.price": "500", "due": "2", "line.1.more": "yes", "line.2.what": "delivery",
              "line.2.price": "2k", "note": "Asante", "line.1.quantity": "30"},
        last="ok", end="Send", command="IssueInvoice",
        changed={"client": "Halima", "client.phone": "skip", "line.1.what": "10 bags of rice",
                 "line.1.price": "850/=", "due": "keshokutwa", "line.2.what": "transport",
                 "line.2.price": "1,200", "note": "skip", "line.1.quantity": "nusu"},
        asked_again={"client": {"client.phone": "0712345679"}},
    ),
    Script(
        flow="new_invoice", opening=TAXED,
        said={"client": "Asha", "client.which": "2", "line.1.what": "cement", "line.1.price": "700",
              "due": "30/11", "discount": "10%", "tax": "2", "line.1.quantity": "3"},
        last="ok", end="Save as draft", command="IssueInvoice",
        changed={"client": "Otieno", "client.which": "1", "line.1.what": "sand",
                 "line.1.price": "900", "due": "kesho", "discount": "KSh 200", "tax": "No tax",
                 "line.1.quantity": "4"},
    ),
    Script(
        flow="record_payment",
        said={"payer": "Asha Wanjiru", "amount": "1,000", "method": "Cash", "paid_on": "jana",
              "reference": "QX12", "note": "half", "split": "I choose", "part.7": "400",
              "part.9": "500"},
        last="ok", end="Save payment", command="RecordPayment",
        changed={"payer": "Otieno", "amount": "950", "method": "Bank", "paid_on": "today",
                 "reference": "skip", "note": "skip", "split": "Keep it as credit",
                 "part.7": "300", "part.9": "Nothing"},
    ),
    Script(
        flow="payments", said={"kind": "Whose is it?"}, last="payment", end="KSh 4,000",
        command="ShowPayment", changed={"kind": "All payments"},
    ),
    Script(
        flow="reverse_payment", said={"payment": "KSh 3,000", "reason": "Written wrongly"},
        last="ok", end="Take it back", command="ReversePayment",
        changed={"payment": "KSh 4,000", "reason": "Written twice"},
        asked_again={"payment": {"reason": "The money went back"}},
    ),
    Script(
        flow="refund",
        said={"payment": "KSh 3,000", "amount": "500", "method": "Cash", "opens": "INV-0007",
              "reference": "R1"},
        last="ok", end="Save", command="RefundPayment",
        changed={"payment": "KSh 4,000", "amount": "400", "method": "Bank",
                 "opens": "INV-0009", "reference": "skip"},
    ),
    Script(
        flow="match_payment", answers={"payment": PAYMENT}, said={}, last="invoice",
        end="INV-0007", command="MatchPayment", changed={},
    ),
    Script(
        flow="credit_payment", answers={"payment": PAYMENT}, said={}, last="client",
        end="Otieno", command="CreditPayment", changed={},
    ),
    Script(
        flow="use_credit", answers={"payer": PAYER}, said={}, last="bill", end="INV-0007",
        command="UseCredit", changed={},
    ),
    Script(
        flow="void", said={"invoice": "INV-0007", "reason": "wrong price"}, last="ok",
        end="Void it", command="VoidInvoice",
        changed={"invoice": "INV-0008", "reason": "sale cancelled"},
    ),
    Script(
        flow="credit_note", answers={"invoice": CREDITABLE},
        said={"what": "Some of the items", "item.1": "cement", "item.1.quantity": "2",
              "item.1.more": "yes", "item.2": "delivery", "reason": "torn bags"},
        last="ok", end="Send credit note", command="CreditInvoice",
        changed={"item.1.quantity": "all", "reason": "skip"},
    ),
    Script(
        flow="credit_note",
        said={"invoice": "INV-0007", "what": "An amount", "amount": "500", "reason": "skip"},
        last="ok", end="yes", command="CreditInvoice",
        changed={"invoice": "INV-0008", "amount": "600", "reason": "torn bags"},
    ),
    Script(
        flow="write_off", said={"invoice": "INV-0007", "reason": "moved away"}, last="ok",
        end="Write it off", command="WriteOff",
        changed={"invoice": "INV-0008", "reason": "skip"},
    ),
    Script(
        flow="new_quote",
        said={"client": "Juma", "client.phone": "0712345678", "line.1.what": "25 bags of flour",
              "line.1.price": "500", "line.1.more": "yes", "line.2.what": "delivery",
              "line.2.price": "2k", "valid_until": "4/12", "note": "Asante"},
        last="ok", end="Send quote", command="MakeQuote",
        changed={"client": "Halima", "client.phone": "skip", "line.1.what": "10 bags of rice",
                 "line.1.price": "850/=", "line.2.what": "transport", "line.2.price": "1,200",
                 "valid_until": "keshokutwa", "note": "skip"},
        asked_again={"client": {"client.phone": "0712345679"}},
    ),
    Script(
        flow="deposit", said={}, last="invoice", end="INV-0007", command="ReviseInvoice",
        changed={},
    ),
    Script(
        flow="revise", said={}, last="invoice", end="INV-0007", command="ReviseInvoice",
        changed={},
    ),
    Script(
        flow="pay", answers={"invoice": PAYABLE},
        said={"phone": "0712345678", "amount": "500"}, last="ok", end="Pay now",
        command="PayInvoice", changed={"phone": "The known number", "amount": "600"},
    ),
    Script(
        flow="report", said={"invoice": "INV-0007", "reason": "Not mine"}, last="words",
        end="I never bought this", command="ReportInvoice",
        changed={"invoice": "INV-0008", "reason": "Already paid"},
    ),
    Script(
        flow="resend", said={"invoice": "INV-0007"}, last="sure", end="Send again",
        command="ResendInvoice", changed={"invoice": "INV-0008"},
    ),
    Script(
        flow="invoices", said={"kind": "Overdue invoices"}, last="invoice", end="INV-0008",
        command="ShowInvoice", changed={"kind": "Drafts"},
    ),
    *CLIENT_SCRIPTS,
    Script(
        flow="invite", said={"role": "Cashier"}, last="who", end="0712345678",
        command="InviteMember", changed={"role": "Viewer"},
    ),
    Script(
        flow="member_role", said={"member": "Otieno"}, last="role", end="Manager",
        command="ChangeRole", changed={"member": "Halima"},
    ),
    Script(
        flow="member_limits", said={"member": "Otieno", "most": "20,000", "discount": "10%"},
        last="void", end="No", command="SetLimits",
        changed={"member": "Halima", "most": "No limit", "discount": "5"},
    ),
    Script(
        flow="remove_member", said={"member": "Otieno"}, last="sure", end="Yes, remove",
        command="RemoveMember", changed={"member": "Halima"},
    ),
    Script(
        flow="link", said={"how": "I have a code", "code": "K7M2-P9QX"}, last="sure",
        end="Yes, link it", command="LinkChat", changed={"code": "A3D4-E6F7"},
    ),
    Script(
        flow="link", said={"how": "Send me a code"}, last="phone", end="0712345678",
        command="SendLinkCode", changed={},
    ),
    Script(
        flow="unlink", said={"chat": "WhatsApp"}, last="how", end="I lost that phone",
        command="UnlinkChat", changed={"chat": "Telegram"},
    ),
    Script(
        flow="switch", said={}, last="business", end="Duka", command="SwitchBusiness", changed={},
    ),
    Script(
        flow="items", said={"item": "cement"}, last="price", end="900", command="KeepItem",
        changed={"item": "sand"}, answers={"do": "price"},
    ),
    Script(
        flow="items", said={"item": "sand"}, last="name", end="river sand", command="KeepItem",
        changed={"item": "cement"}, answers={"do": "name"},
    ),
    Script(
        flow="attach", answers={"files": [PHOTO]}, said={}, last="invoice", end="INV-0007",
        command="AttachFiles", changed={},
    ),
    Script(
        flow="attach", answers={"files": [PHOTO]}, said={}, last="invoice",
        end="Use it as my logo", command="SetLogo", changed={},
    ),
    Script(
        flow="attach", answers={"files": [PHOTO, PHOTO]}, said={}, last="invoice",
        end="Do nothing with it", command="Nothing", changed={},
    ),
    Script(
        flow="language", said={}, last="language", end="Kiswahili", command="SetLanguage",
        changed={},
    ),
    *setting_scripts.made(Script),
)  # fmt: skip
BY_NAME = {f"{script.flow}-{script.end.replace(' ', '_')}": script for script in SCRIPTS}
