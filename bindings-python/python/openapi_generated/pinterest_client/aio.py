"""The APIs for asyncio: the same calls, awaited.

    from openapi_generated.pinterest_client import aio

    token = await aio.OauthApi(api_client).oauth_token("refresh_token", refresh_token=token)

A call that is cancelled is given up, and its connection closed. One client serves any number of
event loops.
"""

from __future__ import annotations

from openapi_generated.pinterest_client import _arguments, _seam
from openapi_generated.pinterest_client.api_client import ApiClient, is_replaced
from openapi_generated.pinterest_client.pages import paginate_later as paginate
from pinterest_sdk._awaited import answer_to
from pinterest_sdk._variables import unshown_later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, overload

    from typing_extensions import Unpack

    from openapi_generated.pinterest_client._keywords import CallKeywords, TokenKeywords
    from openapi_generated.pinterest_client._options import Options
    from openapi_generated.pinterest_client.rest import RESTResponse
    from pinterest_sdk._http import HTTPHeaderDict
    from pinterest_sdk._operations import Operation
    from pinterest_sdk.models import ConversionAccessTokenResponse, OauthAccessTokenResponse
    from pinterest_sdk.types import GrantType, TokenTypeHint
else:  # For `typing.get_type_hints`, without the slow import of `typing`.
    Any = object

__all__ = ["OauthApi", "paginate"]

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
        self.api_client: ApiClient = ApiClient() if api_client is None else api_client

    if TYPE_CHECKING:

        @overload
        async def oauth_token(
            self,
            grant_type: GrantType,
            *,
            _return_http_data_only: Literal[True] = ...,
            _preload_content: Literal[True] = ...,
            **kwargs: Unpack[TokenKeywords],
        ) -> OauthAccessTokenResponse: ...
        @overload
        async def oauth_token(
            self,
            grant_type: GrantType,
            *,
            _return_http_data_only: Literal[False],
            _preload_content: Literal[True] = ...,
            **kwargs: Unpack[TokenKeywords],
        ) -> tuple[OauthAccessTokenResponse, int, HTTPHeaderDict]: ...
        @overload
        async def oauth_token(
            self,
            grant_type: GrantType,
            *,
            _return_http_data_only: bool = ...,
            _preload_content: Literal[False],
            **kwargs: Unpack[TokenKeywords],
        ) -> RESTResponse: ...

    @unshown_later
    async def oauth_token(self, grant_type: str, **kwargs: Any) -> Any:
        """Exchange a grant for a token: ``POST /oauth/token``."""
        return await self._make(*_arguments.oauth_token(grant_type, kwargs, _UNKNOWN))

    if TYPE_CHECKING:

        @overload
        async def revoke_token(
            self, token: str, token_type_hint: TokenTypeHint | None = None, **kwargs: Unpack[CallKeywords]
        ) -> None: ...
        @overload
        async def revoke_token(
            self,
            token: str,
            token_type_hint: TokenTypeHint | None = None,
            *,
            _return_http_data_only: bool = ...,
            _preload_content: bool = ...,
            **kwargs: Unpack[CallKeywords],
        ) -> Any: ...

    @unshown_later
    async def revoke_token(self, token: str, token_type_hint: str | None = None, **kwargs: Any) -> Any:
        """End a system user's token at once: ``POST /oauth/token/revoke``."""
        return await self._make(*_arguments.revoke_token(token, token_type_hint, kwargs, _UNKNOWN))

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

    @unshown_later
    async def conversion_token(self, **kwargs: Any) -> Any:
        """Get a long-lived token for sending conversions: ``POST /oauth/conversion_token``."""
        return await self._make(*_arguments.conversion_token(kwargs, _UNKNOWN))

    async def _make(self, operation: Operation, options: Options) -> Any:
        client = self.api_client
        if is_replaced(client):
            return await _seam.call_later(client, operation, options)
        return await client._call_later(operation, answer_to, options)


TYPE_CHECKING = False
if not TYPE_CHECKING:  # Or a type checker would let every name pass.

    def __getattr__(name: str) -> object:
        cls = None
        if name.endswith("Api"):
            from openapi_generated.pinterest_client._made_apis import later

            cls = later(name)
        if cls is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = cls
        return cls

    def __dir__() -> list[str]:
        from openapi_generated.pinterest_client._surface import names

        return sorted({*globals(), *names("operations.txt").values()})
