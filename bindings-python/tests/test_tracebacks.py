"""Tracebacks with variables, as rich, Sentry and `capture_locals` print them: none of ours shows a secret."""

from __future__ import annotations

import asyncio
import base64
import gc
import traceback
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import openapi_generated.pinterest_client as generated
import pinterest_sdk
from kept_tokens import until
from openapi_generated.pinterest_client import ApiClient, Configuration, aio, models
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from pinterest_sdk import _loops, _own_redis, _own_store
from pinterest_sdk import aio as sdk_aio

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from types import TracebackType

    from sandbox import Sandbox

CANARY = "canary-7"
FORMS = (CANARY, *(base64.b64encode(f"{'x' * shift}{CANARY}".encode()).decode()[4:-4] for shift in range(3)))
FOLDERS = tuple(str(Path(module.__file__ or "").parent) for module in (generated, pinterest_sdk))


class Passing(ApiClient):
    """A client whose requests a program's own code sees."""

    def call_api(self, *arguments: Any, **named: Any) -> Any:
        return super().call_api(*arguments, **named)


SETTINGS: list[dict[str, Any]] = [
    {"proxy": f"http://user:{CANARY}@[::1"},
    {"proxy": f"http://user:{CANARY}@\ud800"},
    {"proxy": {"https": CANARY}},
    {"proxy_headers": {"X-Proxy": f"{CANARY}\n"}},
    {"proxy_headers": {"X-Proxy": CANARY.encode()}},
    {"password": f"{CANARY}\n{CANARY}"},
    {"password": CANARY.encode()},
    {"password": [CANARY]},
    {"access_token": f"{CANARY} {CANARY}"},
    {"access_token": CANARY.encode()},
    {"host": f"https://user:{CANARY}@api.pinterest.com/v5"},
    {"authorization_url": f"https://user:{CANARY}@www.pinterest.com/oauth/"},
    {"password": CANARY, "access_token": CANARY, "ssl_ca_cert": "/nowhere"},
    {"password": CANARY, "access_token": CANARY, "proxy": f"http://u:{CANARY}@127.0.0.1", "retries": "many"},
    {"password": CANARY, "access_token": CANARY, "connection_pool_maxsize": "many"},
    {"password": CANARY, "access_token": CANARY, "max_answer_bytes": "many"},
    {"password": CANARY, "access_token": CANARY, "timeout": "long"},
    {"password": CANARY, "access_token": CANARY, "host": "http://127.0.0.1:1"},
    {"password": CANARY, "access_token": CANARY, "username": None},
]
GENERATED: list[Callable[[Any], Any]] = [
    lambda api: api.oauth_token("authorization_code", code=CANARY.encode()),
    lambda api: api.oauth_token("authorization_code", code=CANARY, redirect_uri=5),
    lambda api: api.oauth_token("authorization_code", code=CANARY, scope="\ud800"),
    lambda api: api.oauth_token("authorization_code", code=f"{CANARY}\n{CANARY}"),
    lambda api: api.oauth_token("refresh_token", refresh_token=[CANARY]),
    lambda api: api.oauth_token("refresh_token", refresh_token=CANARY, continuous_refresh="yes"),
    lambda api: api.oauth_token("refresh_token", refresh_token=CANARY, _request_timeout="soon"),
    lambda api: api.oauth_token("refresh_token", refresh_token=CANARY, _headers={"X-Own": 5}),
    lambda api: api.oauth_token("refresh_token", refresh_token=CANARY, code_verifier=CANARY),
    lambda api: api.oauth_token("refresh_token", refresh_token=CANARY, _host_index=7),
    lambda api: api.oauth_token("refresh_token", refresh_token=CANARY, _content_type="text/plain"),
    lambda api: api.oauth_token("unknown", refresh_token=CANARY),
    lambda api: api.oauth_token(["refresh_token"], refresh_token=CANARY),
    lambda api: api.oauth_token("refresh_token", _headers={"X-Own": CANARY.encode()}),
    lambda api: api.oauth_token("refresh_token", _headers={"X-Own": f"{CANARY}\n"}),
    lambda api: api.oauth_token("refresh_token", _headers={"X-Own": CANARY, "X-Bad": "\n"}),
    lambda api: api.oauth_token(
        "refresh_token", refresh_token=CANARY, _check_input_type=False, code="\ud800"
    ),
    lambda api: api.revoke_token(CANARY.encode()),
    lambda api: api.revoke_token(f"{CANARY}\n{CANARY}"),
    lambda api: api.revoke_token(CANARY, "unknown"),
    lambda api: api.revoke_token(CANARY, token=CANARY),
    lambda api: api.revoke_token(CANARY, _request_timeout="soon"),
    lambda api: api.conversion_token(token=CANARY),
    lambda api: api.conversion_token(_headers={"X-Own": CANARY, "X-Bad": "\n"}),
]
OWN: list[Callable[[Any], Any]] = [
    lambda api: api.oauth_token("authorization_code", code=CANARY, redirect_uri=5),
    lambda api: api.oauth_token("refresh_token", refresh_token=CANARY, timeout="soon"),
    lambda api: api.oauth_token("refresh_token", refresh_token=CANARY, headers={"X-Own": 5}),
    lambda api: api.oauth_token("refresh_token", headers={"X-Own": f"{CANARY}\n"}),
    lambda api: api.oauth_token("refresh_token", headers={"X-Own": CANARY, "X-Bad": 5}),
    lambda api: api.revoke_token(CANARY.encode()),
    lambda api: api.revoke_token(CANARY, timeout="soon"),
    lambda api: api.revoke_token(CANARY, headers={"X-Own": 5}),
    lambda api: api.conversion_token(headers={"X-Own": CANARY, "X-Bad": 5}),
]
ENDPOINTS: list[Callable[[ApiClient], Any]] = [
    lambda client: client.call_api("/x", "GET", header_params={"X-Own": CANARY, "X-Bad": "\n"}),
    lambda client: client.call_api("/x", "GET", header_params={"Authorization": f"Bearer {CANARY}\n"}),
    lambda client: client.call_api("/x", "GET", query_params=[("token", CANARY), ("x", "\ud800")]),
    lambda client: client.call_api("/x/{token}", "GET", path_params={"token": f"{CANARY}\ud800"}),
    lambda client: client.call_api("/x", "POST", body={"token": CANARY, "x": {1}}),
    lambda client: client.call_api("/x", "POST", body={"token": CANARY, "x": float("nan")}),
    lambda client: client.call_api(
        "/x",
        "POST",
        header_params={"Content-Type": "application/x-www-form-urlencoded"},
        post_params=[("token", CANARY), ("x", "\ud800")],
    ),
    lambda client: client.call_api(
        "/x",
        "POST",
        header_params={"Content-Type": "multipart/form-data"},
        post_params=[("token", CANARY), ("x", 5.5)],
        auth_settings=["unknown"],
    ),
    lambda client: client.call_api("/x", "POST", body=CANARY, _request_timeout="soon"),
    lambda client: client.request("POST", "http://127.0.0.1:1/x", headers={"X-Own": CANARY}, body=CANARY),
    lambda client: client.rest_client.POST("http://127.0.0.1:1/x", headers={"X-Own": CANARY}, body=CANARY),
    lambda client: client.rest_client.request("NONE", "/x", headers={"X-Own": CANARY}, body=CANARY),
]
MODELS: list[Callable[[], Any]] = [
    lambda: models.OauthAccessTokenResponse(access_token=CANARY, token_type=5),
    lambda: models.OauthAccessTokenResponse(CANARY, 5, 6, 7),
    lambda: models.ConversionAccessTokenResponse(access_token=5, token_type=CANARY),
    lambda: models.Error(1, CANARY, CANARY),
    lambda: models.Error(1, "m").__setitem__("message", [CANARY]),
    lambda: setattr(models.Error(1, "m"), "message", [CANARY]),
]
KEPT: list[Callable[[Any], Any]] = [
    lambda manager: manager.adopt({"access_token": CANARY, "expires_in": "soon"}),
    lambda manager: manager.adopt({"access_token": CANARY, "refresh_token": 5}),
    lambda manager: manager.adopt({"access_token": f"{CANARY}\ud800"}),
    lambda manager: manager.adopt({"refresh_token": CANARY}),
    lambda manager: manager.adopt(CANARY),
    # Which is not kept.
    lambda manager: manager.adopt({"access_token": CANARY, "refresh_token": CANARY, "expires_in": 60}),
    lambda manager: manager.forget() if manager.invalidate(CANARY.encode()) else None,
]
CALLBACKS = (f"?code={CANARY}&state=x", f"?code={CANARY}", f"?code={CANARY}\ud800", f"?code={CANARY}&code=2")


