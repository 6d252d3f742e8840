"""The probes: what a program written for the published client would see, one sight each.

A probe is a function with one argument, its `Context`. What it prints and returns is what is
compared, and so is what it puts on the wire; an exception is a sight like any other. Probes use the
standard library and the public surface of the generated client, nothing of ours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

ROOMS = (
    "package",
    "configuration",
    "connections",
    "logs",
    "api_client",
    "conversions",
    "endpoints",
    "endpoint_answers",
    "operations",
    "operation_values",
    "oauth_api",
    "keywords",
    "answers",
    "models",
    "model_copies",
    "exceptions",
    "wire",
    "rest",
    "bad_input",
)


@dataclass(frozen=True)
class Probe:
    """One sight: `room/what is looked at`, and the first published version that has it."""

    name: str
    look: Callable[..., Any]
    since: str


_found: dict[str, Probe] = {}


def probe(title: str, *, since: str = "0.1.8") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Makes a function a probe. `since` names the version that brought what it looks at."""

    def register(look: Callable[..., Any]) -> Callable[..., Any]:
        name = f"{look.__module__.rpartition('.')[2]}/{title}"
        if name in _found:
            raise ValueError(f"two probes are named {name}")
        _found[name] = Probe(name, look, since)
        return look

    return register


def every() -> list[Probe]:
    """All probes, room by room."""
    for room in ROOMS:
        import_module(f"{__name__}.{room}")
    return list(_found.values())
