"""`TokenManager` for asyncio."""

from __future__ import annotations

from asyncio import get_running_loop

from pinterest_sdk._awaited import done
from pinterest_sdk._checks import check_seconds
from pinterest_sdk._managed import Managed
from pinterest_sdk._native import Tokens
from pinterest_sdk._token_facts import TokenStatus, status_of
from pinterest_sdk._variables import unshown_later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType
    from typing import Any

    from typing_extensions import Self

    from pinterest_sdk._httpx_auth import AsyncHttpxAuth
    from pinterest_sdk._native import Errand
    from pinterest_sdk.models import OauthAccessTokenResponse
else:  # For `typing.get_type_hints`, without the slow import of `typing`.
    from _collections_abc import Mapping  # noqa: TC003

    from pinterest_sdk._hints import Any, Self, TracebackType  # noqa: TC001

    AsyncHttpxAuth = OauthAccessTokenResponse = object


class TokenManager(Managed):
    __doc__ = f"""{Managed.__doc__}
    One manager serves any number of event loops. A task that is cancelled stops waiting; what it began goes
    on, as a renewal or what was adopted, and is kept. `close` it before a loop ends that a store of your
    own needs.
    """

    __slots__ = ()

    async def access_token(self) -> str:
        """Give a valid access token, as `pinterest_sdk.TokenManager.access_token` does."""
        return self._fresh() or await self._obtain()

    async def _valid_later(self) -> str:
        return await self.access_token()

    @unshown_later
    async def _obtain(self) -> str:
        token: str = await self._done(lambda: self._asking(Tokens.access_token))
        return token

    async def authorization_header(self) -> str:
        """Give `access_token` as the value of the header ``Authorization``."""
        return f"Bearer {await self.access_token()}"

    @unshown_later
    async def refresh(self) -> str:
        """Give a new token now. If somebody else has just renewed it, that one."""
        token: str = await self._done(lambda: self._asking(Tokens.refresh).begun())
        return token

    @unshown_later
    async def adopt(self, response: OauthAccessTokenResponse | Mapping[str, Any]) -> str:
        """Keep the tokens of an answer in place of the account's, and give its access token."""
        token: str = await self._done(lambda: self._adoption(response).begun())
        return token

    @unshown_later
    async def status(self) -> TokenStatus:
        """Tell how the tokens stand in the store. It asks nobody else."""
        return status_of(await self._done(self._native.status))

    @unshown_later
    async def revoke(self) -> None:
        """End the account's tokens at Pinterest, and forget them. They stay if Pinterest refuses."""
        await self._done(lambda: self._asking(Tokens.revoke).begun())

    @unshown_later
    async def forget(self) -> bool:
        """Forget the account's tokens, and say whether there were any."""
        forgotten: bool = await self._done(lambda: self._native.forget().begun())
        return forgotten

    async def close(self, timeout: float | None = None) -> bool:
        """Wait until nothing of any account is being renewed, and everything is kept; say whether that is so.

        The manager can be used again. A program that ends waits so by itself, up to ten seconds.

        Args:
            timeout: how many seconds at most; ten unless given, as in every language.

        """
        seconds = None if timeout is None else check_seconds("timeout", timeout)
        closed: bool = await self._done(lambda: self._native.close(seconds))
        return closed

    def auth(self) -> AsyncHttpxAuth:
        """Give what `httpx.AsyncClient` takes as ``auth``; it puts the header on requests to the API.

        Others it refuses. An answer 401 has the token renewed, once, and the request sent again, once, if its
        body is in memory.
        """
        from pinterest_sdk._httpx_auth import AsyncHttpxAuth

        return AsyncHttpxAuth(self)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,  # noqa: PYI036 - it is that of `types`.
    ) -> None:
        await self.close()

    async def _done(self, make: Callable[[], Errand]) -> Any:
        """Wait for what the core does."""
        self._loops.use(get_running_loop())
        return await done(make)
