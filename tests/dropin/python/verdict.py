"""What is wrong with two runs and the list of their differences."""

import difflib
from typing import Any

Run = dict[str, list[str]]
"""The lines that each probe observed."""

Entry = dict[str, Any]
"""`probe`, `versions`, `published`, `ours`, `reason`, `kind`; see README.md."""

KINDS = ("mended", "changed", "added")
FIELDS = {"probe", "versions", "published", "ours", "reason", "kind"}


def difference(published: list[str], ours: list[str]) -> tuple[list[str], list[str]]:
    """The lines that only the one observed, and those that only the other did."""
    matcher = difflib.SequenceMatcher(None, published, ours, autojunk=False)
    theirs, own = [], []
    for tag, start, end, own_start, own_end in matcher.get_opcodes():
        if tag != "equal":
            theirs += published[start:end]
            own += ours[own_start:own_end]
    return theirs, own


def complaints(ours: Run, published: dict[str, Run], listed: list[Entry]) -> list[str]:
    """One text for each thing that is wrong; none if every difference is listed as it is."""
    wrong = [text for entry in listed for text in _malformed(entry, published)]
    wrong += [f"{name}: no probe of this name" for name in _names(listed) - set(ours)]
    expected = {name for run in published.values() for name in run}
    wrong += [f"{name}: did not run on ours" for name in sorted(expected - set(ours))]
    wrong += [
        f"{name}: {lines[0]}, with ours"
        for name, lines in ours.items()
        if lines and lines[0].startswith("hangs")
    ]
    newest = max(published, key=lambda version: len(published[version]))
    wrong += [f"{name}: did not run on {newest}" for name in sorted(set(ours) - set(published[newest]))]
    for version, run in published.items():
        for name in sorted(set(run) & set(ours)):
            wrong += _compare(name, version, difference(run[name], ours[name]), listed)
    return wrong


def drafts(ours: Run, published: dict[str, Run], listed: list[Entry]) -> list[Entry]:
    """Entries without a reason for the differences that are not listed as they are."""
    found: dict[tuple[str, ...], Entry] = {}
    for version, run in published.items():
        for name in sorted(set(run) & set(ours)):
            theirs, own = difference(run[name], ours[name])
            if not _compare(name, version, (theirs, own), listed):
                continue
            entry = {
                "probe": name,
                "versions": [],
                "published": theirs,
                "ours": own,
                "reason": "",
                "kind": "",
            }
            found.setdefault((name, *theirs, "", *own), entry)["versions"].append(version)
    return sorted(found.values(), key=lambda entry: list(ours).index(entry["probe"]))


def _compare(name: str, version: str, found: tuple[list[str], list[str]], listed: list[Entry]) -> list[str]:
    entries = [entry for entry in listed if entry["probe"] == name and version in entry["versions"]]
    if len(entries) > 1:
        return [f"{name}: listed more than once for {version}"]
    if not entries:
        return [_shown(f"{name}: differs from {version} and is not listed", *found)] if any(found) else []
    if not any(found):
        return [f"{name}: listed for {version}, but there is no difference any more"]
    if found != (entries[0]["published"], entries[0]["ours"]):
        return [_shown(f"{name}: differs from {version} in another way than listed", *found)]
    return []


def _malformed(entry: Entry, published: dict[str, Run]) -> list[str]:
    name = entry.get("probe", "an entry without a probe")
    if set(entry) != FIELDS:
        return [f"{name}: the fields of an entry are {', '.join(sorted(FIELDS))}"]
    wrong = []
    if entry["kind"] not in KINDS:
        wrong.append(f"{name}: kind is one of {', '.join(KINDS)}")
    if not entry["reason"].strip():
        wrong.append(f"{name}: a difference needs a reason")
    if not entry["versions"]:
        wrong.append(f"{name}: a difference is one from at least one version")
    wrong += [
        f"{name}: does not run on {version}, which is listed"
        for version in entry["versions"]
        if name not in published.get(version, {})
    ]
    return wrong


def _names(listed: list[Entry]) -> set[str]:
    return {entry["probe"] for entry in listed}


def _shown(headline: str, theirs: list[str], own: list[str]) -> str:
    return "\n".join(
        [headline, *(f"  published: {line}" for line in theirs), *(f"  ours:      {line}" for line in own)]
    )
