"""`pinterest_sdk.api`: every operation of the core's table as a method."""

from __future__ import annotations

import asyncio
import inspect
import re
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints
from unittest import mock

import pytest

from pinterest_sdk import ApiClient, ApiException, Configuration, aio, api
from pinterest_sdk.errors import InvalidInputException, InvalidTypeException, NotFoundException

if TYPE_CHECKING:
    from sandbox import Sandbox

SCOPES = "ads:read ads:write boards:read boards:write pins:read pins:write user_accounts:read"
AD_ACCOUNT = "549760000000"
BOARD = "5497558600000"


def connected(sandbox: Sandbox) -> ApiClient:
    minted = sandbox.control("POST", "/_sandbox/tokens", {"scope": SCOPES})
    return ApiClient(Configuration(host=sandbox.host, access_token=minted["access_token"]))


def test_a_board_is_made_changed_and_gone(sandbox: Sandbox) -> None:
    boards = api.BoardsApi(connected(sandbox))
    board = boards.boards_create({"name": "Ideas"})
    assert boards.boards_update(board["id"], {"name": "Plans"})["name"] == "Plans"
    assert boards.boards_get(board_id=board["id"])["name"] == "Plans"
    assert boards.boards_delete(board["id"]) is None
    with pytest.raises(NotFoundException) as raised:
        boards.boards_get(board["id"])
    assert raised.value.code == 40


def test_arguments_go_where_the_table_says(sandbox: Sandbox) -> None:
    client = connected(sandbox)
    sandbox.respond({"json": {}}, {"json": {}})
    api.PinsApi(client).pins_analytics("1", date(2026, 1, 1), "2026-01-31", ["SAVE"], app_types=None)
    api.AdsApi(client).ads_list(AD_ACCOUNT, campaign_ids=["1", "2"], headers={"X-Mine": "5"}, timeout=5)
    analytics, ads = sandbox.requests()
    assert analytics["query"] == "start_date=2026-01-01&end_date=2026-01-31&metric_types=SAVE"
    assert (ads["path"], ads["query"]) == (
        f"/v5/ad_accounts/{AD_ACCOUNT}/ads",
        "campaign_ids=1&campaign_ids=2",
    )
    assert ["x-mine", "5"] in [[name.lower(), value] for name, value in ads["headers"]]


def test_what_does_not_fit_is_refused_before_anything_is_sent(sandbox: Sandbox) -> None:
    boards = api.BoardsApi(connected(sandbox))
    cyclic: dict[str, Any] = {"name": "x"}
    cyclic["self"] = cyclic
    for body in ({}, {"name": 5}, {"name": float("nan")}, {"name": object()}, cyclic, {"name": "x", 5: 1}):
        with pytest.raises(InvalidInputException):
            boards.boards_create(body)
    for wrong in ("..", "a/b", ""):
        with pytest.raises(InvalidInputException):
            boards.boards_get(wrong)
    for arguments in ({}, {"board_id": "1", "colour": "red"}):
        with pytest.raises(InvalidTypeException, match=r"boards_get: .*it takes board_id, ad"):
            boards.boards_get(**arguments)
    with pytest.raises(InvalidTypeException):
        boards.boards_list(checks=["off"])
    for bookmark in ([], {}, bytearray()):
        with pytest.raises(InvalidInputException):
            next(api.paginate(boards.boards_list, bookmark=bookmark))
    assert sandbox.requests() == []


def test_a_mock_is_refused_at_once(sandbox: Sandbox) -> None:
    boards = api.BoardsApi(connected(sandbox))
    start = time.monotonic()
    for mocked in (mock.MagicMock(), mock.Mock(), date):
        with pytest.raises(InvalidInputException):
            boards.boards_create({"name": mocked})
    assert time.monotonic() - start < 2
    assert sandbox.requests() == []


def test_a_number_that_lost_digits_is_not_sent(sandbox: Sandbox) -> None:
    boards = api.BoardsApi(connected(sandbox))
    for checks in ("usual", "off"):
        with pytest.raises(InvalidInputException, match="has more digits than a number keeps"):
            boards.boards_list(privacy=2**70, checks=checks)
    with pytest.raises(InvalidInputException, match="has more digits than a number keeps"):
        boards.boards_get(10**20 + 1, checks="off")
    assert sandbox.requests() == []
    sandbox.stand({"json": {}})
    boards.boards_get(2**64 - 1, checks="off")
    assert sandbox.requests()[0]["path"] == "/v5/boards/18446744073709551615"


