"""From the settings of Python's objects to the core's."""

from __future__ import annotations

from os import PathLike
from sys import maxsize

from openapi_generated.pinterest_client._arguments import check_text, check_type, timeouts
from openapi_generated.pinterest_client.configuration import DEFAULT_POOL_SIZE
from openapi_generated.pinterest_client.exceptions import InvalidInputException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

# The core's numbers end there.
_MOST_RETRIES = 2**32 - 1
_PATHS = ("ssl_ca_cert", "cert_file", "key_file")


def core_settings(
    settings: dict[str, Any], default_headers: dict[str, Any], cookie: str | None
) -> dict[str, Any]:
    """Give the settings by the core's names, after a check of their types."""
    size = settings.pop("connection_pool_maxsize")
    check_type("connection_pool_maxsize", size, (type(None), int))
    retries = settings.pop("retries")
    check_type("retries", retries, (type(None), bool, int))
    max_answer = settings.pop("max_answer_bytes")
    check_type("max_answer_bytes", max_answer, (type(None), int))
    connect_timeout, timeout = timeouts(settings.pop("timeout"), "timeout")
    _refuse_what_would_be_ignored(settings)
    for name, value in settings.items():
        if name in _PATHS:
            check_type(name, value, (type(None), str, PathLike))
        elif name == "proxy_headers":
            _check_headers(value)
        elif value is not None:
            check_text(name, value)

    # Numbers are sent as text, as the generated client sends them.
    headers = [
        (name, str(value) if isinstance(value, (int, float)) else value)
        for name, value in default_headers.items()
    ]
    if cookie:
        headers.append(("Cookie", cookie))
    _check_headers(headers)
    return {
        **settings,
        "user_agent": default_headers.get("User-Agent"),
        "retries": min(max(int(retries or 0), 0), _MOST_RETRIES),
        "timeout": timeout,
        "connect_timeout": connect_timeout,
        "max_answer_bytes": None if max_answer is None else min(max(max_answer, 0), maxsize),
        "headers": [header for header in headers if header[0] != "User-Agent"],
        # The generated client's default is a guess; the core's is to keep every connection.
        "pool_max_idle": None if size in (None, DEFAULT_POOL_SIZE) else max(size, 0),
    }


def _refuse_what_would_be_ignored(settings: dict[str, Any]) -> None:
    """Refuse settings of urllib3 that this client cannot do, and take them out."""
    if settings.pop("assert_hostname") not in (None, True):
        raise InvalidInputException(
            "`assert_hostname` can only be None or True: a certificate must be for the host that is called, "
            "or the app secret and the tokens would go to whoever answers"
        )
    options = settings.pop("socket_options")
    check_type("socket_options", options, (type(None), list, tuple))
    if options and not _has_effect(options):
        raise InvalidInputException(
            "`socket_options` can only switch on what connections have anyway, (IPPROTO_TCP, TCP_NODELAY, 1) "
            "and (SOL_SOCKET, SO_KEEPALIVE, 1): others would have no effect"
        )


def _has_effect(options: Iterable[Any]) -> bool:
    """Say whether connections have these options, as all do: small pieces at once, and signs of life."""
    import socket

    had = ((socket.IPPROTO_TCP, socket.TCP_NODELAY, 1), (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1))
    return all(option in had for option in options)


def _check_headers(headers: Iterable[tuple[str, str]]) -> None:
    for name, value in headers:
        check_text("header", name)
        check_text(name, value)
