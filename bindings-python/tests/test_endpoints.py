"""`ApiClient.call_api`, `request` and `last_response`: any endpoint, as with the generated client."""

from __future__ import annotations

import asyncio
import copy
import io
import json
import pickle
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from openapi_generated.pinterest_client import ApiClient, ApiException, ApiTypeError, Configuration, aio
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from openapi_generated.pinterest_client.exceptions import (
    InvalidInputException,
    InvalidTypeException,
    UnexpectedAnswerException,
)
from openapi_generated.pinterest_client.model.error import Error
from openapi_generated.pinterest_client.rest import RESTClientObject
from sandbox import TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox import Sandbox

OK = {"json": {"ok": True}}
CYCLIC: list[Any] = []
CYCLIC.append(CYCLIC)
LIMITS = {"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "99", "X-RateLimit-Reset": "7"}


def ask(client: ApiClient, method: str = "GET", path: str = "/x", **named: Any) -> Any:
    return client.call_api(
        path, method, **{"response_type": (dict,), "_return_http_data_only": True, **named}
    )


def test_the_credential_is_chosen_by_name(client: ApiClient, sandbox: Sandbox) -> None:
    client.configuration.access_token = "pina_canary"
    sandbox.stand(OK)
    for names in ([], ["pinterest_oauth2"], ["basic"], ["unknown", "conversion_token"]):
        assert ask(client, auth_settings=names) == {"ok": True}
    sent = [{name.lower(): value for name, value in each["headers"]} for each in sandbox.requests()]
    kinds = [headers.get("authorization", "none").partition(" ")[0] for headers in sent]
    assert kinds == ["none", "Bearer", "Basic", "Bearer"]
    assert len({request["connection"] for request in sandbox.requests()}) == 1


@pytest.mark.parametrize("names", [["pinterest_oauth2"], ["basic"]])
def test_a_call_without_its_credential_is_not_sent(sandbox: Sandbox, names: list[str]) -> None:
    client = ApiClient(Configuration(host=sandbox.host))
    with pytest.raises(InvalidInputException) as caught:
        ask(client, auth_settings=names)
    assert caught.value.outcome == "NotSent"
    assert "set `" in str(caught.value.hint)
    assert sandbox.requests() == []


def test_a_path_without_its_slash_is_no_part_of_the_host(client: ApiClient, sandbox: Sandbox) -> None:
    client.configuration.access_token = "pina_canary"
    port = sandbox.addresses["http"].rpartition(":")[2]
    client.configuration.host = "http://127.0.0.1"
    with pytest.raises(ApiException):
        ask(client, path=f":{port}/v5/boards", auth_settings=["pinterest_oauth2"])
    assert sandbox.requests() == []
    sandbox.stand(OK)
    client.configuration.host = sandbox.addresses["http"]
    for path in ("v5/boards", "/v5/boards", ".pins", "@pins"):
        ask(client, path=path, auth_settings=["pinterest_oauth2"])
    sent = [request["path"] for request in sandbox.requests()]
    assert sent == ["/v5/boards", "/v5/boards", "/.pins", "/@pins"]


def test_rate_limits(client: ApiClient, sandbox: Sandbox) -> None:
    assert not hasattr(client, "last_response")
    sandbox.respond(
        {**OK, "headers": LIMITS}, {"status": 429, "json": {"code": 8, "message": "m"}, "headers": LIMITS}
    )
    ask(client)
    limit = client.last_response.rate_limit
    assert (limit.limit, limit.remaining, limit.reset) == (100, 99, 7)
    assert client.last_response.getheader("x-ratelimit-limit") == "100"
    with pytest.raises(ApiException) as caught:
        ask(client)
    assert (caught.value.rate_limit.limit, caught.value.retry_after) == (100, 7)  # type: ignore[union-attr]
    assert client.last_response.status == 200


def test_last_response_of_an_oauth_call(client: ApiClient, sandbox: Sandbox) -> None:
    sandbox.respond({"json": TOKEN})
    token = OauthApi(client).oauth_token("refresh_token")
    response = client.last_response
    assert json.loads(response.data)["access_token"] == token.access_token
    assert token.access_token not in repr(response)
    assert response.getheaders()["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "body",
    [
        float("nan"),
        {"a": float("inf")},
        {(1, 2): 3},
        object(),
        b"bytes",
        {"a": {1}},
        CYCLIC,
    ],
)
def test_what_json_cannot_hold_is_not_sent(client: ApiClient, sandbox: Sandbox, body: Any) -> None:
    with pytest.raises(ApiException) as caught:
        ask(client, "POST", body=body)
    assert caught.value.outcome == "NotSent"
    assert sandbox.requests() == []


@pytest.mark.parametrize(
    "named",
    [
        {"query_params": [("a", "\ud800")]},
        {"path": "/{p}", "path_params": {"p": "\ud800"}},
        {"header_params": {"X-A": "a\r\nX-Evil: 1"}},
        {"header_params": {"X-A\r\nX-Evil": "1"}},
        {"path": "/x\r\nX-Evil: 1"},
        {"method": "GET /y HTTP/1.1\r\nX:"},
        {"_request_timeout": -1},
        {"_host": 5},
        {"path": 5},
    ],
)
def test_bad_input_is_not_sent(client: ApiClient, sandbox: Sandbox, named: dict[str, Any]) -> None:
    with pytest.raises(ApiException) as caught:
        ask(client, **named)
    assert caught.value.outcome == "NotSent"
    assert sandbox.requests() == []


@pytest.mark.parametrize(
    "answer",
    [
        {"body": "[" * 5000},
        {"body": "not JSON"},
        {"json": [1]},
        {"body_base64": "/w==", "headers": {"Content-Type": "text/plain; charset=utf-8"}},
        {"body": "{}", "headers": {"Content-Type": "text/plain; charset=no-such"}},
    ],
)
def test_an_answer_that_is_something_else(
    client: ApiClient, sandbox: Sandbox, answer: dict[str, Any]
) -> None:
    sandbox.respond(answer)
    with pytest.raises(UnexpectedAnswerException) as caught:
        ask(client)
    assert isinstance(caught.value, ApiTypeError)
    assert (caught.value.kind, caught.value.outcome, caught.value.status) == ("Protocol", "Unknown", 200)
    assert len(sandbox.requests()) == 1


def test_a_saved_file_stays_in_its_folder(client: ApiClient, sandbox: Sandbox, tmp_path: Path) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    client.configuration.temp_folder_path = folder
    (folder / "there").write_text("mine")
    for name, saved in [("../../evil", "evil"), ("a.csv", "a.csv"), ("there", None), ("..", None)]:
        disposition = f'attachment; filename="{name}"'
        sandbox.respond({"body": "a,b", "headers": {"Content-Disposition": disposition}})
        with ask(client, response_type=(io.IOBase,)) as file:
            assert file.read() == b"a,b"
            path = folder / file.name.rpartition("/")[2]
        assert path.exists()
        assert saved in (None, path.name)
    assert (folder / "there").read_text() == "mine"
    assert list(tmp_path.iterdir()) == [folder]


def test_models_in_an_answer(client: ApiClient, sandbox: Sandbox) -> None:
    sandbox.respond({"json": [{"code": 1, "message": "m"}]}, {"json": [{"code": "1", "message": "m"}]})
    assert ask(client, response_type=([Error],)) == [Error(1, "m")]
    with pytest.raises(UnexpectedAnswerException, match=r"\['received_data'\]\[0\]\['code'\]") as caught:
        ask(client, response_type=([Error],))
    assert caught.value.path_to_item == ["received_data", 0, "code"]


def test_retries_are_for_what_was_not_sent(sandbox: Sandbox) -> None:
    refused = Configuration(host="http://127.0.0.1:1/v5", username="a", password="b")
    refused.retries = 2
    client = ApiClient(refused)
    for call in (
        lambda: OauthApi(client).oauth_token("refresh_token"),
        lambda: asyncio.run(aio.OauthApi(client).oauth_token("refresh_token")),
    ):
        started = time.monotonic()
        with pytest.raises(ApiException, match="no connection"):
            call()
        # Between the three attempts are pauses of 0.1 and 0.2 seconds.
        assert time.monotonic() - started >= 0.3
    refused.host = sandbox.host
    sandbox.stand({"status": 503, "json": {"code": 12, "message": "busy"}})
    with pytest.raises(ApiException):
        OauthApi(client).oauth_token("refresh_token")
    assert len(sandbox.requests()) == 1


@pytest.mark.parametrize(
    ("limit", "fits"), [(None, True), (2_000_000, True), (10**30, True), (1_000_000, False), (-1, False)]
)
def test_answers_have_the_limit_that_the_caller_sets(
    client: ApiClient, sandbox: Sandbox, limit: int | None, fits: bool
) -> None:
    client.configuration.max_answer_bytes = limit
    sandbox.respond({"json": {"text": "x" * 1_100_000}})
    if fits:
        assert len(ask(client)["text"]) == 1_100_000
        return
    with pytest.raises(ApiException, match=f"more than {max(limit or 0, 0)} bytes") as caught:
        ask(client)
    assert "max_answer_bytes" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("retries", "three", InvalidTypeException),
        ("max_answer_bytes", "64 MiB", InvalidTypeException),
        ("socket_options", [(6, 9999, 1)], InvalidInputException),
        ("socket_options", "x", InvalidTypeException),
        ("assert_hostname", False, InvalidInputException),
        ("assert_hostname", "other.example", InvalidInputException),
    ],
)
def test_a_setting_that_would_be_ignored_is_refused(
    client: ApiClient, sandbox: Sandbox, name: str, value: Any, error: type[ApiException]
) -> None:
    setattr(client.configuration, name, value)
    for call in (
        lambda: OauthApi(client).oauth_token("refresh_token"),
        lambda: ask(client),
        lambda: asyncio.run(aio.OauthApi(client).oauth_token("refresh_token")),
    ):
        with pytest.raises(error, match=name):
            call()
    assert sandbox.requests() == []


