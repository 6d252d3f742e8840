"""Waiting: on the calling thread, or so that a program's other greenlets run meanwhile.

The latter where gevent or eventlet has patched the process, for a program whose sockets wait so. They
are looked for and never loaded: a program without them has none of this.
"""

from __future__ import annotations

from sys import modules

from pinterest_sdk._native import drives_calls
from pinterest_sdk._process import is_ending

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from pinterest_sdk._native import Answer, Call, Client, Task

    T = TypeVar("T")

_GEVENT, _EVENTLET = "gevent.monkey", "eventlet.patcher"


def send(client: Client, call: Call, timeout: float | None, connect_timeout: float | None) -> Answer:
    """Make a call and wait for its answer."""
    if _GEVENT not in modules and _EVENTLET not in modules:
        return client.send(call, timeout, connect_timeout)
    # Not `partial`: importing its module takes a fifth of the time that the package's own import takes.
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
    greenlets = _greenlets()
    if greenlets is None:
        return here()
    outcome: list[tuple[T, BaseException | None]] = []
    with greenlets.alarm() as (wake, sleep):

        def deliver(result: T, failure: BaseException | None) -> None:
            outcome.append((result, failure))
            wake()

        task = start(deliver)
        try:
            sleep()
        finally:
            # For one that is interrupted, as by a timeout: then the call is given up.
            task.cancel()
    result, failure = outcome[0]
    if failure is not None:
        raise failure
    return result


def run(function: Callable[..., T], *arguments: Any) -> T:
    """Run something short that blocks and cannot be started in the background."""
    greenlets = _greenlets()
    if greenlets is None:
        return function(*arguments)
    result: T = greenlets.in_thread(function, *arguments)
    return result


def _greenlets() -> Any:
    """Give the module that lets other greenlets run, if the calling thread is to do so."""
    # On the thread that drives calls nobody can wait: the call then says so.
    if is_ending() or drives_calls():
        return None
    if _GEVENT in modules:
        from pinterest_sdk import _gevent

        if _gevent.is_wanted(modules[_GEVENT]):
            return _gevent
    if _EVENTLET in modules:
        from pinterest_sdk import _eventlet

        if _eventlet.is_wanted(modules[_EVENTLET]):
            return _eventlet
    return None
