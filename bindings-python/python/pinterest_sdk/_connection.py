"""From a configuration to the core's client, and the calls that it makes."""

from __future__ import annotations

import sys

from pinterest_sdk import _waiting
from pinterest_sdk._failure import CallFailed
from pinterest_sdk._native import Client
from pinterest_sdk._settings import core_settings
from pinterest_sdk.errors import from_failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pinterest_sdk._configuration import Configuration
    from pinterest_sdk._native import Answer, Call, Task

    # For all of a call and for connecting, in seconds.
    Times = tuple[float | None, float | None]


class Connection:
    """The core's clients for one `ApiClient`, made anew when its settings have changed.

    Args:
        logger: where to tell what was asked for and the status that came; never more.

    """

    __slots__ = ("_connected", "_logger")

    def __init__(self, logger: str) -> None:
        self._logger = logger
        # OAuth's client has the default headers; that of other requests has none.
        self._connected: dict[str, tuple[tuple[Any, ...], Client]] = {}

    def close(self) -> None:
        """Close the connections, but for calls that run."""
        self._connected = {}

    def client(
        self,
        use: str,
        configuration: Configuration,
        host: str,
        headers: dict[str, Any],
        token: str | None = None,
    ) -> Client:
        """Give the core's client for the settings as they are now, but for a token of its own."""
        # What can be changed in place is compared by what is in it.
        proxy_headers = configuration.proxy_headers
        state = (
            host,
            token,
            configuration._read(configuration),
            tuple(proxy_headers.items()) if proxy_headers else (),
            *headers.items(),
        )
        connected = self._connected.get(use)
        if connected is None or connected[0] != state:
            settings = core_settings(host, configuration._settings(), headers)
            if token is not None:
                settings["access_token"] = token
            like = connected or self._connected.get("oauth") or self._connected.get("requests")
            try:
                connected = (state, Client(settings, like[1] if like else None))
            except CallFailed as failure:
                raise from_failure(failure) from None
            self._connected[use] = connected
        return connected[1]

    def send(self, client: Client, call: Call, what: str, times: Times) -> Answer:
        """Make a call on this thread."""
        try:
            answer = _waiting.send(client, call, *times)
        except CallFailed as failure:
            error = from_failure(failure)
            self.log(f"{what} failed: {error.status} {error.message}")
            raise error from None
        self.log(f"{what} answered: {answer.status}")
        return answer

    def start(self, client: Client, call: Call, times: Times, deliver: Callable[..., object]) -> Task:
        """Make a call in the background; ``deliver`` gets its answer or failure, on another thread."""
        try:
            return client.start(call, *times, deliver)
        except CallFailed as failure:
            raise from_failure(failure) from None

    def log(self, text: str) -> None:
        """Tell whoever listens. Never more than what was asked and the status."""
        logging = sys.modules.get("logging")  # Slow to import; without it nobody listens.
        if logging is not None:
            logging.getLogger(self._logger).debug(text)
