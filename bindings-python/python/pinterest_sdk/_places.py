"""How many threads a program's own store may take: one that hangs takes no more and more of them."""

from __future__ import annotations

from _queue import Empty, SimpleQueue
from _weakref import ref
from time import monotonic

from pinterest_sdk._native import fork_generation
from pinterest_sdk._threads import guarded, on_a_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# Threads of one store. What comes when all are taken waits for one.
_PLACES = 64
# After so many seconds in which none of them has moved, the core has given up what waits.
_HANGS = 30


class Hangs(Exception):
    """Nothing is asked of what has not answered any of so many questions. The core says it in these words."""


class Places:
    """Calls functions on threads, not more than so many at a time.

    Args:
        what: whose functions they are.
        waits: how many seconds one of them may rightly wait for something else.

    """

    __slots__ = ("_crews", "_waits", "_what")

    def __init__(self, what: str, waits: int = 0) -> None:
        self._what = what
        self._waits = waits
        # By process: a forked child has none of its parent's threads.
        self._crews: dict[int, Crew] = {}

    def call(self, function: Callable[..., object], *arguments: Any) -> None:
        """Call a function on a thread that no one waits for.

        Raises:
            Hangs: if all of them have not moved for long.

        """
        crew = self._crews.get(fork_generation())
        if crew is None:
            crew = self._crews.setdefault(fork_generation(), Crew())
        seconds = _HANGS + self._waits
        if crew.hangs(seconds):
            raise Hangs(
                f"{self._what}: {_PLACES} calls have not returned for {seconds} s, and no more are made"
            )
        crew.call(function, arguments)


_known: dict[tuple[int, int], tuple[ref[Any], Places]] = {}
"""By the number of what they are of, as long as that lives, and how long those may wait."""


def places_of(owner: Any, what: str, waits: int = 0) -> Places:
    """Give those of a store or a connection, whichever of its managers asks."""
    number = (id(owner), waits)
    known = _known.get(number)
    if known is not None and known[0]() is owner:
        return known[1]
    made = Places(what, waits)
    try:
        _known[number] = (ref(owner, lambda _: _known.pop(number, None)), made)
    except TypeError:  # It cannot be known weakly, as one with slots: then they are of its manager.
        return made
    return made


class Crew:
    """Threads of one process. No lock, which a greenlet's could be; each step is the interpreter's own."""

    __slots__ = ("_free", "_moved", "_work")

    def __init__(self) -> None:
        self._work: SimpleQueue[tuple[Callable[..., object], tuple[Any, ...]]] = SimpleQueue()
        self._free: SimpleQueue[None] = SimpleQueue()
        for _ in range(_PLACES):
            self._free.put(None)
        self._moved = monotonic()

    def hangs(self, seconds: float) -> bool:
        return self._free.empty() and monotonic() - self._moved > seconds

    def call(self, function: Callable[..., object], arguments: tuple[Any, ...]) -> None:
        self._work.put((function, arguments))
        self._hire()

    def _hire(self) -> None:
        try:
            self._free.get_nowait()
        except Empty:
            return  # One that is busy does it.
        on_a_thread(self._serve)

    def _serve(self) -> None:
        while True:
            try:
                function, arguments = self._work.get_nowait()
            except Empty:
                break
            self._moved = monotonic()
            guarded(function, *arguments)
            self._moved = monotonic()
            del function, arguments
        self._free.put(None)
        # Which may have come when no place was free.
        if not self._work.empty():
            self._hire()
