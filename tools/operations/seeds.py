"""Errors put into a table on purpose: a comparison that misses one of them proves nothing."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any

from table import Table

Change = Callable[[Table], object]


def _first(records: Any, fits: Callable[[Any], bool]) -> Any:
    return next((one for one in records if fits(one)), None)


def seeded(table: Table) -> Iterator[tuple[str, Table]]:
    """Copies of the table with one error each, and what the error is."""
    for what, change in _CHANGES.items():
        wrong = copy.deepcopy(table)
        if change(wrong) is not None:
            yield what, wrong


def _set(name: str, value: object) -> Callable[[Any], object]:
    def change(record: Any) -> object:
        setattr(record, name, value)
        return record

    return change


def _other_type(pattern: str, by: str) -> Change:
    def change(table: Table) -> object:
        fields = [field for one in table.types.values() for field in one.fields]
        field = _first(fields, lambda one: bool(re.search(pattern, one.type)))
        return field and _set("type", re.sub(pattern, by, field.type, count=1))(field)

    return change


def _values(table: Table) -> list[Any]:
    return next(iter(table.enumerations.values()))


def _operation(fits: Callable[[Any], bool], change: Callable[[Any], object]) -> Change:
    def found(table: Table) -> object:
        one = _first(table.operations.values(), fits)
        return one and (change(one), one)

    return found


def _parameter(fits: Callable[[Any], bool], change: Callable[[Any], object]) -> Change:
    def found(table: Table) -> object:
        one = _first([each for one in table.operations.values() for each in one.parameters], fits)
        return one and (change(one), one)

    return found


def _type(fits: Callable[[Any], bool], change: Callable[[Any], object]) -> Change:
    def found(table: Table) -> object:
        one = _first(table.types.values(), fits)
        return one and (change(one), one)

    return found


_CHANGES: dict[str, Change] = {
    "a value fewer": lambda table: _values(table).pop(),
    "a value more": lambda table: _values(table).__iadd__(["SEEDED"]),
    "another limit": _other_type(r"\.\.\d+\)", "..3)"),
    "another pattern": _other_type(r'~"\^', '~"'),
    "null forbidden": _other_type(r"\?$", ""),
    "another type": _other_type(r"^string$", "integer"),
    "an operation fewer": lambda table: table.operations.popitem(),
    "another path": _operation(lambda _: True, lambda one: setattr(one, "path", one.path + "s")),
    "another method": _operation(lambda one: one.method == "GET", lambda one: setattr(one, "method", "POST")),
    "another rate": _operation(lambda _: True, lambda one: setattr(one, "rate", "seeded")),
    "no sandbox": _operation(lambda one: one.sandbox, lambda one: setattr(one, "sandbox", False)),
    "a scope fewer": _operation(lambda one: one.credentials[0][1], lambda one: one.credentials[0][1].pop()),
    "a credential fewer": _operation(lambda one: len(one.credentials) > 1, lambda one: one.credentials.pop()),
    "no answer": _operation(
        lambda one: one.answer[1], lambda one: setattr(one, "answer", (one.answer[0], ""))
    ),
    "another body": _operation(
        lambda one: one.body, lambda one: setattr(one, "body", ("form", "any", False))
    ),
    "a parameter fewer": _operation(lambda one: one.parameters, lambda one: one.parameters.pop()),
    "an optional parameter": _parameter(
        lambda one: one.required, lambda one: setattr(one, "required", False)
    ),
    "another style": _parameter(lambda one: one.style == ",", lambda one: setattr(one, "style", "&")),
    "another default": _parameter(
        lambda one: isinstance(one.default, int), lambda one: setattr(one, "default", -1)
    ),
    "a field fewer": _type(lambda one: one.fields, lambda one: one.fields.pop()),
    "a base fewer": _type(lambda one: one.bases, lambda one: one.bases.pop()),
    "a choice fewer": _type(lambda one: one.choices, lambda one: one.choices.pop()),
    "another discriminator": _type(
        lambda one: one.discriminator, lambda one: setattr(one, "discriminator", "x")
    ),
    "more properties": _type(lambda one: one.extra, lambda one: setattr(one, "extra", "")),
}
