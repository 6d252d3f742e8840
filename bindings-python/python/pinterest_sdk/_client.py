"""`ApiClient`: connections and headers that calls share."""

from __future__ import annotations

from pinterest_sdk._configuration import Configuration
from pinterest_sdk._connection import Connection
from pinterest_sdk._native import __version__
from pinterest_sdk.errors import ApiException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType
    from typing import Any, ClassVar, NoReturn, TypeAlias

    from typing_extensions import Self

    from pinterest_sdk._connection import Times
    from pinterest_sdk._native import Answer, Client, Task
    from pinterest_sdk._operations import Operation

    # Starts something that delivers its answer to the function that it is given, and waits for that.
    Wait: TypeAlias = Callable[[Callable[[Callable[..., object]], Task]], Awaitable[Answer]]
else:  # For `typing.get_type_hints`.
    from _collections_abc import Awaitable, Callable  # noqa: TC003
    from types import TracebackType  # noqa: TC003

    from pinterest_sdk._hints import Any, ClassVar, Self  # noqa: TC001

    Answer = Client = NoReturn = Operation = Times = Wait = object

USER_AGENT = f"pinterest-sdk/{__version__} python"
UNLIMITED: Times = (None, None)
"""No limits of a call's own; the configuration's hold."""


class ApiClient:
    """Makes calls, over connections that are kept for the next call.

    One client serves any number of threads, event loops and forked children. Use it in a ``with``
    statement, or `close` it, to close its connections at once.

    Args:
        configuration: the settings; those of `Configuration()` unless given.
        user_agent: sent as ``User-Agent``.

    Attributes:
        default_headers: sent with each call.

    """

    _logger: ClassVar[str] = "pinterest_sdk"

    def __init__(self, configuration: Configuration | None = None, *, user_agent: str = USER_AGENT) -> None:
        self.configuration: Configuration = Configuration() if configuration is None else configuration
        self.default_headers: dict[str, Any] = {"User-Agent": user_agent}
        self._connection = Connection(self._logger)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, but for calls that run."""
        self._connection.close()

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
        return operation.result(self._send(operation, self._connected(headers=headers), times))

    async def _make_later(
        self,
        operation: Operation,
        wait: Wait,
        times: Times = UNLIMITED,
        headers: dict[str, str] | None = None,
    ) -> Any:
        """Make it for asyncio, which knows how to wait."""
        client = self._connected(headers=headers)
        return operation.result(await self._send_later(operation, wait, client, times))

    def _connected(self, host: str | None = None, headers: dict[str, str] | None = None) -> Client:
        """Give the core's client for the settings as they are now, and the headers of one call."""
        configuration = self.configuration
        return self._connection.client(
            "oauth",
            configuration,
            configuration.host if host is None else host,
            {**self.default_headers, **headers} if headers else self.default_headers,
        )

    def _send(self, operation: Operation, client: Client, times: Times) -> Answer:
        return self._connection.send(client, operation.call, f"POST {operation.path}", times)

    async def _send_later(self, operation: Operation, wait: Wait, client: Client, times: Times) -> Answer:
        connection = self._connection
        try:
            answer = await wait(lambda deliver: connection.start(client, operation.call, times, deliver))
        except ApiException as error:
            connection.log(f"POST {operation.path} failed: {error.status} {error.message}")
            raise
        connection.log(f"POST {operation.path} answered: {answer.status}")
        return answer
