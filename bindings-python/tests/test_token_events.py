"""Who hears of what happens to tokens, and where."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from typing import TYPE_CHECKING

import pytest

from kept_tokens import FACES, Manager, first_answer, log_in, result, until
from pinterest_sdk import MemoryStore, TokenEvent, TokenManager, aio

if TYPE_CHECKING:
    from collections.abc import Callable

    from openapi_generated.pinterest_client import ApiClient as GeneratedApiClient
    from sandbox import Sandbox


@pytest.mark.parametrize("own", [print, lambda _: 1 / 0], ids=["prints", "raises"])
def test_what_a_listener_does_harms_nobody(
    own: Callable[[TokenEvent], object],
    client: GeneratedApiClient,
    sandbox: Sandbox,
    caplog: pytest.LogCaptureFixture,
) -> None:
    threads = []

    def hear(event: TokenEvent) -> None:
        threads.append(threading.current_thread())
        # It may ask the manager, which would wait for itself on the core's thread.
        assert manager.access_token()
        own(event)

    manager = TokenManager(client, MemoryStore(), "shop-1", on_event=hear)
    log_in(sandbox, client, manager)
    manager.refresh()
    until(lambda: len(threads) == 2)
    assert threading.main_thread() not in threads
    until(lambda: own is print or caplog.text.count("on_event raised ZeroDivisionError") == 2)


def test_a_listener_of_asyncio_hears_in_its_loop(client: GeneratedApiClient, sandbox: Sandbox) -> None:
    heard = []

    async def hear(event: TokenEvent) -> None:
        await asyncio.sleep(0)
        heard.append((event.kind, threading.current_thread()))

    manager = aio.TokenManager(client, MemoryStore(), "shop-1", on_event=hear)
    answer = first_answer(sandbox, client)

    async def work() -> None:
        await manager.adopt(answer)
        await asyncio.sleep(0.1)

    asyncio.run(work())
    assert heard == [("Refreshed", threading.main_thread())]


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_an_object_that_listens_and_has_the_manager_is_collected(
    face: type[Manager], client: GeneratedApiClient, sandbox: Sandbox
) -> None:
    class Shop:
        def __init__(self) -> None:
            self.heard: list[str] = []
            manager = face(client, MemoryStore(), "shop-1", on_event=self.hear)
            # That of another account hears for itself.
            self.tokens = manager.account("shop-2")

        def hear(self, event: TokenEvent) -> None:
            self.heard.append(event.account)

    shop = Shop()
    result(shop.tokens.adopt(first_answer(sandbox, client)))
    gc.collect()
    heard = shop.heard
    until(lambda: heard == ["shop-2"])
    gone = weakref.ref(shop)
    del shop
    gc.collect()
    assert gone() is None
