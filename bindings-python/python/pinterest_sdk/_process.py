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

__all__ = ["__version__", "is_ending"]

_ended = False


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
        util.Finalize(None, drain, exitpriority=100)


@register
def _end() -> None:
    """Stop what runs in the background, before the interpreter does so its own way."""
    global _ended  # noqa: PLW0603 - there is one interpreter.
    _ended = True
    stop_background()
