"""Waiting in a green thread of eventlet's."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial

from eventlet import getcurrent, hubs, patcher, tpool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any


def is_wanted(patches: Any) -> bool:
    """Say whether the process has been patched, and the caller can wait: the hub, for one, cannot."""
    patched = patches.is_monkey_patched("socket") or patches.is_monkey_patched("thread")
    return patched and getcurrent() is not hubs.get_hub().greenlet


@contextmanager
def alarm() -> Iterator[tuple[Callable[[], object], Callable[[], object]]]:
    """Give what wakes, from any thread, and what sleeps until then."""
    # A hub hears of other threads through sockets alone.
    near, far = patcher.original("socket").socketpair()
    with near, far:
        yield partial(far.send, b"."), partial(hubs.trampoline, near, read=True)


def in_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function on one of eventlet's threads."""
    return tpool.execute(function, *arguments)
