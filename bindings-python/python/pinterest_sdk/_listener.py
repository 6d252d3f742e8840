"""A program's listener, which hears of what happens to tokens where it can do no harm."""

from __future__ import annotations

from functools import partial
from inspect import isawaitable

from pinterest_sdk._failure import CallFailed
from pinterest_sdk._loops import Loops, awaited, is_end
from pinterest_sdk._threads import in_turn, report
from pinterest_sdk._token_facts import TokenEvent
from pinterest_sdk.errors import from_failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class Listener:
    """Tells a program of events, in its event loop or on a thread of their own, one after the other.

    Args:
        hear: what the program gave; a coroutine function may be.
        loops: which event loop the program uses.

    """

    __slots__ = ("__weakref__", "_hear", "_loops")

    def __init__(self, hear: Callable[[TokenEvent], object], loops: Loops) -> None:
        self._hear = hear
        self._loops = loops

    def __call__(self, kind: str, account: str, failure: BaseException | None, at: int | None) -> None:
        """Hand an event on. The core calls this on a thread that may not wait."""
        error = from_failure(failure) if isinstance(failure, CallFailed) else None
        tell = partial(self._tell, TokenEvent(kind, account, error, at))
        loop = self._loops.used()
        if loop is not None:
            try:
                loop.call_soon_threadsafe(tell)
            except RuntimeError:  # It was closed just now.
                in_turn(tell)
        else:
            in_turn(tell)

    def _tell(self, event: TokenEvent) -> None:
        try:
            given = self._hear(event)
            if isawaitable(given):
                self._loops.start(_guarded(awaited(given)), None)
        except BaseException as error:  # noqa: BLE001 - nobody else is to be harmed.
            _report(error)


async def _guarded(work: object) -> None:
    try:
        await work  # type: ignore[misc]
    except BaseException as error:  # noqa: BLE001 - as above.
        _report(error)


def _report(error: BaseException) -> None:
    """Log it, whatever it is, so that nobody else is harmed."""
    if is_end(error):
        raise error
    report("on_event", error)
