"""Copies of what programs have in their settings, and what children get that are no forks."""

from __future__ import annotations

import copy
import multiprocessing
import os
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pytest

from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from pinterest_sdk import AuthorizationRequest, FileStore, MemoryStore, RedisStore
from sandbox import TOKEN

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from sandbox import Sandbox

METHODS = ["spawn"] if sys.platform == "win32" else ["spawn", "forkserver"]


class Redis:
    """A connection to it, as far as a store looks."""

    eval = evalsha = print


@dataclass
class Settings:
    store: object


def test_a_store_is_itself_in_a_copy(tmp_path: Path) -> None:
    sealed = FileStore(tmp_path, key=os.urandom(32))
    for store in (MemoryStore(), FileStore(tmp_path), sealed, RedisStore(Redis())):
        assert copy.copy(store) is copy.deepcopy(store) is asdict(Settings(store))["store"] is store


def call(configuration: Configuration, password: str | None) -> Any:
    """Make a call in a child, which has the app secret of its own."""
    configuration.password = password
    with ApiClient(configuration) as client:
        return OauthApi(client).oauth_token("refresh_token", refresh_token="r")


@pytest.mark.parametrize("method", METHODS)
def test_a_child_that_is_no_fork(method: str, sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    configuration = Configuration(host=sandbox.host, username="a", password="canary", access_token="canary")
    client = ApiClient(configuration)
    request = AuthorizationRequest("http://localhost:8085/", ["pins:read"])
    with multiprocessing.get_context(method).Pool(1) as children:
        assert children.apply(call, (configuration, "b")).access_token == "pina_1"
        with pytest.raises(ApiException, match=r"`password` \(the app secret\) is not set") as caught:
            children.apply(call, (configuration, None))
        assert (caught.value.kind, caught.value.outcome) == ("InvalidInput", "NotSent")
        kept = children.apply(copy.copy, (Settings(configuration),)).store
        assert (kept.username, kept.password, kept.access_token) == ("a", None, None)
        for store in (client, MemoryStore(), RedisStore(Redis())):
            with pytest.raises(TypeError, match="cannot be pickled"):
                children.apply(copy.copy, (Settings(store),))
        for sent in (request, request.start(client), FileStore("tokens").folder):
            assert children.apply(copy.copy, (sent,)) == sent
