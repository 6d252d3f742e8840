"""Classes for Pinterest's operations, one a group, made of the core's table when first used."""

from __future__ import annotations

from inspect import Parameter, Signature

from pinterest_sdk._awaited import answer_to
from pinterest_sdk._checks import header_pairs, timeouts
from pinterest_sdk._client import ApiClient
from pinterest_sdk._failure import CallFailed
from pinterest_sdk._native import Call, operations
from pinterest_sdk._variables import unshown, unshown_later
from pinterest_sdk.errors import InvalidInputException, from_failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pinterest_sdk._connection import Connection
    from pinterest_sdk._native import Answer, Client

# Its calls have classes of their own, with models for their answers.
_BY_HAND = "oauth"


class Api:
    """Operations of one group, each a method with Pinterest's name for it.

    What has to be there comes first, then ``body``, then what may be left out, by name. Each method also
    takes ``timeout`` and ``headers``, as those of `OauthApi` do. Arguments are checked before anything is
    sent; an answer is given as it came: a dict, a list, or None where there is none.

    Args:
        api_client: makes the calls; one with the settings of ``Configuration()`` unless given.

    """

    def __init__(self, api_client: ApiClient | None = None) -> None:
        if api_client is not None and api_client._is_overridden():
            raise InvalidInputException(
                "these calls are made past what this client's requests go through",
                "give it a client whose `call_api` and `rest_client` are its own",
            )
        self.api_client: ApiClient = ApiClient() if api_client is None else api_client

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Callable[..., Any]: ...


def class_names() -> dict[str, str]:
    """Give the name of each class with that of its group."""
    tags = dict.fromkeys(tag for _, tag, *_ in operations() if tag != _BY_HAND)
    return {"".join(word.capitalize() for word in tag.split("_")) + "Api": tag for tag in tags}


def made(module: str, name: str, tag: str, *, later: bool) -> type[Api]:
    """Make the class of a group; its methods are awaited if it is for later."""
    members: dict[str, Any] = {"__module__": module, "__doc__": Api.__doc__}
    for facts in operations():
        if facts[1] == tag:
            method = _method(module, name, facts, later=later)
            members[method.__name__] = method
    return type(name, (Api,), members)


def _method(module: str, owner: str, facts: Any, *, later: bool) -> Callable[..., Any]:
    name, _, where, required, others, body = facts
    bodies = [] if body is None else [("body", Parameter.empty if body else None)]
    first = [(one, Parameter.empty) for one in required]
    needed = [one for one in first + bodies if one[1] is Parameter.empty]
    named = [one for one in bodies if one[1] is None]
    named += [(one, None) for one in (*others, "timeout", "headers")]
    signature = Signature(
        [
            Parameter("self", Parameter.POSITIONAL_ONLY),
            *(Parameter(one, Parameter.POSITIONAL_OR_KEYWORD) for one, _ in needed),
            *(Parameter(one, Parameter.KEYWORD_ONLY, default=default) for one, default in named),
        ]
    )

    def prepared(self: Api, arguments: Any, named: Any) -> tuple[Connection, Client, Call, Any]:
        given = signature.bind(self, *arguments, **named).arguments
        del given["self"]
        times, headers = (
            timeouts(given.pop("timeout", None)),
            header_pairs("headers", given.pop("headers", None)),
        )
        call = _call(name, given, given.pop("body", None))
        return self.api_client._connection, self.api_client._connected(headers=headers), call, times

    if later:

        @unshown_later
        async def method(self: Api, /, *arguments: Any, **named: Any) -> Any:
            connection, client, call, times = prepared(self, arguments, named)
            return _data(await answer_to(lambda deliver: connection.start(client, call, times, deliver)))
    else:

        @unshown
        def method(self: Api, /, *arguments: Any, **named: Any) -> Any:
            connection, client, call, times = prepared(self, arguments, named)
            return _data(connection.send(client, call, where, times))

    method.__name__ = name.replace("/", "_")
    method.__qualname__ = f"{owner}.{method.__name__}"
    method.__module__ = module
    method.__doc__ = f"``{where}``"
    method.__dict__["__signature__"] = signature
    return method


def _call(name: str, arguments: dict[str, Any], body: Any) -> Call:
    try:
        return Call.operation(name, _json(arguments), None if body is None else _json(body))
    except CallFailed as failure:
        raise from_failure(failure) from None


def _data(answer: Answer) -> Any:
    body = answer.body
    if not body.strip():
        return None
    from json import loads

    return loads(body)


def _json(value: Any) -> str:
    from json import dumps

    try:
        return dumps(value, allow_nan=False, default=_plain)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidInputException(f"an argument cannot be written as JSON: {error}") from None


def _plain(value: Any) -> Any:
    """Give what JSON has in the place of dates, models and the like."""
    for how in ("isoformat", "to_dict"):
        method = getattr(value, how, None)
        if callable(method):
            return method()
    raise TypeError(f"a {type(value).__name__} is nothing that JSON has")
