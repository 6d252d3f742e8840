"""`ApiClient`: connections and headers that API objects share."""

from __future__ import annotations

from os import getpid

from openapi_generated.pinterest_client._settings import core_settings
from openapi_generated.pinterest_client.configuration import SETTINGS, Configuration
from openapi_generated.pinterest_client.exceptions import InvalidInputException, from_failure
from pinterest_sdk._failure import CallFailed
from pinterest_sdk._native import Client, __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.pool import ThreadPool
    from types import TracebackType
    from typing import Any

    from typing_extensions import Self

    from openapi_generated.pinterest_client._arguments import Options
    from pinterest_sdk._native import Answer, Call, Task


class ApiClient:
    """Makes the calls of API objects, over connections that are kept for the next call.

    One client serves any number of threads, event loops and forked children. Use it in a ``with``
    statement, or `close` it, to close its connections at once.

    Args:
        configuration: the settings; a copy of the default ones unless given.
        header_name: a header to send with each call, if given, with ``header_value``.
        header_value: that header's value.
        cookie: sent as ``Cookie``, if given.
        pool_threads: how many calls with ``async_req=True`` run at a time.
        user_agent: sent as ``User-Agent``.

    """

    def __init__(
        self,
        configuration: Configuration | None = None,
        header_name: str | None = None,
        header_value: str | None = None,
        cookie: str | None = None,
        pool_threads: int = 1,
        user_agent: str = f"pinterest-sdk/{__version__} python",
    ) -> None:
        self.configuration = Configuration.get_default_copy() if configuration is None else configuration
        self.pool_threads = pool_threads
        self.default_headers: dict[str, str] = {}
        if header_name is not None and header_value is not None:
            self.default_headers[header_name] = header_value
        self.cookie = cookie
        self.user_agent = user_agent
        self._connected: tuple[tuple[Any, ...], Client] | None = None
        self._pool: ThreadPool | None = None
        self._pool_owner = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Wait for the calls with ``async_req=True`` and close the connections."""
        if self._pool is not None:
            from atexit import unregister

            self._pool.close()
            self._pool.join()
            self._pool = None
            unregister(self.close)
        self._connected = None

    @property
    def pool(self) -> ThreadPool:
        """The threads for calls with ``async_req=True``; started when first asked for."""
        if self._pool is None or self._pool_owner != getpid():
            from atexit import register
            from multiprocessing.pool import ThreadPool

            if self._pool is None:
                register(self.close)
            # A forked child has none of its parent's threads.
            self._pool = ThreadPool(self.pool_threads)
            self._pool_owner = getpid()
        return self._pool

    @property
    def user_agent(self) -> str:
        """Sent as ``User-Agent``."""
        return self.default_headers["User-Agent"]

    @user_agent.setter
    def user_agent(self, value: str) -> None:
        self.default_headers["User-Agent"] = value

    def set_default_header(self, header_name: str, header_value: str) -> None:
        """Send a header with each call. A call's own headers come first."""
        self.default_headers[header_name] = header_value

    def _send(self, call: Call, options: Options) -> Answer:
        """Make a call on this thread."""
        try:
            return self._client(options.host_index).send(call, options.timeout, options.connect_timeout)
        except CallFailed as failure:
            raise from_failure(failure) from None

    def _start(self, call: Call, options: Options, deliver: Callable[..., object]) -> Task:
        """Make a call in the background."""
        try:
            return self._client(options.host_index).start(
                call, options.timeout, options.connect_timeout, deliver
            )
        except CallFailed as failure:
            raise from_failure(failure) from None

    def _client(self, host_index: int | None) -> Client:
        """Give the core's client for the settings as they are now."""
        try:
            values = self.configuration._values(host_index)
        except ValueError as error:
            raise InvalidInputException(str(error)) from None
        state = (values, self.cookie, *self.default_headers.items())
        connected = self._connected
        if connected is None or connected[0] != state:
            settings = core_settings(
                dict(zip(SETTINGS, values, strict=True)), self.default_headers, self.cookie
            )
            connected = (state, Client(settings, connected[1] if connected else None))
            self._connected = connected
        return connected[1]
