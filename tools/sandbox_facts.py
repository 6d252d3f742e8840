"""Writes down what the sandbox holds requests against: the facts of the published Python client.

    PYTHON tools/sandbox_facts.py FILE            writes the file
    PYTHON tools/sandbox_facts.py --check FILE    says where the file and the package differ

PYTHON has the published client installed. FILE is tests/sandbox/src/facts/published.txt; its form is told
in mod.rs beside it: what a request has to bring and what an answer is made of, and no more than that.
"""

import argparse
import difflib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from published_python import everything

# An enumeration with more values than this is written down by its first.
MANY = 45
WORDS = {"str", "int", "float", "bool", "date", "datetime", "dict", "list", "none", "any", "file", "digits"}
PATTERNS = {
    r"^\d+$": "digits",
    r"^[0-9]+$": "digits",
    r"^(\d{4})-(\d{2})-(\d{2})$": "date",
    r"^\d{4}-\d{2}-\d{2}$": "date",
}
LIMIT = re.compile(r"^(?:items|len)?(<=|>=|<|>)(-?[\d.]+)$")


def blocks(text: str) -> dict[str, list[str]]:
    """Each unindented line with those below it."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if not line:
            continue
        if line.startswith(" "):
            last.append(line[1:])
        else:
            last = found.setdefault(line, [])
    return found


class Facts:
    """The package's facts, in the sandbox's form."""

    def __init__(self, surface: dict[str, str]) -> None:
        self.enumerations = blocks(surface["enumerations.txt"])
        self.models = {
            head.split()[0]: (head.split()[2:], body) for head, body in blocks(surface["models.txt"]).items()
        }
        self.operations = blocks(surface["operations.txt"])
        self.wanted: list[str] = []
        self.written: dict[str, list[str]] = {}

    def text(self, beside: str) -> str:
        """The file; with the models that the one beside it, which is written by hand, names."""
        self.wanted += [word for word in re.findall(r"[A-Za-z_][\w.]*", beside) if self.knows(word)]
        lines: dict[str, list[str]] = {}
        for body in self.operations.values():
            for line in body:
                if line.startswith(" "):
                    self.parameter(line[1:], lines[last])
                else:
                    _, method, path, answer, _ = line.split()
                    last = f"{method} {path}"
                    lines[last] = []
                    if answer != "none":
                        lines[last].append(f"answer {self.kind(answer)}")
        while self.wanted:
            name = self.wanted.pop()
            if name not in self.written and name not in WORDS:
                self.written[name] = []
                self.write(name)
        found = ["# What the published client knows; written by tools/sandbox_facts.py."]
        for head, inner in sorted((lines | self.written).items()):
            found += [head, *(f" {line}" for line in inner)]
        return "\n".join([*found, ""])

    def knows(self, name: str) -> bool:
        return name in self.models or name in self.enumerations

    def parameter(self, line: str, into: list[str]) -> None:
        name, kind, place = line.split(" /")[0].split()[:3]
        mark = "!" * (" required" in line)
        kind = self.constrained(kind, line)
        place = place.partition(",")[0]
        into.append(
            f"body{mark} {kind}" if place == "body" else f"{place} {name}{mark * (place != 'path')} {kind}"
        )

    def constrained(self, kind: str, line: str) -> str:
        """A type with its enumeration, its pattern and its limits."""
        line, _, pattern = line.partition(" /")
        facts = line.split()
        nullable, kind = kind.endswith("?"), kind.removesuffix("?")
        listed = kind.startswith("[")
        inner = kind[1:-1] if listed else kind
        pattern = PATTERNS.get(pattern, inner)
        inner = pattern if inner == "str" else inner
        for fact in facts:
            if fact.startswith("enum="):
                inner = fact.removeprefix("enum=")
        low, high = "", ""
        for fact in facts[2:]:
            if found := LIMIT.match(fact):
                low, high = (low, found[2]) if "<" in found[1] else (found[2], high)
        limits = f"({low}..{high})" if low or high else ""
        self.want(inner)
        return (f"[{inner}]" if listed else inner) + limits + "?" * nullable

    def kind(self, kind: str) -> str:
        self.want(kind)
        return kind

    def want(self, kind: str) -> None:
        self.wanted += re.findall(r"[A-Za-z_][\w.]*", kind)

    def write(self, name: str) -> None:
        if name in self.models:
            (words, lines) = self.models[name]
            if words[1] == "simple":
                kind = self.constrained(lines[0].split()[1], lines[0])
                if kind.rstrip("?") != name:
                    self.written[name] = [f"is {kind}"]
                    return
            else:
                self.written[name] = self.properties(name, words, lines)
                return
        if name in self.enumerations:
            self.written[name] = [f"= {self.values(name)}"]

    def values(self, name: str) -> str:
        values = []
        for line in self.enumerations[name]:
            value = line.partition(" = ")[2].strip('"') if " = " in line else line
            if value not in ("null", "None"):
                values.append(value)
        assert not any("|" in value for value in values), name
        return "|".join(values) if len(values) <= MANY else f"{values[0]}|…"

    def properties(self, name: str, words: list[str], lines: list[str]) -> list[str]:
        required = self.required(name) if words[1] == "composed" else set()
        found = []
        for line in lines:
            word, _, rest = line.partition(" ")
            if word == "+takes":
                required |= set(rest.split())
            elif word in ("+oneOf", "+anyOf"):
                self.want(rest)
                found.append(f"| {rest}")
            elif word == "+by":
                by, *choices = rest.split()
                self.want(" ".join(choice.partition("=")[2] for choice in choices if "=" in choice))
                found.append(f"@ {by} " + " ".join(choice for choice in choices if "=" in choice))
            else:
                kind = self.constrained(line.split()[1], line)
                wire = next((f.removeprefix("wire=") for f in line.split() if f.startswith("wire=")), word)
                needed = " required" in line.partition(" /")[0] or word in required
                found.append(f"{wire}{'!' * needed} {kind}")
        found += [f"* {word.removeprefix('others=')}" for word in words if word.startswith("others=")]
        self.want(" ".join(line[2:] for line in found if line.startswith("* ")))
        return found

    def required(self, name: str) -> set[str]:
        """What the parts of a composed model demand: the package keeps them beside it, by name."""
        return {
            line.split()[0]
            for part, (_, lines) in self.models.items()
            if re.fullmatch(rf"{name}AllOf\d*", part)
            for line in lines
            if " required" in line.partition(" /")[0]
        }


def differences(kept: str, found: str) -> Iterator[str]:
    """The lines that only the file has, and those that only the package has."""
    for line in difflib.unified_diff(kept.splitlines(), found.splitlines(), n=0, lineterm=""):
        if not line.startswith(("---", "+++", "@@")):
            yield line


def main() -> int:
    """Reads the command line; 1 if a check found a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    found = Facts(everything()).text(options.file.with_name("newer.txt").read_text())
    if not options.check:
        options.file.write_text(found)
        return 0
    kept = options.file.read_text()
    wrong = list(differences(kept, found))
    print(*wrong, f"{len(wrong)} differences", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
