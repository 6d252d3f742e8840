"""A program's own code in the place of requests: every call goes through it, and no other way."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import socket
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import pytest

from kept_tokens import FACES, Manager, result
from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration, aio
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
from openapi_generated.pinterest_client.rest import RESTClientObject
from person import Browser, asked, is_free, login_async
from pinterest_sdk import AuthorizationRequest, ManualClock, MemoryStore, login
from pinterest_sdk import aio as sdk_aio
from pinterest_sdk.errors import InvalidInputException
from sandbox import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox import Sandbox

    Make = Callable[[ApiClient], Any]

CONVERSION = {"access_token": "pina_conversion", "token_type": "bearer"}


def pending(client: ApiClient) -> tuple[Any, str]:
    started = AuthorizationRequest("http://localhost:8085/", ["pins:read"], pkce=True).start(client)
    return started, f"http://localhost:8085/?code=c&state={started.state}"


def complete(client: ApiClient, **own: Any) -> Any:
    started, callback = pending(client)
    return started.complete(client, callback, **own)


def complete_later(client: ApiClient) -> Any:
    started, callback = pending(client)
    return asyncio.run(sdk_aio.complete(client, started, callback))


def log_in(client: ApiClient) -> Any:
    return visited(client, login)


def log_in_later(client: ApiClient) -> Any:
    return visited(client, login_async)


def visited(client: ApiClient, log_in: Any) -> Any:
    """Log in with a person who comes back at once, and see that they are told how it went."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        redirect = f"http://localhost:{listener.getsockname()[1]}/"
    pages = []
    with ThreadPoolExecutor(1) as person:

        def come_back(url: str) -> None:
            state = parse_qs(urlsplit(url).query)["state"][0]
            pages.append(person.submit(Browser().open, f"{redirect}?code=c&state={state}"))

        token, failure = None, None
        try:
            token = log_in(client, asked(redirect, pkce=True), show=come_back)
        except ApiException as error:
            failure = error
        finally:
            assert is_free(redirect)
        told = "You are connected" if failure is None else str(failure.message or failure.reason)
        assert told in pages[0].result()[1]
        if failure is not None:
            raise failure
    return token


def call_in_a_pool(client: ApiClient) -> Any:
    later = OauthApi(client).revoke_token("pina_x", async_req=True)
    # A `call_api` of the test's own has no pool.
    return None if later is None else later.get(5)


CALLS: dict[str, tuple[Make, Any]] = {
    "oauth_token": (lambda client: OauthApi(client).oauth_token("refresh_token", refresh_token="r"), TOKEN),
    "revoke_token": (lambda client: OauthApi(client).revoke_token("pina_x", "access_token"), None),
    "conversion_token": (lambda client: OauthApi(client).conversion_token(), CONVERSION),
    "async_req": (call_in_a_pool, None),
    "aio oauth_token": (
        lambda client: asyncio.run(aio.OauthApi(client).oauth_token("refresh_token", refresh_token="r")),
        TOKEN,
    ),
    "aio revoke_token": (lambda client: asyncio.run(aio.OauthApi(client).revoke_token("pina_x")), None),
    "aio conversion_token": (lambda client: asyncio.run(aio.OauthApi(client).conversion_token()), CONVERSION),
    "complete": (complete, TOKEN),
    "aio complete": (complete_later, TOKEN),
    "login": (log_in, TOKEN),
    "aio login": (log_in_later, TOKEN),
}
call = pytest.mark.parametrize(("make", "answer"), CALLS.values(), ids=CALLS)


@pytest.fixture(autouse=True)
def _credentials(client: ApiClient) -> None:
    client.configuration.access_token = "pina_canary"


def answered(answer: Any) -> mock.Mock:
    response = mock.Mock(status=200, reason="OK", data=json.dumps(answer).encode())
    response.urllib3_response.headers = {}
    return response


@call
@pytest.mark.parametrize("where", ["class", "instance", "subclass"])
def test_call_api_sees_every_call(
    client: ApiClient, sandbox: Sandbox, make: Make, answer: Any, where: str
) -> None:
    seen: list[str] = []

    def call_api(*given: Any, **_: Any) -> Any:
        seen.append(given[-16] if len(given) > 16 else given[0])
        return answer

    if where == "class":
        with mock.patch.object(ApiClient, "call_api", side_effect=call_api):
            assert make(client) == answer
    elif where == "instance":
        client.call_api = call_api  # type: ignore[method-assign]
        assert make(client) == answer
    else:
        mine = type("Mine", (ApiClient,), {"call_api": lambda _, *given, **named: call_api(*given, **named)})
        assert make(mine(client.configuration)) == answer
    assert len(seen) == 1
    assert sandbox.requests() == []


@call
@pytest.mark.parametrize("name", ["POST", "request"])
def test_a_mocked_http_part_sees_every_call(
    client: ApiClient, sandbox: Sandbox, make: Make, answer: Any, name: str
) -> None:
    with mock.patch.object(RESTClientObject, name, return_value=answered(answer)) as mocked:
        given = make(client)
    assert (None if given is None else given.access_token) == (answer and answer["access_token"])
    assert mocked.call_count == 1
    client.rest_client = mock.Mock()
    client.rest_client.POST.return_value = answered(answer)
    make(client)
    assert client.rest_client.POST.call_count == 1
    assert sandbox.requests() == []


