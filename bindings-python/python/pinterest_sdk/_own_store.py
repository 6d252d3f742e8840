"""A program's own store, asked for the core, which may not wait: on threads, and in event loops."""

from __future__ import annotations

from _queue import SimpleQueue
from functools import partial
from inspect import isawaitable
from sys import exc_info

from pinterest_sdk._loops import Loops, is_end, told
from pinterest_sdk._places import places_of
from pinterest_sdk.errors import InvalidTypeException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pinterest_sdk._native import Reply


_METHODS = ("load", "compare_and_swap", "lock")
# So many seconds the core waits for a lock, which another process may have; and the lock lives on its thread
# for as long as Pinterest is asked meanwhile. Neither is the store's fault, nor keeps anybody from reading.
_PATIENCE = 150


class Job:
    """A method to call while the lock is held; asyncio logs what it has, and the arguments are tokens."""

    __slots__ = ("arguments", "name", "reply")

    def __init__(self, name: str, arguments: tuple[Any, ...], reply: Reply | None) -> None:
        self.name = name
        self.arguments = arguments
        self.reply = reply


class Keeper:
    """Asks a store. Each method returns at once, and replies later.

    Args:
        store: the program's.
        loops: which event loop the program uses.

    """

    __slots__ = ("_locks", "_loops", "_places", "_store")

    def __init__(self, store: Any, loops: Loops) -> None:
        missing = [name for name in _METHODS if not callable(getattr(store, name, None))]
        if missing or isinstance(store, type):
            raise InvalidTypeException(
                f"`store` is {'the class' if isinstance(store, type) else 'a'} {_name(store)}: it is to be a "
                f"MemoryStore, a FileStore, a RedisStore, or an object with the methods {', '.join(_METHODS)}"
            )
        self._store = store
        self._loops = loops
        self._places = places_of(store, "the store hangs")
        self._locks = places_of(store, "the store hangs", _PATIENCE)

    def load(self, key: str, reply: Reply) -> None:
        """Ask for what is kept."""
        self._places.call(self._load, key, reply)

    def lock(self, key: str, seconds: float, reply: Reply) -> None:
        """Ask for the lock; the reply is a `Session`."""
        self._locks.call(self._lock, key, seconds, reply)

    def _load(self, key: str, reply: Reply) -> None:
        try:
            given = self._store.load(key)
            if isawaitable(given):
                self._loops.start(told(given, reply), reply)
            else:
                reply.give(given)
        except BaseException as error:  # noqa: BLE001 - it is the manager's caller's.
            reply.fail(error)

    def _lock(self, key: str, seconds: float, reply: Reply) -> None:
        """Get the lock, and be the thread that it lives on."""
        try:
            lock = self._store.lock(key, seconds)
            if hasattr(lock, "__aenter__"):
                line = _Line(reply)
                self._loops.start(self._live_later(_ready(lock), key, line), line)
            elif isawaitable(lock):
                line = _Line(reply)
                self._loops.start(self._live_later(lock, key, line), line)
            else:
                self._live(lock, key, reply)
        except BaseException as error:  # noqa: BLE001 - as above.
            reply.fail(error)

    def _live(self, lock: Any, key: str, reply: Reply) -> None:
        held = lock.__enter__()
        jobs: SimpleQueue[Job] = SimpleQueue()
        done: Reply | None = None
        failure: Any = (None, None, None)
        try:
            methods = _methods(held, lock, self._store, key)
            if reply.give(Session(jobs.put)):
                while True:
                    job = jobs.get()
                    if job.name == "unlock":
                        done = job.reply
                        break
                    failure = self._answer(methods[job.name], job.arguments, job.reply)
        except BaseException as error:  # noqa: BLE001 - as above.
            failure = exc_info()
            reply.fail(error)
        _finish(done, partial(lock.__exit__, *failure))

    def _answer(self, method: Callable[..., Any], arguments: tuple[Any, ...], reply: Reply | None) -> Any:
        """Call a method, and give what it raised as a lock's end wants it."""
        if reply is None:
            return (None, None, None)
        try:
            given = method(*arguments)
            if isawaitable(given):
                given = self._loops.wait(given)
            reply.give(given)
        except BaseException as error:  # noqa: BLE001 - as above.
            del arguments  # The exception shows this frame, and they are tokens.
            reply.fail(error)
            return exc_info()
        return (None, None, None)

    async def _live_later(self, lock: Any, key: str, line: _Line) -> None:
        """Do the same in one task."""
        try:
            lock = await lock
            if not hasattr(lock, "__aenter__"):
                self._locks.call(self._live_or_fail, lock, key, line.reply)
                return
            held = await lock.__aenter__()
        except BaseException as error:  # noqa: BLE001 - as above.
            _fail(line.reply, error)
            return
        line.open()
        done: Reply | None = None
        failure: Any = (None, None, None)
        try:
            methods = _methods(held, lock, self._store, key)
            if line.give(Session(line.put)):
                while True:
                    job = await line.get()
                    if job.name == "unlock":
                        done = job.reply
                        break
                    failure = await _answer_later(methods[job.name], job.arguments, job.reply)
        except BaseException as error:
            failure = exc_info()
            line.fail(error)
            if is_end(error):
                raise
        finally:
            await _finish_later(done, partial(lock.__aexit__, *failure))

    def _live_or_fail(self, lock: Any, key: str, reply: Reply) -> None:
        try:
            self._live(lock, key, reply)
        except BaseException as error:  # noqa: BLE001 - as above.
            reply.fail(error)


