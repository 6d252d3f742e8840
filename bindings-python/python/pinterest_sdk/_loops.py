"""Where a token manager's coroutines run: stores' methods, listeners."""

from __future__ import annotations

from _queue import Empty, SimpleQueue
from _thread import get_ident
from sys import modules

from pinterest_sdk._native import fork_generation
from pinterest_sdk._outcome import Outcome
from pinterest_sdk._places import Crew
from pinterest_sdk._process import before_end
from pinterest_sdk._threads import for_good, report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Awaitable, Callable, Coroutine
    from typing import Any, Protocol

    class Waiter(Protocol):
        """Who waits for what comes of something: a `Reply`, for one."""

        def give(self, given: Any, /) -> object:
            """Hear what it gave."""

        def fail(self, error: Any, /) -> object:
            """Hear what it raised."""


# After so many seconds a thread looks whether the loop that it waits for is there yet.
_LOOK = 1


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

    def start(self, work: Coroutine[Any, Any, object], waiter: Waiter | None) -> None:
        """Run a coroutine; whoever waits for what comes of it hears if its loop ends before."""
        _leave(_is_closed)
        loop = self.used() or _own_loop()
        one = _Work(loop, work, waiter)
        try:
            loop.call_soon_threadsafe(one.begin)
        except RuntimeError:  # It was closed just now.
            one.leave()
            raise

    def wait(self, work: Awaitable[object]) -> object:
        """Await something there, and wait for it on this thread, which is not the loop's."""
        caller = _Caller()
        self.start(told(work, caller), caller)
        outcome = caller.wait()
        if outcome.error is not None:
            raise outcome.error
        return outcome.given


class _Work:
    """A coroutine of ours in a loop. Event loops themselves do not keep their tasks alive."""

    __slots__ = ("_loop", "_task", "_waiter", "_work", "_works")

    def __init__(
        self, loop: AbstractEventLoop, work: Coroutine[Any, Any, object], waiter: Waiter | None
    ) -> None:
        self._loop = loop
        self._task: Any = None
        self._waiter = waiter
        self._work = work
        self._works = _works.setdefault(fork_generation(), set())
        self._works.add(self)

    def begin(self) -> None:
        """Have the loop run it."""
        self._task = self._loop.create_task(self._work)
        self._task.add_done_callback(self._end)

    def _end(self, _task: object) -> None:
        self._works.discard(self)

    def leave(self) -> None:
        """Give it up, for its loop runs no more."""
        self._works.discard(self)
        if self._waiter is not None:
            self._waiter.fail(RuntimeError("the event loop that it ran in has ended"))
        if self._task is not None:
            self._task._log_destroy_pending = False  # As `asyncio.gather` does.
        try:
            self._work.close()  # So that it gives back what it holds, as far as it need not wait for that.
        except BaseException:  # noqa: BLE001 - such as that it would have to wait: its loop has had the time for that.
            return

    def is_in(self, is_over: Callable[[AbstractEventLoop], bool]) -> bool:
        """Say whether its loop is one of these."""
        return is_over(self._loop)


_works: dict[int, set[_Work]] = {}
"""By process: what a parent has begun is not a forked child's to end."""


def _is_closed(loop: AbstractEventLoop) -> bool:
    return loop.is_closed()


def _is_at_rest(loop: AbstractEventLoop) -> bool:
    return not loop.is_running()


def _leave(is_over: Callable[[AbstractEventLoop], bool]) -> None:
    """Give up what was left in loops that ended: those who wait ask another one."""
    for work in list(_works.get(fork_generation(), ())):
        if work.is_in(is_over):
            work.leave()


@before_end
def _leave_all() -> None:
    """Do so of loops that are only at rest as well: there is no time for them any more."""
    own = _own.get(fork_generation())
    _leave(lambda loop: loop is not own and _is_at_rest(loop))


class _Caller:
    """A thread that waits for what comes of a coroutine, as long as its loop is there."""

    __slots__ = ("_outcomes",)

    def __init__(self) -> None:
        self._outcomes: SimpleQueue[Outcome] = SimpleQueue()

    def give(self, given: object) -> None:
        self._outcomes.put(Outcome(given, None))

    def fail(self, error: BaseException) -> None:
        self._outcomes.put(Outcome(None, error))

    def wait(self) -> Outcome:
        while True:
            try:
                return self._outcomes.get(timeout=_LOOK)
            except Empty:
                _leave(_is_closed)


async def told(work: Awaitable[object], waiter: Waiter) -> None:
    """Await something, and tell whoever waits for it; what ends the task goes on, and nothing else."""
    try:
        waiter.give(await work)
    except BaseException as error:
        waiter.fail(error)
        if is_end(error):
            raise


async def awaited(given: Awaitable[object]) -> object:
    """Await anything."""
    return await given


_own: dict[int, AbstractEventLoop] = {}
"""By process."""


def _own_loop() -> AbstractEventLoop:
    loop = _own.get(fork_generation())
    if loop is None:
        made = _new_loop()
        made.set_default_executor(_pool())
        loop = _own.setdefault(fork_generation(), made)
        if loop is made:
            for_good(_run, loop)
        else:
            made.close()  # Another thread was first.
    return loop


def _new_loop() -> AbstractEventLoop:
    """Make a loop, for a thread that gevent knows nothing of: its selector would wait for greenlets there."""
    import asyncio

    gevent = modules.get("gevent.monkey")
    if gevent is None:
        return asyncio.new_event_loop()
    return asyncio.SelectorEventLoop(gevent.get_original("selectors", "DefaultSelector")())


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


def _pool() -> Any:
    """Give the threads of a loop of ours, for host names among others.

    The interpreter closes an executor of its own before what is under way has ended, and to gevent it would
    be greenlets.
    """
    from concurrent.futures import Future, ThreadPoolExecutor
    from functools import partial

    crew = Crew()

    class Pool(ThreadPoolExecutor):
        def submit(self, function: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
            future: Future[Any] = Future()
            crew.call(_fulfil, (future, partial(function, *given, **named)))
            return future

    return Pool(1)


def _fulfil(future: Any, work: Callable[[], object]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        given = work()
    except BaseException as error:  # noqa: BLE001 - it is the one's who waits.
        future.set_exception(error)
    else:
        future.set_result(given)
