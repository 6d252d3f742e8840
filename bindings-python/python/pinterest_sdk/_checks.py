"""What a value may be, checked before anything is sent."""

from __future__ import annotations

from pinterest_sdk.errors import InvalidInputException, InvalidTypeException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


# The core counts nanoseconds, and to it none is no limit.
_SHORTEST = 1e-9
# Of a word such as a grant's name; codes and tokens are longer.
_LONGEST_WORD = 32


def check_type(name: str, value: object, types: tuple[type, ...]) -> None:
    """Refuse a value of another type. A bool is no number."""
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        names = [kind.__name__ for kind in types]
        wanted = names[0] if len(names) == 1 else f"one of [{', '.join(sorted(names))}]"
        raise InvalidTypeException(
            f"Invalid type for variable '{name}'. Required value type is {wanted} and "
            f"passed type was {type(value).__name__} at ['{name}']"
        )


def check_text(name: str, value: str) -> None:
    """Refuse what is not text, and half characters, which no request can carry."""
    check_type(name, value, (str,))
    if not value.isascii() and value.encode(errors="replace").decode() != value:
        raise InvalidInputException(f"`{name}` holds a lone surrogate, which is half a character")


def shown(value: object) -> object:
    """Give a value that an error may repeat: a longer one may be a token or a code in the wrong place.

    What cannot be printed would end the program that prints it, or change its terminal.
    """
    text = str(value)
    is_word = len(text) <= _LONGEST_WORD and text.isprintable() and not text.startswith("pin")
    return value if is_word else "[redacted]"


def check_seconds(name: str, value: float, of_zero: str = "") -> float:
    """Give a number of seconds; one that no float can hold is as good as endless, and only zero is zero."""
    check_type(name, value, (float, int))
    if not value >= 0:
        raise InvalidInputException(f"`{name}` must not be negative{of_zero}")
    try:
        return max(float(value), _SHORTEST) if value else 0.0
    except OverflowError:
        return float("inf")


def field(row: Any, name: str) -> Any:
    """Give what is kept under a name, in a model, a dict, a row of columns or another object; or None."""
    found = None
    if hasattr(row, "keys"):
        # Those of `sqlite3` have no `get`.
        found = row.get(name) if hasattr(row, "get") else row[name] if name in row.keys() else None  # noqa: SIM118
    return getattr(row, name, None) if found is None else found


def header_pairs(name: str, headers: Any) -> dict[str, str]:
    """Give the headers of one call."""
    if headers is None:
        return {}
    check_type(name, headers, (dict,))
    for header, value in headers.items():
        check_text(name, header)
        check_text(name, value)
    return dict(headers)


def timeouts(limit: Any, name: str = "timeout") -> tuple[float | None, float | None]:
    """Give the limits until the answer is there and until the request is sent, in seconds."""
    if limit is None:
        return None, None
    given = limit if isinstance(limit, (tuple, list)) else (limit,)
    parts = [check_seconds(name, part, "; zero is no limit") for part in given]
    if len(parts) == 1:
        return parts[0], None
    if len(parts) != 2:  # noqa: PLR2004 - a pair.
        raise InvalidInputException(f"`{name}` is a number or a pair of them: (connect, read)")
    # Zero is no limit, and then there is none for both together.
    return sum(parts) if all(parts) else 0.0, parts[0]
