"""Calls that carry a token manager's token: a valid one, and another one if it is refused."""

from __future__ import annotations

from pinterest_sdk.errors import ApiException, InvalidInputException, InvalidTypeException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any, Protocol, TypeVar

    T = TypeVar("T")

    class Tokens(Protocol):
        """An account's tokens: a `TokenManager`, of either kind."""

        def _foreign(self, url: str) -> tuple[str, str | None] | None:
            """Say why a request there is not to have a token, and what to do."""

        async def _valid_later(self) -> str:
            """Give a valid one."""

        def refused(self, token: str, status: int, body: str | bytes) -> bool:
            """Say how a request with one was answered, and hear whether another one may help."""


def with_token(tokens: Any, host: str, ask: Callable[[str], T]) -> T:
    """Have something asked for with a valid token; with a new one, once, if that is refused.

    Args:
        tokens: the account's: a `pinterest_sdk.TokenManager`.
        host: base URL that is asked.
        ask: asks with a token. A refusal for the token's sake had no effect.

    Raises:
        ApiException: what ``ask`` raises; that there is no valid token; that they are another server's.

    """
    _check(tokens, "_valid", host)
    token: str = tokens._valid()
    try:
        return ask(token)
    except ApiException as error:
        if not _is_to_blame(tokens, token, error):
            raise
    return ask(tokens._valid())


async def with_token_later(tokens: Tokens, host: str, ask: Callable[[str], Awaitable[T]]) -> T:
    """Have it asked for in an event loop, with the tokens of either kind of manager."""
    _check(tokens, "_valid_later", host)
    token = await tokens._valid_later()
    try:
        return await ask(token)
    except ApiException as error:
        if not _is_to_blame(tokens, token, error):
            raise
    return await ask(await tokens._valid_later())


def _check(tokens: Any, way: str, host: str) -> None:
    if not hasattr(type(tokens), way):
        kind = type(tokens)
        raise InvalidTypeException(
            f"`tokens` is a {kind.__module__}.{kind.__qualname__}: give a pinterest_sdk.TokenManager, "
            "or to what is awaited one of pinterest_sdk.aio"
        )
    foreign = tokens._foreign(host)
    if foreign is not None:
        raise InvalidInputException(*foreign)


def _is_to_blame(tokens: Tokens, token: str, error: ApiException) -> bool:
    status = error.status
    if not isinstance(status, int):
        return False
    return tokens.refused(token, status, error.body if isinstance(error.body, (str, bytes)) else b"")
