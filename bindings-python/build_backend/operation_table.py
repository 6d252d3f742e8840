"""The core's table of operations, for the stubs; docs/operations.md tells its form."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
# Beside this package in the repository, and in it in an sdist.
FOLDER = next(
    (found for root in (HERE.parent, HERE) if (found := root / "core/src/operations/table").is_dir()), HERE
)


@dataclass
class Operation:
    """An operation: its method and path, what goes into path and query, the body's type, the answer's."""

    what: str
    tag: str = ""
    parameters: list[tuple[str, str, bool]] = field(default_factory=list)
    body: tuple[str, bool] | None = None
    answer: str | None = None


@dataclass
class Definition:
    """A type that has a name."""

    alias: str | None = None
    bases: list[str] = field(default_factory=list)
    demands: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    # By name: the type, and whether it has to be there.
    properties: dict[str, tuple[str, bool]] = field(default_factory=dict)
    takes_more: bool = False
    # Whether a value may be of several choices at once.
    is_mixed: bool = False


def blocks(file: str) -> dict[str, list[str]]:
    """Give the lines that are said of each name."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (FOLDER / file).read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            lines.append(line[1:])
        elif not line.startswith("#"):
            lines = found[line] = []
    return found


def operations() -> dict[str, Operation]:
    """Give the operations by Pinterest's names."""
    found = {}
    for name, (what, *lines) in blocks("operations.txt").items():
        one = found[name] = Operation(what)
        for line in lines:
            word, _, said = line.partition(" ")
            if word == "tag":
                one.tag = said
            elif word == "answer":
                one.answer = said.partition(" ")[2] or None
            elif word.rstrip("!") in ("json", "form"):
                one.body = said, word.endswith("!")
            elif word == "path" or word.startswith("query"):
                parameter, _, kind = said.partition(" ")
                needed = word == "path" or word.startswith("query!")
                one.parameters.append((parameter, kind.partition(" = ")[0], needed))
    return found


def definitions() -> dict[str, Definition]:
    """Give the types by their names."""
    found = {}
    for name, lines in blocks("types.txt").items():
        one = found[name] = Definition()
        for line in lines:
            word, _, said = line.partition(" ")
            if word == "=":
                one.alias = said.partition(" = ")[0]
            elif word == "<":
                one.bases.append(said)
            elif word == "!":
                one.demands.append(said)
            elif word == "*":
                one.takes_more = said != "-"
            elif word in ("|", "/", "\\"):
                one.choices.append(said.partition(" ")[0])
                one.is_mixed |= word == "/"
            elif word != "@":
                marks, _, kind = said.partition(": ")
                needed = "!" in marks and "-" not in marks
                one.properties[word] = kind.partition(" = ")[0], needed
    return found


def enumerations() -> dict[str, list[str]]:
    """Give the known values by the names of their lists."""
    return {
        name: [line for line in lines if not line.startswith("= ")]
        for name, lines in blocks("enumerations.txt").items()
    }
