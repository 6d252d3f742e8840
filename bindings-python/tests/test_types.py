"""The words of `pinterest_sdk.types` are those that are used."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import pytest

import openapi_generated.pinterest_client as generated
import pinterest_sdk
import pinterest_sdk.models
from openapi_generated.pinterest_client import aio as drop_in_aio
from openapi_generated.pinterest_client import (
    api_client,
    apis,
    configuration,
    exceptions,
    model_utils,
    models,
    rest,
)
from openapi_generated.pinterest_client.api import oauth_api
from pinterest_sdk import Configuration, Scope, _native, _operations, aio, errors, scopes, types
from pinterest_sdk.errors import InvalidInputException

if TYPE_CHECKING:
    from collections.abc import Iterator

CORE = "".join(path.read_text() for path in (Path(__file__).parents[2] / "core/src").rglob("*.rs"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ErrorKind", types.Kind),
        ("Phase", types.Phase),
        ("Outcome", types.Outcome),
        ("AuthorizationReason", types.AuthorizationReason),
    ],
)
def test_they_are_the_core_s(name: str, words: object) -> None:
    named = CORE.partition(f"impl {name} {{")[2].partition("\n}\n")[0]
    assert re.findall(r'=> "(\w+)"', named) == sorted(get_args(words), key=named.index)


def test_they_are_those_of_the_calls() -> None:
    assert list(get_args(types.GrantType)) == _operations.GRANT_TYPES
    assert list(get_args(types.TokenTypeHint)) == _operations.TOKEN_TYPE_HINTS
    for hint in get_args(types.TokenTypeHint):
        _native.Call.revoke_token("t", hint)


def test_scopes_and_environments_are_the_core_s() -> None:
    constants = {name: value for name, value in vars(Scope).items() if name.isupper()}
    assert list(constants.values()) == _native.known_scopes()
    assert list(constants) == [scope.upper().replace(":", "_") for scope in constants.values()]
    for name in get_args(types.EnvironmentName):
        assert Configuration(environment=name).environment == name
        assert Configuration(environment=name).host == _native.host_of_environment(name)
    assert Configuration(host="https://x", environment="sandbox").host == "https://x"
    assert Configuration(host="https://x").environment is None
    for name in ("test", "\ud800", 5, []):
        with pytest.raises(InvalidInputException, match="`environment` must be one of production, sandbox"):
            Configuration(environment=name)


MODULES = [
    *(
        pinterest_sdk,
        aio,
        pinterest_sdk.models,
        scopes,
        errors,
        generated,
        api_client,
        configuration,
        exceptions,
    ),
    *(models, apis, model_utils, oauth_api, drop_in_aio, rest),
]


def looked_at(module: Any) -> Iterator[Any]:
    """Everything public of a module: functions, classes, and what is in those."""
    own = [name for name, item in vars(module).items() if getattr(item, "__module__", "") == module.__name__]
    for name in getattr(module, "__all__", own):
        item = getattr(module, name)
        if inspect.isfunction(item):
            yield item
        elif inspect.isclass(item) and item.__module__.startswith(("pinterest_sdk", "openapi_generated")):
            yield item
            for cls in item.__mro__:
                for held_as, held in vars(cls).items():
                    found = held.fget if isinstance(held, property) else getattr(held, "__func__", held)
                    if inspect.isfunction(found) and (held_as[0] != "_" or held_as == "__init__"):
                        yield found


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_what_is_public_can_be_looked_at(module: Any) -> None:
    for item in looked_at(module):
        if item.__module__.startswith(("pinterest_sdk", "openapi_generated")):
            get_type_hints(item)
