"""Waiting: on the calling thread, or so that gevent's other greenlets run meanwhile.

gevent is looked at, never imported: a program without it has none of this.
"""

from __future__ import annotations

from sys import modules

from pinterest_sdk._process import is_ending

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from pinterest_sdk._native import Answer, Call, Client, Task

    T = TypeVar("T")

# What says that a program wants blocking calls to wait in greenlets.
_PATCHED = ("socket", "threading")


def send(client: Client, call: Call, timeout: float | None, connect_timeout: float | None) -> Answer:
    """Make a call and wait for its answer."""
    if "gevent.monkey" not in modules:
        return client.send(call, timeout, connect_timeout)
    return wait(
        lambda: client.send(call, timeout, connect_timeout),
        lambda deliver: client.start(call, timeout, connect_timeout, deliver),
    )


def wait(here: Callable[[], T], start: Callable[[Callable[..., object]], Task]) -> T:
    """Wait for something that can be done on this thread, or started in the background.

    Args:
        here: does it, and blocks the thread.
        start: starts it; what it is given is called with the result and the exception, one of which
            is None, on another thread.

    """
    hub = _hub()
    return here() if hub is None else _in_greenlet(hub, start)


def run(function: Callable[..., T], *arguments: Any) -> T:
    """Run something short that blocks and cannot be started in the background."""
    hub = _hub()
    if hub is None:
        return function(*arguments)
    result: T = hub.threadpool.apply(function, arguments)
    return result


def _hub() -> Any:
    """Give gevent's hub if the calling thread is to let other greenlets run; otherwise None."""
    monkey = modules.get("gevent.monkey")
    if monkey is None or is_ending() or not any(map(monkey.is_module_patched, _PATCHED)):
        return None
    from gevent import get_hub, getcurrent

    hub = get_hub()
    # The hub itself, where callbacks run, cannot wait for anything.
    return None if getcurrent() is hub else hub


def _in_greenlet(hub: Any, start: Callable[[Callable[..., object]], Task]) -> Any:
    """Start something and let others run until it ends; when interrupted, give it up."""
    from gevent.event import AsyncResult

    settled = AsyncResult()
    # A loop ends when nothing in it is waited for; what comes from another thread does not count.
    waited_for = hub.loop.async_()
    waited_for.start(_nothing)
    try:
        task = start(lambda *result: hub.loop.run_callback_threadsafe(_settle, settled, *result))
        try:
            return settled.get()
        finally:
            task.cancel()
    finally:
        waited_for.stop()
        waited_for.close()


def _nothing() -> None:
    pass


def _settle(settled: Any, result: object, failure: BaseException | None) -> None:
    if failure is None:
        settled.set(result)
    else:
        settled.set_exception(failure)
