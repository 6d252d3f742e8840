"""What something gave, or raised, on its way through an event loop, which logs what it has."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Outcome:
    """Shows neither in its text, which asyncio writes into its log: it may be a token.

    Args:
        given: what something gave.
        error: what it raised, or `None`.

    """

    __slots__ = ("error", "given")

    def __init__(self, given: Any, error: BaseException | None) -> None:
        self.given = given
        self.error = error
