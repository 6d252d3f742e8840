"""What `requests` and `httpx` raise for a request that is not to have a token."""

from __future__ import annotations

from pinterest_sdk.errors import InvalidInputException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_kinds: dict[type[Exception], type[InvalidInputException]] = {}


def refusal(foreign: tuple[str, str | None], base: type[Exception], request: Any) -> InvalidInputException:
    """Make an exception for those who catch this package's, and for those who catch the HTTP library's.

    Args:
        foreign: why, and what to do.
        base: the library's class.
        request: the library's.

    """
    kind = _kinds.get(base)
    if kind is None:
        kind = _kinds[base] = type(
            "ForeignAddressException",
            (InvalidInputException, base),
            # Nothing has such a class by its name; the request may hold what another process cannot have.
            {
                "response": None,
                "__reduce__": lambda error: (refusal, ((error.message, error.hint), base, None)),
            },
        )
    error: Any = kind(*foreign)
    error.request = request
    refused: InvalidInputException = error
    return refused
