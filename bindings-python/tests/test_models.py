"""Models and exceptions: what programs for the generated client do with them."""

from __future__ import annotations

import copy
import json
import pickle
import traceback
import typing
from datetime import date
from pprint import pformat
from typing import TYPE_CHECKING, Any

import pytest

import openapi_generated.pinterest_client as package
from openapi_generated.pinterest_client import (
    ApiAttributeError,
    ApiClient,
    ApiException,
    ApiKeyError,
    ApiTypeError,
    ApiValueError,
    Configuration,
    OpenApiException,
    aio,
    apis,
    models,
)
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from openapi_generated.pinterest_client.exceptions import (
    ForbiddenException,
    InvalidInputException,
    NotFoundException,
    ServiceException,
    UnauthorizedException,
    render_path,
)
from openapi_generated.pinterest_client.model_utils import OpenApiModel
from sandbox import TOKEN

if TYPE_CHECKING:
    from sandbox import Sandbox

WHOLE = {
    **TOKEN,
    "response_type": "authorization_code",
    "refresh_token": "pinr.1",
    "refresh_token_expires_in": 5184000,
    "refresh_token_expires_at": 1730000000,
}
MORE = {"x_list": [1, 2.5, None, {"deep": True}], "x_big": 2**63, "x_date": "20240101"}


@pytest.mark.parametrize(
    ("response_type", "name"),
    [
        ("authorization_code", "OauthAccessTokenResponseCode"),
        ("refresh_token", "OauthAccessTokenResponseRefresh"),
        ("everlasting_refresh", "OauthAccessTokenResponseEverlastingRefresh"),
        ("integration_refresh", "OauthAccessTokenResponseIntegrationRefresh"),
        ("client_credentials", "OauthAccessTokenResponseClientCredentials"),
        ("a_new_kind", "OauthAccessTokenResponse"),
        (None, "OauthAccessTokenResponse"),
    ],
)
def test_the_class_of_an_answer(
    api: OauthApi, sandbox: Sandbox, response_type: str | None, name: str
) -> None:
    sandbox.respond({"json": {**WHOLE, "response_type": response_type}})
    token = api.oauth_token("refresh_token")
    assert type(token).__name__ == name
    assert type(token) is getattr(models, name)
    assert isinstance(token, models.OauthAccessTokenResponse)
    assert isinstance(token, OpenApiModel)
    assert token.get("response_type") == response_type
    built = models.OauthAccessTokenResponse(**token.to_dict())
    assert type(built) is type(token)
    assert built == token


