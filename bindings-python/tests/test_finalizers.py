"""Python code that finds itself on the thread that drives calls: nobody can wait there."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from pythons import pythons, run
from sandbox import TOKEN

if TYPE_CHECKING:
    from sandbox import Sandbox

# A loop's own method stands for a finalizer, which the garbage collector calls there now and then.
PROGRAM = """
    import asyncio, threading
    from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration, aio
    from pinterest_sdk import ApiClient as Client, MemoryStore, OauthApi, TokenManager

    settings = dict(host={host!r}, username="a", password="b")
    client = ApiClient(Configuration(**settings))
    manager = TokenManager(client, MemoryStore(), "shop-1")
    main, said = threading.get_ident(), set()

    def finalize():
        for wait in (
            manager.status,
            lambda: manager.close(1),
            lambda: OauthApi(client).oauth_token("client_credentials", scope="pins:read"),
        ):
            try:
                wait()
            except ApiException as error:
                said.add((error.kind, error.outcome, error.retryable, "drives all calls" in str(error)))
            else:
                said.add("waited")

    class Loop(asyncio.SelectorEventLoop):
        def call_soon_threadsafe(self, *arguments, **named):
            if threading.get_ident() != main:
                finalize()
            return super().call_soon_threadsafe(*arguments, **named)

    loop = Loop()
    token = loop.run_until_complete(aio.OauthApi(client).oauth_token("refresh_token", refresh_token="r"))
    print(token.access_token, said, manager.status().state)
"""


@pytest.mark.parametrize("python", pythons())
def test_what_waits_on_the_thread_that_drives_calls_is_refused_at_once(python: str, sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    said = "{('InvalidInput', 'NotSent', False, True)}"
    program = textwrap.dedent(PROGRAM).format(host=sandbox.host)
    assert run(python, program) == (0, f"pina_1 {said} ReauthorizationRequired\n", "")
