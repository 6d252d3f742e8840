"""What every test has: a sandbox as it was at its start, and a person who has never logged in."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from program import Person
from sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def pytest_configure() -> None:
    """What whoever runs the tests ignores, a shell's background or nohup, the programs under test do not."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


@pytest.fixture(scope="session")
def one_sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


@pytest.fixture
def sandbox(one_sandbox: Sandbox) -> Sandbox:
    one_sandbox.reset()
    return one_sandbox


@pytest.fixture
def person(tmp_path: Path, sandbox: Sandbox) -> Iterator[Person]:
    person = Person(tmp_path, sandbox)
    yield person
    person.close()
