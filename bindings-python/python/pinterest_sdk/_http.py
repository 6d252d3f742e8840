"""What an answer says beside its content: headers, the rate limit, the status in words."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, ClassVar, TypeVar, overload

    Default = TypeVar("Default")
else:  # For `typing.get_type_hints`.
    from _collections_abc import Iterable, Iterator  # noqa: TC003

    from pinterest_sdk._hints import Any, ClassVar, Default  # noqa: TC001


class HTTPHeaderDict:
    """Headers by name, whatever the case. A name that came several times has its values joined.

    The class of urllib3 that Python programs know has the same name.
    """

    __slots__ = ("_items",)

    def __init__(self, items: Iterable[tuple[str, str]] = ()) -> None:
        self._items: dict[str, tuple[str, list[str]]] = {}
        for name, value in items:
            self._items.setdefault(name.lower(), (name, []))[1].append(value)

    def __getitem__(self, name: str) -> str:
        return ", ".join(self._items[name.lower()][1])

    if TYPE_CHECKING:

        @overload
        def get(self, name: str) -> str | None: ...
        @overload
        def get(self, name: str, default: Default) -> str | Default: ...

    def get(self, name: str, default: Any = None) -> Any:
        """Give the header's value, or the default."""
        item = self._items.get(name.lower())
        return ", ".join(item[1]) if item else default

    def getlist(self, name: str) -> list[str]:
        """Give each value that came under a name."""
        return list(self._items[name.lower()][1]) if name in self else []

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __len__(self) -> int:
        return len(self._items)

    def keys(self) -> list[str]:
        """Give the names as they came."""
        return [name for name, _ in self._items.values()]

    def items(self) -> list[tuple[str, str]]:
        """Give names and values, a pair for each value that came."""
        return [(name, value) for name, values in self._items.values() for value in values]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, HTTPHeaderDict):
            return {key: item[1] for key, item in self._items.items()} == {
                key: item[1] for key, item in other._items.items()
            }
        return NotImplemented

    __hash__: ClassVar[None] = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"HTTPHeaderDict({ {name: self[name] for name in self} })"


class RateLimit:
    """What Pinterest's ``x-ratelimit-…`` headers say; None where it said nothing.

    Attributes:
        limit: requests allowed in the window.
        remaining: requests left in the window.
        reset: seconds until the window ends.

    """

    __slots__ = ("limit", "remaining", "reset")

    def __init__(self, limit: int | None, remaining: int | None, reset: int | None) -> None:
        self.limit: int | None = limit
        self.remaining: int | None = remaining
        self.reset: int | None = reset

    def __repr__(self) -> str:
        return f"RateLimit(limit={self.limit}, remaining={self.remaining}, reset={self.reset})"


class OwnHeaders(dict[str, str]):
    """Headers of one call of an operation: they count before the client's, in any case of letters."""

    __slots__ = ()


def reason_phrase(status: int) -> str:
    """Give the status in words, as in the HTTP standard."""
    from http import HTTPStatus

    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
