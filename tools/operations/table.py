"""The table of operations, types and enumerations: its records, and their text form, written and read.

Three files of blocks, sorted by name. A block is a line with the name, then indented lines;
docs/operations.md describes every line.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

JsonValue = object


class _Absent(Enum):
    """Nothing; `None` is the JSON value null."""

    ABSENT = 0


ABSENT = _Absent.ABSENT


@dataclass
class Parameter:
    """A value in the path or the query: how it is written there, its type, its default."""

    name: str
    place: str  # path or query
    required: bool
    style: str  # "" one value, "," one list with commas, "&" the name again for each, "{}" name[key]=value
    type: str
    default: JsonValue = ABSENT


@dataclass
class Operation:
    """A method of a path."""

    name: str
    method: str
    path: str
    tag: str
    rate: str
    sandbox: bool
    deprecated: bool
    credentials: list[tuple[str, list[str]]]
    parameters: list[Parameter]
    body: tuple[str, str, bool] | None  # json or form, type, required
    answer: tuple[str, str]  # statuses with commas, type or nothing
    failures: list[str]  # where a 2xx answer says what failed in it: items[].exceptions


@dataclass
class Field:
    """A property of an object."""

    name: str
    required: bool
    read_only: bool
    deprecated: bool
    type: str
    default: JsonValue = ABSENT


@dataclass
class Type:
    """An object, a choice of types, or another name for a type."""

    name: str
    alias: str = ""
    default: JsonValue = ABSENT
    bases: list[str] = field(default_factory=list)
    discriminator: str = ""
    # | one of, / any of, \\ known by the discriminator alone; then the type, and the discriminator's value
    choices: list[tuple[str, str, str]] = field(default_factory=list)
    demands: list[str] = field(default_factory=list)  # properties of the bases that it requires
    fields: list[Field] = field(default_factory=list)
    extra: str = ""  # the type of more properties; "-" where there are none


@dataclass
class Table:
    """All of it."""

    version: str
    operations: dict[str, Operation] = field(default_factory=dict)
    types: dict[str, Type] = field(default_factory=dict)
    enumerations: dict[str, list[JsonValue]] = field(default_factory=dict)
    defaults: dict[str, JsonValue] = field(default_factory=dict)  # of enumerations that have one


def _default(value: JsonValue) -> str:
    return "" if value is ABSENT else " = " + json.dumps(value, ensure_ascii=False)


def _enumeration(values: list[JsonValue], default: JsonValue) -> list[str]:
    lines = [value if isinstance(value, str) else json.dumps(value) for value in values]
    return [_default(default).strip()] * (default is not ABSENT) + lines


def _operation(operation: Operation) -> list[str]:
    lines = [f"{operation.method} {operation.path}", f"tag {operation.tag}", f"rate {operation.rate}"]
    lines += ["sandbox"] * operation.sandbox + ["deprecated"] * operation.deprecated
    lines += [" ".join([kind, *scopes]) for kind, scopes in operation.credentials]
    for parameter in operation.parameters:
        mark = ("!" if parameter.required and parameter.place == "query" else "") + parameter.style
        lines.append(
            f"{parameter.place}{mark} {parameter.name} {parameter.type}{_default(parameter.default)}"
        )
    if operation.body:
        kind, body, required = operation.body
        lines.append(f"{kind}{'!' if required else ''} {body}")
    lines.append(" ".join(["answer", *filter(None, operation.answer)]))
    return lines + [f"failures {place}" for place in operation.failures]


def _type(one: Type) -> list[str]:
    lines = [f"= {one.alias}{_default(one.default)}"] * bool(one.alias) + [f"< {base}" for base in one.bases]
    lines += [f"! {name}" for name in sorted(one.demands)]
    lines += [f"@ {one.discriminator}"] * bool(one.discriminator)
    lines += [f"{sort} {choice} {value}".rstrip() for sort, choice, value in one.choices]
    for each in sorted(one.fields, key=lambda field: field.name):
        mark = "!" * each.required + "-" * each.read_only + "~" * each.deprecated
        lines.append(f"{each.name}{' ' + mark if mark else ''} : {each.type}{_default(each.default)}")
    return lines + [f"* {one.extra}"] * bool(one.extra)


def write(table: Table, folder: Path) -> None:
    """Writes the three files."""
    files = {
        "operations": {name: _operation(one) for name, one in table.operations.items()},
        "types": {name: _type(one) for name, one in table.types.items()},
        "enumerations": {
            name: _enumeration(values, table.defaults.get(name, ABSENT))
            for name, values in table.enumerations.items()
        },
    }
    for file, blocks in files.items():
        text = f"# v5 {table.version}\n"
        for name in sorted(blocks):
            text += "".join([f"{name}\n", *(f" {line}\n" for line in blocks[name])])
        (folder / f"{file}.txt").write_text(text, encoding="utf-8")


def _blocks(path: Path) -> tuple[str, dict[str, list[str]]]:
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    blocks: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        if line.startswith(" "):
            blocks[name].append(line[1:])
        else:
            name = line
            blocks[name] = []
    return first.removeprefix("# v5 "), blocks


def _with_default(text: str) -> tuple[str, JsonValue]:
    kind, mark, default = text.partition(" = ")
    return (kind, json.loads(default)) if mark else (text, ABSENT)


def _read_parameter(line: str) -> Parameter:
    head, name, rest = line.split(" ", 2)
    place = "path" if head.startswith("path") else "query"
    mark = head.removeprefix(place)
    kind, default = _with_default(rest)
    return Parameter(
        name, place, place == "path" or mark.startswith("!"), mark.removeprefix("!"), kind, default
    )


def _read_operation(name: str, lines: list[str]) -> Operation:
    method, path = lines[0].split(" ")
    one = Operation(
        name,
        method,
        path,
        "",
        "",
        sandbox=False,
        deprecated=False,
        credentials=[],
        parameters=[],
        body=None,
        answer=("", ""),
        failures=[],
    )
    for line in lines[1:]:
        word, _, rest = line.partition(" ")
        if word in ("tag", "rate"):
            setattr(one, word, rest)
        elif word == "failures":
            one.failures.append(rest)
        elif word in ("sandbox", "deprecated"):
            setattr(one, word, True)
        elif word.startswith(("path", "query")):
            one.parameters.append(_read_parameter(line))
        elif word.rstrip("!") in ("json", "form"):
            one.body = (word.rstrip("!"), rest, word.endswith("!"))
        elif word == "answer":
            status, _, answer = rest.partition(" ")
            one.answer = (status, answer)
        else:
            one.credentials.append((word, rest.split()))
    return one


def _read_type(name: str, lines: list[str]) -> Type:
    one = Type(name)
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == "=":
            one.alias, one.default = _with_default(rest)
        elif word == "!":
            one.demands.append(rest)
        elif word == "<":
            one.bases.append(rest)
        elif word == "@":
            one.discriminator = rest
        elif word == "*":
            one.extra = rest
        elif word in ("|", "/", "\\"):
            choice, _, value = rest.partition(" ")
            one.choices.append((word, choice, value))
        else:
            mark, _, kind = rest.partition(": ")
            kind, default = _with_default(kind)
            one.fields.append(Field(word, "!" in mark, "-" in mark, "~" in mark, kind, default))
    return one


def read(folder: Path) -> Table:
    """Reads the three files."""
    version, operations = _blocks(folder / "operations.txt")
    _, types = _blocks(folder / "types.txt")
    _, enumerations = _blocks(folder / "enumerations.txt")
    return Table(
        version,
        {name: _read_operation(name, lines) for name, lines in operations.items()},
        {name: _read_type(name, lines) for name, lines in types.items()},
        {name: [_value(line) for line in lines if line[:2] != "= "] for name, lines in enumerations.items()},
        {name: json.loads(lines[0][2:]) for name, lines in enumerations.items() if lines[0][:2] == "= "},
    )


def _value(line: str) -> JsonValue:
    """Only numbers, true, false and null are no texts: no text that Pinterest lists looks like one."""
    try:
        return json.loads(line)
    except ValueError:
        return line
