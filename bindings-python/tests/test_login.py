"""Login on this machine: a listener for the callback, a browser, a token, and the port free again."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import stat
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from openapi_generated.pinterest_client import ApiClient, ApiException
from openapi_generated.pinterest_client.exceptions import InvalidInputException
from openapi_generated.pinterest_client.model.oauth_access_token_response_code import (
    OauthAccessTokenResponseCode,
)
from person import LIMIT, Visitor, asked, is_free, login_async, registered_redirects
from pinterest_sdk import aio, login
from test_processes import in_child

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from sandbox import Sandbox

    LogIn = Callable[..., Any]

both_faces = pytest.mark.parametrize("log_in", [login, login_async], ids=["blocking", "asyncio"])


@both_faces
@pytest.mark.parametrize("pkce", [False, True])
def test_a_login(log_in: LogIn, pkce: bool, client: ApiClient, redirect: str) -> None:
    visitor = Visitor()
    token = log_in(client, asked(redirect, pkce=pkce), show=visitor)
    assert type(token) is OauthAccessTokenResponseCode
    assert token.scope == "user_accounts:read"
    status, page, _ = visitor.last_page()
    assert (status, "You are connected to Pinterest" in page) == (200, True)
    assert [token.access_token in page, token.refresh_token in page] == [False, False]
    assert is_free(redirect)
    # The client goes on as before, on its own connections.
    assert log_in(client, asked(redirect), show=Visitor()).access_token


@both_faces
def test_a_person_who_does_not_allow_it(log_in: LogIn, client: ApiClient, redirect: str) -> None:
    visitor = Visitor("deny")
    with pytest.raises(ApiException, match="access_denied") as caught:
        log_in(client, asked(redirect), show=visitor)
    assert (type(caught.value), caught.value.kind) == (ApiException, "Authorization")
    assert "ask again" in (caught.value.hint or "")
    assert "That did not work" in visitor.last_page()[1]
    assert is_free(redirect)


@both_faces
def test_nobody_comes(log_in: LogIn, client: ApiClient, redirect: str) -> None:
    with pytest.raises(ApiException) as caught:
        log_in(client, asked(redirect, lifetime=1), show=str)
    error = caught.value
    assert (error.kind, error.outcome, error.phase) == ("Network", "NotSent", "timeout")
    assert is_free(redirect)


@both_faces
def test_a_port_in_use(log_in: LogIn, client: ApiClient, redirect: str) -> None:
    port = int(redirect.rstrip("/").rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)), pytest.raises(InvalidInputException) as caught:
        log_in(client, asked(redirect), show=pytest.fail)
    assert caught.value.message == f"port {port} is in use"
    assert "another redirect URI" in (caught.value.hint or "")
    assert is_free(redirect)


@both_faces
def test_a_redirect_uri_elsewhere(log_in: LogIn, client: ApiClient) -> None:
    with pytest.raises(InvalidInputException, match="does not lead to this machine"):
        log_in(client, asked("http://example.com:8085/"), show=pytest.fail)


@both_faces
def test_show_that_raises(log_in: LogIn, client: ApiClient, redirect: str) -> None:
    def show(_: str) -> None:
        assert not is_free(redirect)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as caught:
        log_in(client, asked(redirect), show=show)
    # While the traceback, and with it every local, is still held.
    assert is_free(redirect)
    assert caught.value.__context__ is None


def test_two_at_once(client: ApiClient, sandbox: Sandbox) -> None:
    requests = [asked(uri) for uri in registered_redirects(sandbox, "/a", "/b")]
    with ThreadPoolExecutor(2) as pool:
        tokens = pool.map(lambda request: login(client, request, show=Visitor()), requests)
        assert [type(token) for token in tokens] == [OauthAccessTokenResponseCode] * 2

    async def both() -> None:
        tokens = await asyncio.gather(*(aio.login(client, request, show=Visitor()) for request in requests))
        assert [type(token) for token in tokens] == [OauthAccessTokenResponseCode] * 2

    asyncio.run(both())
    assert all(is_free(request.redirect_uri) for request in requests)


def test_the_other_login_of_the_same_port_is_refused(client: ApiClient, redirect: str) -> None:
    request = asked(redirect)

    def show(url: str) -> None:
        with pytest.raises(InvalidInputException, match="is in use"):
            login(client, request, show=pytest.fail)
        Visitor()(url)

    assert login(client, request, show=show).access_token


def test_cancellation_frees_the_port(client: ApiClient, redirect: str) -> None:
    request = asked(redirect)

    async def give_up() -> None:
        for _ in range(20):
            shown = asyncio.Event()
            waiting = asyncio.create_task(aio.login(client, request, show=lambda _, told=shown: told.set()))
            await shown.wait()
            await asyncio.sleep(0)
            assert not is_free(redirect)
            started = time.monotonic()
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            # At once, so that the next login finds it.
            assert is_free(redirect)
            assert time.monotonic() - started < 0.5
        assert (await aio.login(client, request, show=Visitor())).access_token

    asyncio.run(give_up())


def test_cancellation_while_the_page_is_shown(client: ApiClient, redirect: str) -> None:
    async def show(_: str) -> None:
        await asyncio.sleep(LIMIT)

    async def give_up() -> None:
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(aio.login(client, asked(redirect), show=show), 0.1)
        assert is_free(redirect)

    asyncio.run(give_up())


def test_show_may_be_a_coroutine_function(client: ApiClient, redirect: str) -> None:
    visitor = Visitor()

    async def show(url: str) -> None:
        await asyncio.sleep(0)
        visitor(url)

    assert login_async(client, asked(redirect), show=show).access_token


def interrupted(program: str, tmp_path: Path) -> tuple[float, str]:
    """Run a program until it has shown its page, press Ctrl-C; give the time to its end, and its errors."""
    page = tmp_path / "the-browser"
    page.write_text("#!/bin/sh\nexit 0\n")
    page.chmod(page.stat().st_mode | stat.S_IXUSR)
    running = subprocess.Popen(
        # A shell starts its background programs with Ctrl-C switched off.
        [sys.executable, "-c", "import signal; signal.signal(2, signal.default_int_handler)\n" + program],
        # By its name: in this variable a space would end a path.
        env={**os.environ, "BROWSER": page.name, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr is not None
    assert running.stderr.readline().startswith("To log in, open http")
    # The browser returns and the wait begins.
    time.sleep(0.3)
    assert running.poll() is None
    started = time.monotonic()
    running.send_signal(signal.SIGINT)
    errors = running.communicate(timeout=LIMIT)[1]
    return time.monotonic() - started, errors


@pytest.mark.parametrize("call", ["login(client, request)", "asyncio.run(aio.login(client, request))"])
def test_ctrl_c_ends_the_wait(call: str, sandbox: Sandbox, redirect: str, tmp_path: Path) -> None:
    program = textwrap.dedent(f"""
        import asyncio, socket, sys
        from openapi_generated.pinterest_client import ApiClient, Configuration
        from pinterest_sdk import AuthorizationRequest, aio, login

        configuration = Configuration(host={sandbox.host!r}, username="1234567")
        configuration.password = "0123456789abcdef0123456789abcdef01234567"
        client = ApiClient(configuration)
        request = AuthorizationRequest({redirect!r}, ["pins:read"], lifetime={LIMIT})
        try:
            {call}
        except KeyboardInterrupt as error:
            # The process lives on, and the port is free.
            port = int(request.redirect_uri.rstrip("/").rpartition(":")[2])
            socket.create_server(("127.0.0.1", port)).close()
            print("free", file=sys.stderr)
            raise
    """)
    took, errors = interrupted(program, tmp_path)
    assert took < 1
    lines = errors.splitlines()
    assert (lines[0], lines[-1]) == ("free", "KeyboardInterrupt")
    assert is_free(redirect)


def test_ctrl_c_is_answered_within_100_ms(client: ApiClient, redirect: str) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    sent = []

    def interrupt() -> None:
        sent.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(0.3, interrupt)
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            login(client, asked(redirect), show=str)
        assert time.monotonic() - sent[0] < 0.1
        timer.join()
    finally:
        signal.signal(signal.SIGINT, before)
    assert is_free(redirect)


def test_a_forked_child_logs_in(client: ApiClient, redirect: str) -> None:
    request = asked(redirect)
    assert login_async(client, request, show=Visitor()).access_token

    def child() -> None:
        assert login(client, request, show=Visitor()).access_token
        assert login_async(client, request, show=Visitor()).access_token

    in_child(child)


def test_other_threads_run_meanwhile(client: ApiClient, redirect: str) -> None:
    counted = []
    done = threading.Event()

    def count() -> None:
        while not done.wait(0.005):
            counted.append(time.monotonic())

    counter = threading.Thread(target=count)
    counter.start()
    with pytest.raises(ApiException):
        login(client, asked(redirect, lifetime=1), show=str)
    done.set()
    counter.join()
    assert max(after - before for before, after in pairwise(counted)) < 0.5
