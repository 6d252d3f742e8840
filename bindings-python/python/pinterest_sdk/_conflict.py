"""Other distributions that have put files into `openapi_generated.pinterest_client`, and left some there."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.metadata import Distribution
    from pathlib import Path

OURS = "pinterest-sdk"
_PACKAGE = "openapi_generated/pinterest_client/"


def owners() -> list[Distribution]:
    """Give the installed distributions, but for this one, whose files lie in that package."""
    from importlib.metadata import distributions

    return [
        found
        for found in distributions()
        if found.metadata["Name"] != OURS
        and any(file.as_posix().startswith(_PACKAGE) for file in found.files or ())
    ]


def advice() -> str | None:
    """Say in one sentence which other distributions are in the way, and what to do; None if none is."""
    names = [f"{found.metadata['Name']} {found.version}" for found in owners()]
    if not names:
        return None
    uninstall = " ".join(name.split()[0] for name in names)
    return (
        f"openapi_generated.pinterest_client is installed by {OURS} and also by {' and '.join(names)}, which "
        f"overwrite each other's files: run `pip uninstall {uninstall}`, then "
        f"`pip install --force-reinstall {OURS}`"
    )


def leftovers() -> str | None:
    """Say which files are not those that were installed, whoever has been there; None if all are."""
    from pathlib import Path

    place = Path(__file__).resolve().parent.parent
    records = _records(place)
    if not records:
        # Nobody wrote down what belongs there.
        return None
    changed = sorted(name for name, digest in records.items() if digest not in (None, _digest(place / name)))
    present = (file.relative_to(place).as_posix() for file in (place / _PACKAGE).rglob("*.py"))
    added = sorted(set(present) - set(records))
    found = [
        f"{len(names)} that {what}, as {names[0]}"
        for names, what in ((changed, f"{OURS} did not install so"), (added, f"{OURS} does not have"))
        if names
    ]
    if not found:
        return None
    after = f", after removing {added[0]}" if added else ""
    return (
        f"openapi_generated.pinterest_client has files of another package: {' and '.join(found)}; "
        f"run `pip install --force-reinstall {OURS}`{after}"
    )


def _records(place: Path) -> dict[str, str | None]:
    """Each file of the package with its SHA-256 as pip noted it, if this is where pip put it."""
    from importlib.metadata import PackageNotFoundError, distribution
    from pathlib import Path

    try:
        ours = distribution(OURS)
    except PackageNotFoundError:
        return {}
    if Path(str(ours.locate_file(""))).resolve() != place:
        return {}
    return {
        file.as_posix(): file.hash.value if file.hash and file.hash.mode == "sha256" else None
        for file in ours.files or ()
        if file.as_posix().startswith(_PACKAGE)
    }


def _digest(file: Path) -> str:
    from base64 import urlsafe_b64encode
    from hashlib import sha256

    try:
        return urlsafe_b64encode(sha256(file.read_bytes()).digest()).rstrip(b"=").decode()
    except OSError:
        return ""
