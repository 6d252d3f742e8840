"""A call of one of Pinterest's operations: what the core is asked for, and what its answer is."""

from __future__ import annotations

from pinterest_sdk._checks import check_text
from pinterest_sdk._failure import CallFailed
from pinterest_sdk._native import Call
from pinterest_sdk.errors import InvalidInputException, UnexpectedAnswerException, from_failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pinterest_sdk._native import Answer


_CHECKS = ["usual", "strict", "off"]


class Asked:
    """An operation with its arguments, which have been checked.

    Args:
        name: Pinterest's for the operation.
        what: its method and path, with parameters in braces.
        arguments: those for path and query.
        body: the body, or None.
        checks: ``usual``, ``strict``, ``off``, or None for the first.

    """

    __slots__ = ("arguments", "body", "call", "what")

    carries_token: bool = True

    def __init__(self, name: str, what: str, arguments: dict[str, Any], body: Any, checks: Any) -> None:
        if checks is not None:
            check_text("checks", checks)
            if checks not in _CHECKS:
                raise InvalidInputException(
                    f"Invalid value for `checks` ({checks[:40]}), must be one of {_CHECKS}"
                )
        self.what = what
        self.arguments = written(arguments)
        self.body = None if body is None else written(body)
        try:
            self.call = Call.operation(name, self.arguments, self.body, checks)
        except CallFailed as failure:
            raise from_failure(failure) from None


def data(answer: Answer) -> Any:
    """Give the answer as it came: a dict, a list, a value, or None where there is none."""
    body = answer.body
    if not body.strip():
        return None
    from json import JSONDecodeError, loads

    try:
        try:
            return loads(body)
        except (JSONDecodeError, UnicodeDecodeError):
            raise _unread(answer, "the answer is not JSON") from None
        except ValueError:  # Python makes no number of so many digits.
            return loads(body, parse_int=_number)
    except RecursionError:
        raise _unread(answer, "the answer is nested too deeply") from None


def _number(digits: str) -> int | float:
    try:
        return int(digits)
    except ValueError:
        return float(digits)


def _unread(answer: Answer, why: str) -> UnexpectedAnswerException:
    """Say so, and leave nothing out: the call may have taken effect."""
    from pinterest_sdk._http import HTTPHeaderDict

    error = UnexpectedAnswerException(answer.status, why)
    error.headers, error.body = HTTPHeaderDict(answer.headers), answer.body.decode(errors="replace")
    error._of_a_call = True
    return error


def written(
    value: Any, what: str = "an argument", hint: str = "nothing was sent", *, came: bool = False
) -> str:
    """Give a value as JSON.

    Args:
        value: what is given.
        what: it is, in the error.
        hint: in the error.
        came: it is an answer, which may have numbers that JSON has not; None is in their place then.

    Raises:
        InvalidInputException: it cannot be.

    """
    from json import dumps, loads

    try:
        text = dumps(value, allow_nan=came, default=_plain)
        if came and ("NaN" in text or "Infinity" in text):
            text = dumps(loads(text, parse_constant=lambda _: None))
        _check_names(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidInputException(f"{what} cannot be written as JSON: {error}", hint) from None
    return text


def _plain(value: Any) -> Any:
    """Give what JSON has in the place of models, dates and the like.

    Its class has to have it: a mock has everything, and each thing of it is a mock again.
    """
    kind = type(value)
    for how in ("_in_json", "isoformat", "to_dict"):
        if callable(getattr(kind, how, None)):
            return getattr(value, how)()
    raise TypeError(f"it has nothing like `{type(value).__name__}`")


def _check_names(value: Any) -> None:
    """Refuse names that are no texts, of which Python would make some."""
    if isinstance(value, dict):
        for name, each in value.items():
            if not isinstance(name, str):
                raise TypeError(f"a name is no text but a `{type(name).__name__}`")
            _check_names(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            _check_names(each)
