"""What a person's browser does: opens Pinterest's page, presses a button, goes where it is sent."""

from __future__ import annotations

import http.client
import time
import urllib.parse
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 15


@dataclass
class Page:
    """An answer as it came."""

    status: int
    headers: dict[str, str]
    text: str


def fetch(url: str, method: str = "GET", body: str | None = None) -> Page:
    """One request; redirects are answers like others."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        headers = {} if body is None else {"Content-Type": "application/x-www-form-urlencoded"}
        target = urllib.parse.urlunsplit(("", "", parts.path or "/", parts.query, ""))
        connection.request(method, target, body, headers)
        answer = connection.getresponse()
        fields = {name.lower(): value for name, value in answer.getheaders()}
        return Page(answer.status, fields, answer.read().decode())
    finally:
        connection.close()


def query(url: str) -> dict[str, str]:
    """The parameters of a URL, each at most once."""
    pairs = urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query, strict_parsing=True)
    assert len(dict(pairs)) == len(pairs), pairs
    return dict(pairs)


def decide(url: str, decision: str = "allow") -> str:
    """Presses a button on the consent page; where it leads."""
    parts = urllib.parse.urlsplit(url)
    page = urllib.parse.urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    answer = fetch(page, "POST", f"{parts.query}&decision={decision}")
    assert answer.status in (302, 303), answer
    return answer.headers["location"]


def visit(url: str, decision: str = "allow") -> Page:
    """The whole way: the consent page, the button, and the page that the login answers with."""
    return fetch(decide(url, decision))


class Browser:
    """A program that notes its arguments; `BROWSER` names it. It needs no other program."""

    def __init__(self, folder: Path) -> None:
        self.program = folder / "programs" / "browser-of-this-person"
        self.program.parent.mkdir()
        self._notes = folder / "browser.arguments"
        self.program.write_text(f"#!/bin/sh\n{{ printf '%s\\n' \"$@\"; printf 'END'; }} > '{self._notes}'\n")
        self.program.chmod(0o755)

    def arguments(self) -> list[str]:
        """Waits until it was started."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self._notes.exists() and (text := self._notes.read_text()).endswith("END"):
                return text.removesuffix("END").splitlines()
            time.sleep(0.01)
        raise AssertionError("no browser was started")

    def url(self) -> str:
        arguments = self.arguments()
        assert len(arguments) == 1, arguments
        self._notes.unlink()
        return arguments[0]
