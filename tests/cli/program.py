"""The command line as one person uses it: a home, an app, a port of their own."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shlex
import signal
import socket
import subprocess
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pexpect  # type: ignore[import-untyped]

from browser import Browser
from sandbox import ROOT, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# What starts the command line: a program, with its first arguments if it has any.
LAUNCHER = shlex.split(os.environ.get("PINTEREST_CLI", "")) or [str(ROOT / "target/release/pinterest")]
# Seconds; whatever takes longer hangs.
PATIENCE = 20
APP_ID = "1234567"


@dataclass
class Result:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Running:
    """A command that has not ended yet; its output is read as it comes."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._texts = ["", ""]
        self._readers = [
            threading.Thread(target=self._read, args=(index, pipe), daemon=True)
            for index, pipe in enumerate((process.stdout, process.stderr))
            if pipe is not None
        ]
        for reader in self._readers:
            reader.start()

    def _read(self, index: int, pipe: Any) -> None:
        while text := os.read(pipe.fileno(), 65536):
            self._texts[index] += text.decode()

    def says(self, text: str) -> str:
        """Waits until it has said this on either output; what it said so far."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            said = "".join(self._texts)
            if text in said:
                return said
            if self.process.poll() is not None and not any(reader.is_alive() for reader in self._readers):
                break
            time.sleep(0.005)
        raise AssertionError(f"it did not say {text!r} but {self._texts}")

    def printed(self) -> str:
        """What it has said so far on standard output."""
        return self._texts[0]

    def type(self, text: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def end(self, patience: float = PATIENCE) -> Result:
        """Waits for its end."""
        if self.process.stdin is not None and not self.process.stdin.closed:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
        code = self.process.wait(patience)
        for reader in self._readers:
            reader.join(5)
        return Result(code, *self._texts)

    def close(self) -> None:
        """Ends it, if a test failed before its end."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(5)
        for reader in self._readers:
            reader.join(5)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


