"""A store of one's own, async, whose event loop ends while something is under way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

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
