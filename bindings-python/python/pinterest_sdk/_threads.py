"""Threads for what a program brings along: its stores' plain functions, listeners, event loops of ours."""

from __future__ import annotations

from _queue import Empty, SimpleQueue
from _thread import start_new_thread
from sys import modules

from pinterest_sdk._native import fork_generation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def guarded(function: Callable[..., object], *arguments: Any) -> None:
    """Call a function; what it raises, `SystemExit` too, ends no thread of ours."""
    try:
        function(*arguments)
    except BaseException as error:  # noqa: BLE001 - whatever it is, nobody else is harmed.
        report("a program's function", error)


def report(what: str, error: BaseException) -> None:
    """Log what nobody hears of otherwise."""
    from logging import getLogger

    getLogger("pinterest_sdk").warning("%s raised %s", what, type(error).__name__, exc_info=error)


# Threads that wait for work: while the interpreter ends, Python 3.12 starts no others. Two of them may be
# taken for good then: by a loop of ours, and by what is done in turn.
_SPARE = 3


class _Threads:
    """Threads that nobody waits for."""

    __slots__ = ("_idle", "_left", "_work")

    def __init__(self) -> None:
        self._work: SimpleQueue[tuple[Callable[..., object], tuple[Any, ...]]] = SimpleQueue()
        # As many as threads wait for work.
        self._idle: SimpleQueue[None] = SimpleQueue()
        # As many as calls for which no thread could be started: a busy one takes each, and is not idle then.
        self._left: SimpleQueue[None] = SimpleQueue()

    def start(self) -> None:
        for _ in range(_SPARE):
            _start(self._wait)

    def do(self, function: Callable[..., object], arguments: tuple[Any, ...]) -> None:
        self._work.put((function, arguments))
        try:
            self._idle.get_nowait()
        except Empty:
            try:
                _start(self._serve)
            except RuntimeError:  # The interpreter ends: the next that has time does it.
                self._left.put(None)

    def _wait(self) -> None:
        self._idle.put(None)
        self._serve()

    def _serve(self) -> None:
        while True:
            function, arguments = self._work.get()
            guarded(function, *arguments)
            del function, arguments
            try:
                self._left.get_nowait()
            except Empty:
                if self._idle.qsize() >= _SPARE:
                    return
                self._idle.put(None)


_threads: dict[int, _Threads] = {}
"""By process: a forked child has none of its parent's."""


def on_a_thread(function: Callable[..., object], *arguments: Any) -> None:
    """Call a function on a thread that no one waits for, and which is one also for gevent."""
    threads = _threads.get(fork_generation())
    if threads is None:
        made = _Threads()
        threads = _threads.setdefault(fork_generation(), made)
        if threads is made:
            made.start()
    threads.do(function, arguments)


def for_good(function: Callable[..., object], *arguments: Any) -> None:
    """Call a function that never returns, on a thread of its own if one can be started."""
    try:
        _start(function, *arguments)
    except RuntimeError:
        on_a_thread(function, *arguments)


def _start(function: Callable[..., object], *arguments: Any) -> None:
    start: Callable[..., object] = start_new_thread
    for name in ("gevent.monkey", "eventlet.patcher"):
        if name in modules:
            start = _unpatched(modules[name])
    start(function, arguments)


def _unpatched(patches: Any) -> Callable[..., object]:
    if hasattr(patches, "get_original"):
        start: Callable[..., object] = patches.get_original("_thread", "start_new_thread")
    else:
        start = patches.original("_thread").start_new_thread
    return start


_queues: dict[int, SimpleQueue[Callable[[], object]]] = {}
"""By process."""


def in_turn(work: Callable[[], object]) -> None:
    """Call something on a thread that does one thing after the other."""
    queue = _queues.get(fork_generation())
    if queue is None:
        made: SimpleQueue[Callable[[], object]] = SimpleQueue()
        queue = _queues.setdefault(fork_generation(), made)
        if queue is made:
            for_good(_work, queue)
    queue.put(work)


def _work(queue: SimpleQueue[Callable[[], object]]) -> None:
    while True:
        guarded(queue.get())