class Person:
    """Everything that one test changes, under one folder."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        self.folder = folder
        self.sandbox = sandbox
        self.launcher = LAUNCHER
        self.home = folder / "home"
        self.data = self.home / "data"
        self.tokens = self.data / "pinterest-sdk"
        self.home.mkdir()
        self.browser = Browser(folder)
        self.port = free_port()
        self.redirect_uri = f"http://localhost:{self.port}/"
        self.secret = secrets.token_hex(20)
        self.register(self.redirect_uri)
        self.environment = {
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.data),
            "PATH": f"{self.browser.program.parent}:{os.environ['PATH']}",
            "TERM": "xterm-256color",
            # By its name: in this variable a space would end a path.
            "BROWSER": self.browser.program.name,
            "PINTEREST_API_URI": f"{sandbox.addresses['http']}/v5",
            "PINTEREST_OAUTH_URI": f"{sandbox.addresses['http']}/oauth/",
            "PINTEREST_REDIRECT_URI": self.redirect_uri,
            "PINTEREST_APP_ID": APP_ID,
            "PINTEREST_APP_SECRET": self.secret,
        }
        self._open: list[Running] = []

    def register(self, *redirect_uris: str) -> None:
        """Tells the sandbox of the app."""
        app = {"app_id": APP_ID, "app_secret": self.secret, "redirect_uris": redirect_uris}
        self.sandbox.control("POST", "/apps", app)

    def variables(self, changes: Mapping[str, str | None]) -> dict[str, str]:
        changed = {**self.environment, **changes}
        return {name: value for name, value in changed.items() if value is not None}

    def start(self, *arguments: str, env: Mapping[str, str | None] | None = None, **options: Any) -> Running:
        """Starts a command, with variables changed, or removed if they are None."""
        process = subprocess.Popen(
            # As bytes: whatever the locale of these tests, the program gets UTF-8.
            [argument.encode() for argument in (*self.launcher, *arguments)],
            env={
                name: value.encode(errors="surrogateescape")
                for name, value in self.variables(env or {}).items()
            },
            cwd=options.pop("cwd", self.folder),
            stdin=options.pop("stdin", subprocess.PIPE),
            stdout=options.pop("stdout", subprocess.PIPE),
            stderr=subprocess.PIPE,
            encoding="utf-8",
            **options,
        )
        running = Running(process)
        self._open.append(running)
        return running

    def run(
        self, *arguments: str, typed: str = "", env: Mapping[str, str | None] | None = None, **options: Any
    ) -> Result:
        """Runs a command to its end; its standard input is a pipe with what is `typed`."""
        running = self.start(*arguments, env=env, **options)
        with contextlib.suppress(BrokenPipeError):
            running.type(typed)
        return running.end()

    @contextlib.contextmanager
    def terminal(
        self, *arguments: str, env: Mapping[str, str | None] | None = None, columns: int = 80
    ) -> Iterator[Any]:
        """Starts a command on a terminal of its own (a pexpect `spawn`)."""
        child = pexpect.spawn(
            self.launcher[0],
            [*self.launcher[1:], *arguments],
            env=cast("Any", self.variables(env or {})),
            cwd=str(self.folder),
            dimensions=(24, columns),
            timeout=PATIENCE,
            encoding="utf-8",
        )
        child.delaybeforesend = None
        try:
            yield child
        finally:
            child.close(force=True)

    def close(self) -> None:
        for running in self._open:
            running.close()

    def file(self, profile: str = "default") -> Path:
        return self.tokens / f"{profile}.json"

    def stored(self, profile: str = "default") -> dict[str, Any]:
        stored: dict[str, Any] = json.loads(self.file(profile).read_text())
        return stored

    def keep(
        self, profile: str = "default", kind: str = "user", scope: str = "", **changes: Any
    ) -> dict[str, Any]:
        """Keeps new tokens for a profile as a login an hour ago had; the file's fields can be changed."""
        scope = scope or "user_accounts:read,boards:read,ads:write"
        minted = self.sandbox.control(
            "POST",
            "/tokens",
            {
                "app_id": APP_ID,
                "kind": kind,
                "scope": scope,
                "access_token": f"pina_{secrets.token_hex(16)}",
                "refresh_token": refresh_token(),
            },
        )
        now = int(time.time())
        fields = {
            "version": 1,
            "host": self.environment["PINTEREST_API_URI"],
            "app_id": APP_ID,
            "app_secret": None,
            "account": None,
            "scope": scope,
            "access_token": minted["access_token"],
            "issued_at": now - 3600,
            "expires_at": now - 3600 + 2592000,
            "refresh_token": minted.get("refresh_token"),
            "refresh_token_issued_at": now - 3600,
            "refresh_token_expires_at": now - 3600 + 5184000,
            **changes,
        }
        self.tokens.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.write(profile, json.dumps(fields))
        return fields

    def write(self, profile: str, text: str) -> None:
        self.file(profile).write_text(text, encoding="utf-8")
        self.file(profile).chmod(0o600)


def refresh_token() -> str:
    """One as Pinterest writes them: `pinr.` and a JWT."""
    return f"pinr.eyJhbGciOiJSUzI1NiJ9.{secrets.token_urlsafe(60)}.{secrets.token_urlsafe(256)}"


def due() -> int:
    """An end that is near enough to renew, and far enough to use the token."""
    return int(time.time()) + 120


def over() -> int:
    """An end that has passed."""
    return int(time.time()) - 10


def free_port() -> int:
    """A port that nobody listens on, of either family."""
    if not has_ipv6():
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            return int(listener.getsockname()[1])
    with socket.socket(socket.AF_INET6) as listener:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.bind(("::", 0))
        return int(listener.getsockname()[1])


def has_ipv6() -> bool:
    """Whether this machine's loopback has an IPv6 address."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


def listens(port: int, address: str = "127.0.0.1") -> bool:
    """Whether somebody accepts connections there."""
    try:
        socket.create_connection((address, port), 2).close()
    except OSError:
        return False
    return True