def test_reading_an_answer(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.respond({"json": {**WHOLE, **MORE}})
    token = api.oauth_token("refresh_token")
    assert token.to_dict() == {**WHOLE, **MORE}
    assert token.refresh_token_expires_at == token["refresh_token_expires_at"] == 1730000000
    assert type(token.refresh_token_expires_at) is int
    assert "scope" in token
    assert "absent" not in token
    assert token.get("absent", 7) == 7
    assert token.x_list[3] == {"deep": True}
    assert not hasattr(token, "absent")
    for read in (lambda: token.absent, lambda: token["absent"]):
        with pytest.raises(ApiAttributeError, match=r"has no attribute 'absent' at \['absent'\]"):
            read()
    assert repr(token) == str(token) == token.to_str() == pformat(token.to_dict())


def test_merging_loses_no_token_whatever_was_kept(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.respond({"json": TOKEN})
    token = api.oauth_token("refresh_token")
    for end, expected in (
        (1060, 1600),
        ("1060", 1600),
        (None, None),
        ("2027-01-01", None),
        (date(2027, 1, 1), None),
    ):
        kept = {
            "refresh_token": "pinr.1",
            "expires_at": end,
            "expires_in": 60,
            "refresh_token_expires_in": 600,
        }
        merged = token.merged_with(kept)
        assert (merged.refresh_token, merged.refresh_token_expires_at) == ("pinr.1", expected)


def test_writing_to_a_model(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.respond({"json": TOKEN})
    token = api.oauth_token("refresh_token")
    token.scope = "pins:read"
    token["extra"] = [1]
    assert (token["scope"], token.extra) == ("pins:read", [1])
    for name, value in [("expires_in", "5"), ("expires_in", True), ("scope", None), ("extra", object())]:
        with pytest.raises(ApiTypeError, match=f"Invalid type for variable '{name}'"):
            setattr(token, name, value)
    with pytest.raises(ApiTypeError, match="Required value type is int and passed type was str"):
        token["expires_in"] = "5"


def test_copies(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.respond({"json": {**WHOLE, **MORE}})
    token = api.oauth_token("refresh_token")
    for again in (copy.copy(token), copy.deepcopy(token), pickle.loads(pickle.dumps(token))):
        assert again == token
        assert type(again) is type(token)
        again.scope = "other"
        assert again != token
        assert token.scope == TOKEN["scope"]
    assert copy.deepcopy(token).x_list is not token.x_list
    assert (token == token.to_dict()) is False
    with pytest.raises(TypeError, match="unhashable"):
        hash(token)


def test_models_built_by_hand() -> None:
    error = models.Error(2, "Authentication failed.")
    assert (error.code, error.message) == (2, "Authentication failed.")
    assert error == models.Error(code=2, message="Authentication failed.")
    assert copy.copy(error) == error
    with pytest.raises(ApiTypeError, match="needs message"):
        models.Error(2)
    with pytest.raises(ApiTypeError, match=r"Invalid positional arguments=\(str\) passed to Error"):
        models.Error(2, "m", "canary")
    token = models.OauthAccessTokenResponse(access_token="pina_1", response_type="refresh_token")
    assert isinstance(token, models.OauthAccessTokenResponseRefresh)
    assert token.token_type == "bearer"
    request = models.OauthAccessTokenRequestRefresh(
        grant_type="refresh_token", refresh_token="r", refresh_on=True
    )
    assert request.to_dict() == {"grant_type": "refresh_token", "refresh_token": "r", "refresh_on": True}
    with pytest.raises(ApiValueError, match="Invalid value for `grant_type`"):
        models.OauthAccessTokenRequestCode(grant_type="x", code="c", redirect_uri="r")


def test_every_model_has_its_module() -> None:
    for name in models.__all__:
        model = getattr(models, name)
        assert model.__module__.startswith("openapi_generated.pinterest_client.model.")
        assert issubclass(model, OpenApiModel)
        assert model.__doc__
        for field in () if hasattr(model, "_facts") else model.openapi_types:
            assert field in model.__annotations__ or field in models.OauthAccessTokenResponse.__annotations__
    assert apis.OauthApi.__module__ == "openapi_generated.pinterest_client.api.oauth_api"
    assert [name for name in package.__all__ if not hasattr(package, name)] == []


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (400, {"code": 1, "message": "m"}, ApiException),
        (401, {"code": 2, "message": "m"}, UnauthorizedException),
        (401, {"code": 29, "message": "m"}, UnauthorizedException),
        (403, {"code": 29, "message": "m"}, ForbiddenException),
        (404, {"code": 50, "message": "m"}, NotFoundException),
        (429, {"code": 8, "message": "m"}, ApiException),
        (500, {"code": 12, "message": "m"}, ServiceException),
        (503, "<html>", ServiceException),
        (200, {"code": 283, "message": "m"}, UnauthorizedException),
    ],
)
def test_the_class_of_an_exception(
    api: OauthApi, sandbox: Sandbox, status: int, body: Any, expected: type[ApiException]
) -> None:
    sandbox.respond({"status": status, "json": body})
    with pytest.raises(ApiException) as caught:
        api.oauth_token("refresh_token")
    assert type(caught.value) is expected
    assert caught.value.status == status


def test_what_an_exception_says(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.respond(
        {
            "status": 429,
            "json": {"code": 8, "message": "Too fast."},
            "headers": {"Retry-After": "7", "X-Pinterest-RID": "77"},
        }
    )
    with pytest.raises(ApiException) as caught:
        api.oauth_token("refresh_token")
    error = caught.value
    assert (error.kind, error.outcome, error.code, error.retry_after) == ("RateLimited", "Refused", 8, 7)
    assert (error.request_id, error.reason, error.phase) == ("77", "Too Many Requests", None)
    assert json.loads(error.body) == {"code": 8, "message": "Too fast."}
    assert error.headers is not None
    assert error.headers["retry-after"] == "7"
    text = str(error)
    assert text.startswith("(429)\nReason: Too Many Requests\nMessage: ")
    assert "body" not in text
    wanted = "refused: Too fast.\nHint: wait before the next request\nHTTP response headers: HTTPHeaderDict({"
    assert wanted in text
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.retry_after, type(again)) == (text, 7, ApiException)
    refused = InvalidInputException("m", "h")
    assert str(pickle.loads(pickle.dumps(refused))) == "m. Hint: h"


def test_the_tree_of_exceptions() -> None:
    assert issubclass(ApiTypeError, (OpenApiException, TypeError))
    for kind, base in [
        (ApiTypeError, TypeError),
        (ApiValueError, ValueError),
        (ApiAttributeError, AttributeError),
        (ApiKeyError, KeyError),
    ]:
        error = kind("m", ["items", 0])
        assert isinstance(error, OpenApiException)
        assert isinstance(error, base)
        assert str(error) == "m at ['items'][0]"
        assert error.path_to_item == ["items", 0]
    for kind in (NotFoundException, UnauthorizedException, ForbiddenException, ServiceException):
        assert issubclass(kind, ApiException)
        assert str(kind(500, "Bad")) == "(500)\nReason: Bad\n"
    assert render_path(["a", 1]) == "['a'][1]"


def test_the_default_configuration() -> None:
    try:
        Configuration.set_default(Configuration(username="id", host="https://example.com/v5"))
        one = Configuration.get_default_copy()
        one.username = "other"
        assert Configuration.get_default_copy().username == "id"
        assert package.ApiClient().configuration.host == "https://example.com/v5"
    finally:
        Configuration.set_default(None)
    assert Configuration.get_default_copy().host == "https://api.pinterest.com/v5"
    configuration = Configuration(host="https://example.com", server_index=0)
    assert configuration.host == "https://api.pinterest.com/v5"
    configuration.host = "https://example.org"
    assert (configuration.host, configuration.server_index) == ("https://example.org", None)
    with pytest.raises(ValueError, match="Invalid index 3"):
        configuration.get_host_from_settings(3)


def test_what_is_odd_is_listed_beside_the_token(api: OauthApi, sandbox: Sandbox) -> None:
    odd = {"refresh_token": ["pinr.canary"], "scope": ["canary"], "expires_in": ""}
    for checked in (True, False):
        sandbox.respond({"json": {**TOKEN, **odd}})
        token = api.oauth_token("refresh_token", _check_return_type=checked)
        pairs = [(field.name, field.value) for field in token.odd_fields]
        assert pairs == [
            ("expires_in", ""),
            ("scope", ["canary"]),
            ("refresh_token", ["pinr.canary"]),
        ]
        assert token.odd_fields[1].reason == "not a string"
        assert "canary" not in repr(token.odd_fields)
        for again in (copy.copy(token), copy.deepcopy(token), pickle.loads(pickle.dumps(token))):
            assert [(field.name, field.value) for field in again.odd_fields] == pairs
        expected = [None] * 3 if checked else [*odd.values()]
        assert [getattr(token, name) for name in odd] == expected
    assert models.OauthAccessTokenResponse(access_token="a", response_type="new").odd_fields == ()


@pytest.mark.parametrize("body", ['\ufeff{"access_token":"pina_x"}', '{"access_token":"pina_x"} and on'])
def test_an_unchecked_answer_is_read_as_a_checked_one(api: OauthApi, sandbox: Sandbox, body: str) -> None:
    for checked in (True, False):
        sandbox.respond({"body": body})
        assert api.oauth_token("refresh_token", _check_return_type=checked).access_token == "pina_x"


def test_a_body_is_as_it_came_and_not_printed(api: OauthApi, sandbox: Sandbox) -> None:
    body = '{ "code": 1,\n "message": "bad",\t"details": ["words-of-the-body"] }\n'
    sandbox.respond({"status": 400, "body": body}, {"status": 502, "body": ""})
    with pytest.raises(ApiException) as caught:
        api.oauth_token("refresh_token")
    error = caught.value
    assert error.body == body
    texts = [str(error), repr(error), *traceback.format_exception(error)]
    texts += [str(error.__context__), repr(error.__context__)]
    assert "words-of-the-body" not in "".join(texts)
    with pytest.raises(ApiException) as empty:
        api.oauth_token("refresh_token")
    assert empty.value.body == ""


def test_a_bad_date_is_a_value_error(sandbox: Sandbox) -> None:
    client = ApiClient(Configuration(host=sandbox.host, access_token="pina_x"))

    class Answer:
        data = '"soon"'

    with pytest.raises(ApiValueError, match="Failed to parse 'soon' as date") as caught:
        client.deserialize(Answer(), (date,), True)
    assert not isinstance(caught.value, ApiTypeError)
    sandbox.respond({"json": "soon"})
    with pytest.raises(ApiValueError) as called:
        client.call_api("/x", "GET", response_type=(date,), auth_settings=[])
    assert isinstance(called.value, ApiException)


def test_the_calls_hints_can_be_read() -> None:
    for api in (OauthApi, aio.OauthApi):
        for name in ("__init__", "oauth_token", "revoke_token", "conversion_token"):
            assert "return" in typing.get_type_hints(getattr(api, name))


def test_a_setting_that_there_is_not_is_seen() -> None:
    configuration = Configuration(username="a")
    with pytest.warns(UserWarning, match="no setting `timout`.*is `timeout` meant") as caught:
        configuration.timout = 5  # type: ignore[attr-defined]
    assert caught[0].filename == __file__
    configuration.timeout = 5
    configuration.get_host_settings = list  # type: ignore[method-assign,assignment]
    copied = pickle.loads(pickle.dumps(copy.deepcopy(Configuration())))
    assert vars(copied).keys() == vars(Configuration()).keys()

    class Mine(Configuration):
        def __init__(self) -> None:
            super().__init__()
            self.tenant = 1

    assert Mine().tenant == 1
