"""What stands beside a profile's file, the lock on it, and commands ended before they tidy up."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from browser import visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from program import Person, Running


def new(person: Person) -> Path:
    """Where a renewal writes before it puts its token in place."""
    return person.file().with_suffix(".json.new")


def copies(person: Person) -> list[Path]:
    return sorted(
        path for path in person.tokens.iterdir() if ".aside-" in path.name or ".corrupt-" in path.name
    )


def private(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o600)


def strangers(person: Person) -> dict[str, str]:
    """What can stand in the place of the next token and cannot be ranked."""
    whole = person.keep("stranger")
    person.file("stranger").unlink()
    return {
        "another chain's": json.dumps({**whole, "sequence": 7, "replaces": "somebody"}),
        "a later release's": json.dumps({**whole, "version": 2}),
        "half written": json.dumps(whole)[:-40],
    }


@contextmanager
def locked(person: Person, profile: str = "default") -> Iterator[None]:
    """Holds a profile's lock, as another program does."""
    person.tokens.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (person.tokens / f"{profile}.lock").open("a") as lock:
        os.chmod(lock.fileno(), 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def renewals(person: Person) -> int:
    return len(person.sandbox.requests("/oauth/token"))


def wait_for_renewals(person: Person, count: int) -> None:
    until = time.monotonic() + 10
    while renewals(person) < count:
        assert time.monotonic() < until
        time.sleep(0.01)


def end_a_renewal(person: Person) -> None:
    """Kills a renewal while Pinterest's answer is on its way; the caller keeps tokens that are over."""
    person.sandbox.respond({"pass": True, "delay_ms": 5000})
    killed = person.start("token")
    wait_for_renewals(person, 1)
    killed.process.send_signal(signal.SIGKILL)
    assert killed.end().code == -signal.SIGKILL


def login_that_waits(person: Person) -> Running:
    """A login whose tokens are on the disk, while another program holds its profile's lock."""
    login = person.start("login")
    visit(person.browser.url())
    until = time.monotonic() + 10
    while not [path for path in person.tokens.glob("*.new-*") if path.read_text().strip()]:
        assert time.monotonic() < until
        time.sleep(0.02)
    return login
