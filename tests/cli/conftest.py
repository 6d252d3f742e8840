"""What every test has: a sandbox as it was at its start, and a person who has never logged in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from program import Person
from sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
