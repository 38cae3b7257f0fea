"""STK prompts: how one opens on a phone, what the payer does, how it ends."""

import threading
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from . import daraja_c2b, daraja_callbacks
from .daraja import MOST_PROMPTS, Daraja, Moved, later_than
from .daraja_checks import Push
from .daraja_errors import wrong
from .state import Refused, iso

PIN = "1234"
LOCKED = "Unable to lock subscriber, a transaction is already in process for the current subscriber"
NEVER_ANSWERS = "254708374149"
LONGEST_PROMPT = 182
UNREACHABLE_S = 2.0
REJECTED_S = 0.3
HELD_S = 8.0
LATE_FAULTS = {"lost", "late", "duplicate", "wrong amount"}


@dataclass
class Prompt:
    """One push; `result` is None while it is open on the phone."""

    id: str
    merchant_request_id: str
    push: Push
    opened_at: datetime
    fault: str
    result: int | str | None = None
    reason: str = ""
    moved: Moved | None = None
    shown: bool = False
    polls: int = 0
    told: threading.Event = field(default_factory=threading.Event)
    callbacks: list[str] = field(default_factory=list)


def open_prompt(daraja: Daraja, push: Push) -> Prompt:
    """Start a push; raises 500.001.1001 while the phone is locked. The caller holds the lock."""
    repeated = _check_limits(daraja, push)
    now = daraja.now()
    chance = daraja.world.chance
    tail = f"{chance.randrange(1000)}{push.phone[3:]}"
    parts = [f"{chance.randrange(16**4):04x}" for _ in range(3)]
    prompt = Prompt(
        id=f"ws_CO_{now:%d%m%Y%H%M%S}{tail}",
        merchant_request_id="-".join([*parts, f"{chance.randrange(16**16):016x}"]),
        push=push,
        opened_at=now,
        fault=daraja.world.fault("callback"),
    )
    while prompt.id in daraja.prompts:
        prompt.id = f"ws_CO_{now:%d%m%Y%H%M%S}{chance.randrange(1000)}{push.phone[3:]}"
    daraja.prompts[prompt.id] = prompt
    while len(daraja.prompts) > MOST_PROMPTS:
        daraja.prompts.popitem(last=False)
    if prompt.fault == "forged":
        forged = daraja_callbacks.forged_body(daraja, prompt)
        daraja.world.later.run(
            lambda: daraja_callbacks.send(daraja, prompt, forged, "forged callback")
        )
    _begin(daraja, prompt, repeated)
    daraja.world.touch()
    return prompt


def _check_limits(daraja: Daraja, push: Push) -> bool:
    """Whether code 17 will end this one; raises when another prompt holds the phone."""
    if daraja.world.switches["limits"] == "off":
        return False
    options, now = daraja.world.options, daraja.now()
    repeated = False
    for other in reversed(daraja.prompts.values()):
        if later_than(other.opened_at, max(options.lock_s, options.repeat_s), now):
            break
        if other.push.phone != push.phone:
            continue
        if other.result is None or not later_than(other.opened_at, options.lock_s, now):
            raise wrong(LOCKED)
        same = other.push.amount == push.amount and other.push.merchant is push.merchant
        repeated = repeated or (same and not later_than(other.opened_at, options.repeat_s, now))
    return repeated


def _begin(daraja: Daraja, prompt: Prompt, repeated: bool) -> None:
    result = _refused_at_once(prompt.push, repeated)
    if result is not None:
        _after(daraja, REJECTED_S, prompt, result)
    elif prompt.push.phone == NEVER_ANSWERS:
        _after(daraja, daraja.world.options.prompt_s, prompt, 1037)
    elif daraja.wallet(prompt.push.phone).shown:
        _on_page(daraja, prompt)
    else:
        _automatic(daraja, prompt)


def _refused_at_once(push: Push, repeated: bool) -> int | str | None:
    merchant = push.merchant
    right = merchant.till if push.by_till else merchant.shortcode
    if push.party_b not in {merchant.till, merchant.shortcode}:
        return "SFC_IC0003"
    if push.party_b != right:
        return 2028
    if repeated:
        return 17
    text = f"Do you want to pay Ksh{push.amount} to {merchant.name} Account no. {push.account}?"
    return 1025 if len(text) > LONGEST_PROMPT else None


def _on_page(daraja: Daraja, prompt: Prompt) -> None:
    if daraja.world.switches["handset"] == "unreachable":
        _after(daraja, UNREACHABLE_S, prompt, 1037)
        return
    prompt.shown = True
    _after(daraja, daraja.world.options.prompt_s, prompt, 1037, "No response from user.")


