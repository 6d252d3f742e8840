"""`paginate`: all items of an operation that gives them page by page.

    from openapi_generated.pinterest_client.pages import paginate

    for board in paginate(BoardsApi(api_client).boards_list, of=Board, page_size=100):
        print(board.name)

`aio.paginate` does the same with the methods of `aio`, in ``async for``.
"""

from __future__ import annotations

from openapi_generated.pinterest_client._read import read
from pinterest_sdk.errors import UnexpectedAnswerException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from typing import Any, TypeVar, overload

    from pinterest_sdk._model import OpenApiModel

    Item = TypeVar("Item", bound=OpenApiModel)
else:  # For `typing.get_type_hints`.
    from _collections_abc import AsyncIterator, Awaitable, Callable, Iterator  # noqa: TC003

    from pinterest_sdk._hints import Any  # noqa: TC001

_OK = 200

if TYPE_CHECKING:

    @overload
    def paginate(
        method: Callable[..., Any], *arguments: Any, of: type[Item], **named: Any
    ) -> Iterator[Item]: ...
    @overload
    def paginate(
        method: Callable[..., Any], *arguments: Any, of: None = None, **named: Any
    ) -> Iterator[Any]: ...


def paginate(method: Callable[..., Any], *arguments: Any, of: Any = None, **named: Any) -> Iterator[Any]:
    """Give the items of every page, each page asked for when the last one is used up.

    Args:
        method: of an API, one that takes a ``bookmark``.
        *arguments: the method's.
        of: the model that an item is; a dict unless given.
        **named: the method's, among them a ``bookmark`` to begin with.

    Raises:
        ApiException: a call failed; or an answer was no page, or led to one that had been there.

    """
    pages = Pages(of, named.get("bookmark"))
    while pages.are_left:
        yield from pages.items(method(*arguments, **named))
        named["bookmark"] = pages.turned()


async def paginate_later(
    method: Callable[..., Awaitable[Any]], *arguments: Any, of: Any = None, **named: Any
) -> AsyncIterator[Any]:
    """Give the same, awaited: `aio.paginate`."""
    pages = Pages(of, named.get("bookmark"))
    while pages.are_left:
        for item in pages.items(await method(*arguments, **named)):
            yield item
        named["bookmark"] = pages.turned()


class Pages:
    """Where it has come to.

    Args:
        of: the model that an item is, or None.
        first: the bookmark that was begun with, or None.

    """

    def __init__(self, of: Any, first: str | None) -> None:
        self.bookmark: Any = first
        self.are_left: bool = True
        self._of = of
        self._seen = {first}

    def items(self, page: Any) -> list[Any]:
        """Take a page, and give what is on it."""
        items = page.get("items") if isinstance(page, dict) else None
        if not isinstance(items, list):
            raise UnexpectedAnswerException(_OK, "the answer is no page: an object with items and a bookmark")
        self.bookmark = page.get("bookmark") or None
        self.are_left = self.bookmark is not None
        return items if self._of is None else [read(item, (self._of,)) for item in items]

    def turned(self) -> str | None:
        """Give the bookmark of the next page, when the items of this one have been given."""
        if not self.are_left:
            return None
        if not isinstance(self.bookmark, str) or self.bookmark in self._seen:
            self.are_left = False
            what = (
                "leads to a page that has been there" if isinstance(self.bookmark, str) else "is not a text"
            )
            raise UnexpectedAnswerException(_OK, f"the answer's bookmark {what}")
        self._seen.add(self.bookmark)
        return self.bookmark
