"""Where a 2xx answer of many items says which of them failed."""

from __future__ import annotations

from table import Table

_NAMES = ("exceptions", "exception")
_DEPTH = 3


def failures(table: Table, kind: str) -> list[str]:
    """The places of an answer's failures, such as `items[].exceptions`; none for an answer that has none."""
    return sorted(_within(table, kind, _DEPTH))


def _within(table: Table, kind: str, depth: int) -> set[str]:
    kind = kind.rstrip("?")
    if kind.startswith("["):
        inner = kind[1 : kind.rindex("]")]
        return {
            "[]" + ("" if rest.startswith("[") else ".") + rest for rest in _within(table, inner, depth - 1)
        }
    one = table.types.get(kind)
    if one is None or depth == 0:
        return set()
    if one.alias:
        return _within(table, one.alias, depth)
    found = {place for base in one.bases for place in _within(table, base, depth)}
    for field in one.fields:
        if field.name in _NAMES:
            found.add(field.name)
        else:
            found.update(
                field.name + ("" if rest.startswith("[") else ".") + rest
                for rest in _within(table, field.type, depth - 1)
            )
    return found
