"""The token manager across processes: forks, many at once, kills, and the interpreter's end."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import expire, log_in, log_in_and_expire, log_in_long_ago, next_second, renewals, until
from pinterest_sdk import ApiException, FileStore, MemoryStore, TokenManager
from test_own_store import Later, Plain
from test_processes import in_child, run_program

if TYPE_CHECKING:
    from pathlib import Path

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

ROUNDS = int(os.environ.get("PINTEREST_ROUNDS", "30"))
"""How many processes are killed."""

forks = pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")


@pytest.fixture
def files(sandbox: Sandbox, tmp_path: Path) -> FileStore:
    """A store of a sandbox that ends a refresh token once it is used."""
    sandbox.control("PATCH", "/_sandbox/switches", {"rotation": "invalidate_on_use"})
    return FileStore(tmp_path / "tokens")


def program(sandbox: Sandbox, files: FileStore, text: str) -> str:
    start = f"""
        import asyncio, os, sys, threading, time
        from pinterest_sdk import ApiClient, Configuration, FileStore, TokenManager, aio

        configuration = Configuration(host={sandbox.host!r}, username="1234567")
        configuration.password = "0123456789abcdef0123456789abcdef01234567"
        client, files = ApiClient(configuration), FileStore({files.folder!r})
    """
    return textwrap.dedent(start) + textwrap.dedent(text)


@forks
def test_a_forked_child_has_files_in_common_and_no_memory(
    client: ApiClient, sandbox: Sandbox, files: FileStore
) -> None:
    kept = TokenManager(client, files, "shop-1")
    remembered = TokenManager(client, MemoryStore(), "shop-1")
    old = log_in_and_expire(sandbox, client, kept)
    log_in(sandbox, client, remembered)

    def work() -> None:
        new = kept.access_token()
        assert new != old
        assert kept.close()
        with pytest.raises(ApiException) as caught:
            remembered.access_token()
        assert caught.value.kind == "ReauthorizationRequired"

    in_child(work)
    # The parent takes what its child got.
    assert kept.access_token() != old
    assert remembered.access_token()
    assert renewals(sandbox) == 1


@forks
def test_a_child_of_a_parent_that_renews(client: ApiClient, sandbox: Sandbox, files: FileStore) -> None:
    manager = TokenManager(client, files, "shop-1")
    old = log_in_long_ago(sandbox, client, manager)
    # More than a second: tokens that are issued in one second are the same.
    sandbox.respond({"pass": True, "delay_ms": 1200})
    assert manager.access_token() == old  # A renewal begins behind it.
    until(lambda: renewals(sandbox) == 1)

    def work() -> None:
        # It has the locked file open as well, and gets the lock when its parent gives it up.
        assert manager.refresh() != old

    in_child(work)
    assert manager.close()
    assert manager.refresh() not in ("", old)
    assert renewals(sandbox) == 2


@forks
@pytest.mark.parametrize("kind", [Plain, Later], ids=["plain", "async"])
def test_a_forked_child_asks_a_store_of_ones_own(
    kind: type[Any], client: ApiClient, sandbox: Sandbox
) -> None:
    heard: list[str] = []
    store: Any = kind()
    manager = TokenManager(client, store, "shop-1", on_event=lambda event: heard.append(event.kind))
    log_in(sandbox, client, manager)
    until(lambda: heard == ["Refreshed"])

    def work() -> None:
        # The threads that asked it, its event loop and the listener's thread were the parent's.
        heard.clear()
        assert manager.refresh()
        assert manager.close()
        until(lambda: heard == ["Refreshed"])

    in_child(work)
    assert manager.refresh()


@pytest.mark.parametrize("key", [None, bytes(range(32))], ids=["plain", "sealed"])
def test_fifty_processes_renew_once(
    key: bytes | None, client: ApiClient, sandbox: Sandbox, files: FileStore
) -> None:
    manager = TokenManager(client, FileStore(files.folder, **({"key": key} if key else {})), "shop-1")
    log_in_and_expire(sandbox, client, manager)
    # As gunicorn with preload does; half of them with asyncio.
    start = program(sandbox, files, f"files = FileStore(files.folder{f', key={key!r}' if key else ''})")
    text = """
        managers = [TokenManager(client, files, "shop-1"), aio.TokenManager(client, files, "shop-1")]
        read, write = os.pipe()
        children = []
        for number in range(50):
            child = os.fork()
            if child == 0:
                os.close(write)
                os.read(read, 1)  # Until the parent closes its end: all at once.
                manager = managers[number % 2]
                given = manager.access_token()
                given = given if isinstance(given, str) else asyncio.run(given)
                os.write(1, f"{given}\\n".encode())
                os._exit(0)
            children.append(child)
        os.close(write)
        assert [os.waitpid(child, 0)[1] for child in children] == [0] * 50
    """
    given = run_program(start + textwrap.dedent(text)).split()
    assert len(given) == 50
    assert set(given) == {manager.access_token()}
    assert renewals(sandbox) == 1


@pytest.mark.timeout(60 + 2 * ROUNDS)
def test_a_kill_at_any_moment_loses_nothing_unsaid(
    client: ApiClient, sandbox: Sandbox, files: FileStore
) -> None:
    text = """
        manager = TokenManager(client, files, "shop-1")
        print(flush=True)
        while True:
            manager.refresh()
    """
    moments = random.Random(7)
    lost = 0
    log_in(sandbox, client, TokenManager(client, files, "shop-1"))
    for _ in range(ROUNDS):
        child = subprocess.Popen(
            [sys.executable, "-c", program(sandbox, files, text)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(moments.uniform(0, 0.03))
        child.send_signal(signal.SIGKILL)
        child.communicate(timeout=10)
        next_second(sandbox)
        manager = TokenManager(client, files, "shop-1")
        manager.status()  # The file opens.
        try:
            # With any but the newest refresh token the sandbox refuses.
            manager.refresh()
        except ApiException as error:
            if "an earlier renewal was cut off" not in str(error):
                raise
            lost += 1
            log_in(sandbox, client, manager)
    print(f"{ROUNDS} rounds, {lost} said to be lost")
    assert lost < ROUNDS


@pytest.mark.parametrize(
    "text",
    [
        # A renewal behind a valid token, of which nobody hears any more.
        """
        manager = TokenManager(client, files, "shop-1")
        manager.access_token(), manager.access_token()
        del manager
        """,
        """
        manager = aio.TokenManager(client, files, "shop-1")
        asyncio.run(manager.access_token()), asyncio.run(manager.access_token())
        """,
        # Somebody waits on a thread that the interpreter does not wait for.
        """
        manager = TokenManager(client, files, "shop-1")
        threading.Thread(target=manager.refresh, daemon=True).start()
        time.sleep(0.1)
        """,
        """
        async def leave():
            task = asyncio.create_task(aio.TokenManager(client, files, "shop-1").refresh())
            await asyncio.sleep(0.1)

        asyncio.run(leave())
        """,
        """
        manager = TokenManager(client, files, "shop-1")
        manager.access_token(), manager.access_token()
        raise SystemExit
        """,
    ],
    ids=["behind", "behind, asyncio", "thread", "cancelled", "exit"],
)
def test_the_interpreter_waits_for_a_renewal(
    text: str, client: ApiClient, sandbox: Sandbox, files: FileStore
) -> None:
    old = log_in_long_ago(sandbox, client, TokenManager(client, files, "shop-1"))
    sandbox.respond({"pass": True, "delay_ms": 700})
    started = time.monotonic()
    run_program(program(sandbox, files, text))
    assert time.monotonic() - started > 0.6
    manager = TokenManager(client, files, "shop-1")
    assert manager.access_token() != old
    assert manager.status().asked is False
    next_second(sandbox)
    manager.refresh()
    assert renewals(sandbox) == 2


def test_the_interpreter_does_not_wait_for_ever(
    client: ApiClient, sandbox: Sandbox, files: FileStore
) -> None:
    log_in_long_ago(sandbox, client, TokenManager(client, files, "shop-1"))
    sandbox.stand({"fault": "hang"})
    text = """
        import signal
        signal.signal(signal.SIGINT, signal.default_int_handler)
        manager = TokenManager(client, files, "shop-1")
        manager.access_token(), manager.access_token()
        print("it ends", flush=True)
    """
    child = subprocess.Popen(
        [sys.executable, "-c", program(sandbox, files, text)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(0.3)
    assert child.poll() is None
    # Ctrl-C ends the wait at once.
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=2)


def test_at_the_interpreters_very_end(client: ApiClient, sandbox: Sandbox, files: FileStore) -> None:
    log_in(sandbox, client, TokenManager(client, files, "shop-1"))
    text = """
        from pinterest_sdk import ApiException

        manager = TokenManager(client, files, "shop-1")
        token = manager.access_token()

        def late():
            assert manager.access_token() == token  # What is in memory stays there.
            try:
                manager.refresh()
            except ApiException as error:
                print(error.outcome, error.message)
    """
    # An exit function that was registered before the package's own runs after it.
    text = "import atexit\natexit.register(lambda: late())\n" + program(sandbox, files, text)
    assert "NotSent the call cannot be started: the interpreter ends" in run_program(text)


GEVENT = """
import gevent, gevent.monkey
gevent.monkey.patch_all()
spawn, sleep = gevent.spawn, gevent.sleep
wait = lambda one: one.get()
"""
EVENTLET = """
import warnings
warnings.simplefilter("ignore")
import eventlet
eventlet.monkey_patch()
spawn, sleep = eventlet.spawn, eventlet.sleep
wait = lambda one: one.wait()
"""


@pytest.mark.parametrize("library", ["gevent", "eventlet"])
def test_greenlets_wait_side_by_side(
    library: str, client: ApiClient, sandbox: Sandbox, files: FileStore, tmp_path: Path
) -> None:
    if find_spec(library) is None:
        pytest.skip(f"{library} is not installed")
    manager = TokenManager(client, files, "shop-1")
    log_in(sandbox, client, manager)
    expire(tmp_path, "shop-1")
    sandbox.respond({"pass": True, "delay_ms": 400})
    start = GEVENT if library == "gevent" else EVENTLET
    text = """
        heard = []
        manager = TokenManager(client, files, "shop-1", on_event=lambda event: heard.append(event.kind))
        ticks = []

        def tick():
            while True:
                ticks.append(1)
                sleep(0.02)

        spawn(tick)
        waiting = [spawn(manager.access_token) for _ in range(50)]
        assert len({wait(one) for one in waiting}) == 1
        assert len(ticks) > 8
        while not heard:
            sleep(0.01)
        print(heard)
    """
    assert run_program(start + program(sandbox, files, text)) == "['Refreshed']\n"
    until(lambda: renewals(sandbox) == 1)


@pytest.mark.parametrize("library", ["gevent", "eventlet"])
def test_a_program_of_greenlets_has_an_async_store(
    library: str, client: ApiClient, sandbox: Sandbox, files: FileStore
) -> None:
    if find_spec(library) is None:
        pytest.skip(f"{library} is not installed")
    log_in(sandbox, client, TokenManager(client, files, "shop-1"))
    start = GEVENT if library == "gevent" else EVENTLET
    text = """
        import asyncio, contextlib

        class Later:
            texts = {}
            load = classmethod(lambda self, key: asyncio.to_thread(self.texts.get, key))

            async def compare_and_swap(self, key, expected, new):
                await asyncio.to_thread(self.texts.__setitem__, key, new)
                return True

            @contextlib.asynccontextmanager
            async def lock(self, key, seconds):
                yield

        async def hear(event):
            await asyncio.sleep(0)
            heard.append(event.kind)

        heard = []
        manager = TokenManager(client, Later(), "shop-1", on_event=hear)
        manager.adopt({"access_token": "pina_1", "refresh_token": "pinr_1", "expires_in": 2592000})
        assert manager.access_token() == "pina_1"
        while not heard:
            sleep(0.01)
        print(heard)
    """
    assert run_program(start + program(sandbox, files, text)) == "['Refreshed']\n"
