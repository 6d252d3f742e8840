"""Every keyword of a call: what it does, and what is refused before anything is sent."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

import pytest

import pinterest_sdk
from openapi_generated.pinterest_client import (
    ApiClient,
    ApiException,
    ApiTypeError,
    ApiValueError,
    Configuration,
)
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
from pinterest_sdk.errors import InvalidInputException
from sandbox import TOKEN

if TYPE_CHECKING:
    from sandbox import Sandbox


def sent_form(sandbox: Sandbox) -> str:
    (request,) = sandbox.requests()
    body: str = request["body"]
    return body


def sent_headers(sandbox: Sandbox) -> dict[str, str]:
    return {name.lower(): value for name, value in sandbox.requests()[-1]["headers"]}


@pytest.mark.parametrize(
    ("grant_type", "keywords", "form"),
    [
        ("authorization_code", {}, "grant_type=authorization_code"),
        ("authorization_code", {"code": None}, "grant_type=authorization_code"),
        (
            "authorization_code",
            {"redirect_uri": "http://localhost:8085/", "code": "c+ü"},
            "grant_type=authorization_code&code=c%2B%C3%BC&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F",
        ),
        ("refresh_token", {"refresh_token": "r"}, "grant_type=refresh_token&refresh_token=r"),
        ("client_credentials", {"scope": "a,b"}, "grant_type=client_credentials&scope=a%2Cb"),
        ("refresh_token", {"refresh_on": True}, "grant_type=refresh_token&refresh_on=true"),
        ("refresh_token", {"refresh_on": False}, "grant_type=refresh_token"),
        (
            "authorization_code",
            {"continuous_refresh": True},
            "grant_type=authorization_code&continuous_refresh=true",
        ),
        ("refresh_token", {"_check_input_type": False, "scope": 7}, "grant_type=refresh_token&scope=7"),
        (
            "refresh_token",
            {"_spec_property_naming": True, "_content_type": "application/x-www-form-urlencoded"},
            "grant_type=refresh_token",
        ),
    ],
)
def test_what_is_sent(
    api: OauthApi, sandbox: Sandbox, grant_type: str, keywords: dict[str, Any], form: str
) -> None:
    sandbox.respond({"json": TOKEN})
    api.oauth_token(grant_type, **keywords)
    assert sent_form(sandbox) == form


@pytest.mark.parametrize("grant_type", [None, "", "grantType_example", 5, "Authorization_code"])
def test_a_wrong_grant_type_is_refused(api: OauthApi, sandbox: Sandbox, grant_type: Any) -> None:
    with pytest.raises(ApiValueError) as caught:
        api.oauth_token(grant_type)
    assert str(caught.value) == (
        f"Invalid value for `grant_type` ({grant_type}), must be one of "
        "['authorization_code', 'refresh_token', 'client_credentials']"
    )
    # The page's own `except` catches it too.
    assert isinstance(caught.value, ApiException)
    assert (caught.value.kind, caught.value.outcome, caught.value.status) == ("InvalidInput", "NotSent", 0)
    assert sandbox.requests() == []


@pytest.mark.parametrize("secret", ["pinr.canary", "pina_canary", "0123456789abcdefcanary" * 2])
@pytest.mark.parametrize("package", [OauthApi, pinterest_sdk.OauthApi])
def test_a_token_in_the_place_of_a_word_is_not_repeated(
    api: OauthApi, sandbox: Sandbox, package: Any, secret: str
) -> None:
    asked = package(api.api_client)
    for call in (lambda: asked.oauth_token(secret), lambda: asked.revoke_token("refresh_token", secret)):
        with pytest.raises(InvalidInputException, match=r"\(\[redacted\]\), must be one of") as caught:
            call()
        assert "canary" not in f"{caught.value} {caught.value!r} {vars(caught.value)}"
    assert sandbox.requests() == []


@pytest.mark.parametrize("word", ["code\ud800", "\x1b[31mcode", "code\u202e", "co\nde"])
def test_what_cannot_be_printed_is_not_repeated(api: OauthApi, sandbox: Sandbox, word: str) -> None:
    with pytest.raises(InvalidInputException, match=r"\(\[redacted\]\), must be one of") as caught:
        api.oauth_token(word)
    assert str(caught.value).isprintable()
    assert sandbox.requests() == []


@pytest.mark.parametrize("name", ["cod", "grantType", "_request_timeouts", "password", "token"])
def test_an_unknown_keyword_is_refused(api: OauthApi, sandbox: Sandbox, name: str) -> None:
    with pytest.raises(ApiTypeError) as caught:
        api.oauth_token("no grant type at all", **{name: "canary"})
    assert str(caught.value) == f"Got an unexpected parameter '{name}' to method `oauth_token`"
    assert isinstance(caught.value, ApiException)
    assert isinstance(caught.value, TypeError)
    assert sandbox.requests() == []


@pytest.mark.parametrize(
    ("name", "value", "wanted", "passed"),
    [
        ("code", 7, "str", "int"),
        ("code", b"canary", "str", "bytes"),
        ("scope", ["pins:read"], "str", "list"),
        ("continuous_refresh", "true", "bool", "str"),
        ("refresh_on", 1, "bool", "int"),
        ("async_req", 1, "bool", "int"),
        ("_preload_content", None, "bool", "NoneType"),
        ("_return_http_data_only", 0, "bool", "int"),
        ("_check_input_type", "no", "bool", "str"),
        ("_check_return_type", "no", "bool", "str"),
        ("_spec_property_naming", "x", "bool", "str"),
        ("_content_type", 5, "one of [NoneType, str]", "int"),
        ("_host_index", "x", "one of [NoneType, int]", "str"),
        ("_request_timeout", "5", "one of [NoneType, float, int, list, tuple]", "str"),
        ("_request_timeout", True, "one of [NoneType, float, int, list, tuple]", "bool"),
    ],
)
def test_a_wrong_type_is_refused(
    api: OauthApi, sandbox: Sandbox, name: str, value: Any, wanted: str, passed: str
) -> None:
    with pytest.raises(ApiTypeError) as caught:
        api.oauth_token("authorization_code", **{name: value})
    assert str(caught.value) == (
        f"Invalid type for variable '{name}'. Required value type is {wanted} and "
        f"passed type was {passed} at ['{name}']"
    )
    assert sandbox.requests() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("_request_timeout", -1),
        ("_request_timeout", math.nan),
        ("_request_timeout", (1, 2, 3)),
        ("_request_timeout", ()),
        ("_request_timeout", (1, -1)),
        ("_content_type", "application/json"),
        ("_host_index", 7),
        ("code", "half \ud800"),
        ("code", "line\r\nbreak"),
        ("redirect_uri", "nul\0"),
    ],
)
def test_a_wrong_value_is_refused(api: OauthApi, sandbox: Sandbox, name: str, value: Any) -> None:
    with pytest.raises(ApiValueError) as caught:
        api.oauth_token("authorization_code", **{name: value})
    assert isinstance(caught.value, ApiException)
    assert caught.value.outcome == "NotSent"
    assert sandbox.requests() == []


@pytest.mark.parametrize("limit", [math.inf, 1e300, 10**400, (1, 10**400), [1, 2], 3, 2.5])
def test_a_generous_limit_is_taken(api: OauthApi, sandbox: Sandbox, limit: Any) -> None:
    sandbox.respond({"json": TOKEN})
    assert api.oauth_token("refresh_token", _request_timeout=limit).access_token == "pina_1"


@pytest.mark.parametrize("limit", [0.5, (0.2, 0.3)])
def test_a_limit_ends_the_call(api: OauthApi, sandbox: Sandbox, limit: Any) -> None:
    sandbox.respond({"fault": "hang"})
    started = time.monotonic()
    with pytest.raises(ApiException) as caught:
        api.oauth_token("refresh_token", _request_timeout=limit)
    assert 0.4 < time.monotonic() - started < 1.0
    assert (caught.value.phase, caught.value.outcome) == ("timeout", "Unknown")


@pytest.mark.parametrize("limit", [1e-30, (1e-30, 1e-30)])
def test_only_zero_is_no_limit(api: OauthApi, sandbox: Sandbox, limit: Any) -> None:
    sandbox.respond({"fault": "hang"})
    with pytest.raises(ApiException) as caught:
        api.oauth_token("refresh_token", _request_timeout=limit)
    assert caught.value.phase == "timeout"


def test_with_status_and_headers(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.respond({"json": TOKEN, "status": 201, "headers": {"X-Pinterest-RID": "77"}})
    data, status, headers = api.oauth_token("refresh_token", _return_http_data_only=False)
    assert (data.access_token, status, headers["x-pinterest-rid"]) == ("pina_1", 201, "77")
    assert headers.get("X-PINTEREST-RID") == "77"
    assert "x-absent" not in headers


def test_the_raw_answer(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.respond({"body": '{"access_token":"pina_canary"}', "headers": {"x-a": "1"}})
    raw = api.oauth_token("refresh_token", _preload_content=False)
    assert (raw.status, raw.reason, raw.data) == (200, "OK", b'{"access_token":"pina_canary"}')
    assert (raw.getheader("X-A"), raw.getheader("x-b", "none")) == ("1", "none")
    assert raw.getheaders() == raw.headers
    assert "canary" not in repr(raw)
    sandbox.respond({"status": 401, "json": {"code": 2, "message": "Authentication failed."}})
    with pytest.raises(ApiException) as caught:
        api.oauth_token("refresh_token", _preload_content=False)
    assert caught.value.code == 2


def test_fields_as_received(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.respond(
        {"json": {**TOKEN, "expires_in": "2592000"}}, {"json": {**TOKEN, "expires_in": "2592000"}}
    )
    assert api.oauth_token("refresh_token").expires_in == 2592000
    assert api.oauth_token("refresh_token", _check_return_type=False).expires_in == "2592000"


def test_later(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.respond({"json": TOKEN}, {"status": 403, "json": {"code": 29, "message": "m"}})
    later = api.oauth_token("refresh_token", async_req=True)
    assert isinstance(later.get(10), OauthAccessTokenResponse)
    with pytest.raises(ApiException) as caught:
        api.oauth_token("refresh_token", async_req=True).get(10)
    assert caught.value.code == 29


def test_the_host_of_an_index(sandbox: Sandbox) -> None:
    # The one known host is Pinterest's own; the proxy leads it to the sandbox.
    configuration = Configuration(
        host="http://127.0.0.1:1", username="a", password="b", ssl_ca_cert=sandbox.ca
    )
    configuration.proxy = sandbox.addresses["http"]
    sandbox.respond({"json": TOKEN})
    with ApiClient(configuration) as client:
        OauthApi(client).oauth_token("refresh_token", _host_index=0)
    assert sandbox.requests()[0]["connect_target"] == "api.pinterest.com:443"


def test_revoke_and_conversion_token(api: OauthApi, sandbox: Sandbox) -> None:
    with pytest.raises(ApiValueError, match="token_type_hint"):
        api.revoke_token("t", "id_token")
    with pytest.raises(ApiTypeError, match="unexpected parameter 'code'"):
        api.revoke_token("t", code="c")
    with pytest.raises(ApiValueError, match="`token`"):
        api.revoke_token("")
    with pytest.raises(ApiTypeError, match="unexpected parameter 'scope'"):
        api.conversion_token(scope="c")
    assert sandbox.requests() == []
    sandbox.respond({"body": ""}, {"json": {"access_token": "pinc_1"}})
    assert api.revoke_token("t", "access_token") is None
    api.api_client.configuration.access_token = "user"
    assert api.conversion_token().to_dict() == {"access_token": "pinc_1", "token_type": "conversion"}


def test_the_clients_headers(sandbox: Sandbox) -> None:
    configuration = Configuration(
        host=sandbox.host, username="1234567", password="0123456789abcdef0123456789abcdef01234567"
    )
    with ApiClient(configuration, "X-One", "1", cookie="canary=1") as client:
        api = OauthApi(client)
        sandbox.stand({"json": TOKEN})
        api.oauth_token("refresh_token")
        headers = sent_headers(sandbox)
        assert (headers["x-one"], headers["cookie"]) == ("1", "canary=1")
        assert headers["user-agent"].startswith("pinterest-sdk/")
        assert headers["user-agent"].endswith(" python")
        client.user_agent = "mine/1"
        client.set_default_header("X-Two", "2")
        client.default_headers["Accept"] = "text/html"
        api.oauth_token("refresh_token")
        headers = sent_headers(sandbox)
        assert (headers["user-agent"], headers["x-two"]) == ("mine/1", "2")
        assert headers["accept"] == "text/html"
        for name, value in [("X-Bad", "a\r\nb"), ("X-Bad", b"5"), ("Bad Name", "x"), ("X-Bad", "\ud800")]:
            client.default_headers.clear()
            client.set_default_header(name, value)
            with pytest.raises(ApiException) as caught:
                api.oauth_token("refresh_token")
            assert caught.value.outcome == "NotSent"
    assert len(sandbox.requests()) == 2


@pytest.mark.parametrize("most", [-(2**80), 2**80])
@pytest.mark.parametrize("name", ["connection_pool_maxsize", "retries", "max_answer_bytes"])
def test_a_number_may_have_any_size(api: OauthApi, sandbox: Sandbox, name: str, most: int) -> None:
    sandbox.respond({"json": TOKEN})
    setattr(api.api_client.configuration, name, most)
    assert api.oauth_token("refresh_token").access_token == "pina_1"


def test_the_configuration_is_read_at_each_call(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    configuration = api.api_client.configuration
    for number in range(3):
        configuration.password = f"secret-{number}"
        api.oauth_token("refresh_token")
    requests = sandbox.requests()
    assert len({str(request["headers"]) for request in requests}) == 3
    # Other credentials are no reason for another connection.
    assert len({request["connection"] for request in requests}) == 1


@pytest.mark.parametrize("name", ["host", "username", "password", "proxy", "ssl_ca_cert"])
def test_a_setting_of_the_wrong_type_is_named(api: OauthApi, sandbox: Sandbox, name: str) -> None:
    setattr(api.api_client.configuration, name, 5)
    with pytest.raises(ApiTypeError, match=f"'{name}'"):
        api.oauth_token("refresh_token")
    assert sandbox.requests() == []


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(TypeError):
        Configuration(verify=False)
    with pytest.raises(ApiValueError, match="Invalid keyword: 'size''"):
        Configuration(disabled_client_side_validations="maximum,size")


@pytest.mark.parametrize("name", ["User-Agent", "user-agent"])
def test_the_user_agent_is_a_header_like_any(client: ApiClient, sandbox: Sandbox, name: str) -> None:
    sandbox.stand({"json": TOKEN})
    OauthApi(client).oauth_token("refresh_token", _headers={name: "mine/1"})
    assert sent_headers(sandbox)["user-agent"] == "mine/1"
    client.set_default_header(name, "mine/2")
    OauthApi(client).oauth_token("refresh_token")
    assert sent_headers(sandbox)["user-agent"] == "mine/2"
