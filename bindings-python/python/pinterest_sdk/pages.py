"""`paginate`: all items of an operation that gives them page by page.

    from pinterest_sdk.api import BoardsApi, paginate

    for board in paginate(BoardsApi(api_client).boards_list, page_size=100):
        print(board["name"])

`pinterest_sdk.aio.paginate` does the same with the methods of `pinterest_sdk.aio`, in ``async for``.
"""

from __future__ import annotations

from pinterest_sdk._asked import written
from pinterest_sdk._failure import CallFailed
from pinterest_sdk._native import PageMarks
from pinterest_sdk.errors import InvalidTypeException, UnexpectedAnswerException, from_failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from typing import Any, Generic, ParamSpec, TypeVar

    from typing_extensions import NotRequired, TypedDict

    P = ParamSpec("P")
    Item = TypeVar("Item")

    class Page(TypedDict, Generic[Item]):
        """Some of the items, and where the next ones are; for type checkers alone."""

        items: list[Item]
        bookmark: NotRequired[str | None]

else:  # For `typing.get_type_hints`.
    from _collections_abc import AsyncIterator, Iterator  # noqa: TC003

    from pinterest_sdk._hints import Any, Generic

    Awaitable = Callable = Item = P = Page = Generic

_OK = 200
# Of a function's code, as `inspect.CO_COROUTINE` has it.
_AWAITED = 0x80
# A program's own function may give what is awaited without being awaited itself.
_OURS = ("pinterest_sdk.", "openapi_generated.pinterest_client.")


def paginate(method: Callable[P, Page[Item]], /, *arguments: P.args, **named: P.kwargs) -> Iterator[Item]:
    """Give the items of every page, each page asked for when the last one is used up.

    Args:
        method: of an API, one that takes a ``bookmark``.
        *arguments: the method's.
        **named: the method's, among them a ``bookmark`` to begin with.

    Raises:
        InvalidTypeException: the method does not answer in pages; nothing was sent.
        ApiException: a call failed; or an answer was no page, or led to one that had been there.

    """
    _check(method, later=False)
    return _items(method, arguments, named)


def paginate_later(
    method: Callable[P, Awaitable[Page[Item]]], /, *arguments: P.args, **named: P.kwargs
) -> AsyncIterator[Item]:
    """Give the same, awaited: `pinterest_sdk.aio.paginate`."""
    _check(method, later=True)
    return _items_later(method, arguments, named)


def _check(method: Any, *, later: bool) -> None:
    """Refuse what gives no pages, or gives them another way, before anything is sent."""
    if not callable(method):
        raise InvalidTypeException("paginate takes a method of an API, such as `boards.boards_list`")
    # Of a program's own function nothing is known.
    signature = getattr(method, "__dict__", {}).get("__signature__")
    if signature is not None and "bookmark" not in signature.parameters:
        raise InvalidTypeException(f"`{method.__name__}` does not answer in pages: call it once")
    flags = getattr(getattr(method, "__code__", None), "co_flags", None)
    if not isinstance(flags, int):
        return
    if flags & _AWAITED and not later:
        raise InvalidTypeException(
            f"`{method.__name__}` is awaited: go through `aio.paginate` with `async for`"
        )
    if later and not flags & _AWAITED and str(method.__module__).startswith(_OURS):
        raise InvalidTypeException(
            f"`{method.__name__}` is not awaited: give the method of `aio`, or use `paginate`"
        )


def _items(method: Any, arguments: Any, named: dict[str, Any]) -> Iterator[Any]:
    pages = _Pages(named.get("bookmark"))
    while pages.are_left:
        yield from pages.items(method(*arguments, **named))
        named["bookmark"] = pages.turned()


async def _items_later(method: Any, arguments: Any, named: dict[str, Any]) -> AsyncIterator[Any]:
    pages = _Pages(named.get("bookmark"))
    while pages.are_left:
        for item in pages.items(await method(*arguments, **named)):
            yield item
        named["bookmark"] = pages.turned()


class _Pages:
    """Where it has come to.

    Args:
        first: the bookmark that was begun with, or None.

    """

    def __init__(self, first: object) -> None:
        self._marks = PageMarks(first if isinstance(first, str) else None)
        self._bookmark: Any = None
        self.are_left: bool = True

    def items(self, page: Any) -> list[Any]:
        """Take a page, and give what is on it."""
        items = page.get("items") if isinstance(page, dict) else None
        if not isinstance(items, list):
            raise UnexpectedAnswerException(_OK, "the answer is no page: an object with items and a bookmark")
        self._bookmark = page.get("bookmark")
        return items

    def turned(self) -> str | None:
        """Give the bookmark of the next page, when the items of this one have been given."""
        try:
            bookmark = self._marks.after(written({"bookmark": self._bookmark}))
        except CallFailed as failure:
            raise from_failure(failure) from None
        self.are_left = bookmark is not None
        return bookmark
