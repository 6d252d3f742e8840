"""Tracebacks without this package's variables: those hold secrets, and some programs print them.

Rich, Sentry and `traceback`'s ``capture_locals`` do. What a public function raises passes here, where the
frames that it came through are cleared, those of a program's own code left alone.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any, ParamSpec, TypeVar

    P = ParamSpec("P")
    T = TypeVar("T")

_OURS = ("pinterest_sdk.", "openapi_generated.pinterest_client.")


def unshown(function: Callable[P, T]) -> Callable[P, T]:
    """Let what a function raises show no variables."""

    def call(*arguments: P.args, **named: P.kwargs) -> T:
        try:
            return function(*arguments, **named)
        except BaseException as error:
            del arguments, named
            _clear(error)
            raise

    return _like(function, call)


def unshown_later(function: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Let what a coroutine function raises show no variables."""

    async def call(*arguments: P.args, **named: P.kwargs) -> T:
        try:
            return await function(*arguments, **named)
        except BaseException as error:
            del arguments, named
            _clear(error)
            raise

    return _like(function, call)


def _like(function: Callable[P, T], call: Callable[P, T]) -> Callable[P, T]:
    """Describe a function as the one that it calls, as `functools.wraps` does, which is slow to import."""
    # One by one: hundreds of functions are made so while a program starts.
    call.__module__, call.__name__, call.__qualname__ = (
        function.__module__, function.__name__, function.__qualname__
    )  # fmt: skip
    call.__doc__, call.__annotations__ = function.__doc__, function.__annotations__
    call.__dict__["__wrapped__"] = function
    return call


def _clear(raised: BaseException) -> None:
    """Clear the frames of an exception and of those that it came from; what still runs cannot be."""
    left: list[BaseException | None] = [raised]
    seen: list[BaseException] = []
    while left:
        error = left.pop()
        if error is None or any(error is other for other in seen):
            continue
        seen.append(error)
        left += (error.__cause__, error.__context__)
        trace = error.__traceback__
        while trace is not None:
            frame, trace = trace.tb_frame, trace.tb_next
            if f"{frame.f_globals.get('__name__')}.".startswith(_OURS):
                try:
                    frame.clear()
                except RuntimeError:
                    continue
