r"""What the published client 0.1.12 offers, as facts: read from three files when first asked for.

`tools/published_python.py` writes the files from the installed package. They are blocks of lines, in the
order of the blocks' first words::

    Board = board normal                  class, module, kind; then nullable, closed, others=TYPE
     id str readonly /^\d+$               a property: name, type, facts
     +by kind a=A b=B                     the property that chooses the class; +anyOf, +oneOf: the classes
    BoardsApi = boards_api                class, module
     boards_get GET /boards/{board_id} Board pinterest_oauth2       its answer and its credentials
      board_id str path required /^\d+$   a parameter: name, type, place and how a list is sent, facts
    Board.privacy                         an enumeration, named by its first user
     PUBLIC                               a value; `KEY = JSON` where the key is not the value in capitals

Types are str, int, float, bool, date, datetime, dict, list, none, any, a model, ``[list]`` or ``{dict}``,
with ``?`` where None is one too. Facts are required, nullable, readonly, wire=NAME, default=JSON,
enum=NAME, limits, and at last /PATTERN.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

FOLDER = os.path.join(os.path.dirname(__file__), "surface")
# Longest first: `<` begins `<=`.
_LIMITS = {
    "multiple=": "multiple_of",
    "items<=": "max_items",
    "items>=": "min_items",
    "len<=": "max_length",
    "len>=": "min_length",
    "<=": "inclusive_maximum",
    ">=": "inclusive_minimum",
    "<": "exclusive_maximum",
    ">": "exclusive_minimum",
}
_found: dict[str, dict[str, str]] = {}
_names: dict[str, dict[str, str]] = {}


class Value:
    """A property of a model, or a parameter of an operation."""

    __slots__ = ("default", "enum", "flags", "kind", "limits", "name", "place", "style", "wire")

    def __init__(self, line: str, *, placed: bool) -> None:
        facts, _, pattern = line.partition(" /")
        words = facts.split()
        self.name, self.kind = words[:2]
        self.wire = self.name
        self.default: str | None = None
        self.enum: str | None = None
        self.flags: set[str] = set()
        self.limits: dict[str, Any] = {}
        self.place, _, self.style = words[2].partition(",") if placed else ("", "", "")
        for word in words[3 if placed else 2 :]:
            name, _, value = word.partition("=")
            if name in ("wire", "default", "enum"):
                setattr(self, name, value)
            elif not self._limit(word):
                self.flags.add(word)
        if pattern:
            self.limits["regex"] = {"pattern": pattern}

    def _limit(self, word: str) -> bool:
        for sign, name in _LIMITS.items():
            if word.startswith(sign):
                number = word[len(sign) :]
                self.limits[name] = float(number) if "." in number else int(number)
                return True
        return False


class Operation:
    """A method of an API."""

    __slots__ = ("_auth", "_rest", "kind", "method", "name", "path", "required")

    def __init__(self, block: str) -> None:
        head, _, self._rest = block.partition("\t")
        self.name, self.method, self.path, self.kind, self._auth = head.split()
        self.required = _required(self._rest.split("\t")) if " required" in self._rest else ()

    @property
    def auth(self) -> list[str]:
        """The credentials that it takes."""
        return self._auth.split(",")

    def parameters(self) -> list[Value]:
        """Give the parameters, those that must be given among them."""
        return [Value(line, placed=True) for line in self._rest.split("\t") if line]


class Model:
    """A model's facts; those of its properties are read when the first is used."""

    __slots__ = ("_flags", "_rest", "_values", "kind", "module", "name", "required")

    def __init__(self, block: str) -> None:
        head, _, self._rest = block.partition("\n")
        self.name, _, self.module, self.kind, *self._flags = head.split(" ")
        self._values: list[Value] | None = None
        self.required = _required(self._rest.split("\n")) if " required" in self._rest else ()

    @property
    def nullable(self) -> bool:
        """Whether None may stand in its place."""
        return "nullable" in self._flags

    @property
    def others(self) -> str | None:
        """The type of properties that have no name here; None where there may be none."""
        if self.kind == "simple" or "closed" in self._flags:
            return None
        return next((flag[len("others=") :] for flag in self._flags if flag.startswith("others=")), "any")

    @property
    def values(self) -> list[Value]:
        """The properties."""
        if self._values is None:
            lines = self._rest.split("\n")
            self._values = [Value(line, placed=False) for line in lines if line and line[:2] != " +"]
        return self._values

    @property
    def by(self) -> tuple[str, dict[str, str]] | None:
        """The property that chooses the class, and the classes' names by its values."""
        for name, *words in self._unions("by"):
            pairs = (word.partition("=") for word in words)
            return name, {value: other or value for value, _, other in pairs}
        return None

    def union(self, how: str) -> list[str]:
        """Give the names of the classes in a union: ``anyOf`` or ``oneOf``."""
        return next(self._unions(how), [])

    def _unions(self, how: str) -> Iterator[list[str]]:
        start = f" +{how} "
        return (line[len(start) :].split() for line in self._rest.split("\n") if line.startswith(start))


def _required(lines: list[str]) -> tuple[str, ...]:
    return tuple([line.split(None, 1)[0] for line in lines if " required" in line and _is_required(line)])


def _is_required(line: str) -> bool:
    return " required " in line or line.endswith(" required")


def model(name: str) -> Model | None:
    """Give a class's facts, if there is a class of this name."""
    block = _blocks("models.txt").get(name)
    return None if block is None else Model(block)


def head(name: str) -> tuple[str, str, bool] | None:
    """Give a class's module, its kind and whether None may stand in its place: what every import asks."""
    block = _blocks("models.txt").get(name)
    if block is None:
        return None
    words = block.partition("\n")[0].split(" ")
    return words[2], words[3], "nullable" in words


def operations(api: str) -> dict[str, Operation]:
    """Give the operations of an API's class; none if there is no such class."""
    found = {}
    # What begins with two spaces is a parameter.
    for block in _blocks("operations.txt").get(api, "").replace("\n  ", "\t").split("\n ")[1:]:
        operation = Operation(block)
        found[operation.name] = operation
    return found


def classes(file: str) -> Iterable[str]:
    """Give the names of the classes in ``models.txt`` or ``operations.txt``."""
    return _blocks(file)


def names(file: str) -> dict[str, str]:
    """Give the classes by their modules' names, of ``models.txt`` or ``operations.txt``."""
    found = _names.get(file)
    if found is None:
        found = _names[file] = {block.split(None, 3)[2]: name for name, block in _blocks(file).items()}
    return found


def enumeration(name: str) -> dict[str, Any]:
    """Give the values by their keys."""
    found: dict[str, Any] = {}
    for line in _blocks("enumerations.txt")[name].split("\n ")[1:]:
        key, _, value = line.partition(" = ")
        if value:
            from json import loads

            found[key] = loads(value)
        else:
            found[key.upper().replace(" ", "_").replace("-", "_")] = key
    return found


def _blocks(file: str) -> dict[str, str]:
    found = _found.get(file)
    if found is None:
        # By the loader, where the package lies in an archive.
        data: bytes = __loader__.get_data(os.path.join(FOLDER, file))  # type: ignore[name-defined]
        blocks = data.decode().rstrip().split("\n\n")
        found = _found[file] = {block.split(None, 1)[0]: block for block in blocks}
    return found


def hooks() -> list[str]:
    """Give the folder with what PyInstaller should know, which asks for it."""
    return [FOLDER]
