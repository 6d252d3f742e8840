"""`failures_in`: what failed of an answer of success to many items.

from pinterest_sdk.api import failures_in

made = campaigns.campaigns_create(ad_account_id, bodies)
for failure in failures_in(campaigns.campaigns_create, made):
    print(failure.item, failure.message)
"""

from __future__ import annotations

from pinterest_sdk._asked import written
from pinterest_sdk._native import failures_in as said
from pinterest_sdk.errors import InvalidTypeException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any
else:  # For `typing.get_type_hints`.
    from _collections_abc import Callable  # noqa: TC003

    from pinterest_sdk._hints import Any  # noqa: TC001


class ItemFailure:
    """One item that failed although the call succeeded.

    Attributes:
        place: where the answer says so: ``items[2].exceptions[0]``.
        item: the item's number in its list, from 0; None where there is no list.
        code: Pinterest's code for it, or None.
        message: what Pinterest says of it, or None.
        value: all that Pinterest says of it.

    """

    __slots__ = ("place", "item", "code", "message", "value")  # noqa: RUF023 - their order.

    def __init__(
        self, place: str, item: int | None, code: int | None, message: str | None, value: Any
    ) -> None:
        self.place: str = place
        self.item: int | None = item
        self.code: int | None = code
        self.message: str | None = message
        self.value: Any = value

    def __repr__(self) -> str:
        return (
            f"ItemFailure(place={self.place!r}, item={self.item}, code={self.code}, message={self.message!r})"
        )


def failures_in(method: Callable[..., Any], answer: Any) -> list[ItemFailure]:
    """Give what failed of the items that a call was about; nothing if all went well.

    Args:
        method: the one that was called, such as ``campaigns.campaigns_create``.
        answer: what it gave.

    Raises:
        InvalidTypeException: the method is none of an API.

    """
    from json import loads

    name = getattr(method, "__name__", None)
    found = said(name, written(answer)) if isinstance(name, str) else None
    if found is None:
        message = "failures_in takes a method of an API, such as `campaigns.campaigns_create`, and its answer"
        raise InvalidTypeException(message)
    return [ItemFailure(**one) for one in loads(found)]
