"""Values for the arguments of any operation, made of what the client says of them."""

import io
import re
from datetime import date, datetime
from typing import Any

from openapi_generated.pinterest_client.model_utils import ModelComposed, ModelSimple, OpenApiModel

TEXTS = ("12345", "2024-01-31", "someone", "US", "x" * 40)
DEEPEST = 4


def arguments(endpoint: Any, *, everything: bool) -> dict[str, Any]:
    """The operation's own arguments: those that must be given, or all."""
    named = endpoint.params_map
    return {
        name: value_for(endpoint, name, everything=everything)
        for name in named["all"]
        if name in endpoint.location_map and (everything or name in named["required"])
    }


def value_for(owner: Any, name: str, *, everything: bool, depth: int = 0) -> Any:
    """A value that the rules of a parameter or a property let pass."""
    kinds = owner.openapi_types[name]
    allowed = owner.allowed_values.get((name,))
    limits = owner.validations.get((name,), {})
    if allowed:
        first = next(value for value in allowed.values() if value is not None)
        return [first] if isinstance(kinds[0], list) else first
    return sample(kinds, limits, everything=everything, depth=depth)


def sample(kinds: Any, limits: dict[str, Any], *, everything: bool, depth: int) -> Any:
    """A value of the first type that can be made."""
    kind = kinds[0]
    if len(kinds) > 2:  # anything
        return {"any": "thing"}
    if isinstance(kind, list):
        inner = kind[0] if isinstance(kind[0], tuple) else tuple(kind)
        return [sample(inner, limits, everything=everything, depth=depth + 1)] * limits.get("min_items", 1)
    if isinstance(kind, dict):
        return {"key": sample(kind[str], {}, everything=everything, depth=depth + 1)}
    if issubclass(kind, OpenApiModel):
        return model(kind, everything=everything, depth=depth)
    number = limits.get("inclusive_minimum", limits.get("exclusive_minimum", 0) + 1)
    plain = {
        str: next((text for text in TEXTS if _fits(text, limits)), "12345"),
        int: int(number),
        float: float(number),
        bool: True,
        dict: {"any": "thing"},
        list: ["thing"],
        date: date(2024, 1, 31),
        datetime: datetime(2024, 1, 31, 12, 30),
        io.IOBase: None,
    }
    return plain.get(kind)


def _fits(text: str, limits: dict[str, Any]) -> bool:
    pattern = limits.get("regex", {}).get("pattern", "")
    return limits.get("min_length", 0) <= len(text) <= limits.get("max_length", 40) and bool(
        re.search(pattern, text)
    )


def model(cls: Any, *, everything: bool, depth: int) -> Any:
    """An object of the class, or of one that may stand in its place."""
    if issubclass(cls, ModelSimple):
        return cls(value_for(cls, "value", everything=everything, depth=depth + 1))
    if cls.discriminator is not None:
        ((_, classes),) = cls.discriminator.items()
        chosen = next(iter(classes.values()))
        return model(chosen, everything=everything, depth=depth)
    unions = cls._composed_schemas if issubclass(cls, ModelComposed) else {}
    if unions.get("oneOf"):
        return model(unions["oneOf"][0], everything=everything, depth=depth)
    described = unions["anyOf"][0] if unions.get("anyOf") else cls
    names = list(described.openapi_types)
    required = _required(described)
    if not everything or depth > DEEPEST:
        names = [name for name in names if name in required]
    names = [name for name in names if name not in described.read_only_vars]
    values = {name: value_for(described, name, everything=everything, depth=depth + 1) for name in names}
    return cls(**values)


def _required(cls: Any) -> list[str]:
    import inspect

    return [
        name
        for name, each in inspect.signature(cls.__init__).parameters.items()
        if each.kind is each.POSITIONAL_OR_KEYWORD and name != "self"
    ]
