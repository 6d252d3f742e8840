"""A clock that a test moves: tokens age by it, and so do authorizations."""

from __future__ import annotations

import copy
import pickle
import time
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import (
    FACES,
    LIFE,
    Manager,
    first_answer,
    log_in,
    make_store,
    next_second,
    renewals,
    result,
    until,
)
from pinterest_sdk import (
    ApiClient,
    ApiException,
    AuthorizationRequest,
    Configuration,
    FileStore,
    ManualClock,
    TokenManager,
)
from pinterest_sdk.errors import InvalidInputException, InvalidTypeException
from test_processes import in_child

if TYPE_CHECKING:
    from pathlib import Path

    from openapi_generated.pinterest_client import ApiClient as DropInClient
    from sandbox import Sandbox

DAY = 86400
LAST = 253402300799.999


def clocked(client: DropInClient, clock: ManualClock) -> ApiClient:
    old = client.configuration
    return ApiClient(Configuration(host=old.host, username=old.username, password=old.password, clock=clock))


@pytest.mark.parametrize("kind", ["memory", "files"])
@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_a_token_ages_by_it_and_is_renewed_once_each_time(
    face: type[Manager], kind: str, client: DropInClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    clock = ManualClock()
    manager = face(clocked(client, clock), make_store(kind, tmp_path), "shop-1")
    first = log_in(sandbox, client, manager)
    clock.advance(LIFE - 2 * DAY)
    assert result(manager.access_token()) == first
    assert result(manager.status()).state == "Fresh"
    # Within its last day the old one is given out, and renewed behind that.
    clock.advance(1.85 * DAY)
    assert result(manager.status()).state == "Stale"
    assert result(manager.access_token()) == first
    until(lambda: result(manager.access_token()) != first)
    second = result(manager.access_token())
    assert renewals(sandbox) == 1
    next_second(sandbox)
    clock.advance(30.1 * DAY)
    assert result(manager.status()).state == "Expired"
    third = result(manager.access_token())
    assert third not in (first, second)
    for _ in range(3):
        assert result(manager.access_token()) == third
    assert renewals(sandbox) == 2
    assert result(manager.status()).access_life.expires_at == int(clock.now()) + LIFE
    clock.advance(61 * DAY)
    with pytest.raises(ApiException, match="expired by this machine's clock") as caught:
        result(manager.access_token())
    assert caught.value.kind == "ReauthorizationRequired"
    assert renewals(sandbox) == 2


def test_one_that_is_set_back_gives_the_token_that_there_is(
    client: DropInClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    clock = ManualClock()
    manager = TokenManager(clocked(client, clock), FileStore(tmp_path), "shop-1")
    token = log_in(sandbox, client, manager)
    for moment in (clock.now() - DAY, clock.now() - 40 * 365 * DAY, 0):
        clock.set(moment)
        assert manager.access_token() == token
    assert renewals(sandbox) == 0
    # As a failed renewal of a time that never came leaves it.
    clock.set(time.time() + 29.9 * DAY)
    sandbox.stand({"status": 500, "json": {"code": 12, "message": "no"}})
    assert manager.access_token() == token
    until(lambda: manager.status().failure is not None)
    sandbox.stand(None)
    clock.set(time.time() + 31 * DAY)
    assert manager.access_token() != token


def test_all_that_has_an_end_goes_by_it(client: DropInClient, sandbox: Sandbox) -> None:
    clock = ManualClock(2_000_000_000.5)
    client.configuration.clock = clock
    assert first_answer(sandbox, client).expires_at == 2_000_000_000 + LIFE
    request = AuthorizationRequest("http://localhost:8085/", ["ads:read"])
    pending = request.start(client)
    clock.advance(601)
    state = pending.url.partition("state=")[2].partition("&")[0]
    with pytest.raises(ApiException) as caught:
        pending.complete(client, f"http://localhost:8085/?code=x&state={state}")
    assert caught.value.reason == "Late"
    client.configuration.clock = None
    assert abs(first_answer(sandbox, client).expires_at - LIFE - time.time()) < 60


def test_clients_share_one_and_a_manager_keeps_the_one_that_it_was_made_with(
    client: DropInClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    clock = ManualClock()
    store = FileStore(tmp_path)
    client.configuration.clock = clock
    managers = [TokenManager(client, store, "shop-1"), TokenManager(clocked(client, clock), store, "shop-1")]
    log_in(sandbox, client, managers[0])
    client.configuration.clock = None
    clock.advance(31 * DAY)
    assert len({manager.access_token() for manager in (*managers, *managers)}) == 1
    assert renewals(sandbox) == 1


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_a_forked_child_has_its_own() -> None:
    clock = ManualClock(100)

    def work() -> None:
        assert clock.now() == 100
        clock.advance(1)
        assert clock.now() == 101

    in_child(work)
    assert clock.now() == 100


def test_what_it_takes_and_gives() -> None:
    assert abs(ManualClock().now() - time.time()) < 60
    clock = ManualClock(1.0015)
    assert clock.now() == 1.001
    assert repr(clock) == "ManualClock(1.001)"
    for end in (LAST + 1, 1e30, float("inf"), 10**400):
        clock.set(end)
        assert clock.now() == LAST
        clock.set(0)
        clock.advance(end)
        assert clock.now() == LAST
    negative: list[Any] = [-1, float("nan")]
    for wrong in negative:
        for call in (ManualClock, clock.set, clock.advance):
            with pytest.raises(InvalidInputException, match="must not be negative"):
                call(wrong)
    mistaken: list[Any] = ["1", True, None]
    for mistake in mistaken:
        with pytest.raises(InvalidTypeException):
            clock.set(mistake)
    assert clock.now() == LAST


def test_a_configuration_keeps_it_and_takes_nothing_else() -> None:
    clock = ManualClock()
    configuration = Configuration(clock=clock)
    assert copy.copy(clock) is copy.deepcopy(configuration).clock is clock
    assert pickle.loads(pickle.dumps(configuration)).clock is None
    with pytest.raises(TypeError, match="a ManualClock cannot be pickled"):
        pickle.dumps(clock)
    wrong: Any = time.time
    with pytest.raises(InvalidTypeException, match="clock"):
        TokenManager(ApiClient(Configuration(username="1", password="s", clock=wrong)), FileStore("x"), "a")
