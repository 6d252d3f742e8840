"""Threads, forks, signals and the end of the interpreter."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration, aio
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from sandbox import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox import Sandbox

LIMIT = 15
"""Seconds after which a child counts as hanging."""


def run_program(program: str, *options: str) -> str:
    """Run a program that has nothing to complain about; give what it printed."""
    result = subprocess.run(
        [sys.executable, "-W", "error", *options, "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def test_threads_share_a_client(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})

    def work(_: int) -> int:
        return sum(api.oauth_token("refresh_token").expires_in == 2592000 for _ in range(200))

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(work, range(16))) == 16 * 200
    requests = sandbox.requests()
    assert len(requests) == 16 * 200
    assert len({request["connection"] for request in requests}) <= 16


def test_first_calls_at_once(sandbox: Sandbox) -> None:
    # The answers come together, and each is the first that needs its model.
    sandbox.stand({"json": TOKEN, "delay_ms": 40})
    program = f"""
        import sys, threading
        from openapi_generated.pinterest_client import ApiClient, Configuration
        from openapi_generated.pinterest_client.api.oauth_api import OauthApi

        sys.setswitchinterval(1e-6)
        api = OauthApi(ApiClient(Configuration(host={sandbox.host!r}, username="a", password="b")))
        threads = [threading.Thread(target=api.oauth_token, args=("refresh_token",)) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    """
    for _ in range(10):
        run_program(program)
    assert len(sandbox.requests()) == 160


def test_short_lived_threads_reuse_connections(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    for _ in range(20):
        thread = threading.Thread(target=api.oauth_token, args=("refresh_token",))
        thread.start()
        thread.join()
    assert len({request["connection"] for request in sandbox.requests()}) == 1


def test_the_number_of_kept_connections(api: OauthApi, sandbox: Sandbox) -> None:
    api.api_client.configuration.connection_pool_maxsize = 1
    sandbox.stand({"json": TOKEN, "delay_ms": 100})
    for _ in range(2):
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: api.oauth_token("refresh_token"), range(4)))
    # Of the first four one is kept for the second round.
    assert len({request["connection"] for request in sandbox.requests()}) == 7


def test_closed_connections_are_replaced_unseen(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN, "then": "close"})
    for _ in range(100):
        assert api.oauth_token("refresh_token").access_token == "pina_1"
        time.sleep(0.005)  # A moment for the server's farewell to arrive.
    requests = sandbox.requests()
    assert len(requests) == 100
    assert len({request["connection"] for request in requests}) == 100


def test_connections_end_with_the_client(sandbox: Sandbox) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(10):
        configuration = Configuration(
            host=sandbox.host, username="1234567", password="0123456789abcdef0123456789abcdef01234567"
        )
        with ApiClient(configuration) as client:
            OauthApi(client).oauth_token("client_credentials", scope="pins:read")
    assert len(os.listdir("/proc/self/fd")) <= before + 3


def in_child(work: Callable[[], None]) -> None:
    """Run the work in a forked child and see that it ends well."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            assert status == 0
            return
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    pytest.fail("the child hung")


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_fork_after_use(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    api.oauth_token("refresh_token")

    def work() -> None:
        assert api.oauth_token("refresh_token").access_token == "pina_1"
        api.api_client.configuration.password = "another"
        assert api.oauth_token("refresh_token").access_token == "pina_1"
        api.api_client.close()

    in_child(work)
    api.oauth_token("refresh_token")
    connections = [request["connection"] for request in sandbox.requests()]
    # The parent's connection stays the parent's.
    assert connections == [connections[0], connections[1], connections[1], connections[0]]
    assert connections[0] != connections[1]


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_fork_after_use_in_the_background(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    later = aio.OauthApi(api.api_client)

    def work() -> None:
        assert asyncio.run(later.oauth_token("refresh_token")).access_token == "pina_1"
        assert api.oauth_token("refresh_token", async_req=True).get(5).access_token == "pina_1"

    work()
    in_child(work)
    work()
    assert len(sandbox.requests()) == 6


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_fork_while_threads_call(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    stop = threading.Event()

    def call_on() -> None:
        while not stop.is_set():
            api.oauth_token("refresh_token")

    threads = [threading.Thread(target=call_on) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(10):
            in_child(lambda: api.oauth_token("refresh_token") and None)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def call_in_worker(api: OauthApi) -> str:
    return api.oauth_token("client_credentials", scope="pins:read").response_type


INHERITED: list[OauthApi] = []


def call_inherited(_: int) -> str:
    return call_in_worker(INHERITED[0])


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_multiprocessing(api: OauthApi) -> None:
    call_in_worker(api)
    INHERITED[:] = [api]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map_async(call_inherited, range(8)).get(LIMIT) == ["client_credentials"] * 8


def test_ctrl_c_is_answered_at_once(api: OauthApi, sandbox: Sandbox) -> None:
    # A shell starts its background programs with Ctrl-C switched off.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    sandbox.respond({"fault": "hang"}, {"json": TOKEN})
    sent = []

    def interrupt() -> None:
        sent.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(0.3, interrupt)
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            api.oauth_token("refresh_token")
        assert time.monotonic() - sent[0] < 0.1
        timer.join()
    finally:
        signal.signal(signal.SIGINT, before)
    assert api.oauth_token("refresh_token").access_token == "pina_1"


def test_a_signal_handler_runs_during_a_call(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.respond({"json": TOKEN, "delay_ms": 400})
    seen = []
    before = signal.signal(signal.SIGALRM, lambda number, _: seen.append(number))
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        assert api.oauth_token("refresh_token").access_token == "pina_1"
    finally:
        signal.signal(signal.SIGALRM, before)
    assert seen == [signal.SIGALRM]
    assert len(sandbox.requests()) == 1


def test_a_signal_handler_may_make_a_call_during_a_call(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.respond({"json": TOKEN, "delay_ms": 400}, {"json": {**TOKEN, "access_token": "pina_2"}})
    seen = []
    before = signal.signal(
        signal.SIGALRM, lambda *_: seen.append(api.oauth_token("refresh_token").access_token)
    )
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        assert api.oauth_token("refresh_token").access_token == "pina_1"
    finally:
        signal.signal(signal.SIGALRM, before)
    assert seen == ["pina_2"]


def test_a_slow_call_in_a_thread(api: OauthApi, sandbox: Sandbox) -> None:
    sandbox.respond({"json": TOKEN, "delay_ms": 300})
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(api.oauth_token, "refresh_token").result().access_token == "pina_1"


def test_the_interpreter_ends_during_a_call(sandbox: Sandbox) -> None:
    # Some calls are waiting when the interpreter ends, some get their answer just then.
    sandbox.stand({"json": TOKEN, "delay_ms": 60})
    program = f"""
        import asyncio, threading, time
        from openapi_generated.pinterest_client import ApiClient, Configuration, aio
        from openapi_generated.pinterest_client.api.oauth_api import OauthApi

        client = ApiClient(Configuration(host={sandbox.host!r}, username="a", password="b"))

        def call_on():
            while True:
                OauthApi(client).oauth_token("refresh_token")

        async def give_up():
            call = asyncio.create_task(aio.OauthApi(client).oauth_token("refresh_token"))
            await asyncio.sleep(0.02)
            call.cancel()

        for _ in range(8):
            threading.Thread(target=call_on, daemon=True).start()
            time.sleep(0.008)
        asyncio.run(give_up())
    """
    for _ in range(10):
        assert run_program(program) == ""


def test_without_files_a_call_fails_and_the_next_works(sandbox: Sandbox) -> None:
    program = f"""
        import os, resource
        from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration
        from openapi_generated.pinterest_client.api.oauth_api import OauthApi

        configuration = Configuration(host={sandbox.host!r}, username="1234567")
        configuration.password = "0123456789abcdef0123456789abcdef01234567"
        api = OauthApi(ApiClient(configuration))
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
        files = []
        try:
            while True:
                files.append(os.open("/dev/null", os.O_RDONLY))
        except OSError:
            pass
        try:
            api.oauth_token("client_credentials", scope="pins:read")
        except ApiException as error:
            print(error.status, error.kind, error.outcome)
        for file in files:
            os.close(file)
        print(api.oauth_token("client_credentials", scope="pins:read").response_type)
    """
    assert run_program(program) == "0 Network NotSent\nclient_credentials\n"


def test_later_calls_end_with_the_client(sandbox: Sandbox) -> None:
    configuration = Configuration(
        host=sandbox.host, username="1234567", password="0123456789abcdef0123456789abcdef01234567"
    )
    with ApiClient(configuration, pool_threads=3) as client:
        api = OauthApi(client)
        sandbox.stand({"json": TOKEN, "delay_ms": 200})
        started = time.monotonic()
        later = [api.oauth_token("refresh_token", async_req=True) for _ in range(3)]
    assert all(result.ready() for result in later)
    assert 0.2 <= time.monotonic() - started < 0.6
    # A closed client opens new connections.
    assert api.oauth_token("refresh_token").access_token == "pina_1"
    with pytest.raises(ApiException):
        api.oauth_token("refresh_token", async_req=True, _request_timeout=0.01).get(5)
    client.close()


@pytest.mark.parametrize("call_first", [False, True])
def test_a_package_that_is_imported_once_more(sandbox: Sandbox, call_first: bool) -> None:
    sandbox.stand({"status": 401, "json": {"code": 2, "message": "no"}})
    program = f"""
        import asyncio, sys

        def calls():
            from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration, aio
            from openapi_generated.pinterest_client.api.oauth_api import OauthApi

            client = ApiClient(Configuration(host={sandbox.host!r}, username="a", password="b"))

            def make():
                for call in (
                    lambda: OauthApi(client).oauth_token("refresh_token"),
                    lambda: asyncio.run(aio.OauthApi(client).oauth_token("refresh_token")),
                ):
                    try:
                        call()
                    except ApiException as error:
                        print(error.status, end=" ")

            return make

        first = calls()
        if {call_first}:
            first()
        for name in [name for name in sys.modules if name.startswith(("openapi_generated", "pinterest_sdk"))]:
            del sys.modules[name]
        again = calls()
        again()
        first()
    """
    assert run_program(program).split() == ["401"] * (6 if call_first else 4)
