"""Asking a person for their consent: the URL to send them to, and the callback they come back with."""

from __future__ import annotations

from collections.abc import Iterable

from pinterest_sdk._checks import check_seconds, check_text, check_type, header_pairs, timeouts
from pinterest_sdk._client import ApiClient
from pinterest_sdk._failure import CallFailed
from pinterest_sdk._native import Authorization, Call, Pending
from pinterest_sdk._operations import Operation, read_token
from pinterest_sdk._variables import unshown
from pinterest_sdk.errors import from_failure
from pinterest_sdk.models import OauthAccessTokenResponse  # noqa: TC001

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from typing_extensions import Self

    from pinterest_sdk._native import Client
    from pinterest_sdk.types import Headers, Timeout
else:  # For `typing.get_type_hints`.
    Self = Headers = Timeout = object


class AuthorizationRequest:
    """What to ask a person for.

    Args:
        redirect_uri: where the person comes back to; registered for the app, byte for byte.
        scopes: what the token shall be good for: ``["user_accounts:read", "pins:read"]``.
        pkce: add a PKCE challenge (RFC 7636, S256), which Pinterest does not document.
        continuous_refresh: ask for refresh tokens that are renewed; apps made before 25 September
            2025 must ask.
        comma_separated_scopes: write the scopes as Pinterest's own examples do. Pinterest takes spaces
            as well, which other servers want.
        lifetime: seconds that the person may take.

    Raises:
        ApiException: an argument has the wrong type.

    """

    __slots__ = ("_native", "_options", "redirect_uri", "scopes")

    def __init__(
        self,
        redirect_uri: str,
        scopes: Iterable[str],
        *,
        pkce: bool = False,
        continuous_refresh: bool = False,
        comma_separated_scopes: bool = False,
        lifetime: float = 600,
    ) -> None:
        check_text("redirect_uri", redirect_uri)
        check_type("scopes", scopes, (str, Iterable))
        names = [scopes] if isinstance(scopes, str) else list(scopes)
        for name in names:
            check_text("scopes", name)
        check_type("pkce", pkce, (bool,))
        check_type("continuous_refresh", continuous_refresh, (bool,))
        check_type("comma_separated_scopes", comma_separated_scopes, (bool,))
        lifetime = check_seconds("lifetime", lifetime)
        self.redirect_uri: str = redirect_uri
        self.scopes: tuple[str, ...] = tuple(names)
        self._options = {
            "pkce": pkce,
            "continuous_refresh": continuous_refresh,
            "comma_separated_scopes": comma_separated_scopes,
            "lifetime": lifetime,
        }
        self._native = Authorization(
            redirect_uri, names, pkce, continuous_refresh, comma_separated_scopes, lifetime
        )

    def __repr__(self) -> str:
        return f"AuthorizationRequest({self.redirect_uri!r}, {list(self.scopes)!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AuthorizationRequest):
            return NotImplemented
        return self.__reduce__() == other.__reduce__()

    def __hash__(self) -> int:
        return hash((self.redirect_uri, self.scopes))

    def __reduce__(self) -> tuple[Any, ...]:
        return _requested, (type(self), self.redirect_uri, self.scopes, self._options)

    @unshown
    def start(self, api_client: ApiClient) -> PendingAuthorization:
        """Make the URL to send the person to. Nothing is sent.

        Raises:
            ApiException: the client has no ``username``, there are no scopes, or the redirect URI is
                not one; its ``message`` names the setting.

        """
        client = connected(api_client)
        try:
            return PendingAuthorization._of(client.authorize(self._native))
        except CallFailed as failure:
            raise from_failure(failure) from None


