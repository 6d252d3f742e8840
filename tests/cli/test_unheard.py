"""Nobody who does not read what is said keeps a lock, or a token from the disk."""

from __future__ import annotations

import fcntl
import json
import os
import re
import select
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from asked import eventually
from beside import private
from browser import decide, visit
from program import PATIENCE, Person, due, over

if TYPE_CHECKING:
    from collections.abc import Iterator


class Deaf:
    """A command whose standard error is read when that is asked for, and then full."""

    def __init__(self, process: subprocess.Popen[bytes], said: int) -> None:
        self.process = process
        self.said = said
        # Of its own, so that the command's still waits.
        self._full = os.open(f"/proc/{process.pid}/fd/2", os.O_WRONLY)
        self.text = ""

    def fill(self) -> None:
        stuff(self._full)

    def hear(self, until: str) -> str:
        while until not in self.text:
            self.text += os.read(self.said, 65536).decode()
        return self.text

    def end(self) -> int:
        """Hears the rest."""
        os.close(self._full)
        while heard := os.read(self.said, 65536):
            self.text += heard.decode()
        return self.process.wait(10)


@contextmanager
def deaf(
    person: Person, *arguments: str, full: bool = True, env: dict[str, str | None] | None = None
) -> Iterator[Deaf]:
    said, says = os.pipe()
    if full:
        stuff(says)
    process = subprocess.Popen(
        [*person.launcher, *arguments],
        env=person.variables(env or {}),
        cwd=person.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=says,
    )
    os.close(says)
    try:
        yield Deaf(process, said)
    finally:
        process.kill()
        process.communicate()
        os.close(said)


def stuff(pipe: int) -> None:
    os.set_blocking(pipe, False)
    try:
        while True:
            os.write(pipe, b"." * 4096)
    except BlockingIOError:
        os.set_blocking(pipe, True)


def is_free(person: Person) -> bool:
    with (person.tokens / "default.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_a_warning_that_nobody_reads_keeps_no_renewal_from_the_disk(person: Person) -> None:
    person.keep(expires_at=over())
    private(person.tokens / "default.json.new-1", "{")
    with deaf(person, "refresh") as command:
        eventually(lambda: person.stored().get("sequence") == 1)
        eventually(lambda: is_free(person))
        assert command.process.poll() is None
        assert command.end() == 0
    assert "are kept as" in command.text


def test_a_warning_that_nobody_reads_holds_no_lock(person: Person) -> None:
    person.keep()
    assert person.run("refresh").code == 0
    private(person.tokens / "default.json.new-1", person.file().read_text())
    private(person.tokens / "default.json.new-2", "{")
    person.file().unlink()
    with deaf(person, "token") as command:
        eventually(person.file().exists)
        eventually(lambda: is_free(person))
        assert command.process.poll() is None
        assert command.end() == 0


def test_a_warning_that_nobody_reads_holds_no_lock_after_a_login(person: Person) -> None:
    kept = person.keep()
    private(person.tokens / "default.json.new-1", "{")
    with deaf(person, "login", "--no-browser", full=False) as command:
        address = re.search(r"http://\S+", command.hear("Paste it here:\n"))
        assert address
        pasted = decide(address[0])
        command.fill()
        assert command.process.stdin
        command.process.stdin.write(f"{pasted}\n".encode())
        command.process.stdin.flush()
        eventually(lambda: person.stored()["access_token"] != kept["access_token"])
        eventually(lambda: is_free(person))
        assert command.process.poll() is None
        assert command.end() == 0
    assert "are kept as" in command.text


def test_a_warning_that_nobody_reads_keeps_no_assistant_waiting(person: Person) -> None:
    person.keep(expires_at=due())
    client = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "x", "version": "1"},
    }
    call = {"name": "call_operation", "arguments": {"operation": "user_account/get"}}
    messages: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": client},
        {"method": "notifications/initialized"},
        *({"id": number, "method": "tools/call", "params": call} for number in (2, 3)),
    ]
    with deaf(person, "mcp", env={"PINTEREST_APP_SECRET": None}) as command:
        assert command.process.stdin
        assert command.process.stdout
        for message in messages:
            command.process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")
        command.process.stdin.flush()
        answers = b""
        while answers.count(b"username") < 2:
            assert select.select([command.process.stdout], [], [], PATIENCE)[0], answers
            answers += os.read(command.process.stdout.fileno(), 65536)
        command.process.stdin.close()
        command.process.stdin = None
        assert command.end() == 0
    assert "could not be renewed" in command.text


def test_a_terminal_that_stands_still_keeps_no_login_from_the_disk(person: Person) -> None:
    with person.terminal("login", columns=400) as terminal:
        terminal.expect("waiting for your answer")
        url = person.browser.url()
        # Ctrl-S; then the spinner waits for the terminal.
        terminal.send("\x13")
        time.sleep(0.5)
        visit(url)
        eventually(person.file().exists)
        assert json.loads(person.file().read_text())["access_token"].startswith("pina_")
        terminal.send("\x11")
        terminal.expect("You are connected")