def made(sandbox: Sandbox, kind: type[ApiClient]) -> ApiClient:
    configuration = Configuration(
        host=sandbox.host, username="1234567", password=CANARY, access_token=f"pina_{CANARY}"
    )
    client = kind(configuration, "X-Mine", CANARY, cookie=CANARY)
    configuration.api_key["k"] = CANARY
    return client


def completed(client: ApiClient, callback: Any, **own: Any) -> Iterator[Callable[[], Any]]:
    def start() -> pinterest_sdk.PendingAuthorization:
        return pinterest_sdk.AuthorizationRequest("http://localhost:8085/", ["a"]).start(client)

    yield lambda: start().complete(client, callback, **own)
    yield lambda: asyncio.run(sdk_aio.complete(client, start(), callback, **own))


def calls(sandbox: Sandbox, kind: type[ApiClient]) -> Iterator[tuple[str, Callable[[], Any]]]:
    for number, settings in enumerate(SETTINGS):
        client = made(sandbox, kind)
        for name, value in settings.items():
            setattr(client.configuration, name, value)
        yield f"settings {number}", lambda client=client: OauthApi(client).oauth_token("refresh_token")  # type: ignore[misc]
        later = aio.OauthApi(client)
        yield f"settings {number} aio", lambda later=later: asyncio.run(later.revoke_token(CANARY))  # type: ignore[misc]
        yield (
            f"settings {number} endpoint",
            lambda client=client: client.call_api("/x", "GET", auth_settings=["pinterest_oauth2"]),  # type: ignore[misc]
        )
    client = made(sandbox, kind)
    for number, call in enumerate(GENERATED):
        yield f"generated {number}", lambda call=call: call(OauthApi(client))  # type: ignore[misc]
        yield f"generated {number} aio", lambda call=call: asyncio.run(call(aio.OauthApi(client)))  # type: ignore[misc]
        yield (
            f"generated {number} pool",
            lambda call=call: call(InAPool(OauthApi(client))).get(5),  # type: ignore[misc]
        )
    for number, call in enumerate(OWN):
        yield f"own {number}", lambda call=call: call(pinterest_sdk.OauthApi(client))  # type: ignore[misc]
        yield f"own {number} aio", lambda call=call: asyncio.run(call(sdk_aio.OauthApi(client)))  # type: ignore[misc]
    for number, ask in enumerate(ENDPOINTS):
        yield f"endpoint {number}", lambda ask=ask: ask(client)  # type: ignore[misc]
    for number, make in enumerate(MODELS):
        yield f"model {number}", make
    yield from completions(client)
    yield from managers(made(sandbox, ApiClient))


