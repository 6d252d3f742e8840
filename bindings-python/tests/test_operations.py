"""Every operation of the published client: calls by `call_api`, input checks, and answers of any kind."""

from __future__ import annotations

import copy
import enum
import inspect
import pickle
from typing import TYPE_CHECKING, Any, get_type_hints
from unittest import mock

import pytest
from openapi_generated.pinterest_client.api.boards_api import BoardsApi
from openapi_generated.pinterest_client.api.campaigns_api import CampaignsApi
from openapi_generated.pinterest_client.api.pins_api import PinsApi
from openapi_generated.pinterest_client.api.resources_api import ResourcesApi
from openapi_generated.pinterest_client.api.terms_of_service_api import TermsOfServiceApi
from openapi_generated.pinterest_client.api.user_account_api import UserAccountApi
from openapi_generated.pinterest_client.model.board import Board
from openapi_generated.pinterest_client.model.pin import Pin

from openapi_generated.pinterest_client import ApiClient, ApiException, ApiTypeError, ApiValueError, apis
from openapi_generated.pinterest_client.api import boards_api
from openapi_generated.pinterest_client.api_client import Endpoint

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox import Sandbox


@pytest.fixture
def called(client: ApiClient) -> ApiClient:
    client.configuration.access_token = "pina_1"
    return client


def sent(sandbox: Sandbox) -> str:
    request = sandbox.requests()[-1]
    query = f"?{request['query']}" if request.get("query") else ""
    return f"{request['method']} {request['path']}{query} {request.get('body') or ''}".rstrip()


def test_a_call_is_one_of_call_api(called: ApiClient) -> None:
    api = BoardsApi(called)
    with mock.patch.object(called, "call_api", return_value="given") as call_api:
        assert api.boards_get("1", ad_account_id="2", _request_timeout=3) == "given"
    assert call_api.call_args == mock.call(
        "/boards/{board_id}",
        "GET",
        {"board_id": "1"},
        [("ad_account_id", "2")],
        {"Accept": "application/json"},
        body=None,
        post_params=[],
        files={},
        response_type=(Board,),
        auth_settings=["client_credentials", "pinterest_oauth2"],
        async_req=False,
        _check_type=True,
        _return_http_data_only=True,
        _preload_content=True,
        _request_timeout=3,
        _host=called.configuration.host,
        collection_formats={},
    )


def test_the_client_may_be_a_mock() -> None:
    client = mock.MagicMock()
    assert PinsApi(client).pins_list(page_size=5) is client.call_api.return_value
    assert client.call_api.call_args.args[:4] == ("/pins", "GET", {}, [("page_size", 5)])


def test_a_program_may_replace_what_the_published_client_has() -> None:
    with mock.patch("openapi_generated.pinterest_client.api.boards_api.ApiClient") as client:
        assert BoardsApi().api_client is client.return_value
    with mock.patch("openapi_generated.pinterest_client.api.pins_api.PinsApi.pins_get", return_value=1):
        assert PinsApi(mock.Mock()).pins_get("1") == 1
    with mock.patch.object(Endpoint, "call_with_http_info", return_value=2):
        assert PinsApi(mock.Mock()).pins_get("1") == 2


def test_every_way_to_call(called: ApiClient, sandbox: Sandbox) -> None:
    api = BoardsApi(called)
    sandbox.stand({"json": {"id": "1", "name": "b"}})
    assert api.boards_get("1") == Board._from_openapi_data("b", id="1")
    assert api.boards_get(board_id="1").id == "1"
    assert api.boards_get("1", async_req=True).get().name == "b"
    data, status, headers = api.boards_get("1", _return_http_data_only=False)
    assert (data.name, status, headers["content-type"]) == ("b", 200, "application/json")
    assert api.boards_get("1", _preload_content=False).data == b'{"id":"1","name":"b"}'
    assert api.boards_get("1", _check_return_type=False, _spec_property_naming=True).name == "b"
    assert api.boards_get("1", _headers={"X-Own": "1"}).name == "b"
    assert ("x-own", "1") in {(name.lower(), value) for name, value in sandbox.requests()[-1]["headers"]}
    assert api.boards_get_endpoint("1").name == "b"
    assert api.boards_get_endpoint.call_with_http_info(board_id="1").name == "b"
    with pytest.raises(ApiValueError, match="Invalid index 7"):
        api.boards_get("1", _host_index=7)


