"""Other distributions that have put files into `openapi_generated.pinterest_client`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.metadata import Distribution

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