def completions(client: ApiClient) -> Iterator[tuple[str, Callable[[], Any]]]:
    for callback in CALLBACKS:
        for number, complete in enumerate(completed(client, callback)):
            yield f"callback {callback!r} {number}", complete
    own: list[dict[str, Any]] = [{"timeout": "soon"}, {"headers": {"X-Own": CANARY, "X-Bad": 5}}]
    for options in own:
        for number, complete in enumerate(completed(client, f"?code={CANARY}&state=x", **options)):
            yield f"callback {[*options]} {number}", complete


class Refusing:
    """A store of one's own that takes nothing, or a connection to Redis."""

    def load(self, _key: str) -> None:
        return None

    def compare_and_swap(self, *_: Any) -> bool:
        raise ConnectionError

    def lock(self, *_: Any) -> Any:
        return nullcontext()

    evalsha = eval = compare_and_swap


class RefusingLater(Refusing):
    """The same, awaited."""

    async def compare_and_swap(self, *_: Any) -> bool:
        raise ConnectionError

    evalsha = eval = compare_and_swap  # type: ignore[assignment]

    @asynccontextmanager
    async def lock(self, *_: Any) -> AsyncIterator[None]:
        yield


def managers(client: ApiClient) -> Iterator[tuple[str, Callable[[], Any]]]:
    for kind in (Refusing, RefusingLater):
        for store in (kind(), pinterest_sdk.RedisStore(kind())):
            manager = pinterest_sdk.TokenManager(client, store, "a")
            later = sdk_aio.TokenManager(client, store, "a")
            for number, call in enumerate(KEPT):
                yield f"{store} {number}", lambda call=call, manager=manager: call(manager)  # type: ignore[misc]
                yield f"{store} {number} aio", lambda call=call, later=later: asyncio.run(call(later))  # type: ignore[misc]
    keys: list[Any] = [CANARY, CANARY.encode(), [CANARY, 5]]
    for key in keys:
        yield f"key {key!r}", lambda key=key: pinterest_sdk.FileStore(key=key)  # type: ignore[misc]


