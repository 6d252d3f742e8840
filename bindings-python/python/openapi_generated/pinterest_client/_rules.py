"""What a value must be besides its type: one of some words, in a range, of a pattern."""

from __future__ import annotations

from pinterest_sdk.errors import ApiValueError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

# By the keyword that switches a rule off: its name, and what is wrong.
_SIZES = {
    "maxLength": ("max_length", "length must be less than or equal to"),
    "minLength": ("min_length", "length must be greater than or equal to"),
    "maxItems": ("max_items", "number of items must be less than or equal to"),
    "minItems": ("min_items", "number of items must be greater than or equal to"),
}
_RANGES = {
    "exclusiveMaximum": ("exclusive_maximum", "must be a value less than"),
    "maximum": ("inclusive_maximum", "must be a value less than or equal to"),
    "exclusiveMinimum": ("exclusive_minimum", "must be a value greater than"),
    "minimum": ("inclusive_minimum", "must be a value greater than or equal to"),
}


def check_allowed_values(
    allowed_values: Mapping[tuple[str], Mapping[str, Any]], input_variable_path: tuple[str], input_values: Any
) -> None:
    """Refuse what is not among the words that there are.

    Raises:
        ApiValueError: names it, and the words.

    """
    name = input_variable_path[0]
    allowed = list(allowed_values[input_variable_path].values())
    if isinstance(input_values, (list, dict)):
        # A value may be a list itself, which no set holds.
        wrong = [value for value in input_values if value not in allowed]
        if wrong:
            what = "values for" if isinstance(input_values, list) else "keys in"
            raise ApiValueError(
                f"Invalid {what} `{name}` [{_listed(wrong)}], must be a subset of [{_listed(allowed)}]"
            )
    elif input_values not in allowed:
        raise ApiValueError(f"Invalid value for `{name}` ({input_values}), must be one of {allowed}")


def check_validations(
    validations: Mapping[tuple[str], Mapping[str, Any]],
    input_variable_path: tuple[str],
    input_values: Any,
    configuration: Any = None,
) -> None:
    """Refuse what is too long, too large, or not of a pattern, as far as the configuration has that checked.

    Raises:
        ApiValueError: names the value, and what it must be.

    """
    if input_values is None:
        return
    rules = validations[input_variable_path]
    off = "" if configuration is None else configuration.disabled_client_side_validations
    for wrong in _broken(rules, input_values, off.split(",") if off else ()):
        raise ApiValueError(f"Invalid value for `{input_variable_path[0]}`, {wrong}")


def _broken(rules: Mapping[str, Any], value: Any, off: Any) -> Any:
    numbers = value if isinstance(value, list) else [*value.values()] if isinstance(value, dict) else [value]
    numbers = [number for number in numbers if isinstance(number, (int, float))]
    if "multiple_of" in rules and "multipleOf" not in off:
        step = rules["multiple_of"]
        if any(number % step for number in numbers):
            yield f"value must be a multiple of `{step}`"
    if isinstance(value, (str, list, dict)):
        for keyword, (name, words) in _SIZES.items():
            if name in rules and keyword not in off and _is_beyond(name, len(value), rules[name]):
                yield f"{words} `{rules[name]}`"
    for keyword, (name, words) in _RANGES.items():
        if name in rules and keyword not in off:
            limit = rules[name]
            if any(_is_beyond(name, number, limit) for number in numbers):
                yield f"{words} `{limit}`"
    yield from _of_no_pattern(rules, value, off)


def _of_no_pattern(rules: Mapping[str, Any], value: Any, off: Any) -> Any:
    if "regex" in rules and "pattern" not in off and isinstance(value, str):
        from re import search

        pattern = rules["regex"]["pattern"]
        if not search(pattern, value):
            yield f"must match regular expression `{pattern}`"


def _is_beyond(rule: str, value: float, limit: float) -> bool:
    if value == limit:
        return rule.startswith("exclusive")
    # What is no number is beyond every limit.
    return not (value < limit if "max" in rule else value > limit)


def _listed(values: list[Any]) -> str:
    return ", ".join(map(str, values))