@call
@pytest.mark.parametrize("name", ["request", "update_params_for_auth", "parameters_to_tuples", "deserialize"])
def test_an_overridden_part_of_call_api_is_used(
    client: ApiClient, sandbox: Sandbox, make: Make, answer: Any, name: str
) -> None:
    if answer is None and name == "deserialize":
        return
    sandbox.stand({"json": answer} if answer else {"status": 204})
    seen: list[str] = []

    def part(self: ApiClient, *given: Any, **named: Any) -> Any:
        seen.append(name)
        return getattr(ApiClient, name)(self, *given, **named)

    make(type("Mine", (ApiClient,), {name: part})(client.configuration))
    assert seen


def sent_of(request: dict[str, Any]) -> Any:
    headers = {name.lower(): value for name, value in request["headers"]}
    if not request["body"]:
        # The generated client has one without a body too.
        headers.pop("content-type", None)
    fields = request["body"].split("&")
    # Each authorization's own: PKCE's verifier, and the port of a login.
    own = ("code_verifier=", "redirect_uri=")
    body = [field.partition("=")[0] if field.startswith(own) else field for field in fields]
    return request["path"], headers, body


@call
def test_what_is_passed_on_is_sent_as_without_it(
    client: ApiClient, sandbox: Sandbox, make: Make, answer: Any
) -> None:
    class Mine(ApiClient):
        def call_api(self, *arguments: Any, **named: Any) -> Any:
            return super().call_api(*arguments, **named)

    sandbox.stand({"json": answer} if answer else {"status": 204})
    mine = Mine(client.configuration, "X-Mine", "1")
    client.set_default_header("X-Mine", "1")
    assert make(client) == make(mine)
    assert sent_of(sandbox.requests()[0])[1]["x-mine"] == "1"
    assert sent_of(sandbox.requests()[0]) == sent_of(sandbox.requests()[1])


@pytest.mark.parametrize(
    "finish",
    [
        lambda client, started, callback: started.complete(client, callback),
        lambda client, started, callback: asyncio.run(sdk_aio.complete(client, started, callback)),
    ],
)
def test_a_callback_counts_once_there_too(client: ApiClient, finish: Any) -> None:
    started, callback = pending(client)
    with mock.patch.object(ApiClient, "call_api") as call_api:
        refused = ApiException(0, "no connection")
        refused.outcome = "NotSent"
        call_api.side_effect = [refused, "token", "another"]
        with pytest.raises(ApiException, match="no connection"):
            finish(client, started, callback)
        assert finish(client, started, callback) == "token"
        with pytest.raises(ApiException, match="used already"):
            finish(client, started, callback)
        with pytest.raises(ApiException, match="state"):
            finish(client, started, callback.replace("state=", "state=x"))
    form = dict(call_api.call_args.kwargs["post_params"])
    assert form.keys() == {"grant_type", "code", "redirect_uri", "code_verifier"}


@pytest.mark.parametrize("make", [log_in, log_in_later], ids=["login", "aio login"])
def test_a_person_is_told_why_it_went_wrong(client: ApiClient, sandbox: Sandbox, make: Make) -> None:
    refused = ApiException(0, "the mock says no")
    with (
        mock.patch.object(ApiClient, "call_api", side_effect=refused),
        pytest.raises(ApiException, match="the mock says no"),
    ):
        make(client)
    with (
        mock.patch.object(ApiClient, "call_api", side_effect=RuntimeError("code c")),
        pytest.raises(RuntimeError),
    ):
        make(client)
    assert sandbox.requests() == []


def test_an_awaitable_of_a_mock_is_awaited(client: ApiClient, sandbox: Sandbox) -> None:
    with mock.patch.object(ApiClient, "call_api", mock.AsyncMock(return_value="mine")):
        assert asyncio.run(aio.OauthApi(client).revoke_token("pina_x")) == "mine"
    assert asyncio.run(aio.OauthApi(mock.Mock()).oauth_token("refresh_token")) is not None
    assert sandbox.requests() == []


def test_settings_of_a_subclass_are_used(client: ApiClient, sandbox: Sandbox) -> None:
    class Settings(Configuration):
        def auth_settings(self) -> dict[str, dict[str, Any]]:
            own = {"in": "header", "key": "Authorization", "value": "Mine 1"}
            return {"basic": {"type": "basic", **own}}

    sandbox.stand({"status": 204})
    OauthApi(ApiClient(Settings(host=client.configuration.host))).revoke_token("pina_x")
    assert ["authorization", "Mine 1"] in [
        [name.lower(), value] for name, value in sandbox.requests()[0]["headers"]
    ]


class PassingOn(ApiClient):
    def call_api(self, *arguments: Any, **named: Any) -> Any:
        return super().call_api(*arguments, **named)


