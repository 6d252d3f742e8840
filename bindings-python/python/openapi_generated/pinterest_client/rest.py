"""The HTTP part of an answer."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeVar

    from pinterest_sdk._native import Answer

    Default = TypeVar("Default")


class HTTPHeaderDict:
    """Headers by name, whatever the case. A name that came several times has its values joined."""

    __slots__ = ("_items",)

    def __init__(self, items: Iterable[tuple[str, str]] = ()) -> None:
        self._items: dict[str, tuple[str, str]] = {}
        for name, value in items:
            known = self._items.get(name.lower())
            self._items[name.lower()] = (name, f"{known[1]}, {value}" if known else value)

    def __getitem__(self, name: str) -> str:
        return self._items[name.lower()][1]

    def get(self, name: str, default: Default | None = None) -> str | Default | None:
        """Give the header's value, or the default."""
        item = self._items.get(name.lower())
        return item[1] if item else default

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
        """Give names and values."""
        return list(self._items.values())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, HTTPHeaderDict):
            return {key: item[1] for key, item in self._items.items()} == {
                key: item[1] for key, item in other._items.items()
            }
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"HTTPHeaderDict({dict(self.items())})"


class RESTResponse:
    """A whole answer. Its text form shows nothing of the body, which may hold a token."""

    __slots__ = ("_answer",)

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self._answer.status

    @property
    def reason(self) -> str:
        """The status in words."""
        return reason_phrase(self.status)

    @property
    def data(self) -> bytes:
        """The body after decompression."""
        return self._answer.body

    @property
    def headers(self) -> HTTPHeaderDict:
        """The headers."""
        return HTTPHeaderDict(self._answer.headers)

    def getheaders(self) -> HTTPHeaderDict:
        """Give the headers."""
        return self.headers

    def getheader(self, name: str, default: Default | None = None) -> str | Default | None:
        """Give one header's value, or the default."""
        return self.headers.get(name, default)

    def __repr__(self) -> str:
        return f"<RESTResponse: {self.status} {self.reason}>"


def reason_phrase(status: int) -> str:
    """Give the status in words, as in the HTTP standard."""
    from http import HTTPStatus

    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
