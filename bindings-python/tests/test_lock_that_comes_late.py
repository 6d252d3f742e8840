"""Locks of an own store that come just when nobody waits for them any more."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from pinterest_sdk import ApiException, aio

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pinterest_sdk import ApiClient

# How many locks come at about the moment when a wait ends.
ACCOUNTS = 200
ROUNDS = 20
WAIT = 0.15


class Late:
    """A store that takes nothing, whose locks come at a moment."""

    def __init__(self) -> None:
        self.moment = 0.0
        self.held = 0
        self.given = 0

    async def load(self, _key: str) -> None:
        return None

    async def compare_and_swap(self, _key: str, _expected: str | None, _new: str | None) -> bool:
        raise OSError("the disk is full")

    @asynccontextmanager
    async def lock(self, _key: str, _seconds: float) -> AsyncIterator[None]:
        await asyncio.sleep(self.moment - time.monotonic())
        self.held += 1
        self.given += 1
        try:
            yield
        finally:
            self.held -= 1


def test_a_lock_that_comes_just_when_nobody_waits_any_more_is_given_back(client: ApiClient) -> None:
    async def main() -> None:
        store = Late()
        first = aio.TokenManager(client, store, "shop")
        for number in range(ACCOUNTS):
            with pytest.raises(ApiException):
                await first.account(f"shop-{number}").adopt({"access_token": f"pina_{number}"})
        for _ in range(ROUNDS):
            store.moment = time.monotonic() + WAIT
            await first.close(WAIT)
        assert store.given > ACCOUNTS
        for _ in range(200):
            await asyncio.sleep(0.05)
            if not store.held:
                break
        assert store.held == 0, f"{store.held} of {store.given} locks are held for ever"

    asyncio.run(main())
