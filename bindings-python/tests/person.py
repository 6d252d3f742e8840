"""A person with a browser, who answers the sandbox's consent page."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit

from pinterest_sdk import AuthorizationRequest, aio

if TYPE_CHECKING:
    from sandbox import Sandbox

TIMEOUT = 10
"""Seconds that any page may take."""
LIMIT = 15
"""Seconds after which a login counts as hanging."""


class Form(HTMLParser):
    """The fields of a page's form and where it goes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.action = named["action"]
        elif tag == "input":
            self.fields.append((named["name"], named["value"]))


class Browser:
    """Keeps cookies by host and follows no redirect by itself."""

    def __init__(self) -> None:
        self.cookies: dict[str, dict[str, str]] = {}
        self.headers: list[tuple[str, str]] = []

    def open(
        self, url: str, form: list[tuple[str, str]] | None = None, *, connect_to: str | None = None
    ) -> tuple[int, str, str]:
        """Ask for a page; give its status, its text, and where it leads."""
        parts = urlsplit(url)
        assert parts.hostname is not None
        cookies = self.cookies.setdefault(parts.hostname, {})
        connection = http.client.HTTPConnection(connect_to or parts.hostname, parts.port, timeout=TIMEOUT)
        headers = {"Host": parts.netloc, "Cookie": "; ".join(f"{name}={cookies[name]}" for name in cookies)}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = None if form is None else urlencode(form)
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request("GET" if form is None else "POST", target, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        self.headers = answer.getheaders()
        for name, value in self.headers:
            if name.lower() == "set-cookie":
                key, _, held = value.split(";")[0].partition("=")
                cookies[key] = held
        location = answer.getheader("Location")
        return answer.status, text, urljoin(url, location) if location else ""

    def answer(self, url: str, decision: str = "allow") -> str:
        """Press a button on the consent page; give the callback's URL."""
        status, page, _ = self.open(url)
        assert status == 200, page
        form = Form(page)
        status, page, callback = self.open(urljoin(url, form.action), [*form.fields, ("decision", decision)])
        assert status == 303, page
        return callback


def registered_redirects(sandbox: Sandbox, *paths: str) -> list[str]:
    """Register redirect URIs on free ports of this machine, in the place of earlier ones."""
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in paths or "/"]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    uris = [f"http://localhost:{port}{path}" for port, path in zip(ports, paths or "/", strict=True)]
    app = {
        "app_id": "1234567",
        "app_secret": "0123456789abcdef0123456789abcdef01234567",
        "redirect_uris": uris,
    }
    sandbox.control("POST", "/_sandbox/apps", app)
    return uris


def is_free(redirect_uri: str) -> bool:
    """Say whether the port of a redirect URI can be listened on."""
    port = urlsplit(redirect_uri).port or 0
    try:
        for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            if family != socket.AF_INET6 or has_ipv6():
                # SO_REUSEADDR, which this sets, lets only connections in their last minute pass.
                socket.create_server((address, port), family=family).close()
    except OSError:
        return False
    return True


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


class Visitor:
    """Goes to the page that it is shown, answers, and comes back, while the login waits."""

    def __init__(self, decision: str = "allow") -> None:
        self.decision = decision
        self.page: tuple[int, str, str] | None = None
        self._thread: threading.Thread | None = None

    def __call__(self, url: str) -> None:
        self._thread = threading.Thread(target=self._visit, args=(url,))
        self._thread.start()

    def _visit(self, url: str) -> None:
        browser = Browser()
        self.page = browser.open(browser.answer(url, self.decision))

    def last_page(self) -> tuple[int, str, str]:
        assert self._thread is not None
        self._thread.join(LIMIT)
        assert self.page is not None
        return self.page


def asked(redirect: str, *, pkce: bool = False, lifetime: float = LIMIT) -> AuthorizationRequest:
    """Ask for a login that gives up before the test does."""
    return AuthorizationRequest(redirect, ["user_accounts:read"], pkce=pkce, lifetime=lifetime)


def login_async(*arguments: Any, **keywords: Any) -> Any:
    return asyncio.run(aio.login(*arguments, **keywords))
