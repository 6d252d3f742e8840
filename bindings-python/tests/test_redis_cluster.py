"""Tokens in a real cluster of three Redis servers, over redis-py's own clusters."""

from __future__ import annotations

import asyncio
import shutil
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import FACES, Manager, first_answer, next_second, renewals, until
from pinterest_sdk import RedisStore, TokenManager

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

if shutil.which("redis-server") is None or find_spec("redis") is None:
    pytest.skip("redis-server or redis-py is not installed", allow_module_level=True)
import redis
import redis.asyncio

from test_redis_store import Server, free_port

SLOTS = 16384


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    """Three of them, each with a third of the keys."""
    buses = [free_port() for _ in range(3)]
    options = ("--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1", "--cluster-port")
    nodes = [Server(tmp_path_factory.mktemp("node"), *options, str(bus)) for bus in buses]
    for number, node in enumerate(nodes):
        with redis.Redis(port=node.port) as connection:
            bounds = (SLOTS * number // 3, SLOTS * (number + 1) // 3 - 1)
            connection.execute_command("CLUSTER", "ADDSLOTSRANGE", *bounds)
            connection.execute_command("CLUSTER", "MEET", "127.0.0.1", nodes[0].port, buses[0])
    until(lambda: all(map(is_whole, nodes)), 30)
    yield nodes
    for node in nodes:
        node.stop()


def is_whole(node: Server) -> bool:
    """Say whether a node knows where each key is."""
    with redis.Redis(port=node.port) as connection:
        info = connection.cluster("INFO")
        return (info["cluster_state"], info["cluster_slots_ok"]) == ("ok", str(SLOTS))


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
@pytest.mark.parametrize(
    "kind", [redis.RedisCluster, redis.asyncio.RedisCluster], ids=["redis", "redis.asyncio"]
)
def test_each_account_is_in_one_place_of_a_cluster(
    face: type[Manager], kind: Any, nodes: list[Server], client: ApiClient, sandbox: Sandbox
) -> None:
    sandbox.control("PATCH", "/_sandbox/switches", {"rotation": "invalidate_on_use"})
    answers = [{**first_answer(sandbox, client).to_dict(), "expires_in": 1} for _ in range(6)]
    next_second(sandbox)

    async def work() -> None:
        connection = kind(host="127.0.0.1", port=nodes[0].port)
        # Each is a process as far as Redis knows.
        managers = [face(client, RedisStore(connection), "shop-0") for _ in range(2)]

        async def given(manager: Manager, name: str, *arguments: Any) -> Any:
            method = getattr(manager, name)
            if isinstance(manager, TokenManager):
                return await asyncio.to_thread(method, *arguments)
            return await method(*arguments)

        accounts = [[manager.account(f"shop-{number}") for manager in managers] for number in range(6)]
        for (account, _), answer in zip(accounts, answers, strict=True):
            await given(account, "adopt", answer)
        await asyncio.sleep(1.1)
        for both in accounts:
            tokens = await asyncio.gather(*(given(account, "access_token") for account in both * 10))
            assert len(set(tokens)) == 1
            assert tokens[0] not in [answer["access_token"] for answer in answers]
        assert (await given(managers[0], "status")).store == "Redis"
        for account, _ in accounts:
            assert await given(account, "forget")
        for manager in managers:
            assert await given(manager, "close")
        if kind is redis.asyncio.RedisCluster:
            await asyncio.to_thread(managers[0]._loops.wait, connection.aclose())
        else:
            connection.disconnect_connection_pools()
            connection.close()

    asyncio.run(work())
    assert renewals(sandbox) == 6


def test_a_node_that_is_started_again(nodes: list[Server], client: ApiClient, sandbox: Sandbox) -> None:
    connection = redis.RedisCluster(host="127.0.0.1", port=nodes[0].port)
    manager = TokenManager(client, RedisStore(connection), "shop-1")
    manager.adopt(first_answer(sandbox, client))
    next_second(sandbox)
    for node in nodes:
        node.stop()
    for node in nodes:
        node.start()
    # Its friends have to meet it again; what it kept is there.
    until(lambda: all(map(is_whole, nodes)), 20)
    assert manager.refresh()
    assert renewals(sandbox) == 1
    connection.disconnect_connection_pools()
    connection.close()
