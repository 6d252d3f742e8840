"""The order of the two packages' modules: imports go down, wherever in a file they stand."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from sandbox import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

SOURCES = Path(__file__).parents[1] / "python"
LOWER = "pinterest_sdk"
UPPER = "openapi_generated.pinterest_client"
# From the ground up: a module imports those above it in this list, and no others.
ORDER = [
    *(
        f"{LOWER}.{name}"
        for name in (
            "types",
            "_hints",
            "_outcome",
            "_variables",
            "scopes",
            "_native",
            "_process",
            "_gevent",
            "_eventlet",
        )
    ),
    *(f"{LOWER}.{name}" for name in ("_waiting", "_failure", "_conflict", "_http", "errors")),
    *(
        f"{LOWER}.{name}"
        for name in ("_checks", "_clock", "_model", "models", "_operations", "_awaited", "_errands")
    ),
    *(f"{LOWER}.{name}" for name in ("_bearer", "_configuration", "_settings", "_connection", "_client")),
    *(f"{LOWER}.{name}" for name in ("_oauth_api", "_asked", "_own_calls", "_facts", "failures", "pages")),
    *(f"{LOWER}.{name}" for name in ("schemas", "_made_api", "_later_api")),
    *(f"{LOWER}.{name}" for name in ("api", "_authorization", "_own_exchange", "_login")),
    *(
        f"{LOWER}.{name}"
        for name in (
            "_token_facts",
            "_threads",
            "_places",
            "_loops",
            "_listener",
            "_own_keys",
            "stores",
            "_own_store",
            "_own_redis",
        )
    ),
    *(
        f"{LOWER}.{name}"
        for name in (
            "_managed",
            "_foreign_address",
            "_requests_auth",
            "_httpx_auth",
            "_token_manager",
            "_token_manager_later",
            "aio",
        )
    ),
    LOWER,
    f"{LOWER}.__main__",
    "openapi_generated",
    *(f"{UPPER}.{name}" for name in ("exceptions", "_keywords", "_configuration_logging", "configuration")),
    *(f"{UPPER}.{name}" for name in ("_surface", "_signatures", "_rules", "_plain", "_read", "_taken")),
    *(f"{UPPER}.{name}" for name in ("_made_models", "_options", "_arguments", "_from_json")),
    *(f"{UPPER}.{name}" for name in ("model_utils", "_request")),
    *(f"{UPPER}.{name}" for name in ("rest", "_results", "_seam", "_conversions", "_call_api", "_given")),
    *(f"{UPPER}.{name}" for name in ("_endpoint", "api_client", "_made_apis", "_on_demand", "failures")),
    *(f"{UPPER}.{name}" for name in ("pages", "aio", "model", "models")),
    *(f"{UPPER}.{name}" for name in ("api", "api.oauth_api", "apis")),
    UPPER,
]
# It wraps calls and knows none of them: no room that one passes.
WRAPPER = f"{LOWER}._variables"
RANK = {name: rank for rank, name in enumerate(ORDER)}


def modules() -> dict[str, Path]:
    found = {}
    for path in (*SOURCES.rglob("*.py"), *SOURCES.rglob("*.pyi")):
        if not path.stem.isidentifier():
            continue  # PyInstaller's, which nothing here imports.
        parts = path.relative_to(SOURCES).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def rank(module: str) -> int:
    """A model's own module stands where all of them do; they do not import each other."""
    return RANK[f"{UPPER}.model" if module.startswith(f"{UPPER}.model.") else module]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} has a relative import"
            assert node.module
            below = [f"{node.module}.{alias.name}" for alias in node.names]
            submodules = [name for name in below if name in MODULES]
            yield from submodules
            if len(submodules) < len(below):
                yield node.module


def test_every_module_has_its_place() -> None:
    own = {name for name in MODULES if not name.startswith(f"{UPPER}.model.")}
    assert own == set(ORDER)


def test_imports_go_down() -> None:
    wrong = [
        f"{module} imports {name}"
        for module, path in MODULES.items()
        for name in imported(path)
        if name in MODULES and rank(name) >= rank(module)
    ]
    assert wrong == []


def test_nothing_is_imported_by_a_computed_name() -> None:
    hidden = {
        module
        for module, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Name) and node.id == "__import__")
        or (isinstance(node, (ast.Attribute, ast.alias)) and "import_module" in ast.dump(node))
    }
    # The names that are loaded when first asked for; all of them are of its own package.
    assert hidden == {LOWER}


def rooms_of(frame: FrameType | None) -> list[str]:
    """The modules of the calls in progress, from the outermost, each as often as it is entered."""
    rooms: list[str] = []
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name in MODULES and name != WRAPPER and rooms[-1:] != [name]:
            rooms.append(name)
        frame = frame.f_back
    return rooms[::-1]


def test_a_call_passes_each_room_once(client: ApiClient, sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    api = OauthApi(client)
    api.oauth_token("refresh_token", refresh_token="r")
    upwards: set[str] = set()
    at_the_core: list[list[str]] = []

    def watch(frame: FrameType, event: str, of: Any) -> None:
        if event == "c_call" and getattr(of, "__qualname__", "") == "Client.send":
            at_the_core.append(rooms_of(frame))
        if event == "call" and frame.f_back is not None:
            [*_, caller, called] = ["", "", *rooms_of(frame.f_back)[-1:], *rooms_of(frame)[-1:]]
            if caller in MODULES and called in MODULES and rank(called) > rank(caller):
                upwards.add(f"{caller} calls {called}")

    sys.setprofile(watch)
    try:
        api.oauth_token("refresh_token", refresh_token="r")
    finally:
        sys.setprofile(None)
    assert upwards == set()
    [rooms] = at_the_core
    assert len(rooms) == len(set(rooms)) <= 5, rooms
