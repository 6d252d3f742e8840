"""What a token manager tells: how tokens stand, and what happened to them."""

from __future__ import annotations

from pinterest_sdk._facts import Facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pinterest_sdk.errors import ApiException
    from pinterest_sdk.types import TokenEventKind, TokenState
else:  # For `typing.get_type_hints`, without the slow import of `typing`.
    ApiException = Any = object
    TokenEventKind = TokenState = str


class TokenLife(Facts):
    """From when to when a token is valid.

    Attributes:
        issued_at: when it was issued, in seconds since 1970.
        expires_at: when it expires; None if Pinterest did not say.

    """

    __slots__ = ("issued_at", "expires_at")  # noqa: RUF023 - their order.
    issued_at: int
    expires_at: int | None


class TokenFailure(Facts):
    """The last renewal that failed.

    Attributes:
        failures: how many failed one after another, within a day.
        failed_at: when, in seconds since 1970.
        until: when an early renewal may be tried again.
        kind: the error's kind; empty if a release before wrote it.
        message: the error's message; empty if a release before wrote it.

    """

    __slots__ = ("failures", "failed_at", "until", "kind", "message")  # noqa: RUF023 - their order.
    failures: int
    failed_at: int
    until: int
    kind: str
    message: str


class TokenStatus(Facts):
    """How an account's tokens stand.

    Attributes:
        state: ``Fresh``: valid. ``Stale``: valid, and to be renewed. ``Expired``: renewed when it is asked
            for. ``ReauthorizationRequired``: a person has to authorize again.
        scope: the scopes, separated by spaces or commas, if known.
        access_life: when the access token was issued and expires; None without one.
        refresh_life: the same of the refresh token.
        failure: the last renewal that failed, if none has worked since.
        asked: whether new tokens were asked for, and whoever asked has not said yet what came of it.
        unsaved: whether newer tokens than the store's are in this process alone.
        store: what the store is, and where.

    """

    __slots__ = (  # noqa: RUF023 - their order.
        "state", "scope", "access_life", "refresh_life", "failure", "asked", "unsaved", "store",
    )  # fmt: skip
    state: TokenState
    scope: str | None
    access_life: TokenLife | None
    refresh_life: TokenLife | None
    failure: TokenFailure | None
    asked: bool
    unsaved: bool
    store: str


class TokenEvent(Facts):
    """Something that happened to an account's tokens.

    Attributes:
        kind: ``Refreshed``: there is a new token, of this program or another. ``RefreshFailed``: a valid
            token is given out as before. ``NotKept``: the store does not take a new token, and is asked
            again. ``SetAside``: what stood beside the tokens and could not be read or ranked was kept, and
            ``error`` says where. ``ReauthorizationSoon``: a person has to authorize again before ``at``.
            ``ReauthorizationNeeded``: a person has to authorize again.
        account: whose tokens.
        error: why, of the kinds that are about an error.
        at: when, in seconds since 1970, of what is to come.

    """

    __slots__ = ("kind", "account", "error", "at")  # noqa: RUF023 - their order.
    kind: TokenEventKind
    account: str
    error: ApiException | None
    at: int | None


def status_of(given: Any) -> TokenStatus:
    """Make a status of what the core gives."""
    state, scope, access_life, refresh_life, failure, asked, unsaved, store = given
    return TokenStatus(
        state,
        scope,
        access_life and TokenLife(*access_life),
        refresh_life and TokenLife(*refresh_life),
        failure and TokenFailure(*failure),
        asked,
        unsaved,
        store,
    )
