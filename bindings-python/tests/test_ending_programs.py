"""A program's functions that end the program, as they think, on threads and in loops that are not theirs."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import FACES, Manager, log_in, next_second, result, until
from pinterest_sdk import ApiException, MemoryStore, TokenEvent, TokenManager, aio
from test_own_store import Later

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

ENDS = {"SystemExit": SystemExit, "KeyboardInterrupt": KeyboardInterrupt, "BaseException": BaseException}
each_end = pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)


@each_end
@pytest.mark.parametrize("is_later", [False, True], ids=["plain", "async"])
def test_a_listener_ends_no_thread(
    end: type[BaseException],
    is_later: bool,
    client: ApiClient,
    sandbox: Sandbox,
    caplog: pytest.LogCaptureFixture,
) -> None:
    heard: list[str] = []

    def hear(event: TokenEvent) -> None:
        heard.append(event.kind)
        raise end

    async def hear_later(event: TokenEvent) -> None:
        await asyncio.sleep(0)
        hear(event)

    manager = TokenManager(client, MemoryStore(), "shop-1", on_event=hear_later if is_later else hear)
    log_in(sandbox, client, manager)
    until(lambda: len(heard) == 1)
    manager.refresh()
    until(lambda: len(heard) == 2)
    until(lambda: caplog.text.count(f"on_event raised {end.__name__}") == 2)


@each_end
def test_a_listener_does_not_end_the_programs_loop(
    end: type[BaseException], client: ApiClient, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    if end is KeyboardInterrupt:
        pytest.skip("on the main thread it is Ctrl-C")

    def hear(_event: TokenEvent) -> None:
        raise end

    log_in(sandbox, client, aio.TokenManager(client, MemoryStore(), "shop-1", on_event=hear))
    assert f"on_event raised {end.__name__}" in caplog.text


@each_end
@pytest.mark.parametrize("method", ["load", "compare_and_swap", "lock"])
@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_an_async_store_ends_no_loop(
    face: type[Manager], method: str, end: type[BaseException], client: ApiClient, sandbox: Sandbox
) -> None:
    if end is KeyboardInterrupt and face is aio.TokenManager:
        pytest.skip("on the main thread it is Ctrl-C")
    store = Later()
    manager = face(client, store, "shop-1", wait=5)
    log_in(sandbox, client, manager)

    def raise_it() -> Any:
        raise end

    store.instead[method] = raise_it
    with pytest.raises(ApiException, match=f"`{method}` failed: {end.__name__}") as caught:
        result(manager.status() if method == "load" else manager.forget())
    assert caught.value.kind == "Store"
    store.instead.clear()
    next_second(sandbox)
    assert result(manager.refresh())
    assert result(TokenManager(client, Later(), "shop-2", wait=5).status()).state == "ReauthorizationRequired"


class LaterMethods(Later):
    """Its lock is plain, and what is done under it a task of the loop."""

    def lock(self, _key: str, seconds: float) -> Any:
        return _Held(self, seconds)


class _Held:
    def __init__(self, store: Later, seconds: float) -> None:
        self.store, self.seconds = store, seconds

    def __enter__(self) -> None:
        assert self.store.free.acquire(timeout=self.seconds)

    def __exit__(self, *_: object) -> None:
        self.store.free.release()


def test_a_plain_lock_of_an_async_store_ends_no_loop(client: ApiClient, sandbox: Sandbox) -> None:
    store = LaterMethods()
    manager = TokenManager(client, store, "shop-1", wait=5)
    log_in(sandbox, client, manager)
    store.instead["compare_and_swap"] = sys.exit
    with pytest.raises(ApiException, match="`compare_and_swap` failed: SystemExit"):
        manager.forget()
    store.instead.clear()
    assert manager.refresh()


def test_a_task_of_the_programs_own_ends_no_loop(
    client: ApiClient, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    class Busy(Later):
        @asynccontextmanager
        async def lock(self, key: str, seconds: float) -> AsyncIterator[None]:
            self.task = asyncio.create_task(self.leave())
            async with super().lock(key, seconds):
                yield

        async def leave(self) -> None:
            sys.exit(3)

    store = Busy()
    manager = TokenManager(client, store, "shop-1", wait=5)
    log_in(sandbox, client, manager)
    assert manager.refresh()
    assert "a task raised SystemExit" in caplog.text
    assert store.task.exception()
