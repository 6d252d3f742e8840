"""Classes for Pinterest's operations, one a group, made of the core's table when first used."""

from __future__ import annotations

from inspect import Parameter, Signature

from pinterest_sdk._asked import Asked, data
from pinterest_sdk._checks import header_pairs, timeouts
from pinterest_sdk._client import ApiClient, client_of
from pinterest_sdk._native import operations
from pinterest_sdk._own_calls import call, call_later, is_own
from pinterest_sdk._variables import unshown, unshown_later
from pinterest_sdk.errors import InvalidTypeException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# Its calls have classes of their own, with models for their answers.
_BY_HAND = "oauth"
_FIRST = Parameter("self", Parameter.POSITIONAL_ONLY)
_OPTIONS = ("timeout", "headers", "tokens", "checks")


class Api:
    """Operations of one group, each a method with Pinterest's name for it.

    What has to be there comes first, then ``body``, then what may be left out, by name. Each method also
    takes ``timeout`` and ``headers``, as those of `OauthApi` do, and ``tokens``: a `TokenManager`, whose
    token the call carries in place of the client's. Arguments are checked before anything is sent, with
    ``checks="strict"`` also for values of enumerations that are not known, with ``checks="off"`` for nothing
    that could be sent; ``api_client.checks`` is for all calls that say nothing of it. An answer is given as
    it came: a dict, a list, or None where there is none.

    Args:
        api_client: makes the calls; one with the settings of ``Configuration()`` unless given.

    """

    def __init__(self, api_client: ApiClient | None = None) -> None:
        self.api_client: ApiClient = client_of(api_client)


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
    name, _, what, required, others, body = facts
    bodies = [] if body is None else [("body", Parameter.empty if body else None)]
    first = [(one, Parameter.empty) for one in required]
    needed = [one for one in first + bodies if one[1] is Parameter.empty]
    named = [one for one in bodies if one[1] is None]
    named += [(one, None) for one in (*others, *_OPTIONS)]
    signature = Signature(
        [
            _FIRST,
            *(Parameter(one, Parameter.POSITIONAL_OR_KEYWORD) for one, _ in needed),
            *(Parameter(one, Parameter.KEYWORD_ONLY, default=default) for one, default in named),
        ]
    )
    called = name.replace("/", "_")

    def prepared(self: Api, arguments: Any, named: Any) -> tuple[Any, Asked, Any, dict[str, str]]:
        try:
            given = signature.bind(self, *arguments, **named).arguments
        except TypeError as error:
            takes = f"it takes {', '.join(list(signature.parameters)[1:])}; nothing was sent"
            raise InvalidTypeException(f"{called}: {error}", takes) from None
        del given["self"]
        timeout, headers, tokens, checks = (given.pop(option, None) for option in _OPTIONS)
        times, own = timeouts(timeout), header_pairs("headers", headers)
        client: Any = self.api_client
        if isinstance(client, ApiClient):
            client = client if tokens is None else client.with_tokens(tokens)
            checks = client.checks if checks is None else checks
        body = given.pop("body", None)
        return client, Asked(name, what, given, body, checks), times, own

    if later:
        from pinterest_sdk._awaited import answer_to

        @unshown_later
        async def method(self: Api, /, *arguments: Any, **named: Any) -> Any:
            client, asked, times, headers = prepared(self, arguments, named)
            if is_own(client):
                return await call_later(client, asked, times, headers)
            return data(await client._ask_later(asked, answer_to, times, headers))
    else:

        @unshown
        def method(self: Api, /, *arguments: Any, **named: Any) -> Any:
            client, asked, times, headers = prepared(self, arguments, named)
            if is_own(client):
                return call(client, asked, times, headers)
            return data(client._ask(asked, times, headers))

    method.__name__ = called
    method.__qualname__ = f"{owner}.{called}"
    method.__module__ = module
    # The signature says what it takes.
    method.__annotations__ = {}
    method.__doc__ = f"``{what}``"
    method.__dict__["__signature__"] = signature
    return method
