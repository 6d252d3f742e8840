"""From what a program gives to what an operation sends: types are checked, and models made of dicts."""

from __future__ import annotations

from openapi_generated.pinterest_client._read import dated, inner_kinds, is_floating
from pinterest_sdk._model import ModelSimple, OpenApiModel, wrong_type
from pinterest_sdk.errors import ApiValueError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Path = list[str | int]

_PLAIN = frozenset((str, int, float, bool, list, dict, type(None)))


def taken(value: Any, kinds: Any, path: Path, configuration: Any = None) -> Any:
    """Give the value as the first of the types that it fits.

    Raises:
        ApiTypeError: it fits none of them.
        ApiValueError: it has the type, and is none of those that there are.

    """
    kind = _simple(value)
    if kind in kinds and kind not in (list, dict):
        return value
    if kinds is OpenApiModel.additional_properties_type:
        if kind in kinds or isinstance(value, OpenApiModel):
            return value
        raise wrong_type(value, path, kinds)
    for each in kinds:
        made = _as(each, value, kind, path, configuration)
        if made is not None:
            return made
    if value is None and any(getattr(each, "_nullable", False) for each in kinds):
        return None
    raise wrong_type(value, path, tuple(_class(each) for each in kinds))


def _as(wanted: Any, value: Any, kind: Any, path: Path, configuration: Any) -> Any:
    """Give the value as one type; None if it does not fit."""
    is_object = isinstance(value, OpenApiModel) and not isinstance(value, ModelSimple)
    if isinstance(wanted, dict) or wanted is dict:
        return value if is_object else _as_dict(wanted, value, path, configuration) if kind is dict else None
    if isinstance(wanted, list):
        return _as_list(wanted, value, path, configuration) if kind is list else None
    if issubclass(wanted, OpenApiModel):
        return _as_model(wanted, value, kind, path, configuration)
    if kind is str and wanted.__name__ in ("date", "datetime"):
        found = dated(value, wanted.__name__)
        if isinstance(found, str):
            raise ApiValueError(f"Failed to parse {value!r} as {wanted.__name__}", path)
        return found
    if wanted is float and is_floating(value, kind):
        return float(value)
    return value if kind is wanted else None


def _as_list(wanted: Any, value: Any, path: Path, configuration: Any) -> Any:
    inner = inner_kinds(wanted)
    items = [taken(item, inner, [*path, at], configuration) for at, item in enumerate(value)]
    # The program's own list, as far as nothing in it changed: it may add to it later.
    return value if all(map(_is, items, value)) else items


def _as_dict(wanted: Any, value: Any, path: Path, configuration: Any) -> Any:
    for name in value:
        if not isinstance(name, str):
            raise wrong_type(name, [*path, name], (dict,), of_key=True)
    if wanted is dict:
        return value
    inner = inner_kinds(wanted)
    made = {name: taken(item, inner, [*path, name], configuration) for name, item in value.items()}
    return value if all(map(_is, made.values(), value.values())) else made


def _as_model(wanted: Any, value: Any, kind: Any, path: Path, configuration: Any) -> Any:
    if isinstance(value, (wanted, *wanted._kinds())):
        return value
    of_one_value = issubclass(wanted, ModelSimple)
    if isinstance(value, ModelSimple) and of_one_value:
        value = value["value"]  # The word counts, not which list of words it is from.
    elif isinstance(value, OpenApiModel) or value is None or of_one_value is (kind is dict):
        return None
    fields = {"value": value} if of_one_value else value
    return wanted._of_program(fields, path, configuration)


def _simple(value: Any) -> Any:
    """Give a value's type, and that of its class's base where that is one of Python's own."""
    kind = type(value)
    if kind in _PLAIN or isinstance(value, OpenApiModel):
        return kind
    for base in (bool, int, float, str, list, dict):
        if isinstance(value, base):
            return base
    return kind


def _class(kind: Any) -> type:
    return list if isinstance(kind, list) else dict if isinstance(kind, dict) else kind


def _is(one: object, other: object) -> bool:
    return one is other
