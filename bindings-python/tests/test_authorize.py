"""From a person's consent to a token, in an application that has pages of its own."""

from __future__ import annotations

import asyncio
import copy
import io
import json
import logging
import pickle
import time
from typing import TYPE_CHECKING

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
from openapi_generated.pinterest_client.model.oauth_access_token_response_code import (
    OauthAccessTokenResponseCode,
)
from person import Browser, registered_redirects
from pinterest_sdk import AuthorizationRequest, PendingAuthorization, aio
from sandbox import TOKEN
from test_processes import in_child, run_program
from test_vectors import text_forms

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
    from sandbox import Sandbox

    Complete = Callable[[ApiClient, PendingAuthorization, str], OauthAccessTokenResponse]

REDIRECT = "http://localhost:8085/"
SCOPES = ["user_accounts:read", "pins:read"]


def complete_async(client: ApiClient, pending: PendingAuthorization, callback: str) -> Any:
    return asyncio.run(aio.complete(client, pending, callback))


def complete_blocking(client: ApiClient, pending: PendingAuthorization, callback: str) -> Any:
    return pending.complete(client, callback)


both_faces = pytest.mark.parametrize(
    "complete", [complete_blocking, complete_async], ids=["blocking", "asyncio"]
)


@both_faces
@pytest.mark.parametrize("pkce", [False, True])
def test_from_the_page_to_a_token(complete: Complete, pkce: bool, client: ApiClient) -> None:
    pending = AuthorizationRequest(REDIRECT, SCOPES, pkce=pkce).start(client)
    assert ("code_challenge" in pending.url) is pkce
    assert pending.redirect_uri == REDIRECT
    assert abs(pending.expires_at - time.time() - 600) < 3
    callback = Browser().answer(pending.url)
    token = complete(client, PendingAuthorization.from_json(pending.to_json()), callback)
    assert type(token) is OauthAccessTokenResponseCode
    assert set(token.scope.split()) == set(SCOPES)
    assert token.refresh_token.startswith("pinr")
    client.configuration.access_token = token.access_token
    account = client.call_api(
        "/user_account", "GET", response_type=(dict,), auth_settings=["pinterest_oauth2"]
    )
    assert account[0]["username"]


@both_faces
def test_a_person_who_does_not_allow_it(complete: Complete, client: ApiClient, sandbox: Sandbox) -> None:
    pending = AuthorizationRequest(REDIRECT, SCOPES).start(client)
    callback = Browser().answer(pending.url, "deny")
    with pytest.raises(ApiException) as caught:
        complete(client, pending, callback)
    error = caught.value
    assert type(error) is ApiException
    assert (error.kind, error.outcome, error.status) == ("Authorization", "NotSent", 0)
    assert "access_denied" in (error.message or "")
    assert "ask again" in (error.hint or "")
    assert [f"{error.message}" in str(error), f"{error.hint}" in str(error)] == [True, True]
    assert not [request for request in sandbox.requests() if request["path"] == "/v5/oauth/token"]


@both_faces
def test_the_classes_are_those_of_oauth_token(
    complete: Complete, client: ApiClient, sandbox: Sandbox
) -> None:
    pending = AuthorizationRequest(REDIRECT, SCOPES).start(client)
    odd = {**TOKEN, "response_type": "brand_new", "expires_in": 5, "colour": ["red"]}
    sandbox.respond({"json": odd})
    given = complete(client, pending, f"?code=c&state={pending.state}")
    sandbox.respond({"json": odd})
    expected = OauthApi(client).oauth_token("authorization_code", code="c", redirect_uri=REDIRECT)
    assert (type(given), given.to_dict()) == (type(expected), expected.to_dict())


@both_faces
def test_an_exchange_is_never_repeated(complete: Complete, client: ApiClient, sandbox: Sandbox) -> None:
    client.configuration.retries = 3
    for answer in ({"fault": "reset"}, {"json": {"code": 8, "message": "m"}, "status": 429}):
        pending = AuthorizationRequest(REDIRECT, SCOPES).start(client)
        before = len(sandbox.requests())
        sandbox.respond(answer)
        with pytest.raises(ApiException):
            complete(client, pending, f"?code=c&state={pending.state}")
        assert len(sandbox.requests()) == before + 1


