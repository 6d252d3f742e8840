"""The table of Pinterest's operations: made from a description, and compared with one.

    python3 tools/operations import DESCRIPTION   writes the table and prints what changed
    python3 tools/operations verify DESCRIPTION   finds any difference; exit status 1 if there is one

DESCRIPTION is Pinterest's OpenAPI description of v5 in JSON, also compressed by gzip.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import description
import notes
import seeds
import table
import table_facts
from compare import differences

TABLE = Path(__file__).resolve().parents[2] / "core/src/operations/table"
_SHOWN = 40


def import_description(document: description.Schema, folder: Path) -> None:
    """Writes the table, and prints the notes for its release."""
    new = description.Reader(document).read()
    old = table.read(folder) if (folder / "operations.txt").exists() else table.Table("nothing")
    folder.mkdir(parents=True, exist_ok=True)
    table.write(new, folder)
    print(
        "\n".join(
            notes.notes(old, new)
            if old.operations
            else [f"v5 {new.version}: {len(new.operations)} operations"]
        )
    )


def verify(document: description.Schema, folder: Path) -> int:
    """The exit status: 1 for any difference, and for a seeded error that is not found."""
    one = table.read(folder)
    found = differences(document, one)
    print("\n".join(found[:_SHOWN]) or f"{len(table_facts.facts(one))} facts, no difference.")
    missed, tried = [], 0
    for what, wrong in seeds.seeded(one):
        tried += 1
        missed += [what] * (not differences(document, wrong))
    print(f"Seeded errors: {tried - len(missed)} of {tried} found.", *(f"Missed: {what}." for what in missed))
    return 1 if found or missed else 0


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(
        prog="python3 tools/operations",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=["import", "verify"])
    parser.add_argument("description", type=Path)
    parser.add_argument("--table", type=Path, default=TABLE, help="the folder of the table (%(default)s)")
    given = parser.parse_args()
    document = description.load(given.description)
    if given.command == "import":
        import_description(document, given.table)
        return 0
    return verify(document, given.table)


if __name__ == "__main__":
    sys.exit(main())
