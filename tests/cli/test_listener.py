"""What a login's listener does with those who are not the person's browser."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from browser import decide, fetch, visit
from program import Person, Running, has_ipv6, listens

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def login(person: Person) -> Running:
    """A login that waits for its callback."""
    return person.start("login")


@pytest.fixture
def url(login: Running, person: Person) -> Iterator[str]:
    url = person.browser.url()
    yield url
    # Whatever came, the right callback still counts.
    assert login.process.poll() is None
    page = visit(url)
    assert page.status == 200, page
    assert login.end().code == 0


def exchange(port: int, said: bytes) -> bytes:
    """Sends bytes and reads whatever comes back; the other side may hang up at any time."""
    with socket.create_connection(("127.0.0.1", port), 5) as connection:
        connection.settimeout(5)
        answer = b""
        with contextlib.suppress(ConnectionError):
            connection.sendall(said)
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionError):
            while chunk := connection.recv(65536):
                answer += chunk
        return answer


def request(port: int, method: str = "GET", target: str = "/", host: str | None = None) -> int:
    host = host or f"localhost:{port}"
    answer = exchange(port, f"{method} {target} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    return int(answer.split()[1])


@pytest.mark.parametrize("method", ["POST", "HEAD", "OPTIONS", "PUT"])
def test_only_get_is_answered(url: str, person: Person, method: str) -> None:
    assert request(person.port, method, decide(url).partition(str(person.port))[2]) == 405


def test_only_the_exact_path_is_answered(url: str, person: Person) -> None:
    callback = decide(url).partition("?")[2]
    for path in ("/favicon.ico", "//", "/callback", "/%2e", "/."):
        assert request(person.port, target=f"{path}?{callback}") == 404, path


def test_only_loopback_hosts_are_answered(url: str, person: Person) -> None:
    target = decide(url).partition(str(person.port))[2]
    for host in (
        "evil.example",
        f"evil.example:{person.port}",
        "localhost",
        "localhost.evil.example",
        "127.0.0.1:1",
    ):
        assert request(person.port, target=target, host=host) == 400, host
    assert exchange(person.port, f"GET {target} HTTP/1.1\r\n\r\n".encode()).split()[1] == b"400"


def test_a_request_line_of_10_mb_is_cut_off(url: str, person: Person) -> None:
    started = time.monotonic()
    exchange(person.port, b"GET /?" + b"a" * 10_000_000 + b" HTTP/1.1\r\n\r\n")
    assert time.monotonic() - started < 3
    assert listens(person.port)
    assert url


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),
        b"\r\n\r\n\r\n",
        b"\x00" * 4096,
        b"SSH-2.0-scanner\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    ],
    ids=["tls", "empty lines", "zeros", "ssh", "version", "http2", "headers"],
)
def test_garbage_is_answered_shortly(url: str, person: Person, garbage: bytes) -> None:
    started = time.monotonic()
    answer = exchange(person.port, garbage)
    assert time.monotonic() - started < 3
    assert answer == b"" or answer.split()[1] in (b"400", b"405"), answer
    assert url


def test_idle_connections_leave_room_for_the_person(url: str, person: Person) -> None:
    with contextlib.ExitStack() as idle:
        for _ in range(40):
            idle.enter_context(socket.create_connection(("127.0.0.1", person.port), 5))
        started = time.monotonic()
        page = fetch(f"http://localhost:{person.port}/nothing")
        assert (page.status, time.monotonic() - started < 2) == (404, True)
    assert url


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda callback: callback.partition("&state=")[0], "no `state`"),
        (lambda callback: callback.replace("state=", "state=A"), "not the one"),
        (lambda callback: callback[:-1], "not the one"),
        (lambda callback: callback.replace("state=", "state=&state="), "`state` twice"),
        (lambda callback: callback + "&state=x", "`state` twice"),
        (lambda callback: callback + "&code=x", "`code` twice"),
        (lambda callback: callback + "&iss=https://evil.example", "another issuer"),
        (lambda callback: callback.partition("?")[0], "no `state`"),
    ],
    ids=["missing", "wrong", "short", "empty and right", "twice", "code twice", "issuer", "no query"],
)
def test_a_callback_of_somebody_else_ends_nothing(url: str, person: Person, change: object, why: str) -> None:
    assert callable(change)
    page = fetch(change(decide(url)))
    assert page.status == 400
    assert why in page.text.replace("&#39;", "'")
    assert person.sandbox.requests("/oauth/token") == []


def test_the_right_state_without_a_code_ends_the_login(person: Person) -> None:
    login = person.start("login")
    callback = decide(person.browser.url())
    page = fetch(callback.replace("code=", "cod="))
    result = login.end()
    assert (page.status, result.code) == (200, 4)
    assert "holds no `code`" in result.err
    assert person.sandbox.requests("/oauth/token") == []


def test_a_late_callback_finds_nobody(person: Person) -> None:
    login = person.start("login", "--wait", "1")
    callback = decide(person.browser.url())
    assert login.end().code == 5
    with pytest.raises(ConnectionRefusedError):
        fetch(callback)
    assert person.sandbox.requests("/oauth/token") == []


def test_a_used_callback_finds_nobody(person: Person) -> None:
    login = person.start("login")
    callback = decide(person.browser.url())
    fetch(callback)
    assert login.end().code == 0
    with pytest.raises(ConnectionRefusedError):
        fetch(callback)


def test_pages_are_not_cached_or_scripted_and_tell_no_other_site(url: str, person: Person) -> None:
    page = fetch(f"http://localhost:{person.port}/?state=%3Cscript%3E&error=x")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "<script" not in page.text
    assert url


def test_a_reason_from_outside_is_escaped(person: Person) -> None:
    login = person.start("login")
    callback = decide(person.browser.url(), "deny")
    page = fetch(callback.replace("error=access_denied", "error=%3Cb%3E%1b%5B31m"))
    result = login.end()
    assert result.code == 4
    assert "<b>" not in page.text
    assert "&lt;b&gt;" in page.text
    assert "\x1b" not in page.text + result.err


def addresses() -> list[str]:
    """This machine's addresses that others reach."""
    return subprocess.run(["hostname", "-I"], capture_output=True, text=True, check=True).stdout.split()