def test_what_is_sent(called: ApiClient, sandbox: Sandbox) -> None:
    sandbox.stand({"json": {}})
    PinsApi(called).pins_list(creative_types=["REGULAR", "VIDEO"], page_size=2)
    assert sent(sandbox) == "GET /v5/pins?creative_types=REGULAR&creative_types=VIDEO&page_size=2"
    BoardsApi(called).boards_create(Board("n", privacy="SECRET"))
    assert sent(sandbox) == 'POST /v5/boards {"name": "n", "privacy": "SECRET"}'
    CampaignsApi(called).campaigns_create("1", [{"ad_account_id": "1", "objective_type": "AWARENESS"}])
    assert sent(sandbox) == (
        'POST /v5/ad_accounts/1/campaigns [{"ad_account_id": "1", "objective_type": "AWARENESS"}]'
    )
    assert len(sandbox.requests()) == 3


def test_a_member_of_an_enumeration_is_its_value(called: ApiClient, sandbox: Sandbox) -> None:
    class Word(str, enum.Enum):
        SECRET = "SECRET"
        REGULAR = "REGULAR"

    class Count(int, enum.Enum):
        FEW = 2

    sandbox.stand({"json": {}})
    BoardsApi(called).boards_list(privacy=Word.SECRET, page_size=Count.FEW)
    assert sent(sandbox) == "GET /v5/boards?privacy=SECRET&page_size=2"
    PinsApi(called).pins_list(creative_types=[Word.REGULAR])
    assert sent(sandbox) == "GET /v5/pins?creative_types=REGULAR"
    PinsApi(called).pins_get(Word.SECRET)
    assert sent(sandbox) == "GET /v5/pins/SECRET"
    BoardsApi(called).boards_create({"name": "n", "privacy": Word.SECRET})
    assert sent(sandbox) == 'POST /v5/boards {"name": "n", "privacy": "SECRET"}'


