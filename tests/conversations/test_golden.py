"""Journals as earlier releases stored them still resume: keys are for ever (C-16).

Never edit a journal here to make a test pass: people's unfinished talks look like it.
"""

import json
from typing import Any

import pytest

from conversations import turn as turns
from conversations.flows import FLOWS
from conversations.said import Said
from conversations.turn import Journal
from tests.conversations.talk import WORLD, look_up

OPENING = {
    "today": "2026-11-20", "business": "Mama Mboga", "country": "KE", "currency": "KES",
    "language": "en", "tax_rate": "16", "tax_inclusive": False, "uses_discount": False,
    "tax_label": "VAT",
}  # fmt: skip
INVOICE = {"id": 7, "number": "INV-0007", "client": "Asha", "currency": "KES",
           "balance_minor": 255000}  # fmt: skip
PAYMENT = {"id": 5, "number": "KSh 3,000", "client": "Asha", "currency": "KES",
           "amount_minor": 300000, "left_minor": 0, "given_minor": 0, "gateway": False,
           "paid_on": "2026-11-19", "parts": [INVOICE, {**INVOICE, "id": 9}]}  # fmt: skip
CLIENT = {"id": 41, "name": "Asha", "phone": None}
GOLDEN: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "new_invoice",
        {"client": {"id": 41, "name": "Asha", "phone": None}, "due": "2026-11-27", "note": "hi",
         "line.1.what": {"what": "bags of flour", "quantity": "25"}, "line.1.price": "500.00",
         "line.1.more": True, "line.2.what": "delivery", "line.2.quantity": "1",
         "line.2.price": "300", "discount": {"percent": "10"},
         "tax": {"rate": "16", "inclusive": False}, "currency": "KES", "draft": None},
        "Send", "IssueInvoice",
    ),
    (
        "new_invoice",
        {"client": {"name": "asha", "phone": None, "like": [{"id": 41, "name": "Asha", "phone": None}]},
         "client.which": "new", "client.phone": None, "line.1.keep": False,
         "line.2.what": "soap", "line.2.price": "50", "due": "2026-12-24", "tax": None,
         "discount": {"amount": "5.00"}, "note": None},
        "Save as draft", "IssueInvoice",
    ),
    (
        "onboarding",
        {"language": "sw", "business": "Duka", "country": "KE", "pay": "paybill",
         "pay.number": {"way": "paybill", "number": "123456", "account": "789"}},
        "No tax", "SignUp",
    ),
    ("new_client", {"client": {"name": "Juma", "phone": None}}, "skip", "AddClient"),
    (
        "record_payment",
        {"invoice": INVOICE, "amount": "1000.00", "method": "cash", "paid_on": "2026-11-19",
         "reference": "QX1", "note": None},
        "1", "RecordPayment",
    ),
    (
        "record_payment",
        {"payer": {"id": 41, "name": "Asha", "phone": None, "currency": "KES",
                   "bills": [{"id": 7, "number": "INV-0007", "currency": "KES",
                              "balance_minor": 255000}]},
         "amount": "3000.00", "method": "mpesa", "split": "chosen", "part.7": "2000.00"},
        "1", "RecordPayment",
    ),
    ("payments", {"kind": "unowned", "after.unowned": 12,
                  "payment": {"like": [PAYMENT], "typed": "a"}}, "1", "ShowPayment"),
    ("reverse_payment", {"payment": PAYMENT, "reason": "mistake"}, "1", "ReversePayment"),
    ("refund", {"payment": PAYMENT, "amount": "500.00", "method": "cash", "reference": None,
                "opens": "7"}, "Save", "RefundPayment"),
    ("match_payment", {"payment": PAYMENT, "invoice": {"like": [INVOICE], "typed": "a"}}, "1",
     "MatchPayment"),
    ("credit_payment", {"payment": PAYMENT, "client": {"like": [{"id": 41, "name": "Asha"}]}},
     "1", "CreditPayment"),
    ("use_credit", {"payer": {"id": 41, "name": "Asha", "bills": [INVOICE, INVOICE]}}, "1",
     "UseCredit"),
    ("settings", {"section": "business", "field.business": "city"}, "Kitale", "ChangeSetting"),
    ("settings", {"section": "news", "field.news": "quiet"}, "22-6", "ChangeSetting"),
    ("settings", {"section": "pay", "way": "add", "way.kind": "till"}, "5300001", "ChangeWays"),
    ("void", {"invoice": INVOICE, "reason": "wrong"}, "Void it", "VoidInvoice"),
    ("pay", {"invoice": {**INVOICE, "phone": "0712…", "parts": True, "business": "Duka"},
             "phone": "+254712345678", "amount": "500.00"}, "Pay now", "PayInvoice"),
    ("report", {"invoice": INVOICE, "reason": "not_mine"}, "skip", "ReportInvoice"),
    ("resend", {"invoice": INVOICE}, "yes", "ResendInvoice"),
    ("invoices", {"kind": "paid", "page.paid": 2, "invoice": {"like": [INVOICE], "typed": "a"}},
     "1", "ShowInvoice"),
    ("items", {"item": {"id": 3, "name": "cement", "currency": "KES", "price_minor": 85000},
               "do": "price", "after": 9}, "900", "KeepItem"),
    ("language", {}, "sw", "SetLanguage"),
    (
        "new_invoice",
        {"client": {"id": 41, "name": "Asha", "phone": None}, "due": "2026-11-27",
         "line.1.what": "sand", "line.1.price": "3000", "tax": None, "note": None,
         "deposit": {"percent": "50"}, "revises": {"id": 7, "number": "INV-0007"}},
        "Send", "IssueInvoice",
    ),
    (
        "credit_note",
        {"invoice": {**INVOICE, "left_minor": 255000, "subtotal_minor": 255000,
                     "discount_minor": 0, "tax_minor": 0, "total_minor": 255000,
                     "tax_inclusive": False, "items": [[1, "sand", "3", 85000], [2, "x", "1", 1]]},
         "what": "items", "item.1": 1, "item.1.quantity": "2", "item.1.more": False,
         "reason": "torn"},
        "Send credit note", "CreditInvoice",
    ),
    ("credit_note", {"invoice": INVOICE, "what": "amount", "amount": "500.00", "reason": None},
     "1", "CreditInvoice"),
    ("write_off", {"invoice": INVOICE, "reason": None}, "Write it off", "WriteOff"),
    ("revise", {}, "INV-0007", "ReviseInvoice"),
    ("deposit", {}, "INV-0007", "ReviseInvoice"),
    (
        "new_quote",
        {"client": {"id": 41, "name": "Asha", "phone": None}, "valid_until": "2026-12-20",
         "line.1.what": "sand", "line.1.price": "3000", "tax": None, "note": None},
        "Send quote", "MakeQuote",
    ),
    ("clients", {"kind": "active", "find.active": "as", "after.as": 41,
                 "client": {"like": [CLIENT], "typed": "a"}}, "1", "ShowClient"),
    ("edit_client", {"client": CLIENT, "field": "phone"}, "0712345678", "EditClient"),
    ("edit_client", {"client": CLIENT, "field": "language"}, "Same as mine", "EditClient"),
    ("block_client", {"client": CLIENT}, "yes", "SetClientStatus"),
    ("delete_client", {"client": CLIENT}, "yes", "DeleteClient"),
    ("erase_client", {"client": CLIENT}, "yes", "EraseClient"),
    ("merge_clients", {"client": CLIENT, "into": {**CLIENT, "id": 42, "name": "Asha W"},
                       "swap": False}, "Yes, merge them", "MergeClients"),
    ("archive_many", {"months": "6"}, "Keep them", "Nothing"),
    ("statement_days", {"about": 41, "since": "2026-10-01"}, "yesterday", "ShowStatement"),
    ("statement", {"period": "last_month", "client": {"like": [CLIENT], "typed": "a"}},
     "1", "ShowStatement"),
    ("invite", {"role": "cashier"}, "0712345678", "InviteMember"),
    ("member_role", {"member": {"id": 51, "name": "Otieno"}}, "Owner", "ChangeRole"),
    ("member_limits", {"member": {"id": 51, "name": "Otieno"}, "most": "20000.00",
                       "discount": None}, "No", "SetLimits"),
    ("remove_member", {"member": {"id": 51, "name": "Otieno"}}, "Yes, remove", "RemoveMember"),
    ("link", {"how": "have", "code": {"name": "Wanjiru", "hash": "aa", "recover": False,
                                      "mine": ""}}, "Yes, link it", "LinkChat"),
    ("unlink", {"chat": {"id": 71, "name": "Telegram"}}, "Sign it out", "UnlinkChat"),
    ("attach", {"files": [{"channel": "telegram", "file": "BQAC", "kind": "jpg", "name": ""}],
                "for": None}, "INV-0007", "AttachFiles"),
    ("attach", {"files": [{"channel": "whatsapp", "file": "https://x", "kind": "png", "name": ""}],
                "use": "invoice"}, "Use it as my logo", "SetLogo"),
    ("switch", {"business": {"id": 61, "name": "Duka"}}, "any", "SwitchBusiness"),
]  # fmt: skip


@pytest.mark.parametrize(("flow", "answers", "end", "command"), GOLDEN)
def test_a_stored_talk_resumes_where_it_stood(
    flow: str, answers: dict[str, Any], end: str, command: str
) -> None:
    """Every stored answer still counts, and one more message ends the talk as it would have."""
    stored = json.loads(
        json.dumps({"flow": flow, "version": 1, "opening": OPENING, "answers": answers})
    )
    turn = turns.again(Journal.from_json(stored))
    assert turn.notes == ()
    assert turn.journal.answers == answers
    found = look_up(turns.needs(turn.journal, Said(text=end)), WORLD)
    ended = turns.take(turn.journal, Said(text=end), found)
    assert type(ended.command).__name__ == command


def test_every_flow_has_a_stored_talk() -> None:
    """A new dialogue brings its golden journal."""
    assert {flow for flow, *_rest in GOLDEN} == set(FLOWS)
