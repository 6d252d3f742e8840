"""Calls in a process that gevent has patched: they wait in greenlets, as sockets do there."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from sandbox import TOKEN

if TYPE_CHECKING:
    from sandbox import Sandbox

# Not imported here, for it changes the process.
pytestmark = pytest.mark.skipif(find_spec("gevent") is None, reason="gevent is not installed")

SETTING_UP = """
    import gevent
    from gevent import monkey
    monkey.patch_all()

    import time
    from unittest import mock
    from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration
    from openapi_generated.pinterest_client.api.oauth_api import OauthApi
    from pinterest_sdk import AuthorizationRequest, login

    configuration = Configuration(host={host!r}, username="1234567")
    configuration.password = "0123456789abcdef0123456789abcdef01234567"
    client = ApiClient(configuration)
    api = OauthApi(client)

    def call():
        return api.oauth_token("refresh_token").access_token

    def together(function, times=4):
        started = time.monotonic()
        greenlets = [gevent.spawn(function) for _ in range(times)]
        gevent.joinall(greenlets, raise_error=True)
        took = time.monotonic() - started
        assert 0.4 <= took < 0.9, took
        return [greenlet.value for greenlet in greenlets]

"""


def run(sandbox: Sandbox, program: str, expected: str, *, setting_up: str = SETTING_UP) -> None:
    text = textwrap.dedent(setting_up).format(host=sandbox.host) + textwrap.dedent(program)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", text],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        cwd=__file__.rpartition("/")[0],
    )
    assert (done.stdout, done.stderr, done.returncode) == (expected, "", 0)


def test_calls_wait_side_by_side(sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN, "delay_ms": 400})
    run(
        sandbox,
        """
        assert together(call) == ["pina_1"] * 4
        # More than gevent's pool has threads.
        assert together(call, 40) == ["pina_1"] * 40
        together(lambda: client.call_api("/user_account", "GET", response_type=(dict,)))
        together(lambda: api.oauth_token("refresh_token", async_req=True).get(), 1)

        def complete():
            started = AuthorizationRequest("http://localhost:8085/", ["pins:read"]).start(client)
            return started.complete(client, f"?code=c&state={started.state}").access_token

        assert together(complete) == ["pina_1"] * 4
        """,
        "",
    )


@pytest.mark.parametrize("own", [False, True])
def test_a_login_lets_others_run(sandbox: Sandbox, own: bool) -> None:
    sandbox.stand({"json": TOKEN})
    run(
        sandbox,
        f"""
        import socket
        from urllib.parse import parse_qs, urlsplit
        from urllib.request import ProxyHandler, build_opener

        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        page = []

        def come_back(url):
            state = parse_qs(urlsplit(url).query)["state"][0]
            address = f"http://localhost:{{port}}/?code=c&state={{state}}"
            page.append(build_opener(ProxyHandler({{}})).open(address).read().decode())

        client.configuration.authorization_url = "http://localhost:1/"
        request = AuthorizationRequest(f"http://localhost:{{port}}/", ["pins:read"], lifetime=10)
        if {own}:
            client.call_api = lambda *_, **given: client.sent.append(given) or mock.Mock(access_token="mine")
            client.sent = []
        # A greenlet visits while this one waits.
        print(login(client, request, show=lambda url: gevent.spawn(come_back, url)).access_token)
        gevent.sleep(0.2)
        assert "You are connected" in page[0]
        """,
        "mine\n" if own else "pina_1\n",
    )
    assert bool(sandbox.requests()) is not own


def test_failures_are_the_same(sandbox: Sandbox) -> None:
    sandbox.respond({"status": 401, "json": {"code": 2, "message": "no"}})
    run(
        sandbox,
        """
        from openapi_generated.pinterest_client.exceptions import UnauthorizedException
        try:
            call()
        except UnauthorizedException as error:
            print(error.kind, error.outcome, error.__cause__, error.__suppress_context__)
        client.configuration.host = "http://127.0.0.1:1"
        try:
            call()
        except ApiException as error:
            print(error.kind, error.outcome)
        with mock.patch.object(ApiClient, "call_api", side_effect=RuntimeError("mine")):
            try:
                call()
            except RuntimeError as error:
                print(error)
        """,
        "Authentication Refused None True\nNetwork NotSent\nmine\n",
    )


def test_a_timeout_of_gevent_gives_the_call_up(sandbox: Sandbox) -> None:
    sandbox.respond({"json": TOKEN}, {"fault": "hang"}, {"json": TOKEN}, {"fault": "hang"}, {"json": TOKEN})
    run(
        sandbox,
        """
        call()
        started = time.monotonic()
        try:
            with gevent.Timeout(0.2):
                call()
        except gevent.Timeout:
            print("late", time.monotonic() - started < 0.4)
        print(call())
        hanging = gevent.spawn(call)
        gevent.sleep(0.2)
        hanging.kill()
        print(type(hanging.value).__name__, call())
        """,
        "late True\npina_1\nGreenletExit pina_1\n",
    )


def test_ctrl_c(sandbox: Sandbox) -> None:
    sandbox.respond({"fault": "hang"}, {"json": TOKEN})
    run(
        sandbox,
        """
        import os, signal, subprocess
        signal.signal(signal.SIGINT, signal.default_int_handler)
        gevent.get_hub().exception_stream = None  # gevent prints it as well.
        subprocess.Popen(["sh", "-c", f"sleep 0.3; kill -INT {os.getpid()}"])
        try:
            call()
        except KeyboardInterrupt:
            print("interrupted", call())
        """,
        "interrupted pina_1\n",
    )


def test_where_nothing_can_wait(sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    run(
        sandbox,
        """
        import atexit, os, threading
        seen = []
        # In the hub, in a thread of gevent's, in a child, at the end.
        gevent.get_hub().loop.run_callback(lambda: seen.append(call()))
        gevent.sleep(0.3)
        seen.append(gevent.get_hub().threadpool.apply(call))
        threading.Thread(target=lambda: seen.append(call())).start()
        gevent.sleep(0.3)
        child = os.fork()
        if child == 0:
            os._exit(0 if [call(), gevent.spawn(call).get()] == ["pina_1"] * 2 else 1)
        print(seen, os.waitpid(child, 0)[1])
        atexit.register(lambda: print(call()))
        """,
        "['pina_1', 'pina_1', 'pina_1'] 0\npina_1\n",
    )


def test_the_interpreter_ends_while_greenlets_wait(sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN, "delay_ms": 30})
    for _ in range(10):
        run(
            sandbox,
            """
            def call_on():
                while True:
                    call()

            for _ in range(8):
                gevent.spawn(call_on)
            print(call())
            """,
            "pina_1\n",
        )


def test_without_patches_nothing_changes(sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    program = SETTING_UP.replace("monkey.patch_all()", "from gevent._hub_local import get_hub_if_exists")
    run(sandbox, "print(call(), get_hub_if_exists())", "pina_1 None\n", setting_up=program)