@pytest.mark.parametrize("kind", [ApiClient, PassingOn])
@pytest.mark.parametrize(
    "make",
    [
        lambda client, own: OauthApi(client).oauth_token("refresh_token", refresh_token="r", _headers=own),
        lambda client, own: asyncio.run(aio.OauthApi(client).oauth_token("refresh_token", _headers=own)),
        lambda client, own: complete(client, headers=own),
    ],
    ids=["oauth_token", "aio", "complete"],
)
def test_a_call_s_own_headers_come_first(
    client: ApiClient, sandbox: Sandbox, kind: type[ApiClient], make: Any
) -> None:
    sandbox.stand({"json": TOKEN})
    mine = kind(client.configuration, "X-Mine", "client", cookie="client")
    mine.set_default_header("X-Kept", "client")
    mine.set_default_header("Accept", "client")
    own = {"x-mine": "call", "USER-AGENT": "call", "cookie": "call", "accept": "call"}
    make(mine, dict(own))
    [request] = sandbox.requests()
    sent = [(name.lower(), value) for name, value in request["headers"]]
    wanted = {"x-kept": "client", **{name.lower(): value for name, value in own.items()}}
    assert sorted(pair for pair in sent if pair[0] in wanted) == sorted(wanted.items())


def test_a_client_s_headers_come_before_an_operation_s(client: ApiClient, sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    for kind in (ApiClient, PassingOn):
        mine = kind(client.configuration, "accept", "text/html")
        OauthApi(mine).oauth_token("refresh_token", _headers={"content-type": "text/plain"})
    for request in sandbox.requests():
        sent = [(name.lower(), value) for name, value in request["headers"]]
        assert [value for name, value in sent if name == "accept"] == ["text/html"]
        kinds = [value for name, value in sent if name == "content-type"]
        assert kinds == ["application/x-www-form-urlencoded"]


@pytest.mark.parametrize(
    "make",
    [
        lambda client: OauthApi(client).oauth_token("refresh_token"),
        lambda client: OauthApi(client).oauth_token("refresh_token", _return_http_data_only=False)[0],
        lambda client: asyncio.run(aio.OauthApi(client).oauth_token("refresh_token")),
        complete,
    ],
    ids=["oauth_token", "http", "aio", "complete"],
)
@pytest.mark.parametrize("kind", [ApiClient, PassingOn])
def test_a_token_knows_its_end_whichever_way_it_came(
    client: ApiClient, sandbox: Sandbox, kind: type[ApiClient], make: Any
) -> None:
    sandbox.stand({"json": {**TOKEN, "expires_in": 60}})
    end = make(kind(client.configuration)).expires_at
    assert end is not None
    assert 50 <= end - time.time() <= 61


def test_its_end_goes_by_the_client_s_clock(client: ApiClient) -> None:
    client.configuration.clock = ManualClock(1_000_000)
    kept = client.configuration
    with mock.patch.object(ApiClient, "call_api", return_value=OauthAccessTokenResponse("t", expires_in=60)):
        assert OauthApi(client).oauth_token("refresh_token").expires_at == 1_000_060
        assert OauthApi(ApiClient(kept)).oauth_token("refresh_token").expires_at == 1_000_060


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_a_manager_does_not_go_past_a_mock_of_later(
    face: type[Manager], client: ApiClient, sandbox: Sandbox
) -> None:
    manager = face(client, MemoryStore(), "shop-1")
    kept = {"access_token": "pina_1", "refresh_token": "pinr.1"}
    assert result(manager.adopt(kept)) == "pina_1"
    with mock.patch.object(ApiClient, "call_api") as seen:
        assert result(manager.access_token()) == "pina_1"
        for asking in (manager.refresh, manager.revoke, manager.account("shop-2").access_token):
            with pytest.raises(InvalidInputException, match="past what this client's requests go through"):
                result(asking())
    assert (seen.called, sandbox.requests()) == (False, [])


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_a_method_of_one_manager_may_be_a_mock(face: type[Manager], client: ApiClient) -> None:
    manager = face(client, MemoryStore(), "shop-1")
    with mock.patch.object(manager, "access_token", return_value="mine") as seen:
        assert result(manager.access_token()) == "mine"
    assert len(seen.mock_calls) == 1
    assert weakref.ref(manager)() is manager
    with pytest.raises(AttributeError, match="wiat"):
        manager.wiat = 5


@pytest.mark.parametrize("module", ["api.oauth_api", "aio"])
def test_the_class_of_clients_may_be_a_mock(sandbox: Sandbox, module: str) -> None:
    name = f"openapi_generated.pinterest_client.{module}"
    with mock.patch(f"{name}.ApiClient") as mocked:
        mocked.return_value.call_api.return_value = "mine"
        given = importlib.import_module(name).OauthApi().oauth_token("refresh_token")
        assert (asyncio.run(given) if inspect.isawaitable(given) else given) == "mine"
    assert sandbox.requests() == []


def test_a_mock_where_no_request_passes_is_refused(client: ApiClient) -> None:
    with pytest.raises(AttributeError, match="in the place of `request` or `POST`"):
        client.rest_client.pool_manager = mock.Mock()
