"""What failed of the items of an answer of success."""

from __future__ import annotations

import asyncio
import functools
import pickle
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from openapi_generated.pinterest_client.api.campaigns_api import CampaignsApi

import openapi_generated.pinterest_client as published
from openapi_generated.pinterest_client import aio as generated_aio
from openapi_generated.pinterest_client import failures as generated
from openapi_generated.pinterest_client import models
from pinterest_sdk import ApiClient, Configuration, ItemFailure, aio, api, failures_in
from pinterest_sdk.errors import InvalidInputException, InvalidTypeException

if TYPE_CHECKING:
    from sandbox import Sandbox

AD_ACCOUNT = "549760000000"
GOOD = {"ad_account_id": AD_ACCOUNT, "name": "n", "objective_type": "AWARENESS"}
BAD = {**GOOD, "ad_account_id": "5"}
FOREIGN = "Invalid value for ad_account_id: not the one of the path"
EXPECTED = [
    ItemFailure("items[1].exceptions[0]", 1, 1, FOREIGN, {"code": 1, "message": FOREIGN}),
]


def settings(sandbox: Sandbox) -> dict[str, Any]:
    minted = sandbox.control("POST", "/_sandbox/tokens", {"scope": "ads:read ads:write"})
    return {"host": sandbox.host, "access_token": minted["access_token"]}


def test_items_that_failed_are_told_of_an_answer_of_success(sandbox: Sandbox) -> None:
    client = ApiClient(Configuration(**settings(sandbox)))
    campaigns = api.CampaignsApi(client)
    answer = campaigns.campaigns_create(AD_ACCOUNT, [GOOD, BAD])
    assert failures_in(campaigns.campaigns_create, answer) == EXPECTED
    assert api.failures_in is failures_in
    assert failures_in(campaigns.campaigns_create, campaigns.campaigns_create(AD_ACCOUNT, [GOOD])) == []

    async def awaited() -> Any:
        later = aio.CampaignsApi(client)
        return failures_in(later.campaigns_create, await later.campaigns_create(AD_ACCOUNT, [GOOD, BAD]))

    assert asyncio.run(awaited()) == EXPECTED


def test_models_of_the_generated_client_are_answers_too(sandbox: Sandbox) -> None:
    client = published.ApiClient(published.Configuration(**settings(sandbox)))
    campaigns = CampaignsApi(client)
    given = [models.CampaignCreateRequest(**each) for each in (GOOD, BAD)]
    answer = campaigns.campaigns_create(AD_ACCOUNT, given)
    assert isinstance(answer, models.CampaignCreateResponse)
    assert generated.failures_in(campaigns.campaigns_create, answer) == EXPECTED
    assert generated.failures_in is failures_in
    told = campaigns.campaigns_create(AD_ACCOUNT, given, _return_http_data_only=False)
    with pytest.raises(InvalidTypeException, match="give its first"):
        failures_in(campaigns.campaigns_create, told)
    assert failures_in(campaigns.campaigns_create, told[0]) == EXPECTED
    pending = campaigns.campaigns_create(AD_ACCOUNT, given, async_req=True)
    with pytest.raises(InvalidInputException, match="the answer cannot be written as JSON"):
        failures_in(campaigns.campaigns_create, pending)
    assert failures_in(campaigns.campaigns_create, pending.get()) == EXPECTED

    async def awaited() -> Any:
        later = generated_aio.CampaignsApi(client)
        return failures_in(later.campaigns_create, await later.campaigns_create(AD_ACCOUNT, given))

    assert asyncio.run(awaited()) == EXPECTED


ONE = {"items": [{}, {"exceptions": [{"code": "NEW"}, {}, {"message": "half \ud83d"}]}]}


def test_the_method_is_known_by_its_name_wherever_it_stands() -> None:
    class Mine(api.CampaignsApi):
        def campaigns_create(self, *given: Any, **named: Any) -> Any:
            return super().campaigns_create(*given, **named)

    @functools.wraps(api.CampaignsApi.campaigns_create)
    def wrapped(*given: Any) -> Any:
        return given

    bound = api.CampaignsApi(ApiClient()).campaigns_create
    ways: list[Any] = [bound, Mine(ApiClient()).campaigns_create, wrapped]
    ways += ["campaigns_create", "campaigns/create"]
    with mock.patch.object(api.CampaignsApi, "campaigns_create", autospec=True):
        ways.append(api.CampaignsApi.campaigns_create)
    for way in ways:
        told = [(one.place, one.item, one.code, one.message) for one in failures_in(way, ONE)]
        assert told == [
            ("items[1].exceptions[0]", 1, None, None),
            ("items[1].exceptions[2]", 1, None, "half \ufffd"),
        ]


def test_each_operation_says_it_in_its_own_place() -> None:
    def told(operation: str, answer: Any) -> list[Any]:
        return [(one.place, one.item, one.code, one.message) for one in failures_in(operation, answer)]

    one = {"exceptions": {"code": 5, "message": "m"}}
    assert told("customer_lists_get", one) == [("exceptions", None, 5, "m")]
    assert told("customer_lists/list", {"items": [{"exceptions": ["in words"]}]}) == [
        ("items[0].exceptions[0]", 0, None, "in words")
    ]


@pytest.mark.parametrize("answer", [None, 5, "text", [], [ONE], {"items": {}}, {"items": [None, 1]}])
def test_answers_of_any_other_shape_have_none(answer: Any) -> None:
    assert failures_in("campaigns/create", answer) == []
    assert failures_in("boards/create", ONE) == []
    assert failures_in("oauth_token", models.OauthAccessTokenResponse(access_token="a")) == []


def test_no_value_beside_them_hides_failures(sandbox: Sandbox) -> None:
    client = ApiClient(Configuration(**settings(sandbox)))
    campaigns = api.CampaignsApi(client)
    for odd in ("1e400", "-1E+400", "NaN", "9" * 5000, "[" * 200 + "]" * 200, r'"\ud83d"'):
        one = f'{{"data": {{"name": {odd}}}, "exceptions": [{{"code": 2, "message": "m"}}]}}'
        sandbox.respond({"status": 200, "body": f'{{"items": [{one}]}}'})
        answer = campaigns.campaigns_create(AD_ACCOUNT, [GOOD])
        (found,) = failures_in(campaigns.campaigns_create, answer)
        assert (found.item, found.code, found.message) == (0, 2, "m"), odd


def test_what_is_no_operation_and_no_answer_is_refused() -> None:
    async def not_awaited() -> None:
        """Nobody does."""

    cyclic: dict[str, Any] = {}
    cyclic["self"] = cyclic
    coroutine = not_awaited()
    for answer in (cyclic, coroutine, {"a": b""}, {5: 1}):
        with pytest.raises(InvalidInputException, match="the answer cannot be written as JSON") as raised:
            failures_in("campaigns/create", answer)
        assert raised.value.hint == "give what the method gave"
    coroutine.close()
    for name in ("no_such", "half \ud800", ""):
        with pytest.raises(InvalidInputException):
            failures_in(name, ONE)
    for nothing in (None, ONE, functools.partial(print), mock.Mock()):
        with pytest.raises(InvalidTypeException, match="`method` is a "):
            failures_in(nothing, ONE)  # type: ignore[arg-type]


def test_a_failure_is_a_value() -> None:
    [failure] = EXPECTED
    assert pickle.loads(pickle.dumps(failure)) == failure
    assert repr(failure).startswith("ItemFailure(place='items[1].exceptions[0]', item=1, code=1, message=")
    assert not hasattr(failure, "__dict__")
    with pytest.raises(AttributeError):
        failure.code = 5
