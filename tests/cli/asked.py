"""Waiting until a command has asked, or hears."""

from __future__ import annotations

import time
from signal import SIGTERM
from typing import TYPE_CHECKING

from program import PATIENCE, Person, Running

if TYPE_CHECKING:
    from collections.abc import Callable


def eventually(happened: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.01)


def asked(person: Person, path: str = "/oauth/token", count: int = 1) -> None:
    """Waits until so many requests came."""
    eventually(lambda: len(person.sandbox.requests(path)) >= count)


def slow(person: Person, milliseconds: int = 700) -> None:
    person.sandbox.respond({"pass": True, "delay_ms": milliseconds})


def hears(running: Running) -> None:
    """Waits until it hears signals; it begins to read right after that."""
    eventually(lambda: caught(running.process.pid) >> (SIGTERM - 1) & 1)
    time.sleep(0.05)
    assert running.process.poll() is None


def caught(pid: int) -> int:
    """The signals that a process has handlers for, one bit each."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1], 16) for line in status if line.startswith("SigCgt:"))
