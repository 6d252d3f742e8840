"""Where a token manager's coroutines run, and its plain functions: stores' methods, listeners."""

from __future__ import annotations

from _queue import Empty, SimpleQueue
from _thread import get_ident, start_new_thread
from sys import modules

from pinterest_sdk._native import fork_generation
from pinterest_sdk._outcome import Outcome

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Awaitable, Callable, Coroutine
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


def is_end(error: BaseException) -> bool:
    """Say whether an exception ends a task or the program, and has to go on: a cancellation, Ctrl-C."""
    if isinstance(error, KeyboardInterrupt):
        from threading import main_thread

        # Only there is it Ctrl-C, and no loop of ours.
        return get_ident() == main_thread().ident
    if isinstance(error, Exception):
        return False
    from asyncio import CancelledError

    return isinstance(error, (CancelledError, GeneratorExit))


# Threads that wait for work: while the interpreter ends, Python 3.12 starts no others.
_SPARE = 2


class _Threads:
    """Threads that nobody waits for."""

    __slots__ = ("_idle", "_work")

    def __init__(self) -> None:
        self._work: SimpleQueue[tuple[Callable[..., object], tuple[Any, ...]]] = SimpleQueue()
        # As many as threads wait for work.
        self._idle: SimpleQueue[None] = SimpleQueue()

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
            except RuntimeError:
                return  # The interpreter ends: the next that has time does it.

    def _wait(self) -> None:
        self._idle.put(None)
        self._serve()

    def _serve(self) -> None:
        while True:
            function, arguments = self._work.get()
            guarded(function, *arguments)
            del function, arguments
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


def _for_good(function: Callable[..., object], *arguments: Any) -> None:
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


class Loops:
    """The event loop that coroutines run in: the one that last used the manager, or another if none runs."""

    def __init__(self) -> None:
        # By process: a forked child has none of its parent's.
        self._used: tuple[int, AbstractEventLoop] | None = None

    def use(self, loop: AbstractEventLoop) -> None:
        """Remember a loop that uses the manager."""
        if self._used is None or self._used[1] is not loop or self._used[0] != fork_generation():
            self._used = (fork_generation(), loop)

    def used(self) -> AbstractEventLoop | None:
        """Give the loop that uses the manager, if it still runs."""
        used = self._used
        if used is None or used[0] != fork_generation() or not used[1].is_running():
            return None
        return used[1]

    def start(self, work: Coroutine[Any, Any, object]) -> None:
        """Run a coroutine, which nobody waits for."""
        loop = self.used() or _own_loop()
        try:
            loop.call_soon_threadsafe(_begin, loop, work)
        except RuntimeError:  # It was closed just now.
            work.close()
            raise

    def wait(self, work: Coroutine[Any, Any, object]) -> object:
        """Run a coroutine there, and wait for it on this thread, which is not the loop's."""
        from asyncio import run_coroutine_threadsafe

        outcome = run_coroutine_threadsafe(_outcome(work), self.used() or _own_loop()).result()
        if outcome.error is not None:
            raise outcome.error
        return outcome.given


_tasks: set[object] = set()
"""Event loops themselves do not keep their tasks alive."""


def _begin(loop: AbstractEventLoop, work: Coroutine[Any, Any, object]) -> None:
    task = loop.create_task(work)
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


async def awaited(given: Awaitable[object]) -> object:
    """Await anything."""
    return await given


async def _outcome(work: Awaitable[object]) -> Outcome:
    """Await something. A task that raised `SystemExit` would end its loop, and nobody would hear of it."""
    try:
        return Outcome(await work, None)
    except BaseException as error:
        if is_end(error):
            raise
        return Outcome(None, error)


_own: dict[int, AbstractEventLoop] = {}
"""By process."""


def _own_loop() -> AbstractEventLoop:
    loop = _own.get(fork_generation())
    if loop is None:
        from asyncio import new_event_loop

        made = new_event_loop()
        loop = _own.setdefault(fork_generation(), made)
        if loop is made:
            _for_good(_run, loop)
        else:
            made.close()  # Another thread was first.
    return loop


def _run(loop: AbstractEventLoop) -> None:
    from asyncio import set_event_loop

    set_event_loop(loop)
    while True:
        try:
            loop.run_forever()
        # What asyncio lets through, of a task that a program has begun here.
        except (SystemExit, KeyboardInterrupt) as error:
            report("a task", error)
        else:
            return


_queues: dict[int, SimpleQueue[Callable[[], object]]] = {}
"""By process."""


def in_turn(work: Callable[[], object]) -> None:
    """Call something on a thread that does one thing after the other."""
    queue = _queues.get(fork_generation())
    if queue is None:
        made: SimpleQueue[Callable[[], object]] = SimpleQueue()
        queue = _queues.setdefault(fork_generation(), made)
        if queue is made:
            _for_good(_work, queue)
    queue.put(work)


def _work(queue: SimpleQueue[Callable[[], object]]) -> None:
    while True:
        guarded(queue.get())