class PendingAuthorization:
    """What to remember while a person is at Pinterest.

    It holds no secret, so it may be printed, pickled, and kept in a cookie that the application has
    signed. Keep it in this person's session and nowhere that another person's session can reach:
    that is what binds the callback to who asked. `AuthorizationRequest.start` makes one.

    Attributes:
        url: where to send the person.
        state: what the callback must bring back.
        redirect_uri: where the person comes back to.
        expires_at: when it ends, in seconds since 1970.

    """

    __slots__ = ("_native",)

    _native: Pending

    def __init__(self) -> None:
        raise TypeError("use AuthorizationRequest.start or PendingAuthorization.from_json")

    @classmethod
    def _of(cls, native: Pending) -> Self:
        made = object.__new__(cls)
        made._native = native
        return made

    @classmethod
    def from_json(cls, text: str | None) -> Self:
        """Restore what `to_json` gave.

        Take it out of the session for good, as ``session.pop("pending", None)`` does, before `complete`: a
        callback then counts once, whichever process it comes to.

        Raises:
            ApiException: it is something else, with the reason ``NotPending``.

        """
        if text is not None:
            check_text("text", text)
        try:
            return cls._of(Pending.from_json(text or ""))
        except CallFailed as failure:
            raise from_failure(failure) from None

    def to_json(self) -> str:
        """Give everything as JSON text, for the person's session. No secret is in it."""
        return self._native.to_json()

    @property
    def url(self) -> str:
        """Where to send the person."""
        return self._native.url

    @property
    def state(self) -> str:
        """What the callback must bring back."""
        return self._native.state

    @property
    def redirect_uri(self) -> str:
        """Where the person comes back to."""
        return self._native.redirect_uri

    @property
    def expires_at(self) -> int:
        """When it ends, in seconds since 1970."""
        return self._native.expires_at

    @unshown
    def complete(
        self, api_client: ApiClient, callback: str, *, timeout: Timeout = None, headers: Headers = None
    ) -> OauthAccessTokenResponse:
        """Check the callback and exchange its code for a token.

        A callback counts once in this process, and others know nothing of it: delete what is pending from
        the session first. One that is not this authorization's changes nothing: the right one can still
        come. The exchange is repeated, as ``Configuration.retries`` says, only while nothing was sent.

        Args:
            api_client: with the app id and secret that the authorization was started with.
            callback: the URL that the person came back to, or its query.
            timeout: of the exchange, as for `OauthApi`; so are ``headers``.
            headers: more of them, for the exchange.

        Returns:
            What `OauthApi.oauth_token` returns.

        Raises:
            ApiException: with the kind ``Authorization`` for a wrong, missing or repeated state, a
                late or used callback, and a person who does not allow it, which its ``reason`` tells apart;
                otherwise as from
                `OauthApi.oauth_token`.

        """
        check_type("api_client", api_client, (ApiClient,))
        operation = Completion(self._native, callback)
        limits, own = timeouts(timeout), header_pairs("headers", headers)
        token: OauthAccessTokenResponse = api_client._make(operation, limits, own)
        return token

    def __repr__(self) -> str:
        return f"PendingAuthorization(redirect_uri={self.redirect_uri!r}, expires_at={self.expires_at})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PendingAuthorization):
            return NotImplemented
        return self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.state)

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return type(self).from_json, (self.to_json(),)


def _requested(
    cls: type[AuthorizationRequest], redirect_uri: str, scopes: tuple[str, ...], options: dict[str, Any]
) -> AuthorizationRequest:
    """Make a request of a copy's or a pickle's parts."""
    return cls(redirect_uri, scopes, **options)


class Completion(Operation):
    """The check of an authorization's callback, then `oauth_token` with its code."""

    __slots__ = ("_callback", "_pending")

    def __init__(self, pending: Pending, callback: str) -> None:
        check_text("callback", callback)
        super().__init__("oauth_token", "/oauth/token", Call.completion(pending, callback), read_token)
        self._pending = pending
        self._callback = callback

    def form(self, connect: Callable[[], Client]) -> list[tuple[str, str]]:
        """Check the callback, which counts as used then, and give the form with its code."""
        client = connect()
        try:
            return client.redeem(self._pending, self._callback)
        except CallFailed as failure:
            raise from_failure(failure) from None

    def give_back(self) -> None:
        """Let the callback count once more."""
        self._pending.give_back()


def connected(api_client: ApiClient) -> Client:
    """Give the core's client of a client, with its settings as they are now."""
    check_type("api_client", api_client, (ApiClient,))
    return api_client._connected()
