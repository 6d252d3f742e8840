"""A store or a Redis that never answers: it takes so many threads, and no more."""

from __future__ import annotations

import _thread
import asyncio
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import log_in
from pinterest_sdk import ApiException, RedisStore, _places, aio
from test_own_store import Plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

ACCOUNTS = 100


class Connection:
    """Of Redis, as redis-py has it; its sockets have no time limit."""

    def __init__(self, wait: Callable[[], Any]) -> None:
        self.wait = wait

    def evalsha(self, *_: object) -> Any:
        return self.wait()

    eval = evalsha


def _stores(wait: Callable[[], Any]) -> dict[str, tuple[Any, str]]:
    plain = Plain()
    plain.instead["load"] = wait
    return {
        "store": (plain, "the store hangs: 4 calls have not returned for 0 s, and no more are made"),
        "redis": (RedisStore(Connection(wait)), "no more are made: give the connection a `socket_timeout`"),
    }


@pytest.mark.parametrize("kind", ["store", "redis"])
def test_what_hangs_takes_no_more_threads(
    kind: str, client: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_places, "_PLACES", 4)
    monkeypatch.setattr(_places, "_HANGS", 0)
    go_on = threading.Event()
    store, words = _stores(lambda: go_on.wait(30) and None)[kind]
    managers = [aio.TokenManager(client, store, "shop-1", wait=2) for _ in range(2)]

    async def ask() -> list[Any]:
        asked = [
            asyncio.ensure_future(managers[n % 2].account(f"shop-{n}").status()) for n in range(ACCOUNTS)
        ]
        await asyncio.wait(asked, timeout=1)
        threads = _thread._count()
        refused = [task.exception() for task in asked if task.done()]
        go_on.set()
        await asyncio.wait(asked, timeout=5)
        assert all(task.done() for task in asked)
        return [threads, *refused]

    before = _thread._count()
    started = time.monotonic()
    threads, *refused = asyncio.run(ask())
    assert time.monotonic() - started < 10
    assert threads - before <= 4 + 4
    assert len(refused) == ACCOUNTS - 4
    for error in refused:
        assert isinstance(error, ApiException)
        assert error.kind == "Store"
        assert words in str(error)
    assert asyncio.run(managers[0].status()).state == "ReauthorizationRequired"


class Unlocked(Plain):
    @contextmanager
    def lock(self, _key: str, _seconds: float) -> Iterator[None]:
        yield


def test_renewals_that_take_long_keep_nobody_from_the_store(
    client: ApiClient, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_places, "_PLACES", 4)
    monkeypatch.setattr(_places, "_HANGS", 0.5)
    manager = aio.TokenManager(client, Unlocked(), "shop-1")
    log_in(sandbox, client, manager)
    slow = [manager.account(f"slow-{number}") for number in range(6)]
    for one in slow:
        log_in(sandbox, client, one)
    sandbox.respond(*[{"pass": True, "delay_ms": 3000}] * len(slow))

    async def ask() -> list[Any]:
        asked = [asyncio.ensure_future(one.refresh()) for one in slow]
        await asyncio.sleep(1)
        assert (await asyncio.wait_for(manager.status(), 1)).state == "Fresh"
        return await asyncio.gather(*asked)

    assert len(asyncio.run(ask())) == len(slow)


def test_what_is_slow_answers_everybody(client: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_places, "_PLACES", 4)
    store = Plain()
    most = [0, 0]

    def slow() -> None:
        most[0] += 1
        most[1] = max(most)
        time.sleep(0.01)
        most[0] -= 1

    store.instead["load"] = slow
    manager = aio.TokenManager(client, store, "shop-1")

    async def ask() -> list[Any]:
        return await asyncio.gather(*(manager.account(f"shop-{n}").status() for n in range(ACCOUNTS)))

    assert len(asyncio.run(ask())) == ACCOUNTS
    assert most[1] == 4