@both_faces
def test_a_code_that_is_left_can_be_sent_again(
    complete: Complete, client: ApiClient, sandbox: Sandbox
) -> None:
    pending = AuthorizationRequest(REDIRECT, SCOPES).start(client)
    callback = Browser().answer(pending.url)
    sandbox.respond(
        {"json": {"code": 8, "message": "m"}, "status": 429},
        {"json": {"code": 2, "message": "m"}, "status": 401},
    )
    for status in (429, 401):
        with pytest.raises(ApiException) as caught:
            complete(client, pending, callback)
        assert (caught.value.status, caught.value.outcome) == (status, "Refused")
    assert complete(client, pending, callback).access_token
    with pytest.raises(ApiException, match="used already"):
        complete(client, pending, callback)


def test_two_people_at_once(client: ApiClient) -> None:
    first, second = (AuthorizationRequest(REDIRECT, SCOPES).start(client) for _ in range(2))
    assert first != second
    callbacks = [Browser().answer(pending.url) for pending in (first, second)]
    # Each with the other's callback, which uses nothing up.
    for pending, callback in zip((second, first), callbacks, strict=True):
        with pytest.raises(ApiException, match="not the one of this authorization"):
            pending.complete(client, callback)

    async def both() -> None:
        pairs = zip((first, second), callbacks, strict=True)
        tokens = await asyncio.gather(*(aio.complete(client, *pair) for pair in pairs))
        assert [type(token) for token in tokens] == [OauthAccessTokenResponseCode] * 2

    asyncio.run(both())


def test_cancellation_ends_the_exchange(client: ApiClient, sandbox: Sandbox) -> None:
    pending = AuthorizationRequest(REDIRECT, SCOPES).start(client)
    sandbox.respond({"fault": "hang"})

    async def give_up() -> None:
        started = time.monotonic()
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(aio.complete(client, pending, f"?code=c&state={pending.state}"), 0.2)
        assert time.monotonic() - started < 0.5

    asyncio.run(give_up())
    with pytest.raises(ApiException, match="used already"):
        pending.complete(client, f"?code=c&state={pending.state}")


def test_a_code_that_did_not_leave_can_be_sent_again(client: ApiClient, sandbox: Sandbox) -> None:
    # It waits for the other side of the TLS handshake.
    client.configuration.host = f"https://{sandbox.addresses['silent']}/v5"
    pending = AuthorizationRequest(REDIRECT, SCOPES).start(client)

    async def give_up() -> None:
        for _ in range(3):
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(aio.complete(client, pending, f"?code=c&state={pending.state}"), 0.2)

    asyncio.run(give_up())


def test_pickles_and_copies_hold_no_secret(client: ApiClient) -> None:
    client.configuration.password = "canary-password"
    request = AuthorizationRequest(REDIRECT, SCOPES, pkce=True)
    pending = request.start(client)
    kept = [pickle.dumps(pending), pending.to_json().encode(), repr(pending).encode(), str(pending).encode()]
    assert not [form for form in kept if b"canary" in form]
    # What binds a callback to this person is not for logs.
    assert pending.state not in repr(pending)
    assert pickle.loads(kept[0]) == copy.copy(pending) == copy.deepcopy(pending) == pending
    assert hash(pickle.loads(kept[0])) == hash(pending)
    assert pending != pending.to_json()
    assert (
        repr(request) == "AuthorizationRequest('http://localhost:8085/', ['user_accounts:read', 'pins:read'])"
    )
    assert repr(pending).startswith("PendingAuthorization(redirect_uri='http://localhost:8085/', expires_at=")
    assert b"canary" not in pickle.dumps(request)


