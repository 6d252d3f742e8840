"""A token manager as the credential of calls, in both packages, and the pages of `pinterest_sdk.api`."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from openapi_generated.pinterest_client.api.boards_api import BoardsApi as GeneratedBoardsApi

from openapi_generated.pinterest_client import ApiClient as GeneratedApiClient
from openapi_generated.pinterest_client import Configuration as GeneratedConfiguration
from openapi_generated.pinterest_client import aio as generated_aio
from openapi_generated.pinterest_client.api.oauth_api import OauthApi as GeneratedOauthApi
from pinterest_sdk import (
    ApiClient,
    ApiException,
    Configuration,
    MemoryStore,
    OauthApi,
    TokenManager,
    aio,
    api,
)
from pinterest_sdk.errors import InvalidInputException, InvalidTypeException, UnauthorizedException

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox import Sandbox

APP = {"username": "1234567", "password": "0123456789abcdef0123456789abcdef01234567"}
REFUSED = {"status": 401, "json": {"code": 2, "message": "Authentication failed."}}
NEW = {
    "json": {
        "access_token": "pina_new",
        "refresh_token": "pinr_2",
        "token_type": "bearer",
        "expires_in": 60000,
    }
}
PAGE = {"json": {"items": [{"id": "1"}], "bookmark": None}}


def manager(sandbox: Sandbox, token: str = "pina_old") -> TokenManager:
    client = ApiClient(Configuration(host=sandbox.host, **APP))
    tokens = TokenManager(client, MemoryStore(), "a")
    tokens.adopt({"access_token": token, "refresh_token": "pinr_1", "expires_in": 60000})
    return tokens


def own(sandbox: Sandbox, tokens: Any) -> Any:
    return api.BoardsApi(ApiClient(Configuration(host=sandbox.host), tokens=tokens)).boards_list()


def own_call(sandbox: Sandbox, tokens: Any) -> Any:
    client = ApiClient(Configuration(host=sandbox.host, access_token="pina_other"))
    return api.BoardsApi(client).boards_list(tokens=tokens)


def own_later(sandbox: Sandbox, tokens: Any) -> Any:
    client = ApiClient(Configuration(host=sandbox.host))
    return asyncio.run(aio.BoardsApi(client).boards_list(tokens=tokens))


def generated(sandbox: Sandbox, tokens: Any) -> Any:
    client = GeneratedApiClient(GeneratedConfiguration(host=sandbox.host), tokens=tokens)
    return GeneratedBoardsApi(client).boards_list()


def generated_of_client(sandbox: Sandbox, tokens: Any) -> Any:
    client = GeneratedApiClient(GeneratedConfiguration(host=sandbox.host, access_token="pina_other"))
    return api.BoardsApi(client.with_tokens(tokens)).boards_list()


def generated_later(sandbox: Sandbox, tokens: Any) -> Any:
    client = GeneratedApiClient(GeneratedConfiguration(host=sandbox.host), tokens=tokens)
    return asyncio.run(generated_aio.BoardsApi(client).boards_list())


def overridden(sandbox: Sandbox, tokens: Any) -> Any:
    class Mine(GeneratedApiClient):
        def call_api(self, *arguments: Any, **named: Any) -> Any:
            return super().call_api(*arguments, **named)

    client = Mine(GeneratedConfiguration(host=sandbox.host))
    return api.BoardsApi(client).boards_list(tokens=tokens)


def any_endpoint(sandbox: Sandbox, tokens: Any) -> Any:
    client = GeneratedApiClient(GeneratedConfiguration(host=sandbox.host), tokens=tokens)
    auth = ["pinterest_oauth2"]
    return client.call_api("/boards", "GET", response_type=(dict,), auth_settings=auth)[0]


MAKES = (
    own, own_call, own_later, generated, generated_of_client, generated_later, overridden, any_endpoint
)  # fmt: skip
make = pytest.mark.parametrize("make", MAKES, ids=lambda make: make.__name__)


def sent(sandbox: Sandbox) -> list[tuple[str, str]]:
    found = []
    for request in sandbox.requests():
        headers = {name.lower(): value for name, value in request["headers"]}
        found.append((request["path"].removeprefix("/v5"), headers.get("authorization", "")))
    return found


@make
def test_a_call_carries_a_valid_token(make: Callable[..., Any], sandbox: Sandbox) -> None:
    tokens = manager(sandbox)
    sandbox.stand(PAGE)
    assert make(sandbox, tokens)["items"] == [{"id": "1"}]
    assert sent(sandbox) == [("/boards", "Bearer pina_old")]


@make
def test_a_refused_one_is_renewed_once(make: Callable[..., Any], sandbox: Sandbox) -> None:
    tokens = manager(sandbox)
    sandbox.respond(REFUSED, NEW, PAGE)
    assert make(sandbox, tokens)["items"] == [{"id": "1"}]
    paths = sent(sandbox)
    assert [path for path, _ in paths] == ["/boards", "/oauth/token", "/boards"]
    assert paths[2][1] == "Bearer pina_new"
    tokens = manager(sandbox)
    sandbox.respond(REFUSED, NEW, REFUSED)
    with pytest.raises(UnauthorizedException) as raised:
        make(sandbox, tokens)
    assert raised.value.code == 2
    assert len(sandbox.requests()) == 6
    assert "pina_" not in str(raised.value)


@make
def test_what_is_not_the_token_s_fault_is_not_asked_again(make: Callable[..., Any], sandbox: Sandbox) -> None:
    sandbox.respond({"status": 403, "json": {"code": 29, "message": "Not yours."}})
    with pytest.raises(ApiException) as raised:
        make(sandbox, manager(sandbox))
    assert (raised.value.status, len(sandbox.requests())) == (403, 1)


@make
def test_tokens_go_to_their_own_host_alone(make: Callable[..., Any], sandbox: Sandbox) -> None:
    elsewhere = ApiClient(Configuration(host="https://api.example.com/v5", **APP))
    tokens = TokenManager(elsewhere, MemoryStore(), "a")
    tokens.adopt({"access_token": "pina_1", "refresh_token": "r", "expires_in": 60000})
    with pytest.raises(InvalidInputException, match=r"the token is for https://api\.example\.com, "):
        make(sandbox, tokens)
    with pytest.raises(InvalidTypeException, match=r"give a pinterest_sdk\.TokenManager"):
        make(sandbox, "pina_1")
    assert sandbox.requests() == []


def test_an_event_loop_takes_its_own_manager_too(sandbox: Sandbox) -> None:
    client = ApiClient(Configuration(host=sandbox.host, **APP))
    tokens = aio.TokenManager(client, MemoryStore(), "a")

    async def call() -> Any:
        await tokens.adopt({"access_token": "pina_old", "refresh_token": "pinr_1", "expires_in": 60000})
        sandbox.respond(REFUSED, NEW, PAGE)
        return await aio.BoardsApi(client).boards_list(tokens=tokens)

    assert asyncio.run(call()) == PAGE["json"]
    with pytest.raises(InvalidTypeException):  # Nothing here could wait for it.
        api.BoardsApi(client).boards_list(tokens=tokens)


def test_a_class_of_a_program_s_own_is_asked(sandbox: Sandbox) -> None:
    asked = []

    class Counted(TokenManager):
        def access_token(self) -> str:
            asked.append(self.name)
            return super().access_token()

    class CountedLater(aio.TokenManager):
        async def access_token(self) -> str:
            asked.append(self.name)
            return await super().access_token()

    client = ApiClient(Configuration(host=sandbox.host, **APP))
    store = MemoryStore()
    sandbox.stand(PAGE)
    tokens = Counted(client, store, "a")
    tokens.adopt({"access_token": "pina_old", "refresh_token": "pinr_1", "expires_in": 60000})
    own(sandbox, tokens)
    own_call(sandbox, tokens.account("a"))
    asyncio.run(aio.BoardsApi(client).boards_list(tokens=CountedLater(client, store, "a")))
    own_later(sandbox, tokens)
    generated_later(sandbox, tokens)
    assert asked == ["a", "a", "a", "a", "a"]


def test_one_that_takes_its_time_holds_no_loop_up(sandbox: Sandbox) -> None:
    loops_turn = Event()

    class Slow(TokenManager):
        def access_token(self) -> str:
            assert loops_turn.wait(5)
            return super().access_token()

    client = ApiClient(Configuration(host=sandbox.host, **APP))
    tokens = Slow(client, MemoryStore(), "a")
    tokens.adopt({"access_token": "pina_old", "refresh_token": "pinr_1", "expires_in": 60000})
    sandbox.stand(PAGE)

    async def call() -> None:
        listed = asyncio.ensure_future(aio.BoardsApi(client).boards_list(tokens=tokens))
        await asyncio.sleep(0.05)
        loops_turn.set()
        await listed

    asyncio.run(call())
    assert sent(sandbox) == [("/boards", "Bearer pina_old")]


def test_accounts_side_by_side(sandbox: Sandbox) -> None:
    tokens = manager(sandbox)
    other = tokens.account("b")
    other.adopt({"access_token": "pina_b", "refresh_token": "pinr_b", "expires_in": 60000})
    sandbox.stand(PAGE)
    client = ApiClient(Configuration(host=sandbox.host, access_token="pina_0"))
    for each in (tokens, other, None, tokens):
        api.BoardsApi(client.with_tokens(each)).boards_list()
    api.BoardsApi(client).boards_list()
    assert [header for _, header in sent(sandbox)] == [
        f"Bearer {token}" for token in ("pina_old", "pina_b", "pina_0", "pina_old", "pina_0")
    ]


def test_oauth_calls_that_take_a_token_carry_it(sandbox: Sandbox) -> None:
    tokens = manager(sandbox)
    sandbox.stand({"json": {"access_token": "pina_c", "token_type": "bearer"}})
    OauthApi(ApiClient(Configuration(host=sandbox.host, **APP), tokens=tokens)).conversion_token()
    client = GeneratedApiClient(GeneratedConfiguration(host=sandbox.host, **APP), tokens=tokens)
    GeneratedOauthApi(client).conversion_token()
    client.call_api("/oauth/token", "POST", auth_settings=["basic"])
    of_token, of_token_too, of_app = sent(sandbox)
    assert of_token == of_token_too == ("/oauth/conversion_token", "Bearer pina_old")
    assert of_app[1].startswith("Basic ")


@pytest.fixture
def boards(sandbox: Sandbox) -> ApiClient:
    return ApiClient(Configuration(host=sandbox.host, access_token="pina_1"))


def pages(sandbox: Sandbox, *bookmarks: Any) -> None:
    sandbox.respond(
        *({"json": {"items": [{"id": f"{at}"}], "bookmark": mark}} for at, mark in enumerate(bookmarks))
    )


def listed(client: ApiClient, *, later: bool, **named: Any) -> list[Any]:
    if not later:
        return list(api.paginate(api.BoardsApi(client).boards_list, **named))

    async def found() -> list[Any]:
        return [item async for item in aio.paginate(aio.BoardsApi(client).boards_list, **named)]

    return asyncio.run(found())


@pytest.mark.parametrize("later", [False, True], ids=["now", "awaited"])
def test_all_items_of_all_pages(boards: ApiClient, sandbox: Sandbox, later: bool) -> None:
    pages(sandbox, "b/1", "b2", None)
    found = listed(boards, later=later, page_size=1, tokens=manager(sandbox))
    assert found == [{"id": "0"}, {"id": "1"}, {"id": "2"}]
    queries = [request["query"] for request in sandbox.requests()]
    assert queries == ["page_size=1", "bookmark=b%2F1&page_size=1", "bookmark=b2&page_size=1"]
    assert {header for _, header in sent(sandbox)} == {"Bearer pina_old"}


@pytest.mark.parametrize("later", [False, True], ids=["now", "awaited"])
def test_pages_without_an_end(boards: ApiClient, sandbox: Sandbox, later: bool) -> None:
    for bookmarks in (("b1", "b1"), ("b1", "b2", "b1")):
        pages(sandbox, *bookmarks)
        with pytest.raises(ApiException, match="came before"):
            listed(boards, later=later)
    sandbox.respond({"json": [1]})
    with pytest.raises(ApiException, match="no page"):
        listed(boards, later=later)
    assert len(sandbox.requests()) == 6
