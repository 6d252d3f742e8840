"""What asyncio writes into its log when it is told to: no token."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest

from kept_tokens import first_answer, next_second
from pinterest_sdk import MemoryStore, aio
from test_ending_programs import LaterMethods
from test_own_store import Later, Plain

if TYPE_CHECKING:
    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox


@pytest.mark.parametrize("kind", [MemoryStore, Plain, Later, LaterMethods])
def test_no_token_is_in_the_log_of_asyncio(
    kind: type, client: ApiClient, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = first_answer(sandbox, client)
    next_second(sandbox)

    async def work() -> None:
        # Each step is one to be logged.
        asyncio.get_running_loop().slow_callback_duration = 0
        manager = aio.TokenManager(client, kind(), "shop-1")
        await manager.adopt(answer)
        await manager.refresh()
        await manager.status()
        # By a thread, whose questions this loop has to answer.
        await asyncio.to_thread(manager._native.forget().wait)

    asyncio.run(work(), debug=True)
    lines = [line for line in caplog.text.splitlines() if "pina" in line or "pinr" in line]
    assert lines == []
    assert "Executing <Handle _settle" in caplog.text
