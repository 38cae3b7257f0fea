"""The sandbox's page in a real browser: what is said is seen, and a prompt is paid with a PIN."""

import base64
import re
from datetime import datetime

import httpx
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from .conftest import Outside

pytestmark = pytest.mark.browser

WANJIRU, JANE = 700101, 700102
INVOICE = "http://127.0.0.1:9/i/abc123"
PASSKEY = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919"


def phone(page: Page, name: str) -> Locator:
    """One phone on the page."""
    return page.locator(f"#phone-{name}")


def screen(page: Page, name: str) -> Locator:
    """What the phone shows now."""
    return phone(page, name).locator(".screen:visible")


def say(page: Page, name: str, words: str) -> None:
    """Type a message and send it."""
    field = screen(page, name).get_by_label("Message", exact=True)
    field.fill(words)
    field.press("Enter")


def open_page(page: Page, outside: Outside) -> None:
    """The page with its phones."""
    page.goto(outside.url)
    expect(page.locator(".phone")).to_have_count(5)


def push(outside: Outside, amount: int = 2550) -> None:
    """An STK push to Jane, as the application would ask for it."""
    key = httpx.BasicAuth("sandbox-key", "sandbox-secret")
    answer = httpx.get(f"{outside.url}/oauth/v1/generate?grant_type=client_credentials", auth=key)
    stamp = f"{datetime(2026, 11, 20, 10, 0):%Y%m%d%H%M%S}"  # noqa: DTZ001 (wall time, as Daraja has it)
    outside.post(
        "/mpesa/stkpush/v1/processrequest",
        {
            "BusinessShortCode": 174379,
            "Password": base64.b64encode(f"174379{PASSKEY}{stamp}".encode()).decode(),
            "Timestamp": stamp,
            "TransactionType": "CustomerPayBillOnline",
            "Amount": amount,
            "PartyA": 254712345678,
            "PartyB": 174379,
            "PhoneNumber": 254712345678,
            "CallBackURL": "http://127.0.0.1:9/webhooks/callback",
            "AccountReference": "K7M2P9",
            "TransactionDesc": "Invoice",
        },
        Authorization=f"Bearer {answer.json()['access_token']}",
    )


def test_what_is_said_becomes_a_bubble_and_so_does_the_answer(page: Page, outside: Outside) -> None:
    """A person presses Start and types; the bot's formatted answer and its keys appear below."""
    open_page(page, outside)
    screen(page, "wanjiru").get_by_role("button", name="Start", exact=True).click()
    say(page, "wanjiru", "3 < 5 & <b>not bold</b>")
    mine = screen(page, "wanjiru").locator(".msg.out")
    expect(mine.locator(".text")).to_have_text(["/start", "3 < 5 & <b>not bold</b>"])
    keys = [{"text": "Send it", "callback_data": "x.1"}, {"text": "Open", "url": INVOICE}]
    outside.bot_says(WANJIRU, "Total <b>KSh 2,550</b>", keys)
    answer = screen(page, "wanjiru").locator(".msg.in:not(.typing)")
    expect(answer.locator(".text b")).to_have_text("KSh 2,550")
    expect(answer.locator(".key")).to_have_text(["Send it", "Open"])