def test_only_loopback_listens(url: str, person: Person) -> None:
    assert listens(person.port, "127.0.0.1")
    assert listens(person.port, "::1") == has_ipv6()
    assert not listens(person.port, "127.0.0.2")
    # The table of the system's sockets names the address even on a machine without a network.
    listening = []
    for table, wildcard in (("/proc/net/tcp", "0" * 8), ("/proc/net/tcp6", "0" * 32)):
        if not os.path.exists(table):
            continue
        with open(table) as sockets:
            rows = [line.split() for line in sockets]
        listening += [row[1] for row in rows if row[1].endswith(f":{person.port:04X}") and row[3] == "0A"]
        assert f"{wildcard}:{person.port:04X}" not in listening
    assert len(listening) == 1 + has_ipv6()
    for address in addresses():
        assert not listens(person.port, address), address
    assert url


def test_a_redirect_uri_of_one_family_listens_there_only(person: Person) -> None:
    uri = f"http://127.0.0.1:{person.port}/back"
    person.register(uri)
    login = person.start("login", "--redirect-uri", uri)
    url = person.browser.url()
    assert not listens(person.port, "::1")
    visit(url)
    assert login.end().code == 0


@pytest.mark.parametrize(
    "uri",
    [
        "https://localhost:8085/",
        "http://example.com:8085/",
        "http://localhost/",
        "http://localhost.evil.example:1/",
        "http://0.0.0.0:8085/",
        "nonsense",
        "",
        "http://localhost:8085/#x",
        "http://localhost:99999/",
        "ftp://localhost:1/",
    ],
)
def test_a_redirect_uri_elsewhere_is_refused(person: Person, uri: str) -> None:
    result = person.run("login", "--redirect-uri", uri)
    assert result.code == 2, result
    assert "the redirect URI" in result.err
    assert not (person.folder / "browser.arguments").exists()
