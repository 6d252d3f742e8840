"""`OauthApi`: the OAuth calls, each made on the calling thread."""

from __future__ import annotations

from pinterest_sdk import _operations
from pinterest_sdk._checks import header_pairs, timeouts
from pinterest_sdk._client import ApiClient, client_of
from pinterest_sdk._variables import unshown
from pinterest_sdk.models import (  # noqa: TC001 - for `typing.get_type_hints`.
    ConversionAccessTokenResponse,
    OauthAccessTokenResponse,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pinterest_sdk.types import GrantType, Headers, Timeout, TokenTypeHint
else:  # For `typing.get_type_hints`, without the slow import of `typing`.
    GrantType = TokenTypeHint = str
    Timeout = Headers = object


class OauthApi:
    """Pinterest's OAuth calls.

    Each takes a ``timeout``: seconds for the whole call, or a pair (connect, read), in the place of the
    configuration's; zero is no limit. And ``headers``: more of them, for this call. Every failure is an
    `ApiException`, which says whether the call may be made again.

    Args:
        api_client: makes the calls; one with the settings of ``Configuration()`` unless given.

    """

    def __init__(self, api_client: ApiClient | None = None) -> None:
        self.api_client: ApiClient = client_of(api_client)

    @unshown
    def oauth_token(
        self,
        grant_type: GrantType,
        *,
        code: str | None = None,
        redirect_uri: str | None = None,
        refresh_token: str | None = None,
        scope: str | None = None,
        continuous_refresh: bool | None = None,
        refresh_on: bool | None = None,
        timeout: Timeout = None,
        headers: Headers = None,
    ) -> OauthAccessTokenResponse:
        """Exchange a grant for a token: ``POST /oauth/token``.

        Args:
            grant_type: ``authorization_code``, ``refresh_token`` or ``client_credentials``.
            code: the one-time code of the callback, for the first.
            redirect_uri: where the callback came, byte for byte as in the authorization URL.
            refresh_token: for the second.
            scope: separated by commas or spaces, for the third; narrows the second.
            continuous_refresh: with a code, asks for refresh tokens that are renewed; apps made before
                25 September 2025 must ask.
            refresh_on: with a refresh, asks for a new refresh token.
            timeout: see the class.
            headers: see the class.

        Returns:
            An `OauthAccessTokenResponse`; its class says which kind of answer it is.

        Raises:
            ApiException: the call failed. ``error.hint`` names what was missing.

        """
        operation = _operations.oauth_token(
            grant_type, code, redirect_uri, refresh_token, scope, continuous_refresh, refresh_on
        )
        token: OauthAccessTokenResponse = self.api_client._make(
            operation, timeouts(timeout), header_pairs("headers", headers)
        )
        return token

    @unshown
    def revoke_token(
        self,
        token: str,
        token_type_hint: TokenTypeHint | None = None,
        *,
        timeout: Timeout = None,
        headers: Headers = None,
    ) -> None:
        """End a token at once: ``POST /oauth/token/revoke``.

        Args:
            token: an access or refresh token of a system user; Pinterest refuses others.
            token_type_hint: ``access_token`` or ``refresh_token``, if known.
            timeout: see the class.
            headers: see the class.

        Raises:
            ApiException: the call failed; a `ForbiddenException` for an ordinary user's token.

        """
        operation = _operations.revoke_token(token, token_type_hint)
        self.api_client._make(operation, timeouts(timeout), header_pairs("headers", headers))

    @unshown
    def conversion_token(
        self, *, timeout: Timeout = None, headers: Headers = None
    ) -> ConversionAccessTokenResponse:
        """Get a long-lived token for sending conversions: ``POST /oauth/conversion_token``.

        The configuration's ``access_token`` must have the scope ``ads:write``.

        Args:
            timeout: see the class.
            headers: see the class.

        Raises:
            ApiException: the call failed.

        """
        token: ConversionAccessTokenResponse = self.api_client._make(
            _operations.conversion_token(), timeouts(timeout), header_pairs("headers", headers)
        )
        return token
