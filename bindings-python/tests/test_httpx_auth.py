"""`auth` for `httpx`, of both its clients: valid tokens on requests, renewed when one is refused."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import FACES, Manager, log_in, log_in_and_expire, next_second, renewals, result
from pinterest_sdk import ApiException, MemoryStore, TokenManager, aio
from pinterest_sdk.errors import InvalidInputException

if TYPE_CHECKING:
    from collections.abc import Callable

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

if find_spec("httpx") is None:
    pytest.skip("httpx is not installed", allow_module_level=True)
import httpx

REFUSED = {"status": 401, "json": {"code": 2, "message": "Authentication failed."}}
FOREIGN = "the token is for http://127.0.0.1:.*, and this request goes to .*send it to"


@pytest.fixture(params=FACES.values(), ids=FACES)
def tokens(request: pytest.FixtureRequest, client: ApiClient, sandbox: Sandbox) -> Manager:
    sandbox.control("PATCH", "/_sandbox/switches", {"rotation": "invalidate_on_use"})
    face: type[Manager] = request.param
    return face(client, MemoryStore(), "shop-1")


@pytest.fixture
def url(sandbox: Sandbox) -> str:
    return f"{sandbox.host}/user_account"


def send(
    tokens: Manager, method: str, url: str, *, auth: Any = None, follow: bool = False, **body: Any
) -> httpx.Response:
    if isinstance(tokens, TokenManager):
        with httpx.Client(auth=auth or tokens.httpx_auth(), follow_redirects=follow) as client:
            return client.request(method, url, **body)

    async def later() -> httpx.Response:
        async with httpx.AsyncClient(auth=auth or tokens.auth(), follow_redirects=follow) as client:
            return await client.request(method, url, **body)

    return asyncio.run(later())


def arrived(sandbox: Sandbox, path: str = "/v5/user_account") -> list[tuple[str, str]]:
    """Give the tokens and the bodies of the requests to a path."""
    return [
        (
            {name.lower(): value for name, value in request["headers"]}.get("authorization", ""),
            request["body"],
        )
        for request in sandbox.requests()
        if request["path"] == path
    ]


def bearers(sandbox: Sandbox, path: str = "/v5/user_account") -> list[str]:
    return [token for token, _ in arrived(sandbox, path)]


def test_a_request_has_a_valid_token(tokens: Manager, url: str, client: ApiClient, sandbox: Sandbox) -> None:
    old = log_in_and_expire(sandbox, client, tokens)
    assert send(tokens, "GET", url).json()["username"]
    new = result(tokens.access_token())
    assert bearers(sandbox) == [f"Bearer {new}"]
    assert new != old
    assert renewals(sandbox) == 1


def test_a_token_that_ended_at_pinterest_is_renewed_once(
    tokens: Manager, url: str, client: ApiClient, sandbox: Sandbox
) -> None:
    old = log_in(sandbox, client, tokens)
    sandbox.control("POST", "/_sandbox/tokens/expire", {"token": old})
    answer = send(tokens, "GET", url)
    assert answer.json()["username"]
    assert [step.status_code for step in answer.history] == [401]
    new = result(tokens.access_token())
    assert bearers(sandbox) == [f"Bearer {old}", f"Bearer {new}"]
    assert renewals(sandbox) == 1


def test_many_at_once_renew_once(url: str, client: ApiClient, sandbox: Sandbox) -> None:
    tokens = aio.TokenManager(client, MemoryStore(), "shop-1")
    old = log_in(sandbox, client, tokens)
    sandbox.control("POST", "/_sandbox/tokens/expire", {"token": old})

    async def all_of_them() -> list[httpx.Response]:
        async with httpx.AsyncClient(auth=tokens.auth()) as session:
            return await asyncio.gather(*(session.get(url) for _ in range(20)))

    assert {answer.status_code for answer in asyncio.run(all_of_them())} == {200}
    assert renewals(sandbox) == 1


def test_a_missing_scope_is_not_the_tokens_fault_for_long(
    tokens: Manager, client: ApiClient, sandbox: Sandbox
) -> None:
    log_in(sandbox, client, tokens)
    boards = f"{sandbox.host}/boards"
    for _ in range(3):
        answer = send(tokens, "POST", boards, json={"name": "a"})
        assert (answer.status_code, answer.json()["code"]) == (401, 3)
    # Another token has no other scopes.
    assert renewals(sandbox) <= 1
    assert len(bearers(sandbox, "/v5/boards")) == 3 + renewals(sandbox)
    assert send(tokens, "GET", f"{sandbox.host}/user_account").status_code == 200
    next_second(sandbox)
    # A new one may be refused for its own sake.
    new = result(tokens.refresh())
    sandbox.control("POST", "/_sandbox/tokens/expire", {"token": new})
    next_second(sandbox)
    before = renewals(sandbox)
    assert send(tokens, "GET", f"{sandbox.host}/user_account").status_code == 200
    assert renewals(sandbox) == before + 1


def _pieces() -> Any:
    yield b"once"


async def _later_pieces() -> Any:
    yield b"once"


BODIES: dict[str, tuple[Callable[[], dict[str, Any]], list[str]]] = {
    "text": (lambda: {"content": "text"}, ["text"] * 2),
    "json": (lambda: {"json": {"a": 1}}, ['{"a":1}'] * 2),
    "form": (lambda: {"data": {"a": "b"}}, ["a=b"] * 2),
    "stream": (dict, ["once"]),
}


@pytest.mark.parametrize(("body", "sent"), BODIES.values(), ids=BODIES)
def test_only_a_body_in_memory_is_sent_again(
    body: Callable[[], dict[str, Any]],
    sent: list[str],
    tokens: Manager,
    url: str,
    client: ApiClient,
    sandbox: Sandbox,
) -> None:
    old = log_in(sandbox, client, tokens)
    sandbox.respond(REFUSED)
    stream = _pieces() if isinstance(tokens, TokenManager) else _later_pieces()
    answer = send(tokens, "POST", url, **(body() or {"content": stream}))
    assert (answer.status_code == 401) is (len(sent) == 1)
    assert [body for _, body in arrived(sandbox)] == sent
    # In any case the next request has another token.
    assert result(tokens.access_token()) != old
    assert renewals(sandbox) == 1


def test_a_file_is_sent_once(url: str, client: ApiClient, sandbox: Sandbox) -> None:
    tokens = TokenManager(client, MemoryStore(), "shop-1")
    log_in(sandbox, client, tokens)
    sandbox.respond(REFUSED)
    assert send(tokens, "POST", url, content=io.BytesIO(b"file")).status_code == 401
    assert [body for _, body in arrived(sandbox)] == ["file"]


def test_without_a_new_token_the_answer_stays(
    tokens: Manager, url: str, client: ApiClient, sandbox: Sandbox
) -> None:
    log_in(sandbox, client, tokens)
    sandbox.stand(REFUSED)
    assert send(tokens, "GET", url).status_code == 401
    assert len(bearers(sandbox)) == 1
    sandbox.stand(None)


def test_a_token_goes_to_the_api_alone(
    tokens: Manager, url: str, client: ApiClient, sandbox: Sandbox
) -> None:
    log_in(sandbox, client, tokens)
    for elsewhere in ("http://127.0.0.1:1/v5", "https://127.0.0.1/v5", "http://example.com/v5"):
        with pytest.raises(httpx.RequestError, match=FOREIGN) as caught:
            send(tokens, "GET", elsewhere)
        assert isinstance(caught.value, InvalidInputException)
        assert caught.value.request.url == elsewhere
    # It is led elsewhere, and asked for the token there.
    other = sandbox.addresses["http"].replace("127.0.0.1", "localhost")
    sandbox.respond({"status": 302, "headers": {"location": f"{other}/elsewhere"}}, REFUSED)
    assert send(tokens, "GET", url, follow=True).status_code == 401
    assert bearers(sandbox, "/elsewhere") == [""]
    assert renewals(sandbox) == 0


def test_another_host_of_the_client_leads_no_token_there(
    tokens: Manager, url: str, client: ApiClient, sandbox: Sandbox
) -> None:
    log_in(sandbox, client, tokens)
    client.configuration.host = sandbox.host.replace("127.0.0.1", "localhost")
    try:
        with pytest.raises(InvalidInputException, match=FOREIGN):
            send(tokens, "GET", f"{client.configuration.host}/user_account")
        assert send(tokens, "GET", url).status_code == 200
    finally:
        client.configuration.host = sandbox.host


def test_what_was_done_is_not_done_again(
    tokens: Manager, url: str, client: ApiClient, sandbox: Sandbox
) -> None:
    log_in(sandbox, client, tokens)
    # The request counted; what it led to is refused.
    sandbox.respond({"status": 303, "headers": {"location": url}}, REFUSED)
    answer = send(tokens, "POST", f"{sandbox.host}/boards", json={}, follow=True)
    assert answer.status_code == 200
    assert len(bearers(sandbox, "/v5/boards")) == 1
    assert len(bearers(sandbox)) == 2


def test_without_tokens_nothing_is_sent(tokens: Manager, url: str, sandbox: Sandbox) -> None:
    with pytest.raises(ApiException) as caught:
        send(tokens, "GET", url)
    assert caught.value.kind == "ReauthorizationRequired"
    assert sandbox.requests() == []


def test_the_other_kind_of_client_is_refused(
    tokens: Manager, url: str, client: ApiClient, sandbox: Sandbox
) -> None:
    other = aio.TokenManager if isinstance(tokens, TokenManager) else TokenManager
    manager = other(client, MemoryStore(), "shop-1")
    auth = manager.httpx_auth() if isinstance(manager, TokenManager) else manager.auth()
    with pytest.raises(InvalidInputException, match="this `auth` is for"):
        send(tokens, "GET", url, auth=auth)
    assert sandbox.requests() == []


def test_httpx_is_loaded_when_it_is_asked_for() -> None:
    text = """
import sys
from pinterest_sdk import ApiClient, Configuration, MemoryStore, TokenManager, aio

client = ApiClient(Configuration(username="a", password="b"))
managers = [face(client, MemoryStore(), "x") for face in (TokenManager, aio.TokenManager)]
print("httpx" in sys.modules)
print(managers[0].httpx_auth(), managers[1].auth(), "httpx" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    one = "TokenManager(account='x', store=MemoryStore())"
    assert done.stdout == f"False\nHttpxAuth({one}) AsyncHttpxAuth({one}) True\n"
