"""From an answer to what an operation returns. No answer is refused: what does not fit stays as it came."""

from __future__ import annotations

from pinterest_sdk._model import OpenApiModel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_BEYOND_FLOATS = 2**1023


class Readable(tuple[object, ...]):
    """What an operation's answer is, as ``response_type`` has it; other answers than that are read too."""

    __slots__ = ()


def answer(value: Any, kinds: Any, check_fields: bool) -> Any:
    """Give an operation's answer; without a check, its fields as they came."""
    if value == "":
        return None  # There was none.
    if check_fields:
        return read(value, kinds)
    models = [each for each in kinds if isinstance(each, type) and issubclass(each, OpenApiModel)]
    return models[0]._unread(value) if models and type(value) is dict else value


def read(value: Any, kinds: Any) -> Any:
    """Give the value as the first of the types that it fits, and else as it came."""
    kind = type(value)
    if kinds is OpenApiModel.additional_properties_type:
        return dated(value) if kind is str and value[:4].isdigit() and value[4:5] == "-" else value
    if kind in kinds:
        return value
    for each in kinds:
        found = _as(each, value, kind)
        if found is not None:
            return found
    return value


def _as(wanted: Any, value: Any, kind: type) -> Any:
    """Give the value as one type; None if it does not fit."""
    if isinstance(wanted, (list, dict)):
        if kind is not type(wanted):
            return None
        inner = inner_kinds(wanted)
        if kind is list:
            return [read(item, inner) for item in value]
        return {name: read(item, inner) for name, item in value.items()}
    if issubclass(wanted, OpenApiModel):
        return None if value is None else wanted._of_answer(value)
    if kind is str and wanted.__name__ in ("date", "datetime"):
        return dated(value, wanted.__name__)
    return float(value) if wanted is float and is_floating(value, kind) else None


def is_floating(value: Any, kind: Any) -> bool:
    """Say whether a value is a whole number that a float can hold."""
    return kind is int and abs(value) < _BEYOND_FLOATS


def inner_kinds(wanted: Any) -> Any:
    """Give the types of what a list or a dict holds."""
    if isinstance(wanted, dict):
        return wanted[str]
    return wanted[0] if len(wanted) == 1 and isinstance(wanted[0], tuple) else tuple(wanted)


def dated(text: str, wanted: str = "") -> Any:
    """Give what is a day or a time in its ISO form as that, and everything else as the text that it is."""
    from datetime import date, datetime

    try:
        if len(text) == len("2024-01-31"):
            day = date.fromisoformat(text)
            return datetime(day.year, day.month, day.day) if wanted == "datetime" else day  # noqa: DTZ001
        if text[10:11] not in ("T", " ") or text[13:14] != ":":
            return text
        found = datetime.fromisoformat(_usual(text))
    except ValueError:
        return text
    return found.date() if wanted == "date" else found


def _usual(text: str) -> str:
    """Spell a time as Python before 3.11 reads it: with microseconds, and an offset of hours and minutes."""
    text = text[:-1] + "+00:00" if text[-1] in "Zz" else text
    whole, point, rest = text.partition(".")
    if not point:
        return text
    digits = len(rest) - len(rest.lstrip("0123456789"))
    return f"{whole}.{rest[:digits][:6]:0<6}{rest[digits:]}"
