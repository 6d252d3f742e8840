"""Programs that end at once, during a renewal, whose store needs what ends with them: a loop, threads."""

from __future__ import annotations

import json
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

from kept_tokens import CLIENT, first_answer, next_second, renewals
from pythons import run

if TYPE_CHECKING:
    from pathlib import Path

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

START = (
    """
    import asyncio, contextlib, json, threading, time
    from concurrent.futures import ThreadPoolExecutor
    from pinterest_sdk import ApiClient, Configuration, TokenManager, aio
"""
    + CLIENT
    + """
    class Lock:
        def __init__(self, free):
            self.free = free

        async def __aenter__(self):
            while not self.free.acquire(blocking=False):
                await asyncio.sleep(0.01)

        async def __aexit__(self, *_):
            self.free.release()

    class Store:
        def __init__(self):
            self.free = threading.Lock()
            self.slow = 0
            self.texts = {{}}

        def write(self, key, expected, new):
            if self.texts.get(key) != expected:
                return False
            self.texts[key] = new
            with open({kept!r}, "w") as file:
                file.write(new)
            return True

        def is_asking(self):
            return any(json.loads(text).get("asked") for text in self.texts.values())

        async def on_a_thread(self, work, *given):
            await asyncio.sleep(self.slow)
            return work(*given)

        async def load(self, key):
            return await self.on_a_thread(self.texts.get, key)

        async def compare_and_swap(self, key, expected, new):
            return await self.on_a_thread(self.write, key, expected, new)

        def lock(self, key, seconds):
            return Lock(self.free)

    class Default(Store):
        on_a_thread = staticmethod(asyncio.to_thread)

    class Own(Store):
        def __init__(self):
            super().__init__()
            self.pool = ThreadPoolExecutor(1)

        async def on_a_thread(self, work, *given):
            return await asyncio.get_running_loop().run_in_executor(self.pool, work, *given)

    class Mixed(Store):
        @contextlib.contextmanager
        def lock(self, key, seconds):
            assert self.free.acquire(timeout=seconds)
            try:
                yield
            finally:
                self.free.release()

    async def begin(store):
        manager = aio.TokenManager(client, store, "shop-1")
        await manager.adopt(answer)
        asyncio.create_task(manager.refresh()).add_done_callback(lambda _: None)
        while not store.is_asking():
            await asyncio.sleep(0.01)

    async def clean_up(seconds):
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(seconds)

    async def begin_beside_others(store, slow):
        asyncio.create_task(clean_up(1)).add_done_callback(lambda _: None)
        await begin(store)
        store.slow = slow
"""
)
ENDS = {
    "threads of asyncio's": "asyncio.run(begin(Default()))",
    "threads of its own": "asyncio.run(begin(Own()))",
    "threads, without a loop": """
        store = Default()
        manager = TokenManager(client, store, "shop-1")
        manager.adopt(answer)
        threading.Thread(target=manager.refresh, daemon=True).start()
        while not store.is_asking():
            time.sleep(0.01)
    """,
    "a loop whose other tasks take their time": "asyncio.run(begin_beside_others(Store(), 0))",
    "a loop that ends while it asks the store": "asyncio.run(begin_beside_others(Store(), 0.4))",
    "a loop that ends while a plain lock is held": "asyncio.run(begin_beside_others(Mixed(), 0.4))",
    "a loop at rest": "asyncio.new_event_loop().run_until_complete(begin(Store()))",
    "a loop at rest while it asks the store": """
        loop = asyncio.new_event_loop()
        store = Store()
        loop.run_until_complete(begin(store))
        store.slow = 0.4
        loop.run_until_complete(asyncio.sleep(0.5))
    """,
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_what_a_program_that_ends_at_once_got_is_kept(
    end: str, client: ApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    answer = first_answer(sandbox, client).to_dict()
    next_second(sandbox)
    sandbox.respond({"pass": True, "delay_ms": 400})
    kept = tmp_path / "kept"
    start = START.format(host=sandbox.host, answer=json.dumps(answer), kept=str(kept))
    assert run(sys.executable, textwrap.dedent(start) + textwrap.dedent(end)) == (0, "", "")
    record = json.loads(kept.read_text())
    assert (record["sequence"], record.get("asked")) == (2, None)
    assert record["access_token"] != answer["access_token"]
    assert renewals(sandbox) == 1
