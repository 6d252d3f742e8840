"""`OauthApi` for asyncio: the same calls, awaited.

    from openapi_generated.pinterest_client import aio

    token = await aio.OauthApi(api_client).oauth_token("refresh_token", refresh_token=token)

A call that is cancelled is given up, and its connection closed. One client serves any number of
event loops.
"""

from __future__ import annotations

from asyncio import get_running_loop
from functools import partial

from openapi_generated.pinterest_client import _arguments, _seam
from openapi_generated.pinterest_client._connection import log
from openapi_generated.pinterest_client._results import read_conversion_token, read_nothing, read_token, shape
from openapi_generated.pinterest_client.api_client import ApiClient
from openapi_generated.pinterest_client.exceptions import ApiException, from_failure
from pinterest_sdk._failure import CallFailed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Future
    from collections.abc import Callable
    from typing import Any, Literal, overload

    from typing_extensions import Unpack

    from openapi_generated.pinterest_client._arguments import Options
    from openapi_generated.pinterest_client._keywords import CallKeywords, TokenKeywords
    from openapi_generated.pinterest_client._results import Reader
    from openapi_generated.pinterest_client.model.conversion_access_token_response import (
        ConversionAccessTokenResponse,
    )
    from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
    from openapi_generated.pinterest_client.rest import HTTPHeaderDict, RESTResponse
    from pinterest_sdk._native import Answer, Call, Task
else:  # For `typing.get_type_hints`, without the slow import of `typing`.
    Any = object

# There is nothing to ask for: every call here is asynchronous.
_UNKNOWN = ("async_req",)


class OauthApi:
    """Pinterest's OAuth calls for asyncio.

    The calls take what those of `api.oauth_api.OauthApi` take, but for ``async_req``, and raise and
    return the same.

    Args:
        api_client: makes the calls; one with the default configuration unless given.

    """

    def __init__(self, api_client: ApiClient | None = None) -> None:
        self.api_client = ApiClient() if api_client is None else api_client

    if TYPE_CHECKING:

        @overload
        async def oauth_token(
            self,
            grant_type: str,
            *,
            _return_http_data_only: Literal[True] = ...,
            _preload_content: Literal[True] = ...,
            **kwargs: Unpack[TokenKeywords],
        ) -> OauthAccessTokenResponse: ...
        @overload
        async def oauth_token(
            self,
            grant_type: str,
            *,
            _return_http_data_only: Literal[False],
            _preload_content: Literal[True] = ...,
            **kwargs: Unpack[TokenKeywords],
        ) -> tuple[OauthAccessTokenResponse, int, HTTPHeaderDict]: ...
        @overload
        async def oauth_token(
            self,
            grant_type: str,
            *,
            _return_http_data_only: bool = ...,
            _preload_content: Literal[False],
            **kwargs: Unpack[TokenKeywords],
        ) -> RESTResponse: ...

    async def oauth_token(self, grant_type: str, **kwargs: Any) -> Any:
        """Exchange a grant for a token: ``POST /oauth/token``."""
        call, options = _arguments.oauth_token(grant_type, kwargs, _UNKNOWN)
        if _seam.is_overridden(self.api_client):
            form = _arguments.token_form(grant_type, kwargs)
            return await _seam.call_later(self.api_client, "oauth_token", form, options)
        return await self._make(call, options, "/oauth/token", read_token)

    if TYPE_CHECKING:

        @overload
        async def revoke_token(
            self, token: str, token_type_hint: str | None = None, **kwargs: Unpack[CallKeywords]
        ) -> None: ...
        @overload
        async def revoke_token(
            self,
            token: str,
            token_type_hint: str | None = None,
            *,
            _return_http_data_only: bool = ...,
            _preload_content: bool = ...,
            **kwargs: Unpack[CallKeywords],
        ) -> Any: ...

    async def revoke_token(self, token: str, token_type_hint: str | None = None, **kwargs: Any) -> Any:
        """End a system user's token at once: ``POST /oauth/token/revoke``."""
        call, options = _arguments.revoke_token(token, token_type_hint, kwargs, _UNKNOWN)
        if _seam.is_overridden(self.api_client):
            form = _arguments.revocation_form(token, token_type_hint)
            return await _seam.call_later(self.api_client, "revoke_token", form, options)
        return await self._make(call, options, "/oauth/token/revoke", read_nothing)

    if TYPE_CHECKING:

        @overload
        async def conversion_token(self, **kwargs: Unpack[CallKeywords]) -> ConversionAccessTokenResponse: ...
        @overload
        async def conversion_token(
            self,
            *,
            _return_http_data_only: bool = ...,
            _preload_content: bool = ...,
            **kwargs: Unpack[CallKeywords],
        ) -> Any: ...

    async def conversion_token(self, **kwargs: Any) -> Any:
        """Get a long-lived token for sending conversions: ``POST /oauth/conversion_token``."""
        call, options = _arguments.conversion_token(kwargs, _UNKNOWN)
        if _seam.is_overridden(self.api_client):
            return await _seam.call_later(self.api_client, "conversion_token", [], options)
        return await self._make(call, options, "/oauth/conversion_token", read_conversion_token)

    async def _make(self, call: Call, options: Options, path: str, read: Reader) -> Any:
        try:
            answer = await answer_to(partial(self.api_client._start, call, options, path))
        except ApiException as error:
            log(f"POST {path} failed: {error.status} {error.message}")
            raise
        log(f"POST {path} answered: {answer.status}")
        self.api_client._last = answer
        return shape(answer, options, read)


async def answer_to(start: Callable[[Callable[..., object]], Task]) -> Answer:
    """Start something in the background and wait for its answer; when cancelled, give it up."""
    loop = get_running_loop()
    settled: Future[Answer] = loop.create_future()
    # The answer comes on another thread.
    task = start(partial(_deliver, loop, settled))
    try:
        return await settled
    finally:
        task.cancel()


def _deliver(
    loop: AbstractEventLoop, settled: Future[Answer], answer: Answer | None, failure: BaseException | None
) -> None:
    """Bring what came from another thread to the loop; a closed one raises, and nobody waits there."""
    loop.call_soon_threadsafe(_settle, settled, answer, failure)


def _settle(settled: Future[Answer], answer: Answer | None, failure: BaseException | None) -> None:
    """End the wait for a call, unless it has been cancelled."""
    if settled.done():
        return
    if answer is not None:
        settled.set_result(answer)
    elif isinstance(failure, CallFailed):
        settled.set_exception(from_failure(failure))
    else:
        settled.set_exception(ApiException(0, "the call was given up"))
