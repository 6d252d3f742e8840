"""Every operation for asyncio."""

from __future__ import annotations

import asyncio
import inspect
import pickle
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from openapi_generated.pinterest_client.model.board import Board

from openapi_generated.pinterest_client import ApiClient, ApiException, ApiTypeError, ApiValueError, aio

if TYPE_CHECKING:
    from sandbox import Sandbox


@pytest.fixture
def boards(client: ApiClient) -> aio.BoardsApi:
    client.configuration.access_token = "pina_1"
    return aio.BoardsApi(client)


def test_calls(boards: aio.BoardsApi, sandbox: Sandbox) -> None:
    sandbox.stand({"json": {"id": "1", "name": "b", "privacy": "ADDED_LATER"}})

    async def calls() -> None:
        board = await boards.boards_get("1")
        assert (type(board), board.privacy) == (Board, "ADDED_LATER")
        board, status, _ = await boards.boards_create(Board("n"), _return_http_data_only=False)
        assert (board.name, status) == ("b", 200)
        raw = await boards.boards_get("1", _preload_content=False)
        assert raw.data.startswith(b"{")
        assert await boards.boards_delete("1") is None
        assert [found.id for found in await asyncio.gather(*(boards.boards_get("1") for _ in range(20)))] == [
            "1"
        ] * 20

    asyncio.run(calls())
    first, second, *_ = sandbox.requests()
    assert (first["method"], first["path"]) == ("GET", "/v5/boards/1")
    assert (second["method"], second["body"]) == ("POST", '{"name": "n"}')
    assert boards.api_client.last_response.status == 200


def test_failures(boards: aio.BoardsApi, sandbox: Sandbox) -> None:
    sandbox.stand({"status": 404, "json": {"code": 40, "message": "Board not found."}})

    async def calls() -> None:
        with pytest.raises(ApiException) as error:
            await boards.boards_get("1")
        assert (error.value.status, type(error.value.body)) == (404, str)
        with pytest.raises(ApiTypeError, match="unexpected parameter 'async_req'"):
            await boards.boards_get("1", async_req=True)
        with pytest.raises(ApiTypeError):
            await boards.boards_get(1)
        with pytest.raises(ApiValueError, match="less than or equal to `250`"):
            await boards.boards_list(page_size=300)
        with pytest.raises(TypeError, match="missing 1 required positional argument: 'board_id'"):
            await boards.boards_get()

    asyncio.run(calls())
    assert len(sandbox.requests()) == 1


def test_a_cancelled_call_is_given_up(boards: aio.BoardsApi, sandbox: Sandbox) -> None:
    sandbox.stand({"json": {"id": "1"}, "delay_ms": 5000})

    async def calls() -> None:
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(boards.boards_get("1"), 0.3)

    asyncio.run(asyncio.wait_for(calls(), 3))


def test_a_program_s_own_client(client: ApiClient) -> None:
    with mock.patch.object(client, "call_api", return_value="given") as call_api:
        assert asyncio.run(aio.PinsApi(client).pins_get("1")) == "given"
    assert call_api.call_args.args[:2] == ("/pins/{pin_id}", "GET")
    later = mock.MagicMock()
    later.call_api = mock.AsyncMock(return_value="awaited")
    assert asyncio.run(aio.PinsApi(later).pins_get("1")) == "awaited"


def test_what_introspection_sees() -> None:
    assert inspect.iscoroutinefunction(aio.BoardsApi.boards_get)
    assert str(inspect.signature(aio.BoardsApi.boards_get)) == "(self, board_id, **kwargs)"
    assert pickle.loads(pickle.dumps(aio.BoardsApi)) is aio.BoardsApi
    assert len([name for name in dir(aio) if name.endswith("Api")]) == 36
    with pytest.raises(AttributeError):
        aio.NothingApi  # noqa: B018
