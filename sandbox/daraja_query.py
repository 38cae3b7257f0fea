"""STK query: three shapes of "not yet", noise, and a verdict without a receipt."""

import time

from flask import Response

from .daraja import Daraja
from .daraja_callbacks import TEXTS
from .daraja_checks import Body, check_merchant, said
from .daraja_errors import DarajaError, answer, html_503, invalid, spike_arrest, wrong
from .daraja_stk import Prompt

PROCESSED = "The transaction is being processed"
UNDER_WAY = "The transaction is still under processing"


def query(daraja: Daraja, body: Body) -> Response:
    """The state of a push; raises DarajaError for everything that is no verdict."""
    fault = daraja.world.fault("query")
    if fault == "spike arrest":
        return spike_arrest()
    if fault == "HTML 503":
        return html_503()
    if fault == "hang":
        time.sleep(daraja.world.options.hang_s)
    with daraja.world.lock:
        prompt = _known(daraja, body)
        if _noisy(daraja):
            raise wrong(PROCESSED)
        if prompt.result is None or fault == "in flight":
            return _in_flight(prompt)
        return _verdict(prompt, contradicts=fault == "contradicts")


def _known(daraja: Daraja, body: Body) -> Prompt:
    merchant = check_merchant(daraja, body)
    checkout_id = said(body, "CheckoutRequestID")
    if not checkout_id:
        raise invalid("CheckoutRequestID")
    prompt = daraja.prompts.get(checkout_id)
    if prompt is None or prompt.push.merchant is not merchant:
        raise wrong("The transaction does not Exist")
    return prompt


def _noisy(daraja: Daraja) -> bool:
    noise = daraja.world.switches["query noise"]
    return noise == "always" or (noise == "1 in 5" and daraja.world.chance.random() < 0.2)


def _in_flight(prompt: Prompt) -> Response:
    """4999, then 500, then 200 with an empty message, and round again."""
    prompt.polls += 1
    shape = prompt.polls % 3
    if shape == 1:
        return _answer(prompt, "4999", UNDER_WAY, "accepted successfully")
    if shape == 2:
        raise wrong(PROCESSED)
    raise DarajaError(200, "500.001.1001", "")


def _verdict(prompt: Prompt, contradicts: bool) -> Response:
    result = prompt.result if prompt.result is not None else 1037
    if contradicts:
        result = 1032 if result == 0 else 0
    text = prompt.reason if prompt.reason and not contradicts else TEXTS[result]
    # Three s, as in captures of the real service.
    return _answer(prompt, str(result), text, "accepted successsfully")


def _answer(prompt: Prompt, code: str, text: str, how: str) -> Response:
    return answer(
        {
            "ResponseCode": "0",
            "ResponseDescription": f"The service request has been {how}",
            "MerchantRequestID": prompt.merchant_request_id,
            "CheckoutRequestID": prompt.id,
            "ResultCode": code,
            "ResultDesc": text,
        }
    )
