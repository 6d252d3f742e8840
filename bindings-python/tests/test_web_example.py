"""The FastAPI example, as two people with browsers see it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from kept_tokens import LIFE
from person import Browser, is_free, registered_redirects
from sandbox import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandbox import Sandbox

PYTHON = ROOT / "build/python/web/bin/python"
CONNECT = '<a href="/login">Connect with Pinterest</a>'
LIMIT = 20
"""Seconds in which the example starts and ends."""


class Example:
    """The example as a process of its own, in front of a sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        [self.redirect] = registered_redirects(sandbox, "/callback")
        self.process = subprocess.Popen(
            [PYTHON, ROOT / "examples/web/fastapi/app.py"],
            env={
                **os.environ,
                "PINTEREST_APP_ID": "1234567",
                "PINTEREST_APP_SECRET": "0123456789abcdef0123456789abcdef01234567",
                "PINTEREST_REDIRECT_URI": self.redirect,
                "PINTEREST_API_URI": sandbox.host,
                "PINTEREST_OAUTH_URI": f"{sandbox.addresses['http']}/oauth/",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        killer = threading.Timer(LIMIT, self.process.kill)
        killer.start()
        self.home = self.process.stdout.readline().strip()
        killer.cancel()
        assert self.home == f"http://localhost:{urlsplit(self.redirect).port}/"

    def get(self, browser: Browser, path: str = "") -> tuple[int, str, str]:
        return browser.open(self.home + path, connect_to="127.0.0.1")

    def callback(self, browser: Browser, decision: str = "allow") -> str:
        """Connect, and answer Pinterest's page; give the callback's URL."""
        status, _, page = self.get(browser, "login")
        assert status in (302, 303)
        # The sandbox's cookies are another site's, though it has the same name.
        return Browser().answer(page, decision)

    def come_back(self, browser: Browser, callback: str) -> str:
        """Follow the callback to the page that it ends at."""
        status, _, target = browser.open(callback, connect_to="127.0.0.1")
        assert (status, target) == (303, self.home)
        return self.get(browser)[1]

    def end(self, number: int = signal.SIGTERM) -> str:
        self.process.send_signal(number)
        return self.process.communicate(timeout=LIMIT)[0]


@pytest.fixture
def example(sandbox: Sandbox) -> Iterator[Example]:
    example = Example(sandbox)
    yield example
    if example.process.poll() is None:
        printed = example.end()
        # Neither what was asked for nor what came.
        assert printed == ""


def test_login_greeting_logout(example: Example, sandbox: Sandbox) -> None:
    browser = Browser()
    status, page, _ = example.get(browser)
    assert (status, CONNECT in page, "Hello" in page) == (200, True, False)
    assert ("cache-control", "no-store") in browser.headers
    callback = example.callback(browser)
    before = browser.cookies["localhost"]["fastapi_session"]
    cookie = next(value for name, value in browser.headers if name.lower() == "set-cookie")
    assert {"httponly", "samesite=lax"} <= {part.strip().lower() for part in cookie.split(";")}

    page = example.come_back(browser, callback)
    greeting = re.search(r"Hello, ([a-z_]+)!", page)
    assert greeting
    assert ">Log out</button>" in page
    assert ("cache-control", "no-store") in browser.headers
    after = browser.cookies["localhost"]["fastapi_session"]
    assert after != before
    seen = page + after + str(browser.headers)
    assert [token for token in ("pina_", "pinr") if token in seen] == []
    account = sandbox.requests()[-1]
    assert account["path"] == "/v5/user_account"
    assert any(
        name == "authorization" and value.startswith("Bearer ")
        for name, value in map(lower, account["headers"])
    )

    status, _, target = browser.open(f"{example.home}logout", [], connect_to="127.0.0.1")
    assert (status, target) == (303, example.home)
    assert CONNECT in example.get(browser)[1]
    # The session is over, also for whoever kept its cookie.
    browser.cookies["localhost"]["fastapi_session"] = after
    assert CONNECT in example.get(browser)[1]


def bearer(sandbox: Sandbox) -> str:
    account = [request for request in sandbox.requests() if request["path"] == "/v5/user_account"][-1]
    return dict(map(lower, account["headers"]))["authorization"]


def lower(header: list[str]) -> tuple[str, str]:
    return header[0].lower(), header[1]


def test_denial(example: Example) -> None:
    browser = Browser()
    page = example.come_back(browser, example.callback(browser, "deny"))
    assert "access_denied" in page
    assert "ask again" in page
    assert CONNECT in page
    # Said once.
    assert "access_denied" not in example.get(browser)[1]
    assert "Hello, " in example.come_back(browser, example.callback(browser))


def test_text_from_outside_is_escaped(example: Example) -> None:
    browser = Browser()
    example.callback(browser)
    state = re.search(r"state=([^&]+)", example.get(browser, "login")[2])
    assert state
    page = example.come_back(browser, f"{example.redirect}?error=%3Cscript%3E&state={state[1]}")
    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_a_callback_in_anothers_session(example: Example) -> None:
    ours, theirs = Browser(), Browser()
    example.callback(ours)
    page = example.come_back(ours, example.callback(theirs))
    assert "is not the one of this authorization" in page
    assert CONNECT in page


def test_a_callback_without_a_login(example: Example, sandbox: Sandbox) -> None:
    browser = Browser()
    page = example.come_back(Browser(), f"{example.redirect}?code=c&state=s")
    assert CONNECT in page
    page = example.come_back(browser, f"{example.redirect}?code=c&state=s")
    assert "No login is under way" in page
    assert not [request for request in sandbox.requests() if request["path"] == "/v5/oauth/token"]


def test_a_callback_counts_once(example: Example) -> None:
    browser = Browser()
    callback = example.callback(browser)
    kept = dict(browser.cookies["localhost"])
    assert "Hello, " in example.come_back(browser, callback)
    # Loaded again: no login is under way, and the person stays signed in.
    assert "Hello, " in example.come_back(browser, callback)
    thief = Browser()
    thief.cookies["localhost"] = kept
    assert "was used already" in example.come_back(thief, callback)


def test_a_token_that_ends_is_renewed(example: Example, sandbox: Sandbox) -> None:
    def live(seconds: int) -> None:
        sandbox.control("PATCH", "/_sandbox/switches", {"access_token_lifetime_seconds": seconds})

    live(2)
    browser = Browser()
    assert "Hello, " in example.come_back(browser, example.callback(browser))
    first = bearer(sandbox)
    time.sleep(2.2)
    assert "Hello, " in example.get(browser)[1]
    assert bearer(sandbox) != first
    live(LIFE)
    time.sleep(2.2)
    # One that cannot be renewed is told, and whoever connects again is let in with their other browser.
    sandbox.respond({"status": 401, "json": {"code": 283, "message": "The authorization grant is invalid"}})
    page = example.get(browser)[1]
    assert "authorization again" in page
    assert CONNECT in page
    other = Browser()
    assert "Hello, " in example.come_back(other, example.callback(other))
    assert "Hello, " in example.get(browser)[1]


def test_each_login_has_a_session_of_its_own(example: Example) -> None:
    browser = Browser()
    assert "Hello, " in example.come_back(browser, example.callback(browser))
    first = browser.cookies["localhost"]["fastapi_session"]
    assert "Hello, " in example.come_back(browser, example.callback(browser))
    browser.cookies["localhost"]["fastapi_session"] = first
    assert CONNECT in example.get(browser)[1]


def test_two_people_at_once(example: Example) -> None:
    people = [Browser(), Browser()]
    callbacks = [example.callback(person) for person in people]
    for person, callback in zip(people, callbacks, strict=True):
        assert "Hello, " in example.come_back(person, callback)
    sessions = [person.cookies["localhost"]["fastapi_session"] for person in people]
    assert sessions[0] != sessions[1]
    people[0].open(f"{example.home}logout", [], connect_to="127.0.0.1")
    assert "Hello, " in example.get(people[1])[1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_promptly(number: int, example: Example) -> None:
    # With a connection that is open and says nothing.
    with socket.create_connection(("127.0.0.1", urlsplit(example.redirect).port or 0)):
        example.get(Browser())
        started = time.monotonic()
        example.end(number)
        assert time.monotonic() - started < 3
    assert is_free(example.redirect)


@pytest.mark.parametrize("path", ["", "/"])
def test_a_redirect_uri_that_is_the_home_page_is_refused(path: str) -> None:
    result = subprocess.run(
        [PYTHON, ROOT / "examples/web/fastapi/app.py"],
        env={**os.environ, "PINTEREST_REDIRECT_URI": f"http://localhost:8085{path}"},
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert result.returncode == 1
    assert "PINTEREST_REDIRECT_URI needs a path of its own" in result.stderr
