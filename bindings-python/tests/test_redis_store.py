"""Tokens in a real Redis, over redis-py's connections, blocking and of asyncio."""

from __future__ import annotations

import asyncio
import random
import shutil
import socket
import subprocess
import sys
import threading
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import FACES, Manager, first_answer, log_in, log_in_and_expire, next_second, renewals, until
from pinterest_sdk import ApiException, RedisStore, TokenManager
from pinterest_sdk.errors import InvalidTypeException
from pythons import run
from test_processes import run_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

SERVER = shutil.which("redis-server")
if SERVER is None or find_spec("redis") is None:
    pytest.skip("redis-server or redis-py is not installed", allow_module_level=True)
import redis  # noqa: E402
import redis.asyncio  # noqa: E402


def free_port() -> int:
    """A port below those that the system gives out by itself: nobody is given it while a server is down."""
    while True:
        port = random.randrange(10_000, 30_000)
        with socket.socket() as free:
            try:
                free.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class Server:
    """A Redis of the tests' own, on loopback."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.port = free_port()
        self._folder = folder
        self._options = options
        self.start()

    def start(self) -> None:
        options = ("--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--appendfsync", "always")
        place = ("--port", str(self.port), "--dir", str(self._folder), "--logfile", "log")
        self._process = subprocess.Popen([str(SERVER), *place, *options, *self._options])
        until(self.listens)

    def listens(self) -> bool:
        try:
            with redis.Redis(port=self.port) as connection:
                return bool(connection.ping())
        except redis.RedisError:
            return False

    def stop(self) -> None:
        self._process.kill()
        self._process.wait(10)


@pytest.fixture(scope="module")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture
def server(_server: Server) -> Server:
    with redis.Redis(port=_server.port) as connection:
        connection.flushall()
    return _server


def blocking(server: Server, **options: Any) -> Any:
    return redis.Redis("127.0.0.1", server.port, **options)


def later(server: Server) -> Any:
    return redis.asyncio.Redis(host="127.0.0.1", port=server.port)


both_faces = pytest.mark.parametrize("face", FACES.values(), ids=FACES)
both_kinds = pytest.mark.parametrize("make", [blocking, later], ids=["redis", "redis.asyncio"])


@both_faces
@both_kinds
def test_tokens_in_redis(
    face: type[Manager], make: Callable[..., Any], server: Server, client: ApiClient, sandbox: Sandbox
) -> None:
    async def work() -> None:
        store = RedisStore(make(server))
        manager = face(client, store, "shop-1")

        async def given(method: Callable[..., Any], *arguments: Any) -> Any:
            if isinstance(manager, TokenManager):
                return await asyncio.to_thread(method, *arguments)
            return await method(*arguments)

        await given(manager.adopt, answer)
        await asyncio.sleep(1.1)
        new = await given(manager.access_token)
        assert new != answer["access_token"]
        assert await given(face(client, store, "shop-1").access_token) == new
        assert (await given(manager.status)).store == f"Redis at 127.0.0.1:{server.port}, database 0"
        assert await given(manager.forget)
        assert await given(manager.close)
        if make is later:
            # Where its connections are: in this loop, or in one that the manager has for itself.
            await asyncio.to_thread(manager._loops.wait, store.connection.aclose())

    answer = {**first_answer(sandbox, client).to_dict(), "expires_in": 1}
    next_second(sandbox)
    asyncio.run(work())
    assert renewals(sandbox) == 1


@both_faces
def test_a_thousand_at_expiry_renew_once(
    face: type[Manager], server: Server, client: ApiClient, sandbox: Sandbox
) -> None:
    sandbox.control("PATCH", "/_sandbox/switches", {"rotation": "invalidate_on_use"})
    manager = face(client, RedisStore(blocking(server)), "shop-1")
    log_in_and_expire(sandbox, client, manager)
    if isinstance(manager, TokenManager):
        threads = [threading.Thread(target=manager.access_token) for _ in range(1000)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    else:

        async def all_of_them() -> None:
            await asyncio.gather(*(manager.access_token() for _ in range(1000)))

        asyncio.run(all_of_them())
    assert renewals(sandbox) == 1


def test_fifty_processes_renew_once(server: Server, client: ApiClient, sandbox: Sandbox) -> None:
    log_in_and_expire(sandbox, client, TokenManager(client, RedisStore(blocking(server)), "shop-1"))
    text = f"""
        import os, redis, sys
        from pinterest_sdk import ApiClient, Configuration, RedisStore, TokenManager

        configuration = Configuration(host={sandbox.host!r}, username="1234567")
        configuration.password = "0123456789abcdef0123456789abcdef01234567"
        store = RedisStore(redis.Redis(port={server.port}))
        manager = TokenManager(ApiClient(configuration), store, "shop-1")
        read, write = os.pipe()
        children = []
        for _ in range(50):
            child = os.fork()
            if child == 0:
                os.close(write)
                os.read(read, 1)
                os.write(1, (manager.access_token() + chr(10)).encode())
                os._exit(0)
            children.append(child)
        os.close(write)
        assert [os.waitpid(child, 0)[1] for child in children] == [0] * 50
    """
    given = run_program(text).split()
    assert (len(given), len(set(given))) == (50, 1)
    assert renewals(sandbox) == 1


@pytest.mark.timeout(60)
def test_a_program_that_ends_at_once_keeps_what_it_got(
    server: Server, client: ApiClient, sandbox: Sandbox
) -> None:
    answer = first_answer(sandbox, client).to_dict()
    next_second(sandbox)
    sandbox.respond({"pass": True, "delay_ms": 400})
    # A host's name is looked up on a thread, and the connection of the loop that ended is gone.
    program = f"""
        import asyncio, redis.asyncio
        from pinterest_sdk import ApiClient, Configuration, RedisStore, aio

        configuration = Configuration(host={sandbox.host!r}, username="1234567")
        configuration.password = "0123456789abcdef0123456789abcdef01234567"

        async def leave():
            async with redis.asyncio.Redis(host="localhost", port={server.port}) as connection:
                manager = aio.TokenManager(ApiClient(configuration), RedisStore(connection), "shop-1")
                await manager.adopt({answer!r})
                asyncio.create_task(manager.refresh()).add_done_callback(lambda _: None)
                await asyncio.sleep(0.2)

        asyncio.run(leave())
    """
    assert run(sys.executable, program) == (0, "", "")
    status = TokenManager(client, RedisStore(blocking(server)), "shop-1").status()
    assert (status.state, status.asked) == ("Fresh", False)
    assert renewals(sandbox) == 1


def test_redis_that_is_away_and_comes_again(server: Server, client: ApiClient, sandbox: Sandbox) -> None:
    manager = TokenManager(client, RedisStore(blocking(server)), "shop-1")
    old = log_in(sandbox, client, manager)
    server.stop()
    try:
        assert manager.access_token() == old
        with pytest.raises(ApiException) as caught:
            manager.refresh()
        assert caught.value.kind == "Store"
        assert isinstance(caught.value.__cause__, redis.ConnectionError)
        assert renewals(sandbox) == 0
    finally:
        server.start()
    assert manager.refresh() != old
    # It has forgotten its scripts, and is told again.
    with redis.Redis(port=server.port) as connection:
        connection.script_flush()
    time.sleep(0.1)
    assert manager.refresh()


def test_what_redis_refuses_is_told_with_what_to_do(server: Server, client: ApiClient) -> None:
    with redis.Redis(port=server.port) as connection:
        connection.execute_command(
            "ACL", "SETUSER", "reader", "on", ">secret", "~*", "+get", "+ping", "+hello", "+client"
        )
        store = RedisStore(blocking(server, username="reader", password="secret"))
        with pytest.raises(ApiException) as caught:
            TokenManager(client, store, "shop-1").access_token()
        connection.execute_command("ACL", "DELUSER", "reader")
    assert "may not do this: let it run EVAL" in (caught.value.hint or "")


def test_what_is_no_connection_is_refused() -> None:
    wrong: list[Any] = ["redis://127.0.0.1", None, redis.Redis]
    for connection in wrong:
        with pytest.raises(InvalidTypeException, match="`connection`"):
            RedisStore(connection)
