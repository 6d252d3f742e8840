"""`TokenManager`: tokens that stay valid, for programs with threads."""

from __future__ import annotations

from pinterest_sdk._checks import check_seconds
from pinterest_sdk._errands import done
from pinterest_sdk._managed import Managed
from pinterest_sdk._native import Tokens
from pinterest_sdk._token_facts import TokenStatus, status_of
from pinterest_sdk._variables import unshown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Any

    from typing_extensions import Self

    from pinterest_sdk._httpx_auth import HttpxAuth
    from pinterest_sdk._requests_auth import RequestsAuth
    from pinterest_sdk.models import OauthAccessTokenResponse
else:  # For `typing.get_type_hints`, without the slow import of `typing`.
    from _collections_abc import Mapping  # noqa: TC003

    from pinterest_sdk._hints import Any, Self, TracebackType  # noqa: TC001

    HttpxAuth = OauthAccessTokenResponse = RequestsAuth = object


class TokenManager(Managed):
    __doc__ = f"""{Managed.__doc__}
    One manager serves any number of threads and forked children. Each process makes its own of the same
    store; see `pinterest_sdk.aio.TokenManager` for asyncio.
    """

    __slots__ = ()

    def access_token(self) -> str:
        """Give a valid access token: the one in memory; the store's; or a new one.

        While the old one is valid it is given out, and renewed behind that.

        Raises:
            ApiException: of the kind ``ReauthorizationRequired`` if a person has to authorize, ``Store`` if
                the store failed, ``Network`` with the phase ``timeout`` if it takes longer than ``wait``;
                otherwise what asking for a new token gave, if no valid one is left.

        """
        return self._fresh() or self._obtain()

    @unshown
    def _obtain(self) -> str:
        token: str = done(lambda: self._asking(Tokens.access_token))
        return token

    def _valid(self) -> str:
        """Give what a client's calls ask for, as a program's own class gives it."""
        return self.access_token()

    async def _valid_later(self) -> str:
        if getattr(self.access_token, "__func__", None) is TokenManager.access_token:
            return await super()._valid_later()
        from asyncio import to_thread

        # A program's own may take its time.
        return await to_thread(self.access_token)

    def authorization_header(self) -> str:
        """Give `access_token` as the value of the header ``Authorization``."""
        return f"Bearer {self.access_token()}"

    @unshown
    def refresh(self) -> str:
        """Give a new token now. If somebody else has just renewed it, that one.

        Raises:
            ApiException: as from `access_token`.

        """
        token: str = done(lambda: self._asking(Tokens.refresh))
        return token

    @unshown
    def adopt(self, response: OauthAccessTokenResponse | Mapping[str, Any]) -> str:
        """Keep the tokens of an answer in place of the account's, and give its access token.

        Tokens that came after them, by renewal or a later login, stay, and it gives theirs: call `forget`
        before going back on purpose.

        Args:
            response: what `OauthApi.oauth_token`, `PendingAuthorization.complete` or `login` returned, or a
                dict of such fields: a row of your database, whose ``expires_at`` and
                ``refresh_token_expires_at`` are seconds (or milliseconds) since 1970 or a `datetime` with a
                time zone.

        Raises:
            ApiException: of the kind ``Store``, with the outcome ``Unknown``, if they could not be kept; they
                are used all the same, and kept as soon as can be.

        """
        token: str = done(lambda: self._adoption(response))
        return token

    @unshown
    def status(self) -> TokenStatus:
        """Tell how the tokens stand in the store. It asks nobody else.

        Raises:
            ApiException: of the kind ``Store``.

        """
        return status_of(done(self._native.status))

    @unshown
    def revoke(self) -> None:
        """End the account's tokens at Pinterest, and forget them. They stay if Pinterest refuses.

        Raises:
            ApiException: of the kind ``ReauthorizationRequired`` if there are none; otherwise as from
                `OauthApi.revoke_token`.

        """
        done(lambda: self._asking(Tokens.revoke))

    @unshown
    def forget(self) -> bool:
        """Forget the account's tokens, and say whether there were any. Pinterest accepts them until they end.

        Raises:
            ApiException: of the kind ``Store``.

        """
        forgotten: bool = done(self._native.forget)
        return forgotten

    def close(self, timeout: float | None = None) -> bool:
        """Wait until nothing of any account is being renewed, and everything is kept; say whether that is so.

        The manager can be used again. A program that ends waits so by itself, up to ten seconds.

        Args:
            timeout: how many seconds at most; ten unless given, as in every language.

        """
        seconds = None if timeout is None else check_seconds("timeout", timeout)
        closed: bool = done(lambda: self._native.close(seconds))
        return closed

    def auth(self) -> RequestsAuth:
        """Give what `requests` takes as ``auth``; it puts the header on requests to the API.

        Others it refuses. An answer 401 has the token renewed, once, and the request sent again, once.
        """
        from pinterest_sdk._requests_auth import RequestsAuth

        return RequestsAuth(self)

    def httpx_auth(self) -> HttpxAuth:
        """Give the same for `httpx.Client`; `pinterest_sdk.aio.TokenManager.auth` is for `httpx.AsyncClient`.

        A request is sent again if its body is in memory.
        """
        from pinterest_sdk._httpx_auth import HttpxAuth

        return HttpxAuth(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,  # noqa: PYI036 - it is that of `types`.
    ) -> None:
        self.close()
