"""How the Bot's calls travel: aiohttp under python-telegram-bot, since its httpx cost five times the CPU.

See docs/decisions/02-aiohttp-under-the-bot.md for the figures.
"""

from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_S = 5
ANSWER_S = 20
IN_FLIGHT = 128
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

# Nothing left this machine: a failed connection is safe to try again.
NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class Http(BaseRequest):
    """One keep-alive session on the worker's loop, made at the first call."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds we wait for an answer."""
        return ANSWER_S

    async def initialize(self) -> None:
        """Nothing to do before the first call."""

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        """One call: status and body. Raises TimedOut or NetworkError with the cause kept."""
        del read_timeout, write_timeout, connect_timeout, pool_timeout  # ours hold for every call
        try:
            asked = self._open().request(method, url, **_body(request_data))
            async with asked as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut(f"no answer within {ANSWER_S} s") from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from error

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=IN_FLIGHT),
                timeout=aiohttp.ClientTimeout(
                    total=None, sock_connect=CONNECT_S, sock_read=ANSWER_S
                ),
                trust_env=False,
            )
        return self._session


def _body(request_data: RequestData | None) -> dict[str, Any]:
    """Plain fields as a form, files as multipart, in the shapes the library would send."""
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"data": request_data.url_encoded_parameters().encode(), "headers": FORM}
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}