def test_checks_can_be_strict_and_off(sandbox: Sandbox) -> None:
    boards = api.BoardsApi(connected(sandbox))
    for what in ({"privacy": "HOLOGRAPHIC"}, {"privacy": "SECRET", "page_size": 251}):
        with pytest.raises(InvalidInputException):
            boards.boards_list(**what, checks="strict")
    with pytest.raises(InvalidInputException, match="must be one of"):
        boards.boards_list(checks="none")
    assert sandbox.requests() == []
    sandbox.stand({"json": {}})
    boards.boards_list(privacy="HOLOGRAPHIC")
    boards.boards_list(privacy="HOLOGRAPHIC", page_size=251, checks="off")
    assert len(sandbox.requests()) == 2
    boards.api_client.checks = "strict"
    with pytest.raises(InvalidInputException, match="none of the values that are known"):
        boards.boards_list(privacy="HOLOGRAPHIC")
    boards.boards_list(privacy="HOLOGRAPHIC", checks="usual")
    assert len(sandbox.requests()) == 3
    boards.api_client.checks = "lax"
    with pytest.raises(InvalidInputException, match="Invalid value for `checks`"):
        boards.boards_list()


def test_an_answer_is_given_as_it_came(sandbox: Sandbox) -> None:
    boards = api.BoardsApi(connected(sandbox))
    for odd in ({"privacy": "HOLOGRAPHIC", "name": None, "new": [1]}, [1], "text", None):
        sandbox.respond({"status": 201, "json": odd})
        assert boards.boards_create({"name": "x"}) == odd
    for body in ("<html>", "[" * 100_000 + "]" * 100_000):
        sandbox.respond({"status": 201, "body": body})
        with pytest.raises(ApiException, match="the answer is n") as raised:
            boards.boards_create({"name": "x"})
        error = raised.value
        assert (error.kind, error.outcome, error.status) == ("Protocol", "Unknown", 201)
        assert error.body == body
        assert body not in str(error)
    for how in ("new_enum_value", "nulls", "missing_fields", "other_shape", "no_body"):
        sandbox.respond({"pass": True, "odd": how})
        boards.boards_get(BOARD)
    sandbox.respond({"status": 201, "body": f'{{"a": {"9" * 5000}, "b": {"9" * 4000}, "c": 1.0}}'})
    long = boards.boards_create({"name": "x"})
    assert (long["a"], long["b"], type(long["c"])) == (float("inf"), int("9" * 4000), float)


def test_every_operation_is_a_method_with_its_signature() -> None:
    classes = [getattr(api, name) for name in dir(api) if name.endswith("Api") and name != "Api"]
    methods = [
        method
        for cls in classes
        if cls is not api.OauthApi
        for name, method in vars(cls).items()
        if not name.startswith("_")
    ]
    assert (len(classes), len(methods)) == (46, 228)
    assert (
        str(inspect.signature(api.BoardsApi.boards_update))
        == "(self, /, board_id, body, *, ad_account_id=None,"
        " timeout=None, headers=None, tokens=None, checks=None)"
    )
    assert get_type_hints(api.BoardsApi.boards_update) == {}
    assert api.BoardsApi.boards_update.__qualname__ == "BoardsApi.boards_update"
    assert api.PinsApi is api.PinsApi
    with pytest.raises(AttributeError):
        api.NothingApi  # noqa: B018
    assert not hasattr(aio, "NothingApi")


def test_the_page_of_operations_runs_as_printed(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(__file__).parents[2] / "docs/operations.md").read_text(encoding="utf-8")
    [code] = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    configuration = connected(sandbox).configuration
    monkeypatch.setenv("PINTEREST_API_URI", configuration.host)
    monkeypatch.setenv("PINTEREST_ACCESS_TOKEN", str(configuration.access_token))
    exec(code, {})
    assert "Ideas" in capsys.readouterr().out.splitlines()


def test_it_is_awaited_too(sandbox: Sandbox) -> None:
    async def calls() -> Any:
        boards = aio.BoardsApi(connected(sandbox))
        with pytest.raises(ApiException):
            await boards.boards_get("1")
        return await boards.boards_list(page_size=2)

    page = asyncio.run(calls())
    assert (len(page["items"]), page["bookmark"]) == (2, "after-2")
