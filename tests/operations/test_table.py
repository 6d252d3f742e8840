"""The importer of the table of operations, and the comparison that finds what it gets wrong."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import description_facts
import table_facts
from compare import differences
from description import Reader, load
from description_of_a_garden import description
from failures import failures
from notes import notes
from seeds import seeded
from table import Table, read, write

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "tools/operations"
TABLE = ROOT / "core/src/operations/table"


def imported(document: dict[str, Any], folder: Path) -> Table:
    folder.mkdir(exist_ok=True)
    write(Reader(document).read(), folder)
    return read(folder)


def test_every_fact_of_a_description_comes_back_from_the_text(tmp_path: Path) -> None:
    table = imported(description(), tmp_path)
    assert differences(description(), table) == []
    assert len(description_facts.facts(description())) > 100
    assert table.operations["trees/create"].answer == ("200,201", "trees/create:answer")
    assert table.operations["trees/create"].failures == ["items[].exceptions"]
    assert failures(table, "trees/fell:answer") == []


def test_every_seeded_error_is_found(tmp_path: Path) -> None:
    table = imported(description(), tmp_path)
    found = {what: differences(description(), wrong) for what, wrong in seeded(table)}
    assert len(found) == len(list(seeded(read(TABLE))))
    assert [what for what, said in found.items() if not said] == []


def change(document: dict[str, Any], *path: str, to: object) -> None:
    for step in path[:-1]:
        document = document[step]
    document[path[-1]] = to


@pytest.mark.parametrize(
    ("change_it", "said"),
    [
        (
            lambda d: change(d, "components", "schemas", "Colour", "enum", to=["RED", "GREEN", "BLUE"]),
            'Colour: new value "BLUE"',
        ),
        (lambda d: d["paths"].pop("/trees/{id}"), "Gone operation: trees/fell"),
        (lambda d: change(d, "components", "schemas", "Twig", to={"type": "object"}), "New type: Twig"),
        (lambda d: change(d, "components", "schemas", "Id", "maxLength", to=20), "Id: new high 20"),
        (
            lambda d: change(d, "paths", "/trees", "get", "x-ratelimit-category", to="slow"),
            "trees/list: new rate slow",
        ),
        (
            lambda d: change(
                d, "components", "schemas", "Part", "properties", "made_of", to={"type": "integer"}
            ),
            "Part:made_of: gone is string",
        ),
    ],
)
def test_a_newer_description_says_what_changed(
    tmp_path: Path, change_it: Callable[[dict[str, Any]], object], said: str
) -> None:
    old = imported(description(), tmp_path / "old")
    newer = description()
    change_it(newer)
    assert said in notes(old, imported(newer, tmp_path / "new"))
    assert differences(newer, old) != []


def test_nothing_changed_is_nothing_said(tmp_path: Path) -> None:
    table = imported(description(), tmp_path)
    assert notes(table, table) == ["From v5 1.2.3 to 1.2.3."]


def test_the_table_of_the_core_is_as_the_importer_writes_it(tmp_path: Path) -> None:
    table = read(TABLE)
    write(table, tmp_path)
    for file in ("operations.txt", "types.txt", "enumerations.txt"):
        assert (tmp_path / file).read_text() == (TABLE / file).read_text()
    assert len(table.operations) > 200
    assert len(table_facts.facts(table)) > 20000


@pytest.mark.parametrize("packed", [False, True])
def test_the_program_imports_and_verifies(tmp_path: Path, packed: bool) -> None:
    text = json.dumps(description()).encode()
    path = tmp_path / "openapi.json"
    path.write_bytes(gzip.compress(text) if packed else text)
    assert load(path) == description()

    def run(command: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, str(PROGRAM), command, str(path), "--table", str(tmp_path / "table")]
        return subprocess.run(words, capture_output=True, text=True, check=False)

    assert "v5 1.2.3: 3 operations" in run("import").stdout
    assert run("import").stdout == "From v5 1.2.3 to 1.2.3.\n"
    assert run("verify").returncode == 0
    file = tmp_path / "table/types.txt"
    file.write_text(file.read_text().replace("integer", "number", 1))
    verified = run("verify")
    assert verified.returncode == 1
    assert "the table alone: is" in verified.stdout
