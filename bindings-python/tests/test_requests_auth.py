"""`tokens.auth()`: valid tokens on the requests of the library `requests`."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import log_in, log_in_and_expire, next_second, renewals
from pinterest_sdk import MemoryStore, TokenManager
from pinterest_sdk.errors import InvalidInputException, InvalidTypeException

if TYPE_CHECKING:
    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

if find_spec("requests") is None:
    pytest.skip("requests is not installed", allow_module_level=True)
import requests

REFUSED = {"status": 401, "json": {"code": 2, "message": "Authentication failed."}}
FOREIGN = "the token is for http://127.0.0.1:.*, and this request goes to .*send it to"


@pytest.fixture
def tokens(client: ApiClient) -> TokenManager:
    return TokenManager(client, MemoryStore(), "shop-1")


@pytest.fixture
def url(sandbox: Sandbox) -> str:
    return f"{sandbox.host}/user_account"


def bearers(sandbox: Sandbox, path: str = "/v5/user_account") -> list[str]:
    return [
        dict(request["headers"]).get("authorization") or dict(request["headers"]).get("Authorization", "")
        for request in sandbox.requests()
        if request["path"] == path
    ]


def test_a_request_has_a_valid_token(
    tokens: TokenManager, url: str, client: ApiClient, sandbox: Sandbox
) -> None:
    old = log_in_and_expire(sandbox, client, tokens)
    with requests.Session() as session:
        session.auth = tokens.auth()
        assert session.get(url).json()["username"]
        assert session.get(url).ok
    new = tokens.access_token()
    assert bearers(sandbox) == [f"Bearer {new}"] * 2
    assert new != old
    assert renewals(sandbox) == 1


def test_a_401_renews_once_and_is_sent_again_once(
    tokens: TokenManager, url: str, client: ApiClient, sandbox: Sandbox
) -> None:
    old = log_in(sandbox, client, tokens)
    sandbox.respond(REFUSED)
    answer = requests.post(url, json={"a": 1}, auth=tokens.auth())
    assert [step.status_code for step in answer.history] == [401]
    new = tokens.access_token()
    assert bearers(sandbox) == [f"Bearer {old}", f"Bearer {new}"]
    bodies = [request["body"] for request in sandbox.requests() if request["path"] == "/v5/user_account"]
    assert bodies == ['{"a": 1}'] * 2
    assert renewals(sandbox) == 1


def test_what_no_token_helps_is_not_asked_again_and_again(
    tokens: TokenManager, url: str, client: ApiClient, sandbox: Sandbox
) -> None:
    log_in(sandbox, client, tokens)
    # A scope is missing: every call is refused, and not for its token's sake.
    for _ in range(2):
        sandbox.respond(REFUSED, {"pass": True}, REFUSED)
        assert requests.get(url, auth=tokens.auth()).status_code == 401
        for _ in range(3):
            sandbox.respond(REFUSED)
            assert requests.get(url, auth=tokens.account("shop-1").auth()).status_code == 401
        next_second(sandbox)
        # A token of which nothing is known yet.
        tokens.refresh()
        next_second(sandbox)
    # One for each token that somebody else brought.
    assert renewals(sandbox) == 4


def test_a_missing_scope_is_not_the_tokens_fault(
    tokens: TokenManager, url: str, client: ApiClient, sandbox: Sandbox
) -> None:
    token = log_in(sandbox, client, tokens)
    lacking = b'{"code": 3, "message": "Your token lacks a scope."}'
    sandbox.respond({"status": 401, "json": {"code": 3, "message": "Your token lacks a scope."}})
    assert requests.get(url, auth=tokens.auth()).json()["code"] == 3
    assert renewals(sandbox) == 0
    assert not tokens.refused(token, 401, lacking)
    assert not tokens.refused(token, 401, lacking.decode())
    assert not tokens.refused(token, 403, "")
    assert not tokens.refused(token, -1, "")
    assert tokens.access_token() == token
    assert tokens.refused(token, 401, "")
    assert tokens.access_token() != token
    assert renewals(sandbox) == 1
    with pytest.raises(InvalidTypeException, match="body"):
        tokens.refused(token, 401, None)  # type: ignore[arg-type]


def test_without_a_new_token_the_answer_stays(
    tokens: TokenManager, url: str, client: ApiClient, sandbox: Sandbox
) -> None:
    log_in(sandbox, client, tokens)
    sandbox.stand(REFUSED)
    assert requests.get(url, auth=tokens.auth()).status_code == 401
    assert len(bearers(sandbox)) == 1


@pytest.mark.parametrize(
    ("body", "sent"),
    [(lambda: io.BytesIO(b"file"), ["file", "file"]), (lambda: iter([b"once"]), ["once"])],
    ids=["file", "iterator"],
)
def test_a_body_that_can_be_read_again_is(
    body: Any, sent: list[str], tokens: TokenManager, url: str, client: ApiClient, sandbox: Sandbox
) -> None:
    log_in(sandbox, client, tokens)
    sandbox.respond(REFUSED)
    requests.post(url, data=body(), auth=tokens.auth())
    bodies = [request["body"] for request in sandbox.requests() if request["path"] == "/v5/user_account"]
    assert bodies == sent


def test_a_token_goes_to_the_api_alone(
    tokens: TokenManager, client: ApiClient, sandbox: Sandbox, url: str
) -> None:
    log_in(sandbox, client, tokens)
    for elsewhere in ("http://127.0.0.1:1/v5", "https://127.0.0.1/v5", "http://example.com/v5"):
        with pytest.raises(requests.RequestException, match=FOREIGN) as caught:
            requests.get(elsewhere, auth=tokens.auth())
        assert isinstance(caught.value, InvalidInputException)
        assert caught.value.request.url == elsewhere
        again = pickle.loads(pickle.dumps(caught.value))
        assert (type(again), str(again)) == (type(caught.value), str(caught.value))
    # It is led elsewhere, and asked for the token there.
    other = sandbox.addresses["http"].replace("127.0.0.1", "localhost")
    sandbox.respond({"status": 302, "headers": {"location": f"{other}/elsewhere"}}, REFUSED)
    assert requests.get(url, auth=tokens.auth()).status_code == 401
    assert bearers(sandbox, "/elsewhere") == [""]
    assert renewals(sandbox) == 0


def test_another_host_of_the_client_leads_no_token_there(sandbox: Sandbox, client: ApiClient) -> None:
    tokens = TokenManager(client, MemoryStore(), "shop-1")
    log_in(sandbox, client, tokens)
    here, there = sandbox.host, sandbox.host.replace("127.0.0.1", "localhost")
    client.configuration.host = there
    try:
        for manager in (tokens, tokens.account("shop-1")):
            with pytest.raises(InvalidInputException, match=FOREIGN):
                requests.get(f"{there}/user_account", auth=manager.auth(), timeout=5)
            assert requests.get(f"{here}/user_account", auth=manager.auth(), timeout=5).ok
    finally:
        client.configuration.host = here


def test_requests_is_not_loaded() -> None:
    text = """
import sys
from pinterest_sdk import ApiClient, Configuration, MemoryStore, TokenManager

tokens = TokenManager(ApiClient(Configuration(username="a", password="b")), MemoryStore(), "x")
print(tokens.auth(), "requests" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout == "RequestsAuth(TokenManager(account='x', store=MemoryStore())) False\n"
