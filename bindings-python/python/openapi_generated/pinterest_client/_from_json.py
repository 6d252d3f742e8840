"""From JSON to the classes that a call's ``response_type`` names."""

from __future__ import annotations

import os
from datetime import date, datetime

from openapi_generated.pinterest_client._read import Readable, answer
from pinterest_sdk._model import OpenApiModel, wrong_type
from pinterest_sdk.errors import ApiValueError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from io import BufferedReader
    from typing import Any

    Path = list[str | int]

# The generated client's words.
_NO_DATE = (
    "If you need your parameter to have a fallback string value, please set its type as `type: {}` in your "
    "spec. That allows the value to be any type. "
)


def converted(value: Any, types: Any, path: Path, check_fields: bool) -> Any:
    """Give the value as one of the types: classes, or lists and dicts of them.

    Raises:
        ApiTypeError: it is none of them.
        ApiValueError: it should be a date, and is none.

    """
    if isinstance(types, Readable):
        return answer(value, types, check_fields)
    types = types if isinstance(types, (tuple, list)) else (types,)
    for kind in types:
        if isinstance(value, list) and isinstance(kind, list):
            inner = kind[0] if len(kind) == 1 and isinstance(kind[0], tuple) else tuple(kind)
            return [converted(item, inner, [*path, at], check_fields) for at, item in enumerate(value)]
        if isinstance(value, dict) and isinstance(kind, dict):
            inner = kind.get(str, next(iter(kind.values()), ()))
            return {name: converted(item, inner, [*path, name], check_fields) for name, item in value.items()}
    classes = tuple(_class(kind) for kind in types)
    # A bool is no number, and only models are made of dicts.
    if type(value) in classes:
        return value
    for cls in classes:
        made = _made(value, cls, path, check_fields)
        if made is not None:
            return made
    raise wrong_type(value, path, classes)


def _class(kind: Any) -> type:
    return list if isinstance(kind, list) else dict if isinstance(kind, dict) else kind


def _made(value: Any, cls: type, path: Path, check_fields: bool) -> Any:
    if cls is float and type(value) is int:
        return float(value)
    if isinstance(value, str) and cls in (date, datetime):
        try:
            # Python before 3.11 has no `Z`.
            return cls.fromisoformat(value.replace("Z", "+00:00"))
        except ValueError:
            raise ApiValueError(f"{_NO_DATE}Failed to parse {value!r} as {cls.__name__}", path) from None
    if isinstance(value, dict) and issubclass(cls, OpenApiModel):
        return cls._received(value, path) if check_fields else cls._unread(value)
    return None


def saved(
    data: str | bytes, disposition: str | None, folder: str | os.PathLike[str] | None
) -> BufferedReader:
    """Save an answer under the name that it came with and give the open file.

    The name is the server's: of a path only the last part is used, and a file that is there already
    is not replaced.
    """
    from re import search
    from tempfile import mkstemp

    number, path = mkstemp(dir=folder)
    with open(number, "wb") as file:
        file.write(data.encode() if isinstance(data, str) else data)
    match = search(r"filename=['\"]?([^'\"\s;]+)", disposition or "")
    name = os.path.basename(match[1].replace("\\", "/")) if match else ""
    if name not in ("", ".", ".."):
        named = os.path.join(os.path.dirname(path), name)
        if not os.path.lexists(named):
            os.rename(path, named)
            path = named
    return open(path, "rb")
