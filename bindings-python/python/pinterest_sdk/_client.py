"""`ApiClient`: connections and headers that calls share."""

from __future__ import annotations

from pinterest_sdk._configuration import Configuration
from pinterest_sdk._connection import Connection
from pinterest_sdk._native import __version__
from pinterest_sdk.errors import ApiException, InvalidTypeException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType
    from typing import Any, ClassVar, NoReturn, Protocol, TypeAlias

    from typing_extensions import Self

    from pinterest_sdk._bearer import Tokens
    from pinterest_sdk._connection import Times
    from pinterest_sdk._native import Answer, Call, Client, Task
    from pinterest_sdk._operations import Operation

    class Asked(Protocol):
        """What the core is asked for: a call, its name in the log, and whether it carries an access token."""

        @property
        def call(self) -> Call: ...
        @property
        def what(self) -> str: ...
        @property
        def carries_token(self) -> bool: ...

    # Starts something that delivers its answer to the function that it is given, and waits for that.
    Wait: TypeAlias = Callable[[Callable[[Callable[..., object]], Task]], Awaitable[Answer]]
else:  # For `typing.get_type_hints`.
    from _collections_abc import Awaitable, Callable  # noqa: TC003

    from pinterest_sdk._hints import Any, ClassVar, Self, TracebackType  # noqa: TC001

    Answer = Asked = Client = NoReturn = Operation = Times = Tokens = Wait = object

USER_AGENT = f"pinterest-sdk/{__version__} python"
UNLIMITED: Times = (None, None)
"""No limits of a call's own; the configuration's hold."""


def client_of(given: ApiClient | None) -> ApiClient:
    """Give the client that an API was made with, which may be a mock, or a new one."""
    if given is None:
        return ApiClient()
    if not hasattr(given, "_make") and not hasattr(given, "call_api"):
        raise InvalidTypeException(
            f"`api_client` is a {type(given).__name__}: give an ApiClient, such as `ApiClient(configuration)`"
        )
    return given


class ApiClient:
    """Makes calls, over connections that are kept for the next call.

    One client serves any number of threads, event loops and forked children. Use it in a ``with``
    statement, or `close` it, to close its connections at once.

    Args:
        configuration: the settings; those of `Configuration()` unless given.
        user_agent: sent as ``User-Agent``.
        tokens: a `TokenManager`, whose token calls carry in place of the configuration's ``access_token``;
            one that Pinterest refuses is renewed, once, and the call made again.

    Attributes:
        default_headers: sent with each call.
        tokens: as above; it holds from the next call on.
        checks: what operations of this package's own APIs check before anything is sent, where a call does
            not say: ``usual``, which None is too, ``strict`` or ``off``.

    """

    _logger: ClassVar[str] = "pinterest_sdk"
    tokens: Tokens | None = None
    checks: str | None = None

    def __init__(
        self,
        configuration: Configuration | None = None,
        *,
        user_agent: str = USER_AGENT,
        tokens: Tokens | None = None,
    ) -> None:
        if configuration is not None and not hasattr(configuration, "_settings"):
            raise InvalidTypeException(
                f"`configuration` is a {type(configuration).__name__}: give a Configuration"
            )
        self.tokens = tokens
        self.configuration: Configuration = Configuration() if configuration is None else configuration
        self.default_headers: dict[str, Any] = {"User-Agent": user_agent}
        self._connection = Connection(self._logger)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,  # noqa: PYI036 - it is that of `types`.
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, but for calls that run."""
        self._connection.close()

    def with_tokens(self, tokens: Tokens | None) -> Self:
        """Give the same client, over the same connections, whose calls carry the tokens of an account.

        It costs little: one for each request will do.
        """
        client = self.__copy__()
        client.tokens = tokens
        return client

    def __copy__(self) -> Self:
        copied = object.__new__(type(self))
        copied.__dict__.update(self.__dict__)
        return copied

    def __reduce__(self) -> NoReturn:
        raise TypeError("an ApiClient cannot be pickled: it has connections and credentials")

    def _is_overridden(self) -> bool:
        """Say whether requests are made by something that a program has put in this one's place."""
        return False

    def _make(
        self, operation: Operation, times: Times = UNLIMITED, headers: dict[str, str] | None = None
    ) -> Any:
        """Make an OAuth call on this thread."""
        return operation.result(self._ask(operation, times, headers))

    async def _make_later(
        self,
        operation: Operation,
        wait: Wait,
        times: Times = UNLIMITED,
        headers: dict[str, str] | None = None,
    ) -> Any:
        """Make it for asyncio, which knows how to wait."""
        return operation.result(await self._ask_later(operation, wait, times, headers))

    def _ask(
        self, asked: Asked, times: Times, headers: dict[str, str] | None, host: str | None = None
    ) -> Answer:
        """Have the core make a call on this thread."""
        host = self._host() if host is None else host

        def ask(token: str | None) -> Answer:
            return self._connection.send(self._core(host, headers, token), asked.call, asked.what, times)

        tokens = self.tokens if asked.carries_token else None
        if tokens is None:
            return ask(None)
        from pinterest_sdk._bearer import with_token

        return with_token(tokens, host, ask)

    async def _ask_later(
        self,
        asked: Asked,
        wait: Wait,
        times: Times,
        headers: dict[str, str] | None,
        host: str | None = None,
    ) -> Answer:
        """Have it made for asyncio, which knows how to wait."""
        host = self._host() if host is None else host

        async def ask(token: str | None) -> Answer:
            connection, client = self._connection, self._core(host, headers, token)
            try:
                answer = await wait(lambda deliver: connection.start(client, asked.call, times, deliver))
            except ApiException as error:
                connection.log(f"{asked.what} failed: {error.status} {error.message}")
                raise
            connection.log(f"{asked.what} answered: {answer.status}")
            return answer

        tokens = self.tokens if asked.carries_token else None
        if tokens is None:
            return await ask(None)
        from pinterest_sdk._bearer import with_token_later

        return await with_token_later(tokens, host, ask)

    def _host(self) -> str:
        """Give the base URL that calls go to."""
        return self.configuration.host

    def _connected(self) -> Client:
        """Give the core's client for the settings as they are now."""
        return self._core(self._host(), None, None)

    def _core(self, host: str, headers: dict[str, str] | None, token: str | None) -> Client:
        """Give the one for the headers and the token of one call."""
        return self._connection.client(
            "oauth",
            self.configuration,
            host,
            {**self.default_headers, **headers} if headers else self.default_headers,
            token,
        )
