"""For asyncio: what waits is awaited, and everything else of `pinterest_sdk` is used as it is.

    from pinterest_sdk import aio

    token = await aio.OauthApi(api_client).oauth_token("client_credentials", scope="pins:read")
    token = await aio.complete(api_client, pending, callback)

The classes of `pinterest_sdk.api` are here too, with methods that are awaited: ``aio.BoardsApi``; and
`paginate`, for ``async for``.

A call that is cancelled is given up, and its connection closed. One client serves any number of event
loops.
"""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable  # noqa: TC003 - for `typing.get_type_hints`; so are other names below.
from inspect import isawaitable

from pinterest_sdk import _operations
from pinterest_sdk._authorization import AuthorizationRequest, Completion, PendingAuthorization
from pinterest_sdk._awaited import answer_to, done
from pinterest_sdk._checks import check_type, header_pairs, timeouts
from pinterest_sdk._client import ApiClient, client_of
from pinterest_sdk._login import listen, show_page, token_of
from pinterest_sdk._own_exchange import exchange_later
from pinterest_sdk._token_manager_later import TokenManager
from pinterest_sdk._variables import unshown_later
from pinterest_sdk.models import ConversionAccessTokenResponse, OauthAccessTokenResponse  # noqa: TC001
from pinterest_sdk.pages import paginate_later as paginate
from pinterest_sdk.stores import FileStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    # Type checkers know those classes from a stub, which is made when the wheel is built.
    import pinterest_sdk._later_api as _later_api  # noqa: PLR0402 - as pyright reads its `__all__`.
    from pinterest_sdk._later_api import *  # noqa: F403
    from pinterest_sdk.types import GrantType, Headers, Timeout, TokenTypeHint
else:  # For `typing.get_type_hints`, without the slow import of `typing`.
    GrantType = TokenTypeHint = str
    Timeout = Headers = object

__all__ = ["OauthApi", "TokenManager", "complete", "login", "paginate", "reseal"]

if TYPE_CHECKING:
    __all__ += _later_api.__all__


class OauthApi:
    """Pinterest's OAuth calls, which take, return and raise what those of `pinterest_sdk.OauthApi` do.

    Args:
        api_client: makes the calls; one with the settings of ``Configuration()`` unless given.

    """

    def __init__(self, api_client: ApiClient | None = None) -> None:
        self.api_client: ApiClient = client_of(api_client)

    @unshown_later
    async def oauth_token(
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
        """Exchange a grant for a token: ``POST /oauth/token``."""
        operation = _operations.oauth_token(
            grant_type, code, redirect_uri, refresh_token, scope, continuous_refresh, refresh_on
        )
        token: OauthAccessTokenResponse = await self.api_client._make_later(
            operation, answer_to, timeouts(timeout), header_pairs("headers", headers)
        )
        return token

    @unshown_later
    async def revoke_token(
        self,
        token: str,
        token_type_hint: TokenTypeHint | None = None,
        *,
        timeout: Timeout = None,
        headers: Headers = None,
    ) -> None:
        """End a system user's token at once: ``POST /oauth/token/revoke``."""
        operation = _operations.revoke_token(token, token_type_hint)
        await self.api_client._make_later(
            operation, answer_to, timeouts(timeout), header_pairs("headers", headers)
        )

    @unshown_later
    async def conversion_token(
        self, *, timeout: Timeout = None, headers: Headers = None
    ) -> ConversionAccessTokenResponse:
        """Get a long-lived token for sending conversions: ``POST /oauth/conversion_token``."""
        operation = _operations.conversion_token()
        token: ConversionAccessTokenResponse = await self.api_client._make_later(
            operation, answer_to, timeouts(timeout), header_pairs("headers", headers)
        )
        return token


@unshown_later
async def complete(
    api_client: ApiClient,
    pending: PendingAuthorization,
    callback: str,
    *,
    timeout: Timeout = None,
    headers: Headers = None,
) -> OauthAccessTokenResponse:
    """Check a callback and exchange its code, as `PendingAuthorization.complete` does.

    When it is cancelled, the exchange is given up; the callback may have counted by then.
    """
    check_type("pending", pending, (PendingAuthorization,))
    check_type("api_client", api_client, (ApiClient,))
    operation = Completion(pending._native, callback)
    token: OauthAccessTokenResponse = await api_client._make_later(
        operation, answer_to, timeouts(timeout), header_pairs("headers", headers)
    )
    return token


@unshown_later
async def reseal(store: FileStore, account: str | None = None) -> list[str]:
    """Seal the files of all accounts, or of one, with the first key, as `FileStore.reseal` does.

    When it is cancelled, the file at hand is still replaced.
    """
    check_type("store", store, (FileStore,))
    changed: list[str] = await done(lambda: store._resealing(account))
    return changed


@unshown_later
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
        if api_client._is_overridden():
            return await exchange_later(api_client, started)
        return token_of(api_client, await answer_to(started.start))
    finally:
        started.close()


if not TYPE_CHECKING:  # Or a type checker would let every name pass.

    def __getattr__(name: str) -> object:
        cls = None
        if name.endswith("Api"):
            # Slow to import; most programs that wait for a token ask for nothing else.
            from pinterest_sdk._later_api import later

            cls = later(name)
        if cls is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = cls
        return cls

    def __dir__() -> list[str]:
        from pinterest_sdk._made_api import class_names

        return sorted({*globals(), *class_names()})
