"""A store of one's own that blocks for a minute, of which nobody waits so long."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import FACES, log_in, result
from pinterest_sdk import ApiException, TokenManager
from test_own_store import Later, Plain

if TYPE_CHECKING:
    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox


class Asleep(Later):
    async def load(self, key: str) -> Any:
        if "load" in self.instead:
            await asyncio.sleep(60)
        return self.texts.get(key)


@pytest.mark.timeout(120)
def test_a_store_that_blocks_for_a_minute(client: ApiClient, sandbox: Sandbox) -> None:
    go_on = threading.Event()
    started = time.monotonic()

    def ask(store: Any) -> str:
        manager = TokenManager(client, store, "shop-1")
        log_in(sandbox, client, manager)
        store.instead["load"] = lambda: go_on.wait(60) and None
        with pytest.raises(ApiException) as caught:
            manager.status()
        assert (caught.value.kind, caught.value.outcome) == ("Store", "NotSent")
        assert "the store did not answer within 30 s" in str(caught.value)
        # What is in memory is given out meanwhile.
        assert manager.access_token()
        store.instead.clear()
        return manager.refresh()

    with ThreadPoolExecutor(2) as pool:
        tokens = list(pool.map(ask, [Plain(), Asleep()]))
    assert all(tokens)
    assert 29 < time.monotonic() - started < 45
    go_on.set()


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_close_waits_ten_seconds_unless_told(face: type[Any], client: ApiClient, sandbox: Sandbox) -> None:
    store = Plain()
    manager = face(client, store, "shop-1")
    log_in(sandbox, client, manager)
    store.instead["compare_and_swap"] = lambda: 1 // 0
    with pytest.raises(ApiException, match="ZeroDivisionError"):
        result(manager.adopt({"access_token": "pina_1"}))
    started = time.monotonic()
    assert not result(manager.close())
    assert 9.9 < time.monotonic() - started < 11
    store.instead.clear()
    assert result(manager.close(5))