REFUSED: dict[str, tuple[Callable[[ApiClient], Any], type[Exception], str]] = {
    "no argument": (lambda c: BoardsApi(c).boards_get(), TypeError, "missing 1 required positional argument"),
    "not by position": (lambda c: BoardsApi(c).boards_get("1", "2"), TypeError, "takes 2 positional"),
    "a number": (lambda c: BoardsApi(c).boards_get(1), ApiTypeError, "Required value type is str"),
    "None": (lambda c: BoardsApi(c).boards_get(None), ApiTypeError, "passed type was NoneType"),
    "None, unchecked": (
        lambda c: BoardsApi(c).boards_get(None, _check_input_type=False),
        ApiValueError,
        "may not be None",
    ),
    "unknown": (
        lambda c: BoardsApi(c).boards_get("1", colour=1),
        ApiTypeError,
        "unexpected parameter 'colour'",
    ),
    "missing": (
        lambda c: BoardsApi(c).boards_get_endpoint.call_with_http_info(),
        ApiValueError,
        "Missing the required parameter `board_id`",
    ),
    "too many": (lambda c: PinsApi(c).pins_list(page_size=300), ApiValueError, "less than or equal to `250`"),
    "no number": (lambda c: PinsApi(c).pins_list(page_size="2"), ApiTypeError, "Required value type is int"),
    "not a choice": (lambda c: PinsApi(c).pins_list(pin_filter="z"), ApiValueError, "must be one of"),
    "none of the choices": (
        lambda c: PinsApi(c).pins_list(creative_types=["Z"]),
        ApiValueError,
        "must be a subset",
    ),
    "no pattern": (
        lambda c: BoardsApi(c).boards_list_pins("1", ad_account_id="x"),
        ApiValueError,
        "must match regular expression",
    ),
    "no date": (
        lambda c: ResourcesApi(c).metrics_ready_state_get("soon"),
        ApiValueError,
        "regular expression",
    ),
    "a slash": (lambda c: PinsApi(c).pins_get("1/../2"), ApiValueError, "slash"),
    "a parent": (lambda c: PinsApi(c).pins_get(".."), ApiValueError, "no part of a path"),
    "nothing": (lambda c: PinsApi(c).pins_get(""), ApiValueError, "no part of a path"),
    "not a model": (lambda c: BoardsApi(c).boards_create("b"), ApiTypeError, "Required value type is Board"),
    "another model": (lambda c: BoardsApi(c).boards_create(Pin()), ApiTypeError, "passed type was Pin"),
    "a dict without what it needs": (
        lambda c: BoardsApi(c).boards_create({}),
        ApiTypeError,
        "Board needs name",
    ),
    "a number for a key": (lambda c: BoardsApi(c).boards_create({1: 2}), ApiTypeError, "Required key type"),
    "no list": (
        lambda c: CampaignsApi(c).campaigns_create("1", {}),
        ApiTypeError,
        "Required value type is list",
    ),
    "no keyword's type": (lambda c: PinsApi(c).pins_get("1", async_req=1), ApiTypeError, "async_req"),
    "a negative time": (lambda c: PinsApi(c).pins_get("1", _request_timeout=-1), ApiValueError, "negative"),
    "NaN": (
        lambda c: BoardsApi(c).boards_create({"name": "n", "x": float("nan")}),
        ApiValueError,
        "Out of range float",
    ),
    "no JSON": (lambda c: BoardsApi(c).boards_create({"name": "n", "x": object()}), ApiTypeError, "object"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bad_input_is_refused_before_anything_is_sent(name: str, called: ApiClient, sandbox: Sandbox) -> None:
    act, error, message = REFUSED[name]
    with pytest.raises(error, match=message):
        act(called)
    assert sandbox.requests() == []


def test_a_body_that_holds_itself(called: ApiClient, sandbox: Sandbox) -> None:
    body: dict[str, Any] = {"name": "n"}
    body["self"] = body
    with pytest.raises(ApiValueError, match="holds itself"):
        BoardsApi(called).boards_create(body)
    assert sandbox.requests() == []


def test_checks_can_be_switched_off(called: ApiClient, sandbox: Sandbox) -> None:
    sandbox.stand({"json": {}})
    called.configuration.disabled_client_side_validations = "maximum,pattern"
    PinsApi(called).pins_list(page_size=300, ad_account_id="x")
    assert sent(sandbox) == "GET /v5/pins?page_size=300&ad_account_id=x"
    with pytest.raises(ApiValueError):
        PinsApi(called).pins_list(pin_filter="new")
    called.configuration.client_side_validation = False
    PinsApi(called).pins_list(pin_filter="new")
    assert sent(sandbox) == "GET /v5/pins?pin_filter=new"
    BoardsApi(called).boards_create({"name": "n", "privacy": "NEW"})
    assert sent(sandbox) == 'POST /v5/boards {"name": "n", "privacy": "NEW"}'
    with pytest.raises(ApiTypeError):
        PinsApi(called).pins_list(page_size="2")
    PinsApi(called).pins_list(page_size="2", _check_input_type=False)
    assert sent(sandbox) == "GET /v5/pins?page_size=2"


def test_an_enumeration_grows_after_a_post(called: ApiClient, sandbox: Sandbox) -> None:
    sandbox.respond({"status": 201, "json": {"id": "1", "name": "n", "privacy": "ADDED_LATER"}})
    board = BoardsApi(called).boards_create(Board("n"))
    assert (type(board), board.id, board.privacy) == (Board, "1", "ADDED_LATER")
    assert len(sandbox.requests()) == 1
    sandbox.respond({"json": {"id": "2", "objective_type": "ADDED_LATER"}})
    campaign = CampaignsApi(called).campaigns_get("1", "2")
    assert (campaign.objective_type.value, campaign.to_dict()["objective_type"]) == ("ADDED_LATER",) * 2


ANSWERS: dict[str, tuple[Any, Any]] = {
    "a new field": (
        {"id": "1", "name": "n", "added": {"x": [1]}},
        {"id": "1", "name": "n", "added": {"x": [1]}},
    ),
    "a field of another type": ({"name": 5, "pin_count": "many"}, {"name": 5, "pin_count": "many"}),
    "nulls": ({"name": None, "owner": None}, {"name": None, "owner": None}),
    "without what must be there": ({}, {}),
    "an object where a text was": ({"name": {"x": 1}}, {"name": {"x": 1}}),
    "a list where an object was": ({"owner": [1]}, {"owner": [1]}),
    "ids that look like days": ({"id": "20240101", "new": "20240101"}, {"id": "20240101", "new": "20240101"}),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_no_answer_is_refused(name: str, called: ApiClient, sandbox: Sandbox) -> None:
    given, expected = ANSWERS[name]
    sandbox.stand({"json": given})
    board = BoardsApi(called).boards_get("1")
    assert (type(board), board.to_dict()) == (Board, expected)
    assert BoardsApi(called).boards_get("1", _check_return_type=False).to_dict() == expected


@pytest.mark.parametrize("given", [[{"id": "1"}], "text", 5, None, True])
def test_an_answer_that_is_no_object_stays_as_it_came(
    given: Any, called: ApiClient, sandbox: Sandbox
) -> None:
    sandbox.stand({"json": given})
    assert BoardsApi(called).boards_get("1") == given
    assert UserAccountApi(called).linked_business_accounts_get() == given or isinstance(given, list)


def test_answers_without_a_body_or_with_one_too_many(called: ApiClient, sandbox: Sandbox) -> None:
    sandbox.respond(
        {"status": 200, "body": ""}, {"status": 200, "json": {"odd": 1}}, {"status": 200, "body": "<html>"}
    )
    assert BoardsApi(called).boards_get("1") is None
    assert BoardsApi(called).boards_delete("1") is None
    assert BoardsApi(called).boards_get("1") == "<html>"


def test_numbers(called: ApiClient, sandbox: Sandbox) -> None:
    sandbox.stand({"body": '{"all": {"summary_metrics": {"A": 3, "B": 1' + "0" * 400 + "}}}"})
    found = PinsApi(called).pins_analytics("1", "2024-01-01", "2024-01-02", ["IMPRESSION"])
    metrics = found.all.summary_metrics
    assert (repr(metrics["A"]), metrics["B"]) == ("3.0", 10**400)


@pytest.mark.parametrize("chosen", ["RETAIL", "ADDED_LATER", None, 5, ["RETAIL"], {"RETAIL": 1}])
def test_a_field_that_chooses_the_class(chosen: Any, called: ApiClient, sandbox: Sandbox) -> None:
    from openapi_generated.pinterest_client.api.catalogs_api import CatalogsApi

    from openapi_generated.pinterest_client.models import CatalogsFeed, CatalogsRetailFeed

    sandbox.stand({"json": {"catalog_type": chosen, "id": "1", "name": "f"}})
    feed = CatalogsApi(called).feeds_get("1")
    assert type(feed) is (CatalogsRetailFeed if chosen == "RETAIL" else CatalogsFeed)
    assert feed.to_dict() == {"catalog_type": chosen, "id": "1", "name": "f"}


def test_days_and_times(called: ApiClient, sandbox: Sandbox) -> None:
    from datetime import date, datetime, timezone

    pin = {"id": "1", "created_at": "2024-01-02T03:04:05.123Z", "day": "2024-01-02"}
    sandbox.respond({"json": pin}, {"json": {"created_at": "yesterday"}})
    found = PinsApi(called).pins_get("1")
    assert found.created_at == datetime(2024, 1, 2, 3, 4, 5, 123000, tzinfo=timezone.utc)
    assert found.day == date(2024, 1, 2)
    assert PinsApi(called).pins_get("1").created_at == "yesterday"


def test_a_refusal_is_the_usual_exception(called: ApiClient, sandbox: Sandbox) -> None:
    sandbox.respond({"status": 404, "json": {"code": 40, "message": "Board not found."}})
    with pytest.raises(ApiException) as error:
        BoardsApi(called).boards_get("1")
    assert (error.value.status, error.value.outcome) == (404, "Refused")


def test_what_introspection_sees(called: ApiClient) -> None:
    assert str(inspect.signature(BoardsApi.boards_create)) == "(self, board, **kwargs)"
    assert str(inspect.signature(BoardsApi)) == str(inspect.signature(TermsOfServiceApi))
    assert get_type_hints(BoardsApi.boards_create) == {}
    assert BoardsApi.boards_get.__qualname__ == "BoardsApi.boards_get"
    assert BoardsApi.boards_get.__doc__
    assert {"boards_get", "boards_get_endpoint"} <= {*dir(BoardsApi(called))}
    assert BoardsApi(called).boards_get_endpoint.settings["operation_id"] == "boards_get"
    assert isinstance(BoardsApi(called).boards_get_endpoint, Endpoint)
    assert pickle.loads(pickle.dumps(BoardsApi)) is BoardsApi
    assert copy.copy(BoardsApi(called)).api_client is called
    assert boards_api.Board is Board
    assert apis.BoardsApi is BoardsApi
    assert len(apis.__all__) == 36
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        BoardsApi(called).nothing  # noqa: B018
    with pytest.raises(ImportError):
        from openapi_generated.pinterest_client.api import nothing_api  # type: ignore[attr-defined]  # noqa: F401
