"""A store of one's own, async, whose event loop ends while something is under way."""

from __future__ import annotations

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import log_in, next_second, renewals, until
from pinterest_sdk import aio
from test_own_store import Later

if TYPE_CHECKING:
    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox


def test_a_loop_that_ends_during_a_renewal(client: ApiClient, sandbox: Sandbox) -> None:
    sandbox.control("PATCH", "/_sandbox/switches", {"rotation": "invalidate_on_use"})
    store = Later()
    manager = aio.TokenManager(client, store, "shop-1")
    old = log_in(sandbox, client, manager)
    sandbox.respond({"pass": True, "delay_ms": 400})

    async def leave() -> None:
        task = asyncio.create_task(manager.refresh())
        await asyncio.sleep(0.2)
        assert not task.done()

    asyncio.run(leave())
    # The answer came when the lock's loop was over; another keeps it.
    until(lambda: old not in "".join(store.texts.values()))
    assert asyncio.run(manager.close())
    next_second(sandbox)
    assert asyncio.run(aio.TokenManager(client, store, "shop-1").refresh())
    assert renewals(sandbox) == 2
    assert store.free.acquire(timeout=5)


class Held:
    """A lock that is no generator, which asyncio would end by itself."""

    def __init__(self, store: Slow) -> None:
        self.store = store

    async def __aenter__(self) -> None:
        while not self.store.free.acquire(blocking=False):  # noqa: ASYNC110 - of threads.
            await asyncio.sleep(0.01)

    async def __aexit__(self, *_: object) -> None:
        self.store.free.release()


class Slow(Later):
    seconds = 0.0

    async def compare_and_swap(self, key: str, expected: str | None, new: str | None) -> Any:
        await asyncio.sleep(self.seconds)
        return self.write(key, expected, new)

    def lock(self, _key: str, _seconds: float) -> Any:  # type: ignore[override]
        return Held(self)


@pytest.mark.timeout(60)
def test_a_lock_in_a_loop_that_was_closed_is_given_back(client: ApiClient, sandbox: Sandbox) -> None:
    store = Slow()
    manager = aio.TokenManager(client, store, "shop-1")
    old = log_in(sandbox, client, manager)
    sandbox.respond({"pass": True, "delay_ms": 400})
    loop = asyncio.new_event_loop()

    async def leave() -> None:
        asked = asyncio.ensure_future(manager.refresh())
        while not any(json.loads(text).get("asked") for text in store.texts.values()):  # noqa: ASYNC110 - as above.
            await asyncio.sleep(0.01)
        store.seconds = 30
        # Until the answer came and the store is asked to keep it.
        await asyncio.sleep(0.6)
        asked.cancel()

    with ThreadPoolExecutor(1) as pool:  # Whose loop nobody tidies up.
        pool.submit(loop.run_until_complete, leave()).result()
    loop.close()
    store.seconds = 0
    began = time.monotonic()
    status = asyncio.run(manager.status())
    assert status.unsaved
    assert asyncio.run(manager.close())
    assert time.monotonic() - began < 20, "it waited for a loop that was gone"
    assert old not in "".join(store.texts.values())
    assert store.free.acquire(timeout=5)
