"""What a newer description changes, as lines for release notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from table import Table
from table_facts import Fact, facts

_SHOWN = 8


def notes(old: Table, new: Table) -> list[str]:
    """The changes between two tables, the operations first."""
    lines = [f"From v5 {old.version} to {new.version}."]
    for word, came, went in (
        ("operation", set(new.operations), set(old.operations)),
        ("type", _named(new.types), _named(old.types)),
        ("enumeration", _named(new.enumerations), _named(old.enumerations)),
    ):
        lines += [f"New {word}: {name}" for name in sorted(came - went)]
        lines += [f"Gone {word}: {name}" for name in sorted(went - came)]
    before, after = facts(old), facts(new)
    lines += _changes("new", after - before, old)
    lines += _changes("gone", before - after, new)
    return lines


def _named(names: Iterable[str]) -> set[str]:
    return {name for name in names if ":" not in name}


def _changes(word: str, changed: set[Fact], other: Table) -> Iterator[str]:
    """Changes inside of what both have, gathered by place."""
    known = {*other.operations, *other.types, *other.enumerations}
    places: dict[tuple[str, str], list[str]] = {}
    for kind, place, *rest in sorted(changed):
        if place.split(":")[0] in known:
            places.setdefault((place, kind), []).append(" ".join(rest))
    for (place, kind), values in sorted(places.items()):
        more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
        yield f"{place}: {word} {kind} {', '.join(values[:_SHOWN])}{more}".rstrip()
