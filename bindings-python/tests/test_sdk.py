"""`pinterest_sdk` by itself: the same calls, without a name of the generated client."""

from __future__ import annotations

import asyncio
import copy
import pickle
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

import pinterest_sdk
import pinterest_sdk.api
from openapi_generated.pinterest_client import ApiClient as DropInClient
from pinterest_sdk import ApiClient, ApiException, AuthorizationRequest, Configuration, OauthApi, aio
from pinterest_sdk.errors import InvalidInputException, InvalidTypeException, UnauthorizedException
from pinterest_sdk.models import OauthAccessTokenResponseCode, OauthAccessTokenResponseRefresh
from sandbox import TOKEN
from test_processes import run_program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandbox import Sandbox


@pytest.fixture
def mine(sandbox: Sandbox) -> Iterator[ApiClient]:
    configuration = Configuration(
        host=sandbox.host,
        username="1234567",
        password="0123456789abcdef0123456789abcdef01234567",
        access_token="pina_canary",
        authorization_url=f"{sandbox.addresses['http']}/oauth/",
    )
    with ApiClient(configuration) as client:
        yield client


def blocking(client: ApiClient, name: str, *arguments: Any, **fields: Any) -> Any:
    return getattr(OauthApi(client), name)(*arguments, **fields)


def awaited(client: ApiClient, name: str, *arguments: Any, **fields: Any) -> Any:
    return asyncio.run(getattr(aio.OauthApi(client), name)(*arguments, **fields))


both = pytest.mark.parametrize("call", [blocking, awaited])


@both
def test_every_call(mine: ApiClient, sandbox: Sandbox, call: Any) -> None:
    mine.default_headers["X-Mine"] = "1"
    sandbox.respond({"json": {**TOKEN, "response_type": "refresh_token"}})
    token = call(mine, "oauth_token", "refresh_token", refresh_token="r", scope="pins:read", refresh_on=True)
    assert type(token) is OauthAccessTokenResponseRefresh
    assert token.access_token == TOKEN["access_token"]
    sandbox.respond({"json": {"access_token": "pina_1"}}, {"status": 204})
    assert call(mine, "conversion_token").access_token == "pina_1"
    assert call(mine, "revoke_token", "pina_x", "access_token") is None
    first, second, third = sandbox.requests()
    assert first["body"] == "grant_type=refresh_token&refresh_token=r&scope=pins%3Aread&refresh_on=true"
    assert [second["path"], third["path"]] == ["/v5/oauth/conversion_token", "/v5/oauth/token/revoke"]
    for request in (first, second, third):
        assert ["x-mine", "1"] in [[name.lower(), value] for name, value in request["headers"]]


@both
def test_what_cannot_be_used_is_refused(mine: ApiClient, sandbox: Sandbox, call: Any) -> None:
    with pytest.raises(InvalidInputException, match="must be one of"):
        call(mine, "oauth_token", "password")
    with pytest.raises(InvalidTypeException, match="'code'"):
        call(mine, "oauth_token", "authorization_code", code=5)
    with pytest.raises(InvalidInputException, match="`timeout` must not be negative"):
        call(mine, "oauth_token", "refresh_token", timeout=-1)
    assert sandbox.requests() == []


@both
def test_a_failure(mine: ApiClient, sandbox: Sandbox, call: Any) -> None:
    sandbox.respond({"status": 401, "json": {"code": 2, "message": "no"}})
    with pytest.raises(UnauthorizedException) as caught:
        call(mine, "oauth_token", "refresh_token", refresh_token="r")
    assert (caught.value.status, caught.value.outcome) == (401, "Refused")
    sandbox.respond({"delay_ms": 3000, "json": TOKEN})
    with pytest.raises(ApiException) as silent:
        call(mine, "oauth_token", "refresh_token", refresh_token="r", timeout=0.2)
    assert silent.value.phase == "timeout"


def test_a_persons_consent(mine: ApiClient, sandbox: Sandbox) -> None:
    for complete in (
        lambda pending, callback: pending.complete(mine, callback),
        lambda pending, callback: asyncio.run(aio.complete(mine, pending, callback)),
    ):
        sandbox.respond({"json": {**TOKEN, "response_type": "authorization_code"}})
        pending = AuthorizationRequest("http://localhost:8085/", ["pins:read"]).start(mine)
        token = complete(pending, f"?code=c&state={pending.state}")
        assert type(token) is OauthAccessTokenResponseCode


@both
@pytest.mark.parametrize(("timeout", "given"), [(None, None), (5, 5), ((2, 5), (2, 5))])
def test_what_a_program_overrides_sees_these_calls_too(
    client: DropInClient, sandbox: Sandbox, call: Any, timeout: Any, given: Any
) -> None:
    with mock.patch.object(DropInClient, "call_api", return_value="mine") as call_api:
        assert call(client, "revoke_token", "pina_x", timeout=timeout) is None
        assert call(client, "oauth_token", "refresh_token", refresh_token="r", timeout=timeout) == "mine"
    assert [each.kwargs["_request_timeout"] for each in call_api.call_args_list] == [given, given]
    assert sandbox.requests() == []


def test_settings() -> None:
    configuration = Configuration(password="canary", proxy_headers={"A": "1"}, retries=2)
    again = copy.deepcopy(configuration)
    assert vars(again) == vars(configuration)
    assert again.proxy_headers is not configuration.proxy_headers
    assert b"canary" not in pickle.dumps(configuration)
    with pytest.warns(UserWarning, match="no setting `usrname`.*`username`"):
        configuration.usrname = "x"  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="pickled"):
        pickle.dumps(ApiClient(configuration))
    assert pickle.loads(pickle.dumps(configuration)).retries == 2


@pytest.mark.parametrize("api", [OauthApi, aio.OauthApi, pinterest_sdk.api.BoardsApi])
def test_what_is_no_client_or_no_configuration_is_named(api: Any) -> None:
    for given in (Configuration(), "1234567", {}):
        name = type(given).__name__
        with pytest.raises(InvalidTypeException, match=rf"`api_client` is a {name}: give an ApiClient"):
            api(given)
    with pytest.raises(InvalidTypeException, match="`configuration` is a dict: give a Configuration"):
        ApiClient({})  # type: ignore[arg-type]
    mocked = mock.MagicMock()
    assert api(mocked).api_client is mocked
    assert isinstance(api().api_client, ApiClient)


def test_the_generated_client_s_names_are_not_needed() -> None:
    program = """
        import sys
        import pinterest_sdk
        for name in pinterest_sdk.__all__:
            getattr(pinterest_sdk, name)
        import pinterest_sdk.aio, pinterest_sdk.types
        print([name for name in sys.modules if name.startswith("openapi_generated")])
        print(pinterest_sdk.ApiException.__module__)
        from openapi_generated.pinterest_client import ApiException
        print(ApiException is pinterest_sdk.ApiException, ApiException.__module__)
    """
    assert run_program(program).splitlines() == [
        "[]",
        "pinterest_sdk.errors",
        "True openapi_generated.pinterest_client.exceptions",
    ]
    assert set(pinterest_sdk.__all__) <= set(dir(pinterest_sdk))
