"""The OAuth calls by way of `ApiClient.call_api`, for clients whose requests a program's own code must see.

A program overrides `call_api`, or puts a mock in the place of what it uses. Then no call may reach the
network past that. Other clients' calls go straight to the core.
"""

from __future__ import annotations

from _operator import attrgetter

from pinterest_sdk.errors import ApiException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from openapi_generated.pinterest_client._options import Options
    from pinterest_sdk._http import OwnHeaders
    from pinterest_sdk._operations import Operation

_FORM = "application/x-www-form-urlencoded"
_CREDENTIALS = {"oauth_token": "basic", "revoke_token": "basic", "conversion_token": "conversion_token"}


class Originals:
    """What a class has by some names, before a program puts something in its place.

    Args:
        cls: the class.
        names: of functions, and of properties where they end in ``!``: an object's own are not looked for.

    """

    __slots__ = ("_names", "_originals", "_read")

    def __init__(self, cls: type, *names: str) -> None:
        functions = [name for name in names if not name.endswith("!")]
        self._names = frozenset(name.partition(".")[0] for name in functions)
        self._read = attrgetter(*(name.rstrip("!") for name in names))
        self._originals = self._read(cls)

    def differ(self, value: object) -> bool:
        """Say whether an object, or its class, has something else by one of these names."""
        try:
            return not self._names.isdisjoint(value.__dict__) or self._read(type(value)) != self._originals
        except AttributeError:  # A mock's functions are of its own kind.
            return True


def call(client: Any, operation: Operation, options: Options) -> Any:
    """Make a call as the generated client does."""
    name = operation.name
    form = operation.form(lambda: client._connected())  # noqa: PLW0108 - a mock may have none.
    headers = _headers(client, options.headers, form)
    try:
        given = client.call_api(
            operation.path,
            "POST",
            {},
            [],
            headers,
            body=None,
            post_params=form,
            files={},
            response_type=_response_type(name),
            auth_settings=[_CREDENTIALS[name]],
            async_req=options.async_req,
            _check_type=options.check_return,
            _return_http_data_only=options.data_only,
            _preload_content=options.preload,
            _request_timeout=options.given_timeout,
            _host=options.host(client.configuration, name),
            collection_formats={},
        )
    except ApiException as error:
        _give_back_after(error, operation)
        raise
    return _received(client, given)


async def call_later(client: Any, operation: Operation, options: Options) -> Any:
    """Make it for asyncio: on a thread, for a program's own code may wait; or as that code awaits it."""
    from asyncio import to_thread
    from inspect import isawaitable

    given = await to_thread(call, client, operation, options)
    if not isawaitable(given):
        return given
    try:
        given = await given
    except ApiException as error:
        _give_back_after(error, operation)
        raise
    return _received(client, given)


def _received(client: Any, given: Any) -> Any:
    """Give an answer that came just now: its token knows when it ends, as one that came from the core."""
    from pinterest_sdk.models import OauthAccessTokenResponse

    token = given[0] if isinstance(given, tuple) and given else given
    if isinstance(token, OauthAccessTokenResponse) and token.expires_at is None:
        life = token.get("expires_in")
        if isinstance(life, int):
            object.__setattr__(token, "_expires_at", int(_now(client)) + life)
    return given


def _now(client: Any) -> float:
    """Give the time by a client's clock."""
    from time import time

    from pinterest_sdk._clock import ManualClock

    # A mock has no configuration, or one of its own kind.
    clock = getattr(client.configuration, "clock", None)
    return clock.now() if isinstance(clock, ManualClock) else time()


def _headers(client: Any, own: dict[str, str], form: Any) -> OwnHeaders:
    """Give a call's own headers and those of this operation."""
    from pinterest_sdk._http import OwnHeaders

    headers = OwnHeaders(
        (name, value) for name, value in own.items() if not form or name.lower() != "content-type"
    )
    # A mock has no headers to look into.
    defaults = client.default_headers if isinstance(client.default_headers, dict) else {}
    if "accept" not in {str(name).lower() for name in (*own, *defaults)}:
        headers["Accept"] = "application/json"
    if form:
        headers["Content-Type"] = _FORM
    return headers


def _give_back_after(error: ApiException, operation: Operation) -> None:
    if error.outcome == "NotSent":
        operation.give_back()


def _response_type(operation: str) -> Any:
    from pinterest_sdk.models import ConversionAccessTokenResponse, OauthAccessTokenResponse

    return {
        "oauth_token": (OauthAccessTokenResponse,),
        "conversion_token": (ConversionAccessTokenResponse,),
    }.get(operation)
