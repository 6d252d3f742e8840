"""The end of the interpreter during a renewal, with a store of one's own, on each Python of this machine."""

from __future__ import annotations

import json
import os
import textwrap
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from kept_tokens import CLIENT, log_in, renewals
from pinterest_sdk import FileStore, TokenManager
from pythons import pythons, run
from test_own_store import Plain

if TYPE_CHECKING:
    from pathlib import Path

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

RUNS = int(os.environ.get("PINTEREST_EXIT_RUNS", "12"))
"""How often each program ends."""

START = (
    """
    import asyncio, json, os, threading, time
    from contextlib import asynccontextmanager, contextmanager
    from pinterest_sdk import ApiClient, Configuration, FileStore, MemoryStore, TokenManager, aio
"""
    + CLIENT
    + """
    class Plain:
        def __init__(self):
            self.texts = {{}}

        def load(self, key):
            return self.texts.get(key)

        def compare_and_swap(self, key, expected, new):
            self.texts[key] = new
            with open({kept!r}, "w") as file:
                file.write(new)
            return True

        @contextmanager
        def lock(self, key, seconds):
            yield

        def is_asking(self):
            return any(json.loads(text).get("asked") for text in self.texts.values())

    class Later(Plain):
        async def load(self, key):
            return super().load(key)

        async def compare_and_swap(self, key, expected, new):
            await asyncio.sleep(0)
            return super().compare_and_swap(key, expected, new)

        @asynccontextmanager
        async def lock(self, key, seconds):
            yield
"""
)
ENDS = {
    "plain": """
        store = Plain()
        manager = TokenManager(client, store, "shop-1", on_event=str)
        manager.adopt(answer)
        threading.Thread(target=manager.refresh, daemon=True).start()
        while not store.is_asking():
            time.sleep(0.01)
    """,
    "async": """
        store = Later()
        manager = aio.TokenManager(client, store, "shop-1", on_event=str)

        async def leave():
            await manager.adopt(answer)
            task = asyncio.create_task(manager.refresh())
            while not store.is_asking():
                await asyncio.sleep(0.01)

        asyncio.run(leave())
    """,
}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("python", pythons())
def test_a_program_that_ends_during_a_renewal_keeps_it(
    python: str, end: str, client: ApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    first = TokenManager(client, Plain(), "shop-1")
    token = log_in(sandbox, client, first)
    answer = {"access_token": token, "refresh_token": "pinr_1", "expires_in": 100}
    fresh = {"access_token": "pina_new", "refresh_token": "pinr_2", "expires_in": 2592000}
    sandbox.stand({"json": fresh, "delay_ms": 200})

    def once(number: int) -> tuple[int, str, str]:
        kept = str(tmp_path / f"kept-{number}")
        start = START.format(host=sandbox.host, answer=json.dumps(answer), kept=kept)
        return run(python, textwrap.dedent(start) + textwrap.dedent(end))

    with ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(once, range(RUNS)))
    assert [end for end in ends if end != (0, "", "")] == []
    kept = [json.loads(path.read_text()) for path in tmp_path.glob("kept-*")]
    assert [each["access_token"] for each in kept] == ["pina_new"] * RUNS
    assert renewals(sandbox) == RUNS


@pytest.mark.timeout(300)
@pytest.mark.parametrize("python", pythons())
def test_many_threads_ask_as_the_interpreter_ends(
    python: str, client: ApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    files = FileStore(tmp_path / "tokens")
    log_in(sandbox, client, TokenManager(client, files, "shop-1"))
    program = f"""
        import sys, threading
        from pinterest_sdk import ApiClient, ApiException, Configuration, FileStore, TokenManager

        sys.setswitchinterval(1e-6)
        configuration = Configuration(host={sandbox.host!r}, username="1234567")
        configuration.password = "0123456789abcdef0123456789abcdef01234567"
        manager = TokenManager(ApiClient(configuration), FileStore({files.folder!r}), "shop-1")

        def ask_on():
            try:
                while True:
                    manager.status()
                    manager.access_token()
            except ApiException as error:
                assert "the interpreter ends" in error.message, error

        for _ in range(6):
            threading.Thread(target=ask_on, daemon=True).start()
        print(manager.access_token()[:5])
    """
    with ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(lambda _: run(python, textwrap.dedent(program)), range(RUNS)))
    assert [end for end in ends if end != (0, "pina_\n", "")] == []
