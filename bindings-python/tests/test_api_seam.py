"""`pinterest_sdk.api` with a program's own code in the place of requests: every call goes through it."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from openapi_generated.pinterest_client import ApiClient
from openapi_generated.pinterest_client.rest import RESTClientObject
from pinterest_sdk import ApiClient as OwnApiClient
from pinterest_sdk import MemoryStore, TokenManager, aio, api
from pinterest_sdk.errors import ApiException, InvalidInputException

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox import Sandbox

    Make = Callable[[Any], Any]

BOARD = {"id": "1", "name": "n", "created_at": "2026-01-01T00:00:00", "privacy": "ADDED_LATER"}
CALLS: dict[str, Make] = {
    "get": lambda client: api.BoardsApi(client).boards_get("1"),
    "create": lambda client: api.BoardsApi(client).boards_create({"name": "n"}),
    "aio get": lambda client: asyncio.run(aio.BoardsApi(client).boards_get("1")),
    "aio create": lambda client: asyncio.run(aio.BoardsApi(client).boards_create({"name": "n"})),
}
call = pytest.mark.parametrize("make", CALLS.values(), ids=CALLS)


@pytest.fixture(autouse=True)
def _credentials(client: ApiClient) -> None:
    client.configuration.access_token = "pina_1"


@call
@pytest.mark.parametrize("where", ["class", "instance", "subclass", "mock"])
def test_call_api_sees_every_call(client: ApiClient, sandbox: Sandbox, make: Make, where: str) -> None:
    seen = mock.Mock(return_value=BOARD)
    if where == "class":
        with mock.patch.object(ApiClient, "call_api", seen):
            assert make(client) is BOARD
    elif where == "instance":
        client.call_api = seen  # type: ignore[method-assign]
        assert make(client) is BOARD
    elif where == "subclass":
        mine = type("Mine", (ApiClient,), {"call_api": lambda _, *given, **named: seen(*given, **named)})
        assert make(mine(client.configuration)) is BOARD
    else:
        assert make(mock.Mock(call_api=seen)) is BOARD
    assert seen.call_count == 1
    assert sandbox.requests() == []


def test_it_has_the_arguments_that_it_always_had(client: ApiClient) -> None:
    with mock.patch.object(client, "call_api", return_value=None) as seen:
        api.PinsApi(client).pins_analytics(
            "1", "2026-01-01", "2026-01-31", ["SAVE", "IMPRESSION"], app_types="ALL", timeout=(1, 5)
        )
        api.BoardsApi(client).boards_update("7", {"name": "é"}, headers={"X-Mine": "1"})
    path, method, of_path, query, headers = seen.call_args_list[0].args
    assert (path, method, of_path) == ("/pins/{pin_id}/analytics", "GET", {"pin_id": "1"})
    assert query == [
        ("start_date", "2026-01-01"),
        ("end_date", "2026-01-31"),
        ("app_types", "ALL"),
        ("metric_types", "SAVE,IMPRESSION"),
    ]
    assert headers == {"Accept": "application/json"}
    named = seen.call_args_list[0].kwargs
    assert (named["_request_timeout"], named["auth_settings"]) == ((1, 5), ["pinterest_oauth2"])
    assert seen.call_args.args[:3] == ("/boards/{board_id}", "PATCH", {"board_id": "7"})
    assert seen.call_args.kwargs["body"] == {"name": "é"}
    assert seen.call_args.args[4] == {
        "Accept": "application/json",
        "Content-Type": "application/json",
        "X-Mine": "1",
    }


@call
def test_a_mocked_http_part_sees_every_call(client: ApiClient, sandbox: Sandbox, make: Make) -> None:
    answer = mock.Mock(status=200, reason="OK", data=json.dumps(BOARD).encode())
    answer.urllib3_response.headers = {}
    with mock.patch.object(RESTClientObject, "request", return_value=answer) as seen:
        assert make(client) == BOARD
    client.rest_client = mock.Mock(**{"GET.return_value": answer, "POST.return_value": answer})
    assert make(client) == BOARD
    assert seen.call_count == 1
    assert sandbox.requests() == []


class PassingOn(ApiClient):
    def call_api(self, *arguments: Any, **named: Any) -> Any:
        return super().call_api(*arguments, **named)


@call
@pytest.mark.parametrize("answer", [BOARD, [1], "2026-01-01", 5, None])
def test_what_is_passed_on_is_as_without_it(
    client: ApiClient, sandbox: Sandbox, make: Make, answer: Any
) -> None:
    sandbox.stand({"json": answer} if answer else {"status": 204})
    assert make(client) == make(PassingOn(client.configuration)) == answer
    one, other = (
        (
            request["method"],
            request["path"],
            json.loads(request["body"] or "null"),
            sorted(request["headers"]),
        )
        for request in sandbox.requests()
    )
    assert one == other


def test_queries_lists_and_headers_passed_on(client: ApiClient, sandbox: Sandbox) -> None:
    sandbox.stand({"json": {}})
    for each in (client, PassingOn(client.configuration)):
        each.set_default_header("X-Kept", "client")
        api.AdsApi(each).ads_list("5", campaign_ids=["1", "2"], bookmark="a b/é", headers={"x-mine": "call"})
    one, other = sandbox.requests()
    assert one["query"] == "campaign_ids=1&campaign_ids=2&bookmark=a%20b%2F%C3%A9"
    assert other["query"].replace("+", "%20") == one["query"]
    for request in (one, other):
        sent = {name.lower(): value for name, value in request["headers"]}
        assert (sent["x-kept"], sent["x-mine"], sent["accept"]) == ("client", "call", "application/json")


def test_what_is_wrong_is_found_before_it(client: ApiClient) -> None:
    client.call_api = mock.Mock()  # type: ignore[method-assign]
    for wrong in ("..", "a/b", ""):
        with pytest.raises(InvalidInputException):
            api.BoardsApi(client).boards_get(wrong)
    with pytest.raises(TypeError):
        api.BoardsApi(client).boards_get("1", colour="red")
    client.call_api.assert_not_called()


def test_what_a_mock_raises_and_awaits(client: ApiClient, sandbox: Sandbox) -> None:
    with mock.patch.object(ApiClient, "call_api", side_effect=ApiException(418)):
        for make in CALLS.values():
            with pytest.raises(ApiException, match="418"):
                make(client)
    with mock.patch.object(ApiClient, "call_api", mock.AsyncMock(return_value="mine")):
        assert asyncio.run(aio.BoardsApi(client).boards_get("1")) == "mine"
    assert sandbox.requests() == []


def test_tokens_of_a_mocked_client_are_asked_by_nobody(client: ApiClient, sandbox: Sandbox) -> None:
    tokens = TokenManager(OwnApiClient(client.configuration), MemoryStore(), "a")
    client.call_api = mock.Mock(return_value=BOARD)  # type: ignore[method-assign]
    assert api.BoardsApi(client).boards_get("1", tokens=tokens) is BOARD
    client.tokens = tokens
    assert api.BoardsApi(client).boards_get("1") is BOARD
    assert sandbox.requests() == []
