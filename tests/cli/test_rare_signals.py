"""Signals that nobody sends by hand, and those that are no request."""

from __future__ import annotations

import os
import signal
from signal import SIGFPE, SIGILL

import pytest

from asked import asked, caught, slow
from program import Person, over

# Those that nobody sends by hand: limits and timers of the system, failing power, and what has no name.
RARE = [
    number
    for number in (
        *(signal.SIGVTALRM, signal.SIGPROF, signal.SIGXCPU, signal.SIGXFSZ, signal.SIGSYS, signal.SIGABRT),
        *(signal.SIGUSR1, signal.SIGTRAP, signal.SIGPOLL, signal.SIGPWR, signal.SIGSTKFLT),
        *(signal.SIGRTMIN, signal.SIGRTMIN + 1, signal.SIGRTMAX - 1),
    )
    if number != signal.SIGTRAP or os.uname().machine in ("x86_64", "i686")
]


@pytest.mark.parametrize("asking", RARE)
def test_a_signal_that_is_rare_waits_alike(person: Person, asking: int) -> None:
    kept = person.keep(expires_at=over())
    slow(person)
    renewal = person.start("token")
    asked(person)
    renewal.process.send_signal(asking)
    result = renewal.end(5)
    assert (result.code, result.out) == (128 + asking, "")
    assert person.stored()["access_token"] != kept["access_token"]


def test_whoever_is_broken_still_ends(person: Person) -> None:
    """What the processor sends is not waited for: the program would get it again and again."""
    person.keep(expires_at=over())
    slow(person)
    renewal = person.start("token")
    asked(person)
    assert not any(caught(renewal.process.pid) >> (number - 1) & 1 for number in (SIGFPE, SIGILL))
    renewal.process.send_signal(SIGILL)
    assert renewal.end(5).code == -SIGILL