def test_no_secret_is_logged_or_raised(client: ApiClient, sandbox: Sandbox) -> None:
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(1)
    shown = []
    try:
        for callback in ("?code=canary-code&state={}", "?code=canary-code", "?code=canary-code&code=2"):
            pending = AuthorizationRequest(REDIRECT, SCOPES).start(client)
            with pytest.raises(ApiException) as caught:
                pending.complete(client, callback.format(pending.state))
            shown.append(text_forms(caught.value))
            shown.append(repr(pickle.dumps(caught.value)))
        pending = AuthorizationRequest(REDIRECT, SCOPES).start(client)
        sandbox.respond({"json": {**TOKEN, "access_token": "canary-token"}})
        pending.complete(client, f"?code=canary-code&state={pending.state}")
    finally:
        logging.getLogger().removeHandler(handler)
        logging.getLogger().setLevel(logging.WARNING)
    assert "POST /oauth/token failed: 401" in log.getvalue()
    assert "POST /oauth/token answered: 200" in log.getvalue()
    assert "canary" not in "\n".join([*shown, log.getvalue()])


def test_arguments(client: ApiClient) -> None:
    assert AuthorizationRequest(REDIRECT, (name for name in SCOPES)).scopes == tuple(SCOPES)
    listed = AuthorizationRequest(REDIRECT, "user_accounts:read,pins:read").start(client).url
    assert "&scope=user_accounts%3Aread%20pins%3Aread&" in listed
    pending = AuthorizationRequest(REDIRECT, SCOPES, lifetime=10**400).start(client)
    assert pending.expires_at == 2**63 - 1
    wrong: list[Callable[[], object]] = [
        lambda: AuthorizationRequest(5, SCOPES),  # type: ignore[arg-type]
        lambda: AuthorizationRequest(REDIRECT, [5]),  # type: ignore[list-item]
        lambda: AuthorizationRequest(REDIRECT, SCOPES, pkce="yes"),  # type: ignore[arg-type]
        lambda: AuthorizationRequest(REDIRECT, SCOPES, continuous_refresh=1),  # type: ignore[arg-type]
        lambda: AuthorizationRequest(REDIRECT, 5),  # type: ignore[arg-type]
        lambda: AuthorizationRequest(REDIRECT, None),  # type: ignore[arg-type]
        lambda: AuthorizationRequest(REDIRECT, SCOPES, lifetime="5"),  # type: ignore[arg-type]
        lambda: AuthorizationRequest(REDIRECT, SCOPES).start(None),  # type: ignore[arg-type]
        lambda: PendingAuthorization.from_json(5),  # type: ignore[arg-type]
        lambda: pending.complete(client, None),  # type: ignore[arg-type]
        lambda: pending.complete(client.configuration, "?"),  # type: ignore[arg-type]
        lambda: asyncio.run(aio.complete(client, "pending", "?")),  # type: ignore[arg-type]
        lambda: asyncio.run(aio.complete(None, pending, "?")),  # type: ignore[arg-type]
        lambda: pinterest_sdk.login(client, REDIRECT),  # type: ignore[arg-type]
        lambda: pinterest_sdk.open_browser(None),  # type: ignore[arg-type]
    ]
    for call in wrong:
        with pytest.raises(ApiTypeError) as refused:
            call()
        assert isinstance(refused.value, ApiException)
    unusable: list[Callable[[], object]] = [
        lambda: AuthorizationRequest("http://localhost:8085/\ud800", SCOPES),
        lambda: AuthorizationRequest(REDIRECT, ["\ud800"]),
        lambda: AuthorizationRequest(REDIRECT, SCOPES, lifetime=-1),
        lambda: AuthorizationRequest(REDIRECT, SCOPES, lifetime=float("nan")),
        lambda: AuthorizationRequest(REDIRECT, []).start(client),
        lambda: PendingAuthorization.from_json("{}"),
        lambda: pending.complete(client, "?code=\ud800"),
    ]
    for call in unusable:
        with pytest.raises(ApiValueError) as caught:
            call()
        assert isinstance(caught.value, ApiException)
        assert caught.value.kind == "InvalidInput"
    with pytest.raises(TypeError, match=r"AuthorizationRequest\.start"):
        PendingAuthorization()
    # A page that is opened without a session has none to give.
    session: dict[str, str] = {}
    with pytest.raises(ApiException, match="start the authorization again") as none:
        PendingAuthorization.from_json(session.pop("pending", None))
    assert (none.value.kind, none.value.reason) == ("InvalidInput", "NotPending")
    kept = json.loads(pending.to_json())
    with pytest.raises(ApiException):
        PendingAuthorization.from_json(json.dumps({**kept, "version": 2}))


