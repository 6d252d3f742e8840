"""Waiting in a greenlet of gevent's."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial

from gevent import get_hub, getcurrent
from gevent.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any


def is_wanted(monkey: Any) -> bool:
    """Say whether the process has been patched, and the caller can wait: the hub, for one, cannot."""
    patched = monkey.is_module_patched("socket") or monkey.is_module_patched("threading")
    return patched and getcurrent() is not get_hub()


@contextmanager
def alarm() -> Iterator[tuple[Callable[[], object], Callable[[], object]]]:
    """Give what wakes, from any thread, and what sleeps until then."""
    loop = get_hub().loop
    event = Event()
    # A loop ends when nothing in it is waited for; what comes from another thread does not count.
    waited_for = loop.async_()
    waited_for.start(_nothing)
    try:
        yield partial(loop.run_callback_threadsafe, event.set), event.wait
    finally:
        waited_for.stop()
        waited_for.close()


def in_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function on one of gevent's threads."""
    return get_hub().threadpool.apply(function, arguments)


def _nothing() -> None:
    pass
