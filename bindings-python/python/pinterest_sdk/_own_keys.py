"""Keys that files are sealed with, asked of a program for the core, which may not wait."""

from __future__ import annotations

from pinterest_sdk._places import Places
from pinterest_sdk.errors import InvalidTypeException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pinterest_sdk._native import Reply


class Keys:
    """Asks a function for keys, and returns at once."""

    __slots__ = ("_places", "_source")

    def __init__(self, source: Callable[[], Any]) -> None:
        self._source = source
        self._places = Places("the function that gives the keys hangs")

    def keys(self, reply: Reply) -> None:
        """Ask for them."""
        self._places.call(self._fetch, reply)

    def _fetch(self, reply: Reply) -> None:
        try:
            reply.give(listed(self._source()))
        except BaseException as error:  # noqa: BLE001 - it is the manager's caller's.
            reply.fail(error)


def listed(given: Any) -> list[Any]:
    """Give one key, or several, as a list of bytes and texts."""
    several = list(given) if isinstance(given, (list, tuple)) else [given]
    for number, key in enumerate(several):
        if isinstance(key, (bytearray, memoryview)):
            several[number] = bytes(key)
        elif not isinstance(key, (bytes, str)):
            raise InvalidTypeException(
                f"`key` is {type(key).__name__}: it is to be 32 bytes, a text in Base64, a list of such, or "
                "a function that gives them"
            )
    return several
