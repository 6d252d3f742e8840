"""Operations by way of a program's own ``call_api``, with the arguments that the generated client gives it.

A program overrides it, or puts a mock in its client's place or in that of what its requests go through. Then
no call may reach the network past that.
"""

from __future__ import annotations

from pinterest_sdk._client import ApiClient
from pinterest_sdk._http import OwnHeaders

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pinterest_sdk._asked import Asked
    from pinterest_sdk._connection import Times

# What JSON has: an answer of any of these is given as it came.
_ANY = (bool, dict, float, int, list, str, type(None))


def is_own(client: Any) -> bool:
    """Say whether a client's requests are made by something that a program has put there."""
    return not isinstance(client, ApiClient) or client._is_overridden()


def call(client: Any, asked: Asked, times: Times, headers: dict[str, str]) -> Any:
    """Make a call on this thread."""
    return _ended(_given(client, asked, times, headers))


async def call_later(client: Any, asked: Asked, times: Times, headers: dict[str, str]) -> Any:
    """Make it for asyncio: on a thread, for a program's own code may wait; or as that code awaits it."""
    from asyncio import to_thread
    from inspect import isawaitable

    given = await to_thread(_given, client, asked, times, headers)
    return _ended(await given if isawaitable(given) else given)


def _given(client: Any, asked: Asked, times: Times, own: dict[str, str]) -> Any:
    from json import loads
    from urllib.parse import parse_qsl

    method, _, path = asked.what.partition(" ")
    arguments = loads(asked.arguments)
    headers = {"Accept": "application/json"}
    if asked.body is not None:
        headers["Content-Type"] = "application/json"
    # A mock has no headers to look into.
    defaults = client.default_headers if isinstance(client.default_headers, dict) else {}
    others = {str(name).lower() for name in (*own, *defaults)}
    kept = {name: value for name, value in headers.items() if name.lower() not in others}
    return client.call_api(
        path,
        method,
        {name: value for name, value in arguments.items() if f"{{{name}}}" in path},
        parse_qsl(asked.call.target().partition("?")[2], keep_blank_values=True),
        OwnHeaders({**kept, **own}),
        body=None if asked.body is None else loads(asked.body),
        post_params=[],
        files={},
        response_type=_ANY,
        auth_settings=["pinterest_oauth2"],
        async_req=False,
        _check_type=True,
        _return_http_data_only=True,
        _preload_content=True,
        _request_timeout=_timeout(times),
        _host=None,
        collection_formats={},
    )


def _timeout(times: Times) -> Any:
    """Give the limits as that keyword has them: of all, or until it is sent and from then on."""
    whole, connecting = times
    if whole is None or connecting is None:
        return whole
    return connecting, whole and whole - connecting


def _ended(given: Any) -> Any:
    """Give None for an answer without a body, of which it makes a text."""
    return None if isinstance(given, str) and not given else given
