"""`paginate`: all items of an operation that gives them page by page.

    from openapi_generated.pinterest_client.pages import paginate

    for board in paginate(BoardsApi(api_client).boards_list, of=Board, page_size=100):
        print(board.name)

`aio.paginate` does the same with the methods of `aio`, in ``async for``.
"""

from __future__ import annotations

from openapi_generated.pinterest_client._read import read
from pinterest_sdk import pages

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
        ApiException: a call failed; or an answer was no page, or led to one that had been there.

    """
    for item in pages.paginate(method, *arguments, **named):
        yield item if of is None else read(item, (of,))


async def paginate_later(
    method: Callable[..., Awaitable[Any]], *arguments: Any, of: Any = None, **named: Any
) -> AsyncIterator[Any]:
    """Give the same, awaited: `aio.paginate`."""
    async for item in pages.paginate_later(method, *arguments, **named):
        yield item if of is None else read(item, (of,))
