"""From the settings of Python's objects to the core's."""

from __future__ import annotations

from os import PathLike

from openapi_generated.pinterest_client._arguments import check_text, check_type
from openapi_generated.pinterest_client.configuration import DEFAULT_POOL_SIZE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_PATHS = ("ssl_ca_cert", "cert_file", "key_file")


def core_settings(
    settings: dict[str, Any], default_headers: dict[str, str], cookie: str | None
) -> dict[str, Any]:
    """Give the settings by the core's names, after a check of their types."""
    size = settings.pop("connection_pool_maxsize")
    check_type("connection_pool_maxsize", size, (int,))
    for name, value in settings.items():
        if name in _PATHS:
            check_type(name, value, (type(None), str, PathLike))
        elif name == "proxy_headers":
            _check_headers(value)
        elif value is not None:
            check_text(name, value)

    headers = list(default_headers.items())
    if cookie:
        headers.append(("Cookie", cookie))
    _check_headers(headers)
    return {
        **settings,
        "user_agent": default_headers.get("User-Agent"),
        "headers": [header for header in headers if header[0] != "User-Agent"],
        # The generated client's default is a guess; the core's is to keep every connection.
        "pool_max_idle": None if size == DEFAULT_POOL_SIZE else max(size, 0),
    }


def _check_headers(headers: Iterable[tuple[str, str]]) -> None:
    for name, value in headers:
        check_text("header", name)
        check_text(name, value)
