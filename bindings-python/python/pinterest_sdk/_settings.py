"""From the settings of Python's objects to the core's."""

from __future__ import annotations

from os import PathLike
from sys import maxsize

from pinterest_sdk._checks import check_seconds, check_text, check_type, timeouts
from pinterest_sdk._configuration import DEFAULT_POOL_SIZE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

# The core's numbers end there.
_MOST_RETRIES = 2**32 - 1
_PATHS = ("ssl_ca_cert", "cert_file", "key_file")


def core_settings(host: str, settings: dict[str, Any], default_headers: dict[str, Any]) -> dict[str, Any]:
    """Give the settings by the core's names, after a check of their types."""
    size = settings.pop("connection_pool_maxsize")
    check_type("connection_pool_maxsize", size, (type(None), int))
    retries = settings.pop("retries")
    check_type("retries", retries, (type(None), bool, int))
    keep = settings.pop("keep_rate_limits")
    check_type("keep_rate_limits", keep, (type(None), bool))
    wait = settings.pop("rate_limit_wait")
    max_answer = settings.pop("max_answer_bytes")
    check_type("max_answer_bytes", max_answer, (type(None), int))
    timeout, connect_timeout = timeouts(settings.pop("timeout"))
    clock = settings.pop("clock")
    if clock is not None:
        # Tests have one.
        from pinterest_sdk._clock import ManualClock

        check_type("clock", clock, (ManualClock,))
        clock = clock._native
    for name, value in {"host": host, **settings}.items():
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
    _check_headers(headers)
    # A call's own come last, in any case of letters.
    agents = [value for name, value in headers if name.lower() == "user-agent"]
    return {
        **settings,
        "host": host,
        "clock": clock,
        "user_agent": agents[-1] if agents else None,
        "retries": min(max(int(retries or 0), 0), _MOST_RETRIES),
        "keep_rate_limits": keep is not False,
        "rate_limit_wait": None if wait is None else check_seconds("rate_limit_wait", wait),
        "timeout": timeout,
        "connect_timeout": connect_timeout,
        "max_answer_bytes": None if max_answer is None else min(max(max_answer, 0), maxsize),
        "headers": [header for header in headers if header[0].lower() != "user-agent"],
        # The generated client's default is a guess; the core's is to keep every connection.
        "pool_max_idle": None if size in (None, DEFAULT_POOL_SIZE) else min(max(size, 0), maxsize),
    }


def _check_headers(headers: Iterable[tuple[str, str]]) -> None:
    for name, value in headers:
        check_text("header", name)
        check_text(name, value)
