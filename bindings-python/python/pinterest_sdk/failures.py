"""What failed of the items of an answer of success.

from pinterest_sdk import failures_in

answer = campaigns.campaigns_create(ad_account_id, [first, second])
for failure in failures_in(campaigns.campaigns_create, answer):
print(failure.item, failure.message)
"""

from __future__ import annotations

from pinterest_sdk._asked import written
from pinterest_sdk._checks import check_text
from pinterest_sdk._facts import Facts
from pinterest_sdk._failure import CallFailed
from pinterest_sdk._native import failures_in as _found
from pinterest_sdk._variables import unshown
from pinterest_sdk.errors import InvalidTypeException, from_failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any
else:  # For `typing.get_type_hints`.
    from _collections_abc import Callable  # noqa: TC003

    from pinterest_sdk._hints import Any  # noqa: TC001


class ItemFailure(Facts):
    """One item of an answer that failed although the call succeeded.

    Attributes:
        place: where the answer says so: ``items[2].exceptions[0]``.
        item: the item's number in its list, from 0; None where there is no list.
        code: Pinterest's code for it, if it has one.
        message: what Pinterest says of it, if it has words.
        value: all that Pinterest says of it, as JSON has it.

    """

    __slots__ = ("place", "item", "code", "message", "value")  # noqa: RUF023 - their order.
    place: str
    item: int | None
    code: int | None
    message: str | None
    value: Any


@unshown
def failures_in(method: Callable[..., object] | str, answer: object) -> list[ItemFailure]:
    """Give what failed of the items that a call was about, as its answer says; nothing if all went well.

    Args:
        method: the one that gave the answer, of any API of either package, awaited or not; or its name, or
            Pinterest's for the operation: ``campaigns/create``.
        answer: what the method gave: dicts and lists, or models.

    Raises:
        InvalidInputException: there is no such operation; or the answer is nothing that JSON has.
        InvalidTypeException: the method has no name; or the answer is a tuple with its status and headers.

    """
    name = method if isinstance(method, str) else getattr(method, "__name__", None)
    if not isinstance(name, str):
        raise InvalidTypeException(
            f"`method` is a {type(method).__name__}: give the one that gave the answer, or its name"
        )
    check_text("method", name)
    if isinstance(answer, tuple):
        raise InvalidTypeException("`answer` is a tuple: give its first, the data")
    text = written(answer, "the answer", "give what the method gave", came=True)
    try:
        found = _found(name, text)
    except CallFailed as failure:
        raise from_failure(failure) from None
    if not found:
        return []
    from json import loads

    return [ItemFailure(*told, loads(value)) for *told, value in found]
