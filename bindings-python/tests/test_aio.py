"""The asyncio face."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from openapi_generated.pinterest_client import ApiException, ApiTypeError, aio
from openapi_generated.pinterest_client.model.oauth_access_token_response_code import (
    OauthAccessTokenResponseCode,
)
from sandbox import TOKEN

if TYPE_CHECKING:
    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox


@pytest.fixture
def api(client: ApiClient) -> aio.OauthApi:
    return aio.OauthApi(client)


def test_every_call(api: aio.OauthApi, sandbox: Sandbox) -> None:
    sandbox.respond(
        {"json": {**TOKEN, "response_type": "authorization_code"}},
        {"json": TOKEN},
        {"body": ""},
        {"json": {"access_token": "pinc_1"}},
    )
    api.api_client.configuration.access_token = "user"

    async def calls() -> None:
        token = await api.oauth_token("authorization_code", code="c", redirect_uri="http://localhost:8085/")
        assert isinstance(token, OauthAccessTokenResponseCode)
        data, status, headers = await api.oauth_token("refresh_token", _return_http_data_only=False)
        assert (data.access_token, status, headers["content-type"]) == ("pina_1", 200, "application/json")
        assert await api.revoke_token("t") is None
        assert (await api.conversion_token()).token_type == "conversion"

    asyncio.run(calls())
    assert len({request["connection"] for request in sandbox.requests()}) == 1


def test_failures(api: aio.OauthApi, sandbox: Sandbox) -> None:
    sandbox.respond({"status": 401, "json": {"code": 283, "message": "m"}})

    async def calls() -> None:
        with pytest.raises(ApiException) as caught:
            await api.oauth_token("refresh_token", refresh_token="r")
        assert caught.value.kind == "InvalidGrant"
        with pytest.raises(ApiTypeError, match="unexpected parameter 'async_req'"):
            await api.oauth_token("refresh_token", async_req=True)
        api.api_client.configuration.host = "http://example.com"
        with pytest.raises(ApiException) as caught:
            await api.oauth_token("refresh_token")
        assert caught.value.kind == "InvalidInput"

    asyncio.run(calls())
    assert len(sandbox.requests()) == 1


def test_many_at_once(api: aio.OauthApi, sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN, "delay_ms": 200})

    async def calls() -> float:
        started = time.monotonic()
        tokens = await asyncio.gather(*(api.oauth_token("refresh_token") for _ in range(50)))
        assert {token.access_token for token in tokens} == {"pina_1"}
        return time.monotonic() - started

    assert asyncio.run(calls()) < 2
    assert len(sandbox.requests()) == 50


def test_cancellation_ends_the_request(api: aio.OauthApi, sandbox: Sandbox) -> None:
    sandbox.respond({"json": TOKEN}, {"fault": "hang"}, {"json": TOKEN})

    async def calls() -> None:
        await api.oauth_token("refresh_token")
        before = open_sockets()
        started = time.monotonic()
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(api.oauth_token("refresh_token"), 0.2)
        assert time.monotonic() - started < 0.4
        await asyncio.sleep(0.1)
        # The connection of the cancelled call is closed, and no other was needed for it.
        assert open_sockets() == before - 1
        assert (await api.oauth_token("refresh_token")).access_token == "pina_1"

    asyncio.run(calls())
    assert len(sandbox.requests()) == 3


def open_sockets() -> int:
    # A file that is gone by the time it is looked at is this listing's own.
    files = [f"/proc/self/fd/{file}" for file in os.listdir("/proc/self/fd")]
    return sum(os.readlink(file).startswith("socket:") for file in files if os.path.lexists(file))


def test_one_loop_after_another(api: aio.OauthApi, sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    for _ in range(3):
        assert asyncio.run(api.oauth_token("refresh_token")).access_token == "pina_1"
    assert len({request["connection"] for request in sandbox.requests()}) == 1


def test_two_loops_at_once(api: aio.OauthApi, sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    done = []

    async def calls() -> None:
        for _ in range(100):
            token = await api.oauth_token("refresh_token")
            done.append(token.access_token)

    threads = [threading.Thread(target=asyncio.run, args=(calls(),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == ["pina_1"] * 200


def test_a_loop_that_is_closed_before_the_answer(api: aio.OauthApi, sandbox: Sandbox) -> None:
    sandbox.respond({"json": TOKEN, "delay_ms": 200}, {"json": TOKEN})
    loop = asyncio.new_event_loop()
    call = loop.create_task(api.oauth_token("refresh_token"))
    loop.run_until_complete(asyncio.sleep(0.05))
    call.cancel()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()
    time.sleep(0.3)
    assert asyncio.run(api.oauth_token("refresh_token")).access_token == "pina_1"
