"""From a configuration to the core's client, and the calls that it makes."""

from __future__ import annotations

import sys

from openapi_generated.pinterest_client._settings import core_settings
from openapi_generated.pinterest_client.configuration import SETTINGS
from openapi_generated.pinterest_client.exceptions import InvalidInputException, from_failure
from pinterest_sdk import _waiting
from pinterest_sdk._failure import CallFailed
from pinterest_sdk._native import Client

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from openapi_generated.pinterest_client.configuration import Configuration
    from pinterest_sdk._native import Answer, Call


class Connection:
    """The core's clients for one `ApiClient`, made anew when its settings have changed."""

    __slots__ = ("_connected",)

    def __init__(self) -> None:
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
        cookie: str | None = None,
    ) -> Client:
        """Give the core's client for the settings as they are now."""
        values = configuration._values()
        state = (host, values, cookie, *headers.items())
        connected = self._connected.get(use)
        if connected is None or connected[0] != state:
            settings = core_settings(
                {"host": host, **dict(zip(SETTINGS, values, strict=True))}, headers, cookie
            )
            like = connected or self._connected.get("oauth") or self._connected.get("requests")
            try:
                connected = (state, Client(settings, like[1] if like else None))
            except CallFailed as failure:
                raise from_failure(failure) from None
            self._connected[use] = connected
        return connected[1]


def send(
    client: Client,
    call: Call,
    what: str,
    times: tuple[float | None, float | None],
) -> Answer:
    """Make a call on this thread; ``times`` are the limits for all of it and for connecting."""
    try:
        answer = _waiting.send(client, call, *times)
    except CallFailed as failure:
        error = from_failure(failure)
        log(f"{what} failed: {error.status} {error.message}")
        raise error from None
    log(f"{what} answered: {answer.status}")
    return answer


def log(text: str) -> None:
    """Tell whoever listens to this package's logger. Never more than what was asked and the status."""
    logging = sys.modules.get("logging")  # Slow to import; without it nobody listens.
    if logging is not None:
        logging.getLogger("openapi_generated.pinterest_client").debug(text)


def chosen_host(configuration: Configuration, index: int | None, operation: str) -> str:
    """Give the base URL that an operation is called at."""
    try:
        if index is None:
            index = configuration.server_operation_index.get(operation, configuration.server_index)
        variables = configuration.server_operation_variables.get(operation, configuration.server_variables)
        return configuration.get_host_from_settings(index, variables)
    except ValueError as error:
        raise InvalidInputException(str(error)) from None
