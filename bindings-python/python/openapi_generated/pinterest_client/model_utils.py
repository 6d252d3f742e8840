"""What models have in common, under the generated client's names."""

from __future__ import annotations

import io

from pinterest_sdk._model import (
    ModelComposed,
    ModelNormal,
    ModelSimple,
    OddField,
    OpenApiModel,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any
else:  # For `typing.get_type_hints`.
    from pinterest_sdk._hints import Any  # noqa: TC001

__all__ = [
    "ModelComposed",
    "ModelNormal",
    "ModelSimple",
    "OddField",
    "OpenApiModel",
    "date",
    "datetime",
    "file_type",
    "model_to_dict",
    "none_type",
    "validate_and_convert_types",
]

none_type: type[None] = type(None)
file_type: type[io.IOBase] = io.IOBase


def model_to_dict(model_instance: OpenApiModel, serialize: bool = True) -> dict[str, Any]:
    """Give a model's fields as a plain dict, under their names in JSON or under those here."""
    from openapi_generated.pinterest_client._plain import plain

    fields: dict[str, Any] = plain(model_instance, wire=serialize)
    return fields


def validate_and_convert_types(
    input_value: Any,
    required_types_mixed: Any,
    path_to_item: list[str | int],
    spec_property_naming: bool,  # noqa: ARG001
    _check_type: bool,
    configuration: object = None,  # noqa: ARG001
) -> Any:
    """Give a value as one of the types; see `ApiClient.deserialize`."""
    from openapi_generated.pinterest_client._from_json import converted

    return converted(input_value, required_types_mixed, path_to_item, _check_type)


if not TYPE_CHECKING:  # Or a type checker would let every name pass.

    def __getattr__(name: str) -> object:
        # `datetime` is slow to import.
        if name in ("date", "datetime"):
            from datetime import date, datetime

            return date if name == "date" else datetime
        if not name.startswith("__"):
            from pinterest_sdk._conflict import advice

            # A module of the published package asks, which cannot work beside ours.
            others = advice()
            if others:
                raise ImportError(others)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
