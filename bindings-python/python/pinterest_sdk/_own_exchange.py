"""A login whose code goes through what a program has put in the place of requests."""

from __future__ import annotations

from functools import partial

from pinterest_sdk import _waiting
from pinterest_sdk._failure import CallFailed
from pinterest_sdk._operations import Operation, read_token
from pinterest_sdk.errors import ApiException, from_failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pinterest_sdk._client import ApiClient
    from pinterest_sdk._native import Callback, Login
    from pinterest_sdk.models import OauthAccessTokenResponse


def exchange(api_client: ApiClient, started: Login) -> OauthAccessTokenResponse:
    """Wait for the person, exchange the code, and tell their browser how that went."""
    callback = _waiting.wait(started.wait_for_callback, started.start_waiting_for_callback)
    try:
        try:
            token: OauthAccessTokenResponse = api_client._make(_redeemed(callback))
        except Exception as error:
            _tell(callback, _reason(error))
            raise
        _tell(callback, None)
    finally:
        callback.close()
    return token


async def exchange_later(api_client: ApiClient, started: Login) -> OauthAccessTokenResponse:
    """Do so for asyncio. When cancelled, the browser is told nothing, as after Ctrl-C above."""
    from pinterest_sdk._awaited import answer_to

    callback: Any = await answer_to(started.start_waiting_for_callback)
    try:
        try:
            token: OauthAccessTokenResponse = await api_client._make_later(_redeemed(callback), answer_to)
        except Exception as error:
            await answer_to(partial(callback.start_telling, _reason(error)))
            raise
        await answer_to(partial(callback.start_telling, None))
    finally:
        callback.close()
    return token


def _tell(callback: Callback, why: str | None) -> None:
    _waiting.wait(partial(callback.tell, why), partial(callback.start_telling, why))


def _redeemed(callback: Callback) -> Operation:
    try:
        call, _ = callback.redeem()
    except CallFailed as failure:
        raise from_failure(failure) from None
    return Operation("oauth_token", "/oauth/token", call, read_token)


def _reason(error: Exception) -> str:
    """Say what the person may see; another's exception may hold their code."""
    said = (error.message or error.reason) if isinstance(error, ApiException) else None
    return said or type(error).__name__
