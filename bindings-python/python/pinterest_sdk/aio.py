"""Asking a person for their consent, for asyncio: what waits is awaited.

    from pinterest_sdk import aio

    token = await aio.complete(api_client, pending, callback)

Functions in a module of their own, as `openapi_generated.pinterest_client.aio` holds the awaited
calls: only these two wait, and everything else of `pinterest_sdk` is used as it is.
"""

from __future__ import annotations

from asyncio import to_thread
from functools import partial
from inspect import isawaitable

from openapi_generated.pinterest_client import _seam
from openapi_generated.pinterest_client._arguments import DEFAULT_OPTIONS, check_type
from openapi_generated.pinterest_client.aio import answer_to
from openapi_generated.pinterest_client.api_client import ApiClient
from openapi_generated.pinterest_client.exceptions import ApiException
from pinterest_sdk._authorization import TOKEN_PATH, PendingAuthorization, native_client, token_of
from pinterest_sdk._login import listen, show_page

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
    from pinterest_sdk._authorization import AuthorizationRequest

__all__ = ["complete", "login"]


async def complete(
    api_client: ApiClient, pending: PendingAuthorization, callback: str
) -> OauthAccessTokenResponse:
    """Check a callback and exchange its code, as `PendingAuthorization.complete` does.

    When it is cancelled, the exchange is given up; the callback may have counted by then.
    """
    check_type("pending", pending, (PendingAuthorization,))
    check_type("api_client", api_client, (ApiClient,))
    call = pending._completion(callback)
    if _seam.is_overridden(api_client):
        form = pending._redeemed(native_client(api_client), callback)
        try:
            token: OauthAccessTokenResponse = await _seam.call_later(
                api_client, "oauth_token", form, DEFAULT_OPTIONS
            )
        except ApiException as error:
            pending._give_back_after(error)
            raise
        return token
    return token_of(await answer_to(partial(api_client._start, call, DEFAULT_OPTIONS, TOKEN_PATH)))


async def login(
    api_client: ApiClient, request: AuthorizationRequest, *, show: Callable[[str], object] | None = None
) -> OauthAccessTokenResponse:
    """Log a person in on this machine, as `pinterest_sdk.login` does.

    The port is free when it has ended, also by cancellation. ``show`` may be a coroutine function.
    """
    started = listen(api_client, request)
    try:
        if show is None:
            await to_thread(show_page, started.url)
        else:
            shown = show(started.url)
            if isawaitable(shown):
                await shown
        if _seam.is_overridden(api_client):
            from pinterest_sdk._own_exchange import exchange_later

            token: OauthAccessTokenResponse = await exchange_later(api_client, started)
            return token
        return token_of(await answer_to(started.start))
    finally:
        started.close()
