"""The end of the interpreter, right after an answer, on each Python of this machine."""

from __future__ import annotations

import os
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from pythons import pythons, run
from sandbox import TOKEN

if TYPE_CHECKING:
    from sandbox import Sandbox

RUNS = int(os.environ.get("PINTEREST_EXIT_RUNS", "25"))
"""How often each program ends."""

ONE_CALL = """
    import asyncio
    from openapi_generated.pinterest_client import ApiClient, Configuration, aio

    client = ApiClient(Configuration(host={host!r}, username="a", password="b"))
    token = asyncio.run(aio.OauthApi(client).oauth_token("refresh_token", refresh_token="r"))
    print(token.access_token)
"""
# Others arrive while the interpreter ends, for loops of threads that it does not wait for.
IN_FLIGHT = """
    import asyncio, sys, threading
    from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration, aio

    sys.setswitchinterval(1e-6)
    api = aio.OauthApi(ApiClient(Configuration(host={host!r}, username="a", password="b")))

    async def call_on():
        try:
            while True:
                await api.oauth_token("refresh_token")
        except ApiException as error:
            assert "the interpreter ends" in error.message

    for _ in range(6):
        threading.Thread(target=asyncio.run, args=(call_on(),), daemon=True).start()
    token = asyncio.run(api.oauth_token("refresh_token"))
    print(token.access_token)
"""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("program", [ONE_CALL, IN_FLIGHT], ids=["one call", "in flight"])
@pytest.mark.parametrize("python", pythons())
def test_a_program_that_ends_with_its_answer_ends_well(python: str, program: str, sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    text = textwrap.dedent(program).format(host=sandbox.host)
    with ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(lambda _: run(python, text), range(RUNS)))
    assert [end for end in ends if end != (0, "pina_1\n", "")] == []


def test_a_call_of_the_last_moment_is_refused(sandbox: Sandbox) -> None:
    program = f"""
        import atexit
        atexit.register(lambda: late())

        import asyncio
        from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration, aio
        from openapi_generated.pinterest_client.api.oauth_api import OauthApi

        client = ApiClient(Configuration(host={sandbox.host!r}, username="a", password="b"))

        def late():
            try:
                asyncio.run(aio.OauthApi(client).oauth_token("refresh_token"))
            except ApiException as error:
                print(error.outcome, error.message)
            print(OauthApi(client).oauth_token("refresh_token").access_token)

        asyncio.run(aio.OauthApi(client).oauth_token("refresh_token"))
    """
    sandbox.stand({"json": TOKEN})
    end = run(sys.executable, textwrap.dedent(program))
    assert end == (0, "NotSent the call cannot be started: the interpreter ends\npina_1\n", "")
