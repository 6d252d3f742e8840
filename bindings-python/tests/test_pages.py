"""Items of operations that give them page by page."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from openapi_generated.pinterest_client.api.boards_api import BoardsApi
from openapi_generated.pinterest_client.model.board import Board

from openapi_generated.pinterest_client import ApiClient, ApiException, aio
from openapi_generated.pinterest_client.pages import paginate
from pinterest_sdk import ApiClient as OwnClient
from pinterest_sdk import Configuration, api
from pinterest_sdk import aio as own_aio
from pinterest_sdk.errors import InvalidTypeException

if TYPE_CHECKING:
    from sandbox import Sandbox


@pytest.fixture
def called(client: ApiClient) -> ApiClient:
    client.configuration.access_token = "pina_1"
    return client


def pages(sandbox: Sandbox, *bookmarks: Any) -> None:
    answers = [
        {"items": [{"id": f"{at}", "name": "n", "privacy": "NEW"}], "bookmark": bookmark}
        for at, bookmark in enumerate(bookmarks)
    ]
    sandbox.respond(*({"json": answer} for answer in answers))


def queries(sandbox: Sandbox) -> list[str]:
    return [request.get("query") or "" for request in sandbox.requests()]


@pytest.mark.parametrize("last", [None, ""])
def test_all_items(last: Any, called: ApiClient, sandbox: Sandbox) -> None:
    pages(sandbox, "b/1", "b2", last)
    found = paginate(BoardsApi(called).boards_list, of=Board, page_size=1)
    assert [(type(board), board.id) for board in found] == [(Board, "0"), (Board, "1"), (Board, "2")]
    assert queries(sandbox) == ["page_size=1", "page_size=1&bookmark=b%2F1", "page_size=1&bookmark=b2"]


def test_dicts_and_arguments(called: ApiClient, sandbox: Sandbox) -> None:
    pages(sandbox, "b1", None)
    found = list(paginate(BoardsApi(called).boards_list_pins, "7", bookmark="b0"))
    assert [item["id"] for item in found] == ["0", "1"]
    assert queries(sandbox) == ["bookmark=b0", "bookmark=b1"]


def test_a_page_is_asked_for_when_it_is_needed(called: ApiClient, sandbox: Sandbox) -> None:
    pages(sandbox, "b1", None)
    found = paginate(BoardsApi(called).boards_list)
    assert sandbox.requests() == []
    next(found)
    assert len(sandbox.requests()) == 1


@pytest.mark.parametrize("bookmarks", [("b1", "b1"), ("b1", "b2", "b1")])
def test_a_bookmark_that_repeats(bookmarks: Any, called: ApiClient, sandbox: Sandbox) -> None:
    pages(sandbox, *bookmarks)
    with pytest.raises(ApiException, match="came before"):
        list(paginate(BoardsApi(called).boards_list))
    assert len(sandbox.requests()) == len(bookmarks)


def test_a_page_whose_bookmark_leads_nowhere_is_given_first(called: ApiClient, sandbox: Sandbox) -> None:
    for bookmark, said in (("b0", "came before"), (5, "is not a text")):
        pages(sandbox, bookmark)
        found = paginate(BoardsApi(called).boards_list, bookmark="b0")
        assert next(found)["id"] == "0"
        with pytest.raises(ApiException, match=said):
            next(found)
        assert list(found) == []


def test_what_gives_no_pages_is_refused_before_anything_is_sent(called: ApiClient, sandbox: Sandbox) -> None:
    client = OwnClient(Configuration(host=sandbox.host, access_token="x"))
    for by, method in (
        (paginate, BoardsApi(called).boards_create),
        (aio.paginate, aio.BoardsApi(called).boards_create),
        (api.paginate, api.BoardsApi(client).boards_create),
        (own_aio.paginate, own_aio.BoardsApi(client).boards_create),
    ):
        with pytest.raises(InvalidTypeException, match="`boards_create` does not answer in pages"):
            by(method, {"name": "x"})
    with pytest.raises(InvalidTypeException, match="takes a method"):
        api.paginate("boards_list")  # type: ignore[arg-type]
    assert sandbox.requests() == []


@pytest.mark.parametrize("answer", [[], {}, {"items": None}, "text", None])
def test_what_is_no_page(answer: Any, called: ApiClient, sandbox: Sandbox) -> None:
    sandbox.stand({"json": answer})
    with pytest.raises(ApiException, match="no page"):
        list(paginate(BoardsApi(called).boards_list))


def test_awaited(called: ApiClient, sandbox: Sandbox) -> None:
    pages(sandbox, "b1", None)

    async def found() -> list[str]:
        return [board.id async for board in aio.paginate(aio.BoardsApi(called).boards_list, of=Board)]

    assert asyncio.run(found()) == ["0", "1"]
    pages(sandbox, "b1", "b1")
    with pytest.raises(ApiException, match="came before"):
        asyncio.run(found())


def test_a_method_of_the_other_kind_is_refused_before_anything_is_sent(
    called: ApiClient, sandbox: Sandbox
) -> None:
    own = OwnClient(Configuration(host=sandbox.host, access_token="pina_1"))
    for plain, awaited, iterated, later in (
        (api.BoardsApi(own), own_aio.BoardsApi(own), api.paginate, own_aio.paginate),
        (BoardsApi(called), aio.BoardsApi(called), paginate, aio.paginate),
    ):
        with pytest.raises(
            InvalidTypeException, match=r"`boards_list` is awaited: go through `aio\.paginate`"
        ):
            iterated(awaited.boards_list)
        with pytest.raises(InvalidTypeException, match="`boards_list` is not awaited"):
            later(plain.boards_list)
    assert sandbox.requests() == []

    async def by_hand() -> list[Any]:
        pages(sandbox, "b1", None)

        def handed_on(**named: Any) -> Any:
            return own_aio.BoardsApi(own).boards_list(**named)

        return [item async for item in own_aio.paginate(handed_on)]

    assert len(asyncio.run(by_hand())) == 2