def test_a_programs_own_code_sees_the_oauth_call(client: ApiClient, sandbox: Sandbox) -> None:
    api = OauthApi(client)
    with mock.patch.object(ApiClient, "call_api", return_value="mine") as call_api:
        assert api.oauth_token("authorization_code", code="c", continuous_refresh=True) == "mine"
    form = [("grant_type", "authorization_code"), ("code", "c"), ("continuous_refresh", "true")]
    assert call_api.call_args.kwargs["post_params"] == form
    with mock.patch.object(RESTClientObject, "request") as request:
        request.return_value.data = json.dumps(TOKEN).encode()
        request.return_value.urllib3_response.headers = {}
        assert api.oauth_token("refresh_token", refresh_token="r").access_token == TOKEN["access_token"]
    assert sandbox.requests() == []
    assert OauthApi(mock.Mock()).oauth_token("refresh_token") is not None


def test_what_overridden_code_passes_on_is_sent_as_without_it(client: ApiClient, sandbox: Sandbox) -> None:
    class Mine(ApiClient):
        def call_api(self, *arguments: Any, **named: Any) -> Any:
            return super().call_api(*arguments, **named)

    sandbox.stand({"json": TOKEN})
    fields = {"code": "c", "redirect_uri": "r", "continuous_refresh": True}
    tokens = [
        OauthApi(kind).oauth_token("authorization_code", **fields)
        for kind in (client, Mine(client.configuration))
    ]
    assert tokens[0] == tokens[1]
    sent = [(each["path"], sorted(map(tuple, each["headers"])), each["body"]) for each in sandbox.requests()]
    assert sent[0] == sent[1]


