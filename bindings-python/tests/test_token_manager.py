"""The token manager, for threads and for asyncio, with tokens in memory and in files."""

from __future__ import annotations

import asyncio
import copy
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

import pinterest_sdk
from kept_tokens import (
    FACES,
    LIFE,
    Manager,
    expire,
    first_answer,
    log_in,
    log_in_and_expire,
    log_in_long_ago,
    make_store,
    next_second,
    renewals,
    result,
    until,
)
from openapi_generated.pinterest_client import Configuration as GeneratedConfiguration
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from pinterest_sdk import ApiClient, ApiException, FileStore, MemoryStore, TokenEvent, TokenManager, aio

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openapi_generated.pinterest_client import ApiClient as GeneratedApiClient
    from sandbox import Sandbox

both_faces = pytest.mark.parametrize("face", FACES.values(), ids=FACES)
both_stores = pytest.mark.parametrize("kind", ["memory", "file"])


@both_faces
@both_stores
def test_a_token_comes_from_memory(
    face: type[Manager], kind: str, client: GeneratedApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    manager = face(client, make_store(kind, tmp_path), "shop-1")
    token = log_in(sandbox, client, manager)
    sent = len(sandbox.requests())
    assert token.startswith("pina_")
    assert result(manager.access_token()) == token
    assert result(manager.authorization_header()) == f"Bearer {token}"
    status = result(manager.status())
    assert (status.state, status.asked, status.unsaved, status.failure) == ("Fresh", False, False, None)
    assert status.access_life.expires_at == status.access_life.issued_at + LIFE
    assert status.refresh_life.expires_at > status.access_life.expires_at
    assert status.store == ("memory" if kind == "memory" else f"file {tmp_path}/tokens")
    assert result(manager.close())
    assert len(sandbox.requests()) == sent


@both_faces
@both_stores
def test_what_is_over_is_renewed_and_kept(
    face: type[Manager], kind: str, client: GeneratedApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    store = make_store(kind, tmp_path)
    manager = face(client, store, "shop-1")
    old = log_in_and_expire(sandbox, client, manager)
    new = result(manager.access_token())
    assert new != old
    # Another of the same store, and each face, takes what is there.
    for other in FACES.values():
        assert result(other(client, store, "shop-1").access_token()) == new
    assert renewals(sandbox) == 1
    assert result(manager.status()).state == "Fresh"


@both_faces
def test_a_thousand_at_expiry_renew_once(
    face: type[Manager], client: GeneratedApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.control("PATCH", "/_sandbox/switches", {"rotation": "invalidate_on_use"})
    manager = face(client, FileStore(tmp_path / "tokens"), "shop-1")
    log_in_and_expire(sandbox, client, manager)
    if isinstance(manager, TokenManager):
        with ThreadPoolExecutor(1000) as pool:
            barrier = threading.Barrier(1000)
            given = list(pool.map(lambda _: (barrier.wait(), manager.access_token())[1], range(1000)))
    else:

        async def all_of_them() -> list[str]:
            return list(await asyncio.gather(*(manager.access_token() for _ in range(1000))))

        given = asyncio.run(all_of_them())
    assert len(set(given)) == 1
    assert renewals(sandbox) == 1


@both_faces
def test_a_renewal_has_the_client_s_headers(
    face: type[Manager], client: GeneratedApiClient, sandbox: Sandbox
) -> None:
    client.default_headers["X-Mine"] = "1"
    client.default_headers["User-Agent"] = "mine/1"
    manager = face(client, MemoryStore(), "shop-1")
    log_in(sandbox, client, manager)
    result(manager.refresh())
    renewal = dict(sandbox.requests()[-1]["headers"])
    assert (renewal["x-mine"], renewal["user-agent"]) == ("1", "mine/1")


@both_faces
def test_a_refused_token_is_renewed_once(
    face: type[Manager], client: GeneratedApiClient, sandbox: Sandbox
) -> None:
    manager = face(client, MemoryStore(), "shop-1")
    old = log_in(sandbox, client, manager)
    manager.invalidate("pina_another")
    assert result(manager.access_token()) == old
    # By a handle of its own, as each request has one.
    manager.account("shop-1").invalidate(old)
    new = result(manager.access_token())
    manager.invalidate(old)
    assert result(manager.access_token()) == new != old
    assert renewals(sandbox) == 1
    next_second(sandbox)
    assert result(manager.refresh()) not in (old, new)
    assert renewals(sandbox) == 2


@both_faces
def test_what_can_be_adopted(face: type[Manager], client: GeneratedApiClient, sandbox: Sandbox) -> None:
    manager = face(client, MemoryStore(), "shop-1")
    answer = first_answer(sandbox, client)
    assert result(manager.adopt(answer)) == answer.access_token
    assert result(manager.adopt(answer.to_dict())) == answer.access_token
    assert result(manager.adopt(SimpleNamespace(access_token="pina_o", expires_in=60.0))) == "pina_o"  # type: ignore[arg-type]
    generated = OauthApi(client).oauth_token("client_credentials", scope="pins:read")
    assert result(manager.adopt(generated)) == generated.access_token
    # A row of a database: the end alone.
    result(manager.adopt({"access_token": "pina_r", "expires_at": 4_000_000_000}))
    assert result(manager.status()).access_life.expires_at == 4_000_000_000
    wrong: list[Any] = [None, "pina_1", {}, {"access_token": 5}, {"access_token": "a", "expires_in": "soon"}]
    for each in [*wrong, {"access_token": "a", "expires_in": True}]:
        with pytest.raises(pinterest_sdk.errors.InvalidTypeException):
            result(manager.adopt(each))
    assert result(manager.access_token()) == "pina_r"


@both_faces
def test_the_old_token_is_given_out_while_it_is_valid(
    face: type[Manager], client: GeneratedApiClient, sandbox: Sandbox
) -> None:
    heard: list[TokenEvent] = []
    manager = face(client, MemoryStore(), "shop-1", on_event=heard.append)
    # A life of a hundred seconds is always about to end.
    old = log_in_long_ago(sandbox, client, manager)
    sandbox.stand({"status": 500, "json": {"code": 12, "message": "no"}})
    assert result(manager.access_token()) == old
    until(lambda: len(heard) == 2)
    assert [event.kind for event in heard] == ["Refreshed", "RefreshFailed"]
    assert heard[1].account == "shop-1"
    assert isinstance(heard[1].error, pinterest_sdk.errors.ServiceException)
    status = result(manager.status())
    assert (status.state, status.failure.kind, status.failure.failures) == ("Stale", "Server", 1)
    sent = len(sandbox.requests())
    # It is not asked again at once, and by another manager neither.
    assert result(manager.access_token()) == old
    assert result(manager.close())
    assert len(sandbox.requests()) == sent


@both_faces
def test_a_person_has_to_authorize(face: type[Manager], client: GeneratedApiClient, sandbox: Sandbox) -> None:
    heard: list[TokenEvent] = []
    manager = face(client, MemoryStore(), "shop-1", on_event=heard.append)
    for ask in (manager.access_token, manager.refresh, manager.revoke):
        with pytest.raises(ApiException) as caught:
            result(ask())
        assert caught.value.kind == "ReauthorizationRequired"
        assert "`shop-1`" in str(caught.value)
    until(lambda: bool(heard))
    # It is said once.
    assert [event.kind for event in heard] == ["ReauthorizationNeeded"]
    assert result(manager.status()).state == "ReauthorizationRequired"
    log_in(sandbox, client, manager)
    sandbox.stand({"status": 401, "json": {"code": 283, "message": "no"}})
    with pytest.raises(ApiException) as caught:
        result(manager.refresh())
    assert (caught.value.kind, caught.value.outcome) == ("ReauthorizationRequired", "Refused")


@both_faces
def test_tokens_are_forgotten_and_revoked(
    face: type[Manager], client: GeneratedApiClient, sandbox: Sandbox
) -> None:
    manager = face(client, MemoryStore(), "shop-1")
    log_in(sandbox, client, manager)
    # Pinterest ends only system users' tokens.
    with pytest.raises(pinterest_sdk.errors.ForbiddenException):
        result(manager.revoke())
    assert result(manager.status()).state == "Fresh"
    sandbox.respond({"status": 200}, {"status": 200})
    assert result(manager.revoke()) is None
    assert result(manager.forget()) is False
    log_in(sandbox, client, manager)
    assert result(manager.forget()) is True
    assert result(manager.status()).state == "ReauthorizationRequired"


@both_faces
def test_the_apps_own_tokens(face: type[Manager], client: GeneratedApiClient, sandbox: Sandbox) -> None:
    manager = face(client, MemoryStore(), "app", client_credentials=["pins:read", "boards:read"])
    token = result(manager.access_token())
    next_second(sandbox)
    manager.invalidate(token)
    assert result(manager.access_token()) != token
    bodies = [request["body"] for request in sandbox.requests()]
    assert ["client_credentials" in body and "pins%3Aread" in body for body in bodies] == [True, True]


@both_faces
def test_accounts_share_nothing_but_the_manager(
    face: type[Manager], client: GeneratedApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    first = face(client, FileStore(tmp_path / "tokens"), "shop-1")
    second = first.account("shop-2")
    assert (first.name, second.name, type(second)) == ("shop-1", "shop-2", face)
    tokens = [log_in(sandbox, client, manager) for manager in (first, second)]
    assert [result(manager.access_token()) for manager in (first, second)] == tokens
    assert result(first.account("shop-2").access_token()) == tokens[1] != tokens[0]
    assert sorted(path.stem for path in (tmp_path / "tokens").glob("*.json")) == ["shop-1", "shop-2"]
    for name in ("", "a/b", "..", "x" * 65):
        with pytest.raises(pinterest_sdk.errors.InvalidInputException):
            first.account(name)


@both_faces
def test_a_caller_waits_for_as_long_as_it_said(
    face: type[Manager], client: GeneratedApiClient, sandbox: Sandbox
) -> None:
    store = MemoryStore()
    log_in_and_expire(sandbox, client, face(client, store, "shop-1"))
    manager = face(client, store, "shop-1", wait=0.1)
    sandbox.respond({"pass": True, "delay_ms": 500})
    with pytest.raises(ApiException) as caught:
        result(manager.access_token())
    assert (caught.value.kind, caught.value.phase, caught.value.outcome) == ("Network", "timeout", "Unknown")
    # The renewal went on.
    assert result(manager.close())
    assert result(manager.status()).state == "Fresh"
    assert renewals(sandbox) == 1


@both_faces
def test_what_cannot_be_used_is_refused_at_once(
    face: Callable[..., Manager], client: GeneratedApiClient, tmp_path: Path
) -> None:
    store = MemoryStore()
    without_app = ApiClient(pinterest_sdk.Configuration(host="https://api.pinterest.com/v5"))
    refused: list[tuple[Any, ...]] = [
        (without_app, store, "a"),
        (client, store, "a/b"),
        (client, store, "a", -1),
    ]
    for own_client, own_store, account, *wait in refused:
        with pytest.raises(pinterest_sdk.errors.InvalidInputException):
            face(own_client, own_store, account, **({"wait": wait[0]} if wait else {}))
    mistaken: list[tuple[Any, ...]] = [
        *((GeneratedConfiguration(), store, "a"), (client, None, "a"), (client, str(tmp_path), "a")),
        *((client, MemoryStore, "a"), (client, store, 5)),
    ]
    for arguments in mistaken:
        with pytest.raises(pinterest_sdk.errors.InvalidTypeException):
            face(*arguments)
    with pytest.raises(pinterest_sdk.errors.InvalidTypeException, match="`on_event` is a str"):
        face(client, store, "a", on_event="print")
    client.call_api = print  # type: ignore[method-assign,assignment]
    with pytest.raises(pinterest_sdk.errors.InvalidInputException, match="past what this client's requests"):
        face(client, store, "a")


@both_faces
def test_a_manager_stays_in_its_process(
    face: type[Manager], client: GeneratedApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    manager = face(client, MemoryStore(), "shop-1")
    token = log_in(sandbox, client, manager)
    with pytest.raises(TypeError, match=r"a TokenManager cannot be pickled: .* make one in each process"):
        pickle.dumps(manager)
    with pytest.raises(TypeError, match="a MemoryStore cannot be pickled"):
        pickle.dumps(MemoryStore())
    assert copy.copy(manager) is copy.deepcopy(manager) is manager
    files = FileStore(tmp_path)
    assert pickle.loads(pickle.dumps(files)).folder == files.folder == str(tmp_path)
    status = result(manager.status())
    assert pickle.loads(pickle.dumps(status)) == status
    assert {status: 1}[copy.copy(status)] == 1
    with pytest.raises(AttributeError):
        status.state = "Stale"
    shown = f"{manager!r} {status!r} {files!r} {vars(type(manager))}"
    assert token not in shown
    assert "account='shop-1', store=MemoryStore()" in shown


def test_the_command_lines_folder(
    client: GeneratedApiClient, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    store = FileStore()
    assert store.folder == f"{tmp_path}/pinterest-sdk"
    log_in(sandbox, client, TokenManager(client, store, "default"))
    assert (tmp_path / "pinterest-sdk/default.json").stat().st_mode & 0o777 == 0o600


def test_tokens_of_another_app_are_refused(
    client: GeneratedApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    store = FileStore(tmp_path / "tokens")
    log_in(sandbox, client, TokenManager(client, store, "shop-1"))
    other = copy.copy(client.configuration)
    other.username = "7654321"
    with pytest.raises(ApiException) as caught:
        TokenManager(ApiClient(other), store, "shop-1").access_token()
    assert caught.value.kind == "Store"


def test_a_task_that_is_cancelled_stops_waiting(
    client: GeneratedApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.control("PATCH", "/_sandbox/switches", {"rotation": "invalidate_on_use"})
    manager = aio.TokenManager(client, FileStore(tmp_path / "tokens"), "shop-1")
    old = log_in(sandbox, client, manager)
    expire(tmp_path, "shop-1")

    async def give_up() -> str:
        other = aio.TokenManager(client, FileStore(tmp_path / "tokens"), "shop-1")
        sandbox.respond({"pass": True, "delay_ms": 300})
        leader = asyncio.create_task(other.access_token())
        follower = asyncio.create_task(other.access_token())
        await asyncio.sleep(0.15)
        leader.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leader
        return await follower

    new = asyncio.run(give_up())
    assert new != old
    assert renewals(sandbox) == 1
    # All of them give up, and the loop ends at once.
    next_second(sandbox)
    manager = aio.TokenManager(client, FileStore(tmp_path / "tokens"), "shop-1")
    sandbox.respond({"pass": True, "delay_ms": 300})

    async def nobody_waits() -> None:
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(manager.refresh(), 0.1)

    asyncio.run(nobody_waits())
    assert asyncio.run(manager.close())
    assert asyncio.run(manager.access_token()) != new
    assert asyncio.run(manager.status()).asked is False


def test_what_is_given_is_kept_though_the_task_is_cancelled_at_once(
    client: GeneratedApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    manager = aio.TokenManager(client, FileStore(tmp_path / "tokens"), "shop-1")
    answer = first_answer(sandbox, client)

    async def give_up() -> None:
        for number in range(50):
            adopting = asyncio.create_task(manager.account(f"shop-{number}").adopt(answer))
            await asyncio.sleep(0)
            adopting.cancel()
        assert await manager.close()

    asyncio.run(give_up())
    assert len([*(tmp_path / "tokens").glob("*.json")]) == 50


def test_a_with_statement_waits_until_all_is_kept(
    client: GeneratedApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    with TokenManager(client, FileStore(tmp_path / "tokens"), "shop-1") as manager:
        old = log_in_long_ago(sandbox, client, manager)
        sandbox.respond({"pass": True, "delay_ms": 200})
        assert manager.access_token() == old
    assert manager.access_token() != old

    async def later() -> None:
        async with aio.TokenManager(client, FileStore(tmp_path / "tokens"), "shop-1") as tokens:
            assert await tokens.access_token() == manager.access_token()

    asyncio.run(later())
