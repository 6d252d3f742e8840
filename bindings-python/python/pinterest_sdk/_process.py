"""The compiled module, from its start to the end of the interpreter."""

from __future__ import annotations

from atexit import register
from sys import modules

try:
    from pinterest_sdk._native import __version__, drain, stop_background
except ModuleNotFoundError:
    from sys import executable

    raise ImportError(
        "pinterest_sdk has no compiled part for this Python, for it was installed by another one: "
        f"`{executable} -m pip install --force-reinstall pinterest-sdk`"
    ) from None
except ImportError as error:
    # CPython's own words from 3.12 on; they do not say what to do.
    if "subinterpreter" not in str(error):
        raise
    raise ImportError(
        "pinterest_sdk cannot be imported in a subinterpreter: import it in the main one, and use threads or "
        "processes there (mod_wsgi: `WSGIApplicationGroup %{GLOBAL}`; uWSGI: `single-interpreter = true`)"
    ) from None

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from threading import Thread

__all__ = ["__version__", "is_ending"]

_ended = False
_is_watching = False
_lasts: list[Callable[[], object]] = []


def before_end(last: Callable[[], object]) -> Callable[[], object]:
    """Have something called before renewals are waited for at an end."""
    _lasts.append(last)
    return last


def is_ending() -> bool:
    """Say whether the interpreter ends, so that nothing runs in the background any more."""
    return _ended


def watch_end_of_child() -> None:
    """Wait for renewals where a child of `multiprocessing` or Celery's `billiard` ends, past `atexit`."""
    for library in ("multiprocessing", "billiard"):
        process, util = modules.get(f"{library}.process"), modules.get(f"{library}.util")
        if process is None or util is None or type(process.current_process()).__name__ == "_MainProcess":
            continue
        # Before what it has of other processes ends.
        util.Finalize(None, _drain_child, exitpriority=100)


def watch_end_of_pools() -> None:
    """Wait for renewals also before the interpreter ends executors: a program's store may need one."""
    global _is_watching  # noqa: PLW0603 - as below.
    if _is_watching:
        return
    _is_watching = True
    import threading
    from concurrent.futures import thread  # noqa: F401 - what is registered later is called earlier.

    register_early = getattr(threading, "_register_atexit", None)
    if register_early is not None:
        try:
            register_early(_drain_early)
        except RuntimeError:  # It ends.
            return


def _drain() -> None:
    _call_lasts()
    drain(None)


def _drain_child() -> None:
    """Do so when its threads have ended, which it waits for after this."""
    if not any(_others()):
        _drain()
        return
    from threading import Thread

    Thread(target=_drain_after_others, daemon=False).start()


def _drain_after_others() -> None:
    while other := next(_others(), None):
        other.join()
    _drain()


def _drain_early() -> None:
    drain(_is_over)


def _is_over() -> bool:
    """Have it called if the program ends, and not only its main thread: others go on, for hours perhaps."""
    is_over = not any(_others())
    if is_over:
        _call_lasts()
    return is_over


def _others() -> Iterator[Thread]:
    """Give the program's other threads that the interpreter waits for before it calls what `atexit` has."""
    from sys import _current_frames
    from threading import current_thread, enumerate, main_thread  # noqa: A004 - its name there.

    frames = _current_frames()
    pooled = set(_known_to("thread", "_threads_queues"))
    managing = set(_known_to("process", "_threads_wakeups"))
    for thread in enumerate():
        if thread in (main_thread(), current_thread()) or thread.daemon or thread in managing:
            continue
        frame = frames.get(thread.ident or 0)
        # One of an executor that waits for work is not the program's.
        if thread not in pooled or (frame is not None and frame.f_code.co_name != "_worker"):
            yield thread


def _known_to(module: str, name: str) -> Iterable[object]:
    """Give the threads that `concurrent.futures` has, where it tells."""
    known: Iterable[object] = getattr(modules.get(f"concurrent.futures.{module}"), name, ())
    return known


def _call_lasts() -> None:
    for last in _lasts:
        last()


@register
def _end() -> None:
    """Stop what runs in the background, before the interpreter does so its own way."""
    global _ended  # noqa: PLW0603 - there is one interpreter.
    _ended = True
    _call_lasts()
    stop_background()