class InAPool:
    """The same calls by one of the client's threads."""

    def __init__(self, api: OauthApi) -> None:
        self._api = api

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._api, name)
        return lambda *arguments, **named: method(*arguments, **named, async_req=True)


def shown_by(error: BaseException | None) -> Iterator[str]:
    """Give what our frames show of their variables, of an error and of those that it came from."""
    while error is not None:
        yield from frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def frames(trace: TracebackType | None) -> Iterator[str]:
    for frame, line in traceback.walk_tb(trace):
        if frame.f_code.co_filename.startswith(FOLDERS):
            for name, value in frame.f_locals.items():
                for part in parts(value, 0):
                    if any(form in part for form in FORMS):
                        yield f"{frame.f_code.co_filename}:{line} {frame.f_code.co_name} {name} {part[:200]}"


def parts(value: object, depth: int) -> Iterator[str]:
    """Give texts of a variable: its own, and those of what rich and Sentry look into."""
    try:
        yield repr(value)
    except UnicodeError:
        yield ascii(value)
    if isinstance(value, str):
        yield str.__str__(value)
    if depth < 4 and type(value) in (dict, list, tuple, set, frozenset):
        for item in gc.get_referents(value):
            yield from parts(item, depth + 1)


@pytest.mark.parametrize("kind", [ApiClient, Passing])
def test_no_variable_of_ours_shows_a_secret(sandbox: Sandbox, kind: type[ApiClient]) -> None:
    sandbox.stand({"status": 401, "json": {"code": 2, "message": "no"}})
    failed, found = 0, []
    for name, call in calls(sandbox, kind):
        try:
            call()
            print("well:", name)
        except Exception as error:  # noqa: BLE001 - any of them is printed.
            failed += 1
            found += [f"{name}: {text}" for text in shown_by(error)]
    assert found == [], "\n".join(found)
    assert failed > 160


@pytest.mark.parametrize("kind", [pinterest_sdk.Configuration, Configuration])
def test_no_variable_shows_what_the_environment_holds(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINTEREST_APP_SECRET", CANARY)
    with pytest.raises(TypeError) as raised:
        kind.from_env(usrname="x")
    assert [*shown_by(raised.value)] == []


class Replies:
    """What the core has for a reply, to which an own store's outcome goes."""

    def __init__(self) -> None:
        self.given: list[Any] = []

    def give(self, value: Any) -> bool:
        self.given.append(value)
        return True

    fail = give

    def next(self) -> Any:
        until(lambda: bool(self.given))
        return self.given.pop()


@pytest.mark.parametrize("kind", [Refusing, RefusingLater])
def test_an_error_of_ones_own_store_shows_no_token_where_nobody_calls(kind: type[Refusing]) -> None:
    # As of an early renewal, of which a listener hears.
    replies: Any = Replies()
    _own_store.Keeper(kind(), _loops.Loops()).lock("key", 1, replies)
    session = replies.next()
    session.compare_and_swap(None, CANARY, replies)
    refused = [replies.next()]
    session.unlock(None, None, replies)
    replies.next()
    _own_redis.Scripts(kind(), _loops.Loops()).eval("text", "name", [], [CANARY], replies)
    refused.append(replies.next())
    assert [*map(type, refused)] == [ConnectionError, RuntimeError]
    assert [text for error in refused for text in shown_by(error)] == []