def _automatic(daraja: Daraja, prompt: Prompt) -> None:
    options = daraja.world.options
    choice = daraja.world.switches["auto payer"]
    if choice == "pays":
        _when(daraja, options.auto_payer_ms / 1000, prompt, lambda: _pay(daraja, prompt))
        return
    if choice == "by program":
        _on_page(daraja, prompt)
        return
    result = {"cancels": 1032, "wrong PIN": 2001, "no money": 1}.get(choice, 1037)
    wait_s = options.auto_payer_ms / 1000
    if choice == "ignores":
        wait_s = options.prompt_s
    _after(daraja, wait_s, prompt, result, "No response from user." if choice == "ignores" else "")


def _when(daraja: Daraja, wait_s: float, prompt: Prompt, act: Any) -> None:
    # "Before answer" leaves no time: the callback must be there first.
    if prompt.fault == "before answer" and not prompt.shown:
        wait_s = 0.0

    def due() -> None:
        with daraja.world.lock:
            if prompt.result is None:
                act()

    daraja.world.later.after(wait_s, due)


def _after(
    daraja: Daraja, wait_s: float, prompt: Prompt, result: int | str, reason: str = ""
) -> None:
    _when(daraja, wait_s, prompt, lambda: end(daraja, prompt, result, reason))


def _pay(daraja: Daraja, prompt: Prompt) -> None:
    push, wallet = prompt.push, daraja.wallet(prompt.push.phone)
    amount = Decimal(push.amount)
    refused = daraja.refusal_of(wallet, amount)
    if not refused:
        account = "" if push.by_till else push.account
        prompt.moved = daraja.move(wallet, push.merchant, amount, account, "stk")
    end(daraja, prompt, refused)


def end(daraja: Daraja, prompt: Prompt, result: int | str, reason: str = "") -> None:
    """The verdict is there; the callback (and its twin) leave. The caller holds the lock."""
    prompt.result, prompt.reason, prompt.shown = result, reason, False
    if prompt.fault == "normal" and daraja.world.switches["callback"] in LATE_FAULTS:
        prompt.fault = daraja.world.fault("callback")  # chosen while the prompt was open
    daraja.world.touch()

    def tell() -> None:
        twin = daraja.world.switches["C2B twin"] if prompt.moved else "off"
        if twin == "before callback":
            daraja_c2b.confirm_twin(daraja, prompt.push, prompt.moved)
        daraja_callbacks.deliver(daraja, prompt)
        prompt.told.set()
        if twin == "after callback":
            daraja_c2b.confirm_twin(daraja, prompt.push, prompt.moved)

    daraja.world.later.run(tell)


def _open_on(daraja: Daraja, msisdn: str, stk_id: str) -> Prompt:
    prompt = daraja.prompts.get(stk_id)
    if prompt is None or prompt.push.phone != msisdn or not prompt.shown:
        raise Refused("this prompt is no longer open")
    return prompt


def enter_pin(daraja: Daraja, msisdn: str, stk_id: str, pin: str) -> dict[str, Any]:
    """The payer types a PIN: 1234 pays, another ends as 2001, the third wrong one as 8006."""
    with daraja.world.lock:
        prompt = _open_on(daraja, msisdn, stk_id)
        wallet = daraja.wallet(msisdn)
        if pin == PIN:
            wallet.wrong_pins = 0
            _pay(daraja, prompt)
        else:
            wallet.wrong_pins += 1
            end(daraja, prompt, 2001 if wallet.wrong_pins < 3 else 8006)
        return {"result": prompt.result}


def cancel(daraja: Daraja, msisdn: str, stk_id: str) -> dict[str, Any]:
    """The payer presses cancel: 1032."""
    with daraja.world.lock:
        end(daraja, _open_on(daraja, msisdn, stk_id), 1032)
    return {"result": 1032}


def shown_prompt(daraja: Daraja, msisdn: str) -> dict[str, str] | None:
    """What lies over the phone now, if anything."""
    for prompt in reversed(daraja.prompts.values()):
        if prompt.shown and prompt.push.phone == msisdn:
            return {
                "id": prompt.id,
                "business": prompt.push.merchant.name,
                "amount": str(prompt.push.amount),
                "account": prompt.push.account,
                "opened_at": iso(prompt.opened_at),
            }
    return None


def shown_prompts(daraja: Daraja) -> list[dict[str, Any]]:
    """Every prompt there was, oldest first, with the last part of its callback's address."""
    return [
        {
            "id": prompt.id,
            "phone": f"+{prompt.push.phone}",
            "amount": str(prompt.push.amount),
            "account": prompt.push.account,
            "reference": prompt.push.callback_url.rpartition("/")[2],
            "result": prompt.result,
            "receipt": prompt.moved.receipt if prompt.moved else None,
            "callback": prompt.fault,
            "callbacks": prompt.callbacks,
        }
        for prompt in daraja.prompts.values()
    ]


def held_back(prompt: Prompt) -> None:
    """For the fault "before answer": keep the push waiting until its callback was delivered."""
    if prompt.fault == "before answer":
        prompt.told.wait(HELD_S)
