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
    from collections.abc import Callable

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
        util.Finalize(None, _drain, (True,), exitpriority=100)


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
            register_early(_drain, False)
        except RuntimeError:  # It ends.
            return


def _drain(is_last: bool) -> None:
    _call_lasts()
    drain(is_last)


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
