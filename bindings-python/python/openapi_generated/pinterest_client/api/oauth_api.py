"""`OauthApi`: the OAuth calls, each made on the calling thread."""

from __future__ import annotations

from openapi_generated.pinterest_client import _arguments, _seam
from openapi_generated.pinterest_client.api_client import ApiClient, is_replaced
from pinterest_sdk._variables import unshown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from multiprocessing.pool import ApplyResult
    from typing import Any, Literal, overload

    from typing_extensions import Unpack

    from openapi_generated.pinterest_client._endpoint import Endpoint
    from openapi_generated.pinterest_client._keywords import CallKeywords, TokenKeywords
    from openapi_generated.pinterest_client._options import Options
    from openapi_generated.pinterest_client.rest import RESTResponse
    from pinterest_sdk._http import HTTPHeaderDict
    from pinterest_sdk._operations import Operation
    from pinterest_sdk.models import ConversionAccessTokenResponse, OauthAccessTokenResponse
    from pinterest_sdk.types import GrantType, TokenTypeHint
else:  # For `typing.get_type_hints`, without the slow import of `typing`.
    Endpoint = object
    Any = object


class OauthApi:
    """Pinterest's OAuth calls.

    Every call takes, besides its own arguments:

    - ``async_req``: return at once; ``.get()`` on the result waits for what the call returns.
    - ``_return_http_data_only``: False returns the data, the HTTP status and the headers.
    - ``_preload_content``: False returns the answer itself, a `rest.RESTResponse`.
    - ``_request_timeout``: seconds for the whole call, or a pair (connect, read).
    - ``_check_input_type``: False turns values into text instead of refusing those that are not.
    - ``_check_return_type``: False keeps the answer's fields as they were received.
    - ``_host_index``: which of `Configuration.get_host_settings` to call.
    - ``_spec_property_naming``, ``_content_type``: there is only one of each.

    Every failure is an `ApiException`, which says whether the call may be made again.

    Args:
        api_client: makes the calls; one with the default configuration unless given.

    """

    def __init__(self, api_client: ApiClient | None = None) -> None:
        self.api_client: ApiClient = ApiClient() if api_client is None else api_client

    if TYPE_CHECKING:

        @overload
        def oauth_token(
            self,
            grant_type: GrantType,
            *,
            async_req: Literal[False] = ...,
            _return_http_data_only: Literal[True] = ...,
            _preload_content: Literal[True] = ...,
            **kwargs: Unpack[TokenKeywords],
        ) -> OauthAccessTokenResponse: ...
        @overload
        def oauth_token(
            self,
            grant_type: GrantType,
            *,
            async_req: Literal[False] = ...,
            _return_http_data_only: Literal[False],
            _preload_content: Literal[True] = ...,
            **kwargs: Unpack[TokenKeywords],
        ) -> tuple[OauthAccessTokenResponse, int, HTTPHeaderDict]: ...
        @overload
        def oauth_token(
            self,
            grant_type: GrantType,
            *,
            async_req: Literal[False] = ...,
            _return_http_data_only: bool = ...,
            _preload_content: Literal[False],
            **kwargs: Unpack[TokenKeywords],
        ) -> RESTResponse: ...
        @overload
        def oauth_token(
            self,
            grant_type: GrantType,
            *,
            async_req: Literal[True],
            _return_http_data_only: Literal[True] = ...,
            _preload_content: Literal[True] = ...,
            **kwargs: Unpack[TokenKeywords],
        ) -> ApplyResult[OauthAccessTokenResponse]: ...
        @overload
        def oauth_token(
            self,
            grant_type: GrantType,
            *,
            async_req: bool = ...,
            _return_http_data_only: bool = ...,
            _preload_content: bool = ...,
            **kwargs: Unpack[TokenKeywords],
        ) -> Any: ...

    @unshown
    def oauth_token(self, grant_type: str, **kwargs: Any) -> Any:
        """Exchange a grant for a token: ``POST /oauth/token``.

        Args:
            grant_type: ``authorization_code``, ``refresh_token`` or ``client_credentials``.
            **kwargs: ``code`` and ``redirect_uri`` for the first, ``refresh_token`` for the second,
                ``scope`` for the third. ``continuous_refresh=True`` with a code asks for refresh
                tokens that are renewed; apps made before 25 September 2025 must ask.
                ``refresh_on=True`` with a refresh asks for a new refresh token. And those of every
                call, above.

        Returns:
            An `OauthAccessTokenResponse`; its class says which kind of answer it is.

        Raises:
            ApiException: the call failed. ``error.hint`` names what was missing.

        """
        return self._make(*_arguments.oauth_token(grant_type, kwargs))

    if TYPE_CHECKING:

        @overload
        def revoke_token(
            self, token: str, token_type_hint: TokenTypeHint | None = None, **kwargs: Unpack[CallKeywords]
        ) -> None: ...
        @overload
        def revoke_token(
            self,
            token: str,
            token_type_hint: TokenTypeHint | None = None,
            *,
            async_req: bool = ...,
            _return_http_data_only: bool = ...,
            _preload_content: bool = ...,
            **kwargs: Unpack[CallKeywords],
        ) -> Any: ...

    @unshown
    def revoke_token(self, token: str, token_type_hint: str | None = None, **kwargs: Any) -> Any:
        """End a token at once: ``POST /oauth/token/revoke``.

        Args:
            token: an access or refresh token of a system user; Pinterest refuses others.
            token_type_hint: ``access_token`` or ``refresh_token``, if known.
            **kwargs: those of every call, above.

        Raises:
            ApiException: the call failed; a `ForbiddenException` for an ordinary user's token.

        """
        return self._make(*_arguments.revoke_token(token, token_type_hint, kwargs))

    if TYPE_CHECKING:

        @overload
        def conversion_token(self, **kwargs: Unpack[CallKeywords]) -> ConversionAccessTokenResponse: ...
        @overload
        def conversion_token(
            self,
            *,
            async_req: bool = ...,
            _return_http_data_only: bool = ...,
            _preload_content: bool = ...,
            **kwargs: Unpack[CallKeywords],
        ) -> Any: ...

    @unshown
    def conversion_token(self, **kwargs: Any) -> Any:
        """Get a long-lived token for sending conversions: ``POST /oauth/conversion_token``.

        The configuration's ``access_token`` must have the scope ``ads:write``.

        Args:
            **kwargs: those of every call, above.

        Raises:
            ApiException: the call failed.

        """
        return self._make(*_arguments.conversion_token(kwargs))

    @property
    def oauth_token_endpoint(self) -> Endpoint:
        """What the generated client knows of `oauth_token`; calling it calls that."""
        from openapi_generated.pinterest_client._endpoint import oauth_token_endpoint

        return oauth_token_endpoint(self.api_client, self.oauth_token)

    def _make(self, operation: Operation, options: Options) -> Any:
        client = self.api_client
        if is_replaced(client):
            return _seam.call(client, operation, options)
        if options.async_req:
            return client.pool.apply_async(unshown(client._call), (operation, options))
        return client._call(operation, options)
