"""`ManualClock`: what time it is, as a test says."""

from __future__ import annotations

from pinterest_sdk import _native
from pinterest_sdk._checks import check_seconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from typing_extensions import Self
else:  # For `typing.get_type_hints`.
    from pinterest_sdk._hints import Any, Self  # noqa: TC001

    NoReturn = object


class ManualClock:
    """A clock that stands still until a test moves it: a month passes, and nobody waits for it.

        clock = ManualClock()
        client = ApiClient(Configuration(username="1", password="secret", clock=clock))
        clock.advance(31 * 86400)

    Ends of tokens and authorizations, and pauses after failures, go by the clock of the client's
    configuration; limits of calls do not. Clients may share one, and any thread may move it. A forked child
    has its own, which begins where its parent's stood. It knows the time from 1970 to the end of the year
    9999, to the millisecond.

    Args:
        now: seconds since 1970, as `time.time` gives them; the present unless given.

    """

    __slots__ = ("_native",)

    def __init__(self, now: float | None = None) -> None:
        self._native = _native.ManualClock(None if now is None else check_seconds("now", now))

    def now(self) -> float:
        """Give the time at which it stands, in seconds since 1970."""
        return self._native.now()

    def set(self, now: float) -> None:
        """Set it, forward or back, to seconds since 1970."""
        self._native.set(check_seconds("now", now))

    def advance(self, seconds: float) -> None:
        """Move it forward."""
        self._native.advance(check_seconds("seconds", seconds))

    def __repr__(self) -> str:
        return f"ManualClock({self.now()!r})"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a ManualClock cannot be pickled: nobody could move it in the other process")
