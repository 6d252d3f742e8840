"""What `httpx` takes as ``auth``; loaded when a program asks for it, and with it that library."""

from __future__ import annotations

import httpx

from pinterest_sdk._foreign_address import refusal
from pinterest_sdk._requests_auth import _UNAUTHORIZED, Tokens
from pinterest_sdk.errors import ApiException, InvalidInputException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator
    from typing import NoReturn, Protocol

    class LaterTokens(Protocol):
        """An account's tokens, for asyncio."""

        async def access_token(self) -> str:
            """Give a valid one."""

        def refused(self, token: str, status: int, body: bytes) -> bool:
            """Say how a request with one was answered, and hear whether another one may help."""

        def _foreign(self, url: str) -> tuple[str, str | None] | None:
            """Say why a request there is not to have one, and what to do."""


class _Auth(httpx.Auth):
    """Puts a valid access token on requests to the API, and looks at their answers.

    An answer 401 has the token renewed, once, and the request sent again, once, if its body is in memory.

    Args:
        tokens: the account's; they go to the API alone.

    """

    _for: str

    def __init__(self, tokens: Tokens | LaterTokens) -> None:
        self._account = tokens

    def auth_flow(self, request: httpx.Request) -> NoReturn:  # noqa: ARG002 - what both kinds of client fall back to.
        """Refuse the other kind of client."""
        raise InvalidInputException(f"this `auth` is for {self._for}", "take the other token manager's")

    def _check(self, request: httpx.Request) -> None:
        foreign = self._account._foreign(str(request.url))
        if foreign is not None:
            raise refusal(foreign, httpx.RequestError, request)

    def _sent(self, answer: httpx.Response) -> str | None:
        """Give the token of a request whose answer may be its fault."""
        # A redirection may have led elsewhere.
        url = str(answer.request.url)
        if answer.status_code != _UNAUTHORIZED or self._account._foreign(url) is not None:
            return None
        scheme, _, token = answer.request.headers.get("Authorization", "").partition(" ")
        return token if scheme == "Bearer" and token else None

    def _may_go_again(self, answer: httpx.Response, token: str) -> bool:
        """Say whether another token may help, and the request can be sent again; the answer has been read."""
        if not self._account.refused(token, answer.status_code, answer.content):
            return False
        # Any other body is a stream, of which nobody knows whether it begins again.
        return isinstance(answer.request.stream, httpx.ByteStream)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._account!r})"


class HttpxAuth(_Auth):
    """For `httpx.Client`."""

    _for = "httpx.Client and threads"
    _account: Tokens

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send a request with a token, and perhaps with another."""
        self._check(request)
        _put(request, self._account.access_token())
        answer = yield request
        token = self._sent(answer)
        if token is None:
            return
        answer.read()
        if not self._may_go_again(answer, token):
            return
        try:
            new = self._account.access_token()
        except ApiException:
            return  # The answer stays; who asks for a token next hears why.
        if new != token:
            yield _put(answer.request, new)


class AsyncHttpxAuth(_Auth):
    """For `httpx.AsyncClient`."""

    _for = "httpx.AsyncClient and asyncio"
    _account: LaterTokens

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Send a request with a token, and perhaps with another."""
        self._check(request)
        _put(request, await self._account.access_token())
        answer = yield request
        token = self._sent(answer)
        if token is None:
            return
        await answer.aread()
        if not self._may_go_again(answer, token):
            return
        try:
            new = await self._account.access_token()
        except ApiException:
            return  # As above.
        if new != token:
            yield _put(answer.request, new)


def _put(request: httpx.Request, token: str) -> httpx.Request:
    request.headers["Authorization"] = f"Bearer {token}"
    return request
