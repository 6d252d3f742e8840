"""A login whose code goes through what a program has put in the place of requests."""

from __future__ import annotations

from functools import partial

from pinterest_sdk import _waiting
from pinterest_sdk._client import UNLIMITED
from pinterest_sdk._failure import CallFailed
from pinterest_sdk._operations import Request
from pinterest_sdk.errors import ApiException, from_failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pinterest_sdk._client import OwnRequests, Wait
    from pinterest_sdk._native import Callback, Login


def exchange(own: OwnRequests, started: Login) -> Any:
    """Wait for the person, exchange the code, and tell their browser how that went."""
    callback = _waiting.wait(started.wait_for_callback, started.start_waiting_for_callback)
    try:
        try:
            token = own.call(_request(callback), UNLIMITED)
        except Exception as error:
            _tell(callback, _reason(error))
            raise
        _tell(callback, None)
    finally:
        callback.close()
    return token


async def exchange_later(own: OwnRequests, started: Login, wait: Wait[Any]) -> Any:
    """Do so for asyncio. When cancelled, the browser is told nothing, as after Ctrl-C above."""
    callback: Any = await wait(started.start_waiting_for_callback)
    try:
        try:
            token = await own.call_later(_request(callback), UNLIMITED)
        except Exception as error:
            await wait(partial(callback.start_telling, _reason(error)))
            raise
        await wait(partial(callback.start_telling, None))
    finally:
        callback.close()
    return token


def _tell(callback: Callback, why: str | None) -> None:
    _waiting.wait(partial(callback.tell, why), partial(callback.start_telling, why))


def _request(callback: Callback) -> Request:
    try:
        return Request("oauth_token", "/oauth/token", callback.redeem())
    except CallFailed as failure:
        raise from_failure(failure) from None


def _reason(error: Exception) -> str:
    """Say what the person may see; another's exception may hold their code."""
    said = (error.message or error.reason) if isinstance(error, ApiException) else None
    return said or type(error).__name__