def test_a_prompt_is_paid_with_the_pin(page: Page, outside: Outside) -> None:
    """The prompt slides over what is open; four digits and OK move the money and bring an SMS."""
    open_page(page, outside)
    push(outside)
    prompt = phone(page, "jane").get_by_role("dialog", name="M-PESA prompt")
    expect(prompt).to_contain_text("Do you want to pay Ksh 2,550 to Wanjiru Hardware")
    expect(prompt).to_contain_text("Account no. K7M2P9? Enter M-PESA PIN")
    for digit in ("1", "2"):
        phone(page, "jane").locator(".pad").get_by_role("button", name=digit).first.click()
    prompt.focus()
    page.keyboard.type("34")
    prompt.get_by_role("button", name="OK").click()
    expect(prompt).to_be_hidden()
    phone(page, "jane").locator(".banner", has_text="Confirmed").click()
    expect(screen(page, "jane").locator(".sms")).to_contain_text("Ksh2,550.00")
    page.get_by_role("button", name="Ledger").click()
    row = page.locator(".pane-ledger tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("K7M2P9")
    assert [entry["amount"] for entry in outside.state()["ledger"]] == ["2550.00"]


def test_a_cancelled_prompt_moves_no_money(page: Page, outside: Outside) -> None:
    """Escape is Cancel: the prompt goes and the ledger stays empty."""
    open_page(page, outside)
    push(outside)
    prompt = phone(page, "jane").get_by_role("dialog", name="M-PESA prompt")
    prompt.focus()
    page.keyboard.press("Escape")
    expect(prompt).to_be_hidden()
    assert outside.state()["ledger"] == []


def test_a_shared_link_arrives_at_a_friend_and_opens_there(page: Page, outside: Outside) -> None:
    """The share sheet carries the words to Jane, whose browser opens the link in them."""
    page.route("**/i/abc123", lambda route: route.fulfill(body="<h1>Invoice</h1>"))
    open_page(page, outside)
    outside.post("/sandbox/phones/wanjiru/say", {"text": "/start"})
    share = f"https://wa.me/254712345678?text=Your%20invoice%20{INVOICE}"
    outside.bot_says(WANJIRU, "Ready", [{"text": "Share", "url": share}])
    screen(page, "wanjiru").locator(".key", has_text="Share").click()
    phone(page, "wanjiru").get_by_role("dialog").locator(".choice").first.click()
    toast = phone(page, "wanjiru").locator(".toast")
    expect(toast).to_have_text("Sent to Jane")
    expect(toast).to_have_css("opacity", "1")
    phone(page, "jane").locator(".banner", has_text="Wanjiru").click()
    screen(page, "jane").locator(".text a").click()
    expect(screen(page, "jane").get_by_label("Address")).to_have_value(re.compile(r"/i/abc123$"))
    inside = page.frame_locator("#phone-jane iframe")
    expect(inside.get_by_role("heading", name="Invoice")).to_be_visible()


def test_scrolling_up_is_not_fought(page: Page, outside: Outside) -> None:
    """Who reads older messages stays there; the new one is counted on the way down."""
    open_page(page, outside)
    outside.post("/sandbox/phones/wanjiru/say", {"text": "/start"})
    for number in range(30):
        outside.bot_says(WANJIRU, f"line {number}")
    chat = screen(page, "wanjiru")
    expect(chat.get_by_text("line 29")).to_be_in_viewport()
    scroller = chat.locator(".scroller")
    scroller.evaluate("node => { node.scrollTop = 100; }")
    expect(chat.get_by_role("button", name="Newest message")).to_be_visible()
    outside.bot_says(WANJIRU, "one more")
    expect(chat.locator(".jump .badge")).to_have_text("1")
    assert scroller.evaluate("node => node.scrollTop") == 100
    chat.get_by_role("button", name="Newest message").click()
    expect(chat.get_by_text("one more")).to_be_in_viewport()


HOSTILE = (
    '<b onclick="window.hurt=1">b</b><img src=x onerror="window.hurt=1"><svg onload="window.hurt=1"></svg>'
    '<script>window.hurt=1</script><a href="javascript:window.hurt=1">a</a>'
    '<iframe srcdoc="<script>parent.hurt=1</script>"></iframe><form action=/x><input></form>'
)


def test_markup_that_is_not_on_the_list_does_not_reach_the_page(
    context: BrowserContext, outside: Outside
) -> None:
    """Even if the server let something through, only formatting is drawn and nothing runs."""
    page = context.new_page()  # its console may complain of what it has stopped
    open_page(page, outside)
    drawn = page.evaluate(
        """async (html) => {
            const { formatted } = await import("/bubble.js");
            document.querySelector("#guide").replaceChildren(formatted(html));
            return document.querySelector("#guide").innerHTML;
        }""",
        HOSTILE,
    )
    assert drawn == "<b>b</b><span>a</span>"
    assert page.evaluate("window.hurt") is None


def test_nothing_is_asked_of_any_other_address(page: Page, outside: Outside) -> None:
    """The page works without the internet: every request goes to the sandbox itself."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_page(page, outside)
    page.get_by_role("button", name="Faults").click()
    page.get_by_label("late", exact=True).first.check()
    expect(page.locator("#tools .badge")).to_have_text("1")
    assert asked
    assert [url for url in asked if not url.startswith(outside.url)] == []


def test_a_narrow_window_shows_one_phone_and_tabs(page: Page, outside: Outside) -> None:
    """At 390 pixels nothing sticks out, and a tab brings the other phone."""
    page.set_viewport_size({"width": 390, "height": 800})
    open_page(page, outside)
    page.locator("#tabs").get_by_role("button", name="Jane").click()
    expect(phone(page, "jane").locator(".phone")).to_be_in_viewport(ratio=0.95)
    expect(phone(page, "wanjiru").locator(".phone")).not_to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
