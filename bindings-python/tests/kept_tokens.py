"""What the tests of the token manager share."""

from __future__ import annotations

import asyncio
import json
import time
from inspect import iscoroutine
from typing import TYPE_CHECKING, Any, TypeAlias

from pinterest_sdk import FileStore, MemoryStore, OauthApi, TokenManager, aio

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pinterest_sdk import ApiClient
    from pinterest_sdk.models import OauthAccessTokenResponse
    from sandbox import Sandbox

Manager: TypeAlias = TokenManager | aio.TokenManager
FACES: dict[str, type[Manager]] = {"threads": TokenManager, "asyncio": aio.TokenManager}
LIFE = 2592000
CLIENT = """
    configuration = Configuration(host={host!r}, username="1234567")
    configuration.password = "0123456789abcdef0123456789abcdef01234567"
    client = ApiClient(configuration)
    answer = json.loads({answer!r})
"""
"""The client of a program of its own, and the answer that it adopts, once the imports are done."""


def result(given: Any) -> Any:
    """Wait for what a method gives; each awaited one gets an event loop that ends at once."""
    return asyncio.run(_awaited(given)) if iscoroutine(given) else given


async def _awaited(given: Any) -> Any:
    return await given


def make_store(kind: str, folder: Path) -> MemoryStore | FileStore:
    return MemoryStore() if kind == "memory" else FileStore(folder / "tokens")


def first_answer(sandbox: Sandbox, client: ApiClient) -> OauthAccessTokenResponse:
    """Give what a person's consent brings."""
    code = sandbox.control("POST", "/_sandbox/codes", {})["code"]
    api = OauthApi(client)
    return api.oauth_token("authorization_code", code=code, redirect_uri="http://localhost:8085/")


def next_second(sandbox: Sandbox) -> None:
    """Let the sandbox give another access token than in the second before."""
    sandbox.control("POST", "/_sandbox/clock", {"advance_seconds": 2})


def renewals(sandbox: Sandbox) -> int:
    return sum("grant_type=refresh" in (request["body"] or "") for request in sandbox.requests())


def log_in(sandbox: Sandbox, client: ApiClient, manager: Manager, **changed: Any) -> str:
    """Give a manager tokens, and the sandbox another second."""
    answer = {**first_answer(sandbox, client).to_dict(), **changed}
    token: str = result(manager.adopt(answer))
    next_second(sandbox)
    return token


def log_in_long_ago(sandbox: Sandbox, client: ApiClient, manager: Manager) -> str:
    """Give a manager tokens of which the access token is about to end."""
    return log_in(sandbox, client, manager, expires_in=1000, expires_at=int(time.time()) + 100)


def log_in_and_expire(sandbox: Sandbox, client: ApiClient, manager: Manager) -> str:
    """Give a manager tokens of which the access token is over."""
    token = log_in(sandbox, client, manager, expires_in=1)
    time.sleep(1.1)
    return token


def expire(folder: Path, account: str) -> None:
    """Set the end of a file's access token into the past."""
    path = folder / "tokens" / f"{account}.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "expires_at": 1_700_000_000}))


def until(so: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < deadline, "it was not so in time"
        time.sleep(0.01)