def test_the_page_is_pinterests_unless_given(client: ApiClient) -> None:
    request = AuthorizationRequest(REDIRECT, SCOPES)
    client.configuration.authorization_url = None
    assert request.start(client).url.startswith("https://www.pinterest.com/oauth/?client_id=1234567&")
    client.configuration.authorization_url = "http://example.com/oauth/"
    with pytest.raises(ApiException, match="authorization_url"):
        request.start(client)
    client.configuration.authorization_url = 5  # type: ignore[assignment]
    with pytest.raises(ApiTypeError, match="authorization_url"):
        request.start(client)
    copied = copy.deepcopy(Configuration(authorization_url="https://a.example/"))
    assert pickle.loads(pickle.dumps(copied)).authorization_url == "https://a.example/"


def test_a_forked_child_completes(client: ApiClient, sandbox: Sandbox) -> None:
    started = AuthorizationRequest(REDIRECT, SCOPES).start(client)
    sandbox.stand({"json": TOKEN})
    asyncio.run(aio.complete(client, started, f"?code=c&state={started.state}"))

    def child() -> None:
        for complete in (complete_blocking, complete_async):
            pending = AuthorizationRequest(REDIRECT, SCOPES).start(client)
            assert complete(client, pending, f"?code=c&state={pending.state}").access_token == "pina_1"

    in_child(child)


def test_the_documented_calls_load_none_of_it() -> None:
    program = """
        import sys
        import pinterest_sdk
        from openapi_generated.pinterest_client import ApiClient
        from openapi_generated.pinterest_client.api.oauth_api import OauthApi

        OauthApi(ApiClient())
        late = ("_authorization", "_login", "aio")
        late = [*(f"pinterest_sdk.{name}" for name in late), "asyncio", "inspect"]
        print([name for name in late if name in sys.modules])
        print(sorted(set(pinterest_sdk.__all__) - set(dir(pinterest_sdk))))
        from pinterest_sdk import AuthorizationRequest, PendingAuthorization, login, open_browser
        print([name for name in late if name in sys.modules])
        print(hasattr(pinterest_sdk, "nothing"))
    """
    expected = [[], [], ["pinterest_sdk._authorization", "pinterest_sdk._login"], False]
    assert run_program(program).splitlines() == [str(line) for line in expected]


def test_registered_uris_have_any_port(sandbox: Sandbox, client: ApiClient) -> None:
    [redirect] = registered_redirects(sandbox, "/a%2Fb?x=1")
    pending = AuthorizationRequest(redirect, SCOPES).start(client)
    callback = Browser().answer(pending.url)
    assert callback.startswith(f"{redirect}&code=")
    assert pending.complete(client, callback).access_token


def test_a_request_is_copied_and_pickled_whole(client: ApiClient) -> None:
    request = AuthorizationRequest(
        "http://localhost:8085/", ["pins:read"], pkce=True, continuous_refresh=True, lifetime=5
    )
    for again in (copy.copy(request), copy.deepcopy(request), pickle.loads(pickle.dumps(request))):
        assert again == request
        assert hash(again) == hash(request)
        started = again.start(client)
        assert "code_challenge=" in started.url
        assert started.expires_at - time.time() < 6
    assert request != AuthorizationRequest("http://localhost:8085/", ["pins:read"])