class _Line:
    """What is asked of a lock that lives in a task; once that has ended, whoever asks hears so.

    Args:
        reply: of whoever waits for the lock.

    """

    __slots__ = ("_is_over", "_jobs", "_soon", "_waiter", "reply")

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self._is_over = False
        self._jobs: Any = None
        self._soon: Any = None
        self._waiter: Reply | None = reply

    async def get(self) -> Job:
        """Wait for the next job, in the task."""
        job: Job = await self._jobs.get()
        return job

    def open(self) -> None:
        """Take jobs from here on, in the loop that runs."""
        from asyncio import Queue, get_running_loop

        self._jobs = Queue()
        self._soon = get_running_loop().call_soon_threadsafe

    def put(self, job: Job) -> None:
        """Ask for something, on any thread."""
        # First: whoever ends the task meanwhile finds it.
        self._waiter = job.reply
        if self._is_over:
            self.fail(RuntimeError("the task that had the lock has ended, as with its event loop"))
        else:
            self._soon(self._jobs.put_nowait, job)

    def give(self, session: Session) -> bool:
        """Give the lock to whoever waits for it; say whether anybody does."""
        return self.reply.give(session)

    def fail(self, error: BaseException) -> None:
        """Say that the task has ended, to whoever waits for something."""
        self._is_over = True
        waiter, self._waiter = self._waiter, None
        if waiter is not None:
            waiter.fail(error)


class Session:
    """A lock that is held. Each method returns at once, and replies later.

    Args:
        put: hands on what is to be done where the lock lives.

    """

    __slots__ = ("_put",)

    def __init__(self, put: Callable[[Job], object]) -> None:
        self._put = put

    def load(self, _expected: None, _new: None, reply: Reply) -> None:
        """Ask for what is kept."""
        self._put(Job("load", (), reply))

    def compare_and_swap(self, expected: str | None, new: str | None, reply: Reply) -> None:
        """Ask to keep something else."""
        self._put(Job("compare_and_swap", (expected, new), reply))

    def unlock(self, _expected: None, _new: None, reply: Reply | None) -> None:
        """Give the lock up."""
        self._put(Job("unlock", (), reply))


def _methods(held: Any, lock: Any, store: Any, key: str) -> dict[str, Callable[..., Any]]:
    """Give what is called while the lock is held: its own methods, or the store's."""
    for own in (held, lock):
        if own is not store and callable(getattr(own, "compare_and_swap", None)):
            return {"load": own.load, "compare_and_swap": own.compare_and_swap}
    return {"load": partial(store.load, key), "compare_and_swap": partial(store.compare_and_swap, key)}


def _finish(reply: Reply | None, leave: Callable[[], Any]) -> None:
    """Leave a lock; of one that nobody waits for nobody hears."""
    try:
        leave()
    except BaseException as error:  # noqa: BLE001 - as above.
        if reply is not None:
            reply.fail(error)
    else:
        if reply is not None:
            reply.give(None)


async def _finish_later(reply: Reply | None, leave: Callable[[], Any]) -> None:
    try:
        await leave()
    except BaseException as error:  # noqa: BLE001 - as above.
        _fail(reply, error)
    else:
        if reply is not None:
            reply.give(None)


async def _answer_later(method: Callable[..., Any], arguments: tuple[Any, ...], reply: Reply | None) -> Any:
    if reply is None:
        return (None, None, None)
    try:
        given = method(*arguments)
        if isawaitable(given):
            given = await given
        reply.give(given)
    except BaseException as error:  # noqa: BLE001 - as above.
        del arguments
        _fail(reply, error)
        return exc_info()
    return (None, None, None)


def _fail(reply: Reply | None, error: BaseException) -> None:
    """Make it the caller's failure; what ends the task goes on, and nothing else: it would end the loop."""
    if reply is not None:
        reply.fail(error)
    if is_end(error):
        raise error


async def _ready(lock: Any) -> Any:
    return lock


def _name(store: Any) -> str:
    name: str = (store if isinstance(store, type) else type(store)).__name__
    return name
