"""A login whose code goes through what a program has put in the place of requests."""

from __future__ import annotations

from functools import partial

from openapi_generated.pinterest_client import _seam
from openapi_generated.pinterest_client._arguments import DEFAULT_OPTIONS
from openapi_generated.pinterest_client.exceptions import ApiException, from_failure
from pinterest_sdk import _waiting
from pinterest_sdk._failure import CallFailed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from openapi_generated.pinterest_client.api_client import ApiClient
    from pinterest_sdk._native import Callback, Login


def exchange(api_client: ApiClient, started: Login) -> Any:
    """Wait for the person, exchange the code, and tell their browser how that went."""
    callback = _waiting.wait(started.wait_for_callback, started.start_waiting_for_callback)
    try:
        try:
            token = _seam.call(api_client, "oauth_token", _form(callback), DEFAULT_OPTIONS)
        except Exception as error:
            _tell(callback, _reason(error))
            raise
        _tell(callback, None)
    finally:
        callback.close()
    return token


async def exchange_later(api_client: ApiClient, started: Login) -> Any:
    """Do so for asyncio. When cancelled, the browser is told nothing, as after Ctrl-C above."""
    from openapi_generated.pinterest_client.aio import answer_to

    callback: Any = await answer_to(started.start_waiting_for_callback)
    try:
        try:
            token = await _seam.call_later(api_client, "oauth_token", _form(callback), DEFAULT_OPTIONS)
        except Exception as error:
            await answer_to(partial(callback.start_telling, _reason(error)))
            raise
        await answer_to(partial(callback.start_telling, None))
    finally:
        callback.close()
    return token


def _tell(callback: Callback, why: str | None) -> None:
    _waiting.wait(partial(callback.tell, why), partial(callback.start_telling, why))


def _form(callback: Callback) -> list[tuple[str, str]]:
    try:
        return callback.redeem()
    except CallFailed as failure:
        raise from_failure(failure) from None


def _reason(error: Exception) -> str:
    """Say what the person may see; another's exception may hold their code."""
    said = (error.message or error.reason) if isinstance(error, ApiException) else None
    return said or type(error).__name__
