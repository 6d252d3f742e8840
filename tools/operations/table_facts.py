"""What a table says, as facts: small tuples that can be compared with those of a description."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from table import ABSENT, JsonValue, Operation, Table, Type

Fact = tuple[str, ...]

_SCALARS = {
    "string",
    "integer",
    "number",
    "boolean",
    "object",
    "any",
    "date",
    "date-time",
    "int32",
    "int64",
    "float",
    "double",
    "password",
}
_RANGE = re.compile(r"\((>?)([^()]*?)\.\.([^()]*?)\)$")
_CHOICES = {"|": "one of", "/": "any of"}


def facts(table: Table) -> set[Fact]:
    """Every fact of the table."""
    found: set[Fact] = set()
    for name, one in table.types.items():
        if ":" not in name:
            found.update(_of_type(table, name, one))
    for name in table.enumerations:
        if ":" not in name:
            found.update(_of_enumeration(table, name, name))
    found.update(("default", name, text(value)) for name, value in table.defaults.items())
    for operation in table.operations.values():
        found.update(_of_operation(table, operation))
    return found


def text(value: JsonValue) -> str:
    """A value as facts hold it."""
    return json.dumps(value, sort_keys=True)


def _of_type(table: Table, name: str, one: Type) -> Iterator[Fact]:
    if one.alias:
        yield from _of(table, name, one.alias)
        if one.default is not ABSENT:
            yield "default", name, text(one.default)
        return
    yield "is", name, "object"
    for base in one.bases:
        yield "base", name, base
    for demand in one.demands:
        yield "required", name, demand
    if one.discriminator:
        yield "discriminator", name, one.discriminator
    seen = [kind for _, kind, _ in one.choices]
    for mark, kind, value in one.choices:
        if value:
            yield "known by", name, value, kind
        if mark != "\\":
            number = list(dict.fromkeys(seen)).index(kind)
            yield _CHOICES[mark], name, str(number)
            yield from _of(table, f"{name}:{number}", kind)
    for field in one.fields:
        place = f"{name}:{field.name}"
        yield "property", name, field.name
        if field.required:
            yield "required", name, field.name
        if field.read_only:
            yield "read only", place
        if field.deprecated:
            yield "deprecated", place
        if field.default is not ABSENT:
            yield "default", place, text(field.default)
        yield from _of(table, place, field.type)
    if one.extra == "-":
        yield "closed", name
    elif one.extra:
        yield "more", name
        yield from _of(table, name + ":value", one.extra)


def _of_enumeration(table: Table, name: str, place: str) -> Iterator[Fact]:
    yield "is", place, "enumeration"
    for value in table.enumerations[name]:
        yield "value", place, text(value)


def _of(table: Table, place: str, kind: str) -> Iterator[Fact]:
    if kind.endswith("?"):
        yield "null", place
        kind = kind[:-1]
    if kind.endswith('"'):
        kind, _, pattern = kind.partition("~")
        yield "pattern", place, json.loads(pattern)
    if limits := _RANGE.search(kind):
        kind = kind[: limits.start()]
        above, low, high = limits.groups()
        if low:
            yield "above" if above else "low", place, low
        if high:
            yield "high", place, high
    if kind.startswith("["):
        yield "is", place, "list"
        yield from _of(table, place + ":item", kind[1:-1])
    elif kind.startswith("{"):
        yield "is", place, "map"
        yield from _of(table, place + ":value", kind[1:-1])
    elif kind in _SCALARS:
        yield "is", place, kind
    elif ":" in kind and kind in table.enumerations:
        yield from _of_enumeration(table, kind, place)
    elif kind == place:
        yield from _of_type(table, kind, table.types[kind])
    else:
        yield "is", place, "a " + kind


def _of_operation(table: Table, one: Operation) -> Iterator[Fact]:
    name = one.name
    yield "operation", name, one.method, one.path
    yield "tag", name, one.tag
    yield "rate", name, one.rate
    if one.sandbox:
        yield "sandbox", name
    if one.deprecated:
        yield "deprecated", name
    for number, (kind, scopes) in enumerate(one.credentials):
        yield "credential", name, str(number), kind
        for scope in scopes:
            yield "scope", name, kind, scope
    for number, parameter in enumerate(one.parameters):
        place = f"{name}:{parameter.name}"
        yield "parameter", name, str(number), parameter.place, parameter.name
        yield "style", place, parameter.style
        if parameter.required:
            yield "required", name, parameter.name
        if parameter.default is not ABSENT:
            yield "default", place, text(parameter.default)
        yield from _of(table, place, parameter.type)
    if one.body:
        yield "body", name, one.body[0], str(one.body[2])
        yield from _of(table, name + ":body", one.body[1])
    for status in one.answer[0].split(","):
        yield "answer", name, status
    if one.answer[1]:
        yield from _of(table, name + ":answer", one.answer[1])
