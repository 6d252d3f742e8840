"""Modules that no file has: one for each model and each API, made when it is imported.

A file of the same name wins: Python looks for files first.
"""

from __future__ import annotations

import sys

from openapi_generated.pinterest_client import _surface

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

_PACKAGE = __name__.rpartition(".")[0]
_FILES = {f"{_PACKAGE}.model": "models.txt", f"{_PACKAGE}.api": "operations.txt"}


class Modules:
    """Finds and makes them, as `sys.meta_path` asks."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:  # noqa: ARG002
        """Say whether there is such a module."""
        package, _, module = name.rpartition(".")
        file = _FILES.get(package)
        if file is None or module not in _surface.names(file):
            return None
        # `importlib.machinery` is slow to import.
        spec: ModuleSpec = type(__spec__)(name, self)  # type: ignore[arg-type]
        return spec

    def create_module(self, spec: ModuleSpec) -> None:
        """Leave it to Python."""

    def exec_module(self, module: ModuleType) -> None:
        """Put into it what the published client's has."""
        package, _, name = module.__name__.rpartition(".")
        file = _FILES[package]
        cls = _surface.names(file)[name]
        space = module.__dict__
        if file == "models.txt":
            from openapi_generated.pinterest_client._made_models import model

            space[cls] = model(cls)
        else:
            from openapi_generated.pinterest_client._made_apis import api
            from openapi_generated.pinterest_client.api_client import ApiClient, Endpoint

            made: Any = api(cls)
            space |= {cls: made, "ApiClient": ApiClient, "_Endpoint": Endpoint}
            made._space = space
        space["__doc__"] = f"`{cls}`, made of the facts that there are of it."
        space["__getattr__"] = _others(module.__name__)


def _others(module: str) -> Any:
    def find(name: str) -> Any:
        """Give what a module of the published client imports: models, and what models have in common."""
        if not name.startswith("__"):
            from openapi_generated.pinterest_client import model_utils
            from openapi_generated.pinterest_client._made_models import model

            found = model(name) or getattr(model_utils, name, None)
            if found is not None:
                return found
        raise AttributeError(f"module {module!r} has no attribute {name!r}")

    return find


def install() -> None:
    """Have Python ask for modules here, after all others."""
    if not any(
        type(finder).__name__ == Modules.__name__ and type(finder).__module__ == __name__
        for finder in sys.meta_path
    ):
        sys.meta_path.append(Modules())


def names(package: str) -> list[str]:
    """Give the modules of one of the packages."""
    return [*_surface.names(_FILES[package])]