def test_a_client_used_after_close_and_from_threads(client: ApiClient, sandbox: Sandbox) -> None:
    sandbox.stand(OK)
    client.close()

    def call(index: int) -> Any:
        client.configuration.access_token = f"pina_{index}"
        client.set_default_header("X-Index", str(index))
        return ask(client, auth_settings=["pinterest_oauth2"], async_req=index % 2 == 0)

    with ThreadPoolExecutor(16) as threads:
        results = list(threads.map(call, range(64)))
    assert [each if isinstance(each, dict) else each.get(10) for each in results] == [{"ok": True}] * 64
    assert len(sandbox.requests()) == 64


@pytest.mark.parametrize("limit", [0.2, (0.1, 0.1)])
def test_the_clients_own_time_limit(client: ApiClient, sandbox: Sandbox, limit: Any) -> None:
    client.configuration.timeout = limit
    sandbox.stand({**OK, "delay_ms": 1500})
    for call in (
        lambda: OauthApi(client).oauth_token("refresh_token"),
        lambda: ask(client),
        lambda: asyncio.run(aio.OauthApi(client).oauth_token("refresh_token")),
    ):
        started = time.monotonic()
        with pytest.raises(ApiException) as caught:
            call()
        assert caught.value.phase == "timeout"
        assert time.monotonic() - started < 1
    assert ask(client, _request_timeout=5) == {"ok": True}
    client.configuration.timeout = None
    assert ask(client) == {"ok": True}


@pytest.mark.parametrize("limit", [-1, "5", (1, 2, 3), float("nan"), True])
def test_a_time_limit_that_is_none_is_refused(client: ApiClient, sandbox: Sandbox, limit: Any) -> None:
    client.configuration.timeout = limit
    with pytest.raises(ApiException, match="timeout") as caught:
        ask(client)
    assert caught.value.outcome == "NotSent"
    assert sandbox.requests() == []


def test_a_response_goes_to_another_process(client: ApiClient, sandbox: Sandbox) -> None:
    sandbox.respond({"json": {"a": "b\u00fc"}, "headers": {**LIMITS, "X-Two": "2"}}, OK)
    response = ask(client, _preload_content=False)
    assert response.read(3) == response.data[:3]
    error = ApiException(http_resp=response)
    error.response = response  # type: ignore[attr-defined]
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    for other in (again.response, pickle.loads(pickle.dumps(response)), copy.copy(response)):
        for name in ("status", "reason", "data", "headers", "rate_limit"):
            assert repr(getattr(other, name)) == repr(getattr(response, name))
            assert repr(getattr(other.urllib3_response, name)) == repr(
                getattr(response.urllib3_response, name)
            )
        assert other.getheader("x-two") == "2"
        assert response.data == response.data[:3] + other.read()
    ask(client)
    assert pickle.loads(pickle.dumps(client.last_response)).status == client.last_response.status
