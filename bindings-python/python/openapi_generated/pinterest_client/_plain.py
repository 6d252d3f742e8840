"""From models to dicts and lists."""

from __future__ import annotations

from pinterest_sdk._model import ModelSimple, OpenApiModel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def plain(value: Any, *, wire: bool) -> Any:
    """Give a value with the models in it as dicts: under the names of JSON, or under their names here."""
    if isinstance(value, ModelSimple):
        return plain(value._data_store["value"], wire=wire)
    if isinstance(value, OpenApiModel):
        fields = value._in_json() if wire else value._data_store
        return {name: plain(field, wire=wire) for name, field in fields.items()}
    if isinstance(value, list):
        return [plain(item, wire=wire) for item in value]
    if isinstance(value, dict):
        return {name: plain(item, wire=wire) for name, item in value.items()}
    return value
