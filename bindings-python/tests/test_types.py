"""The words of `pinterest_sdk.types` are those that are used."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import pinterest_sdk
from openapi_generated.pinterest_client import aio as drop_in_aio
from openapi_generated.pinterest_client.api import oauth_api
from pinterest_sdk import Configuration, Scope, _native, _operations, aio, types
from pinterest_sdk.errors import InvalidInputException

CORE = "".join(path.read_text() for path in (Path(__file__).parents[2] / "core/src").rglob("*.rs"))


@pytest.mark.parametrize(
    ("name", "words"), [("ErrorKind", types.Kind), ("Phase", types.Phase), ("Outcome", types.Outcome)]
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


def test_what_is_called_can_be_looked_at() -> None:
    public = [getattr(module, name) for module in (pinterest_sdk, aio) for name in module.__all__]
    classes = [item for item in (*public, oauth_api.OauthApi, drop_in_aio.OauthApi) if inspect.isclass(item)]
    methods = [call for cls in classes for call in vars(cls).values() if inspect.isfunction(call)]
    functions = [item for item in (*public, *methods) if inspect.isfunction(item)]
    calls = [item for item in functions if item.__name__[0] != "_" or item.__name__ == "__init__"]
    assert len(calls) > 20
    for call in calls:
        assert "return" in get_type_hints(call), call
