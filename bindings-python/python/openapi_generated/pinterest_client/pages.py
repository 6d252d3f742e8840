"""`paginate`: all items of an operation that gives them page by page.

    from openapi_generated.pinterest_client.pages import paginate

    for board in paginate(BoardsApi(api_client).boards_list, of=Board, page_size=100):
        print(board.name)

`aio.paginate` does the same with the methods of `aio`, in ``async for``.
"""

from __future__ import annotations

from openapi_generated.pinterest_client._made_apis import MadeApi
from openapi_generated.pinterest_client._read import read
from pinterest_sdk import pages
from pinterest_sdk.errors import InvalidTypeException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from typing import Any, TypeVar, overload

    from pinterest_sdk._model import OpenApiModel

    Item = TypeVar("Item", bound=OpenApiModel)
else:  # For `typing.get_type_hints`.
    from _collections_abc import AsyncIterator, Awaitable, Callable, Iterator  # noqa: TC003

    from pinterest_sdk._hints import Any  # noqa: TC001

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
    """Give the items of every page, as `pinterest_sdk.pages.paginate` does.

    Args:
        method: of an API, one that takes a ``bookmark``.
        *arguments: the method's.
        of: the model that an item is; a dict unless given.
        **named: the method's, among them a ``bookmark`` to begin with.

    Raises:
        InvalidTypeException: the method does not answer in pages; nothing was sent.
        ApiException: a call failed; or an answer was no page, or led to one that had been there.

    """
    _check(method)
    return _items(pages.paginate(method, *arguments, **named), of)


def paginate_later(
    method: Callable[..., Awaitable[Any]], *arguments: Any, of: Any = None, **named: Any
) -> AsyncIterator[Any]:
    """Give the same, awaited: `aio.paginate`."""
    _check(method)
    return _items_later(pages.paginate_later(method, *arguments, **named), of)


def _check(method: Any) -> None:
    """Refuse what gives no pages, before anything is sent; of a program's own function nothing is known."""
    api = getattr(method, "__self__", None)
    operation = api._operations.get(method.__name__) if isinstance(api, MadeApi) else None
    if operation is not None and all(one.name != "bookmark" for one in operation.parameters()):
        raise InvalidTypeException(f"`{operation.name}` does not answer in pages: call it once")


def _items(found: Iterator[Any], of: Any) -> Iterator[Any]:
    for item in found:
        yield item if of is None else read(item, (of,))


async def _items_later(found: AsyncIterator[Any], of: Any) -> AsyncIterator[Any]:
    async for item in found:
        yield item if of is None else read(item, (of,))
