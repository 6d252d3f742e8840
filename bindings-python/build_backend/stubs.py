"""Puts type stubs of what Python makes on demand into a wheel: APIs, models, operations and their types."""

from __future__ import annotations

import importlib.util
import json
import sys
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from operation_stubs import OperationStubs

PACKAGE = "openapi_generated/pinterest_client"
ROOT = PACKAGE.replace("/", ".")
SOURCES = Path(__file__).resolve().parents[1] / "python" / PACKAGE
WORDS = {
    "any": "Any",
    "dict": "dict[str, Any]",
    "list": "list[Any]",
    "none": "None",
    "date": "_date | str",
    "datetime": "_datetime | str",
}
HEAD = """\
from collections.abc import Mapping
from datetime import date as _date
from datetime import datetime as _datetime
from typing import Any, Literal, overload

"""
KEYWORDS = """\
        _request_timeout: float | tuple[float, float] | None = ...,
        _headers: dict[str, str] | None = ...,
        _check_input_type: bool = ...,
        _check_return_type: bool = ...,
        _spec_property_naming: bool = ...,
        _content_type: str | None = ...,
        _host_index: int | None = ...,
"""
# What makes a call return something else.
OTHERWISE = """\
        async_req: bool = ...,
        _return_http_data_only: bool = ...,
        _preload_content: bool = ...,
"""
BASES = {"normal": "ModelNormal", "simple": "ModelSimple", "composed": "ModelComposed"}


def facts() -> Any:
    """Give the package's module that reads the facts, without the package, which is not built yet."""
    spec = importlib.util.spec_from_file_location("pinterest_surface", SOURCES / "_surface.py")
    if spec is None or spec.loader is None:
        raise ImportError("the package has no _surface.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


class Stubs:
    """The text of each stub, by its path in the wheel."""

    def __init__(self) -> None:
        self.surface = facts()
        self.models: dict[str, str] = {
            name: module for module, name in self.surface.names("models.txt").items()
        }

    def files(self) -> dict[str, str]:
        """Give all of them."""
        found, apis = {}, self.surface.names("operations.txt")
        for name, module in self.models.items():
            found[f"{PACKAGE}/model/{module}.pyi"] = self.model(self.surface.model(name))
        for module, name in apis.items():
            found[f"{PACKAGE}/api/{module}.pyi"] = self.api(name)
        by_hand = {path.stem: path for path in (SOURCES / "model").glob("[a-z]*.py")}
        lines = [
            f"from {ROOT}.model.{module} import {name} as {name}" for name, module in self.models.items()
        ]
        lines += [f"from {ROOT}.model.{module} import *" for module in by_hand]
        found[f"{PACKAGE}/models/__init__.pyi"] = "\n".join([*sorted(lines), ""])
        lines = [f"from {ROOT}.api.{module} import {name} as {name}" for module, name in apis.items()]
        lines += [f"from {ROOT}.api.oauth_api import OauthApi as OauthApi"]
        found[f"{PACKAGE}/apis/__init__.pyi"] = "\n".join([*sorted(lines), ""])
        return found

    def kind(self, expression: str, used: set[str], *, given: bool) -> str:
        """Spell a type; one that is given may be a dict, or a word, where a model is meant."""
        if expression.endswith("?"):
            return f"{self.kind(expression[:-1], used, given=given)} | None"
        if expression[0] == "[":
            return f"list[{self.kind(expression[1:-1], used, given=False)}]" + " | list[Any]" * given
        if expression[0] == "{":
            return f"dict[str, {self.kind(expression[1:-1], used, given=False)}]" + " | OpenApiModel" * given
        if expression not in self.models:
            return WORDS.get(expression, expression)
        used.add(expression)
        if not given:
            return expression
        model = self.surface.model(expression)
        other = (
            self.value(model.values[0], used, given=True) if model.kind == "simple" else "Mapping[str, Any]"
        )
        return f"{expression} | {other}"

    def value(self, value: Any, used: set[str], *, given: bool) -> str:
        """Spell the type of a property or a parameter."""
        if not value.enum or not given:
            return self.kind(value.kind, used, given=given)
        words = [
            json.dumps(word) for word in self.surface.enumeration(value.enum).values() if word is not None
        ]
        literal = f"Literal[{', '.join(words)}]"
        spelled = f"list[{literal}]" if value.kind.startswith("[") else literal
        return spelled + " | None" * value.kind.endswith("?")

    def imports(self, used: set[str], own: str = "") -> str:
        """Import the models that a stub names."""
        return "".join(
            f"from {ROOT}.model.{self.models[name]} import {name} as {name}\n"
            for name in sorted(used - {own})
        )

    def model(self, model: Any) -> str:
        """Give a model's stub."""
        used: set[str] = set()
        base = BASES[model.kind]
        lines = [f"class {model.name}({base}):"]
        if model.kind == "simple":
            (value,) = model.values
            default = " = ..." if value.default else ""
            lines += [f"    value: {self.kind(value.kind, used, given=False)}"]
            lines += [
                f"    def __init__(self, value: {self.value(value, used, given=True)}{default}) -> None: ..."
            ]
        else:
            named = [value for value in model.values if value.name.isidentifier()]
            lines += [f"    {value.name}: {self.kind(value.kind, used, given=False)}" for value in named]
            first = [value for value in named if "required" in value.flags]
            others = [value for value in named if value not in first and "readonly" not in value.flags]
            lines += ["    def __init__(", "        self,"]
            lines += [f"        {value.name}: {self.value(value, used, given=True)}," for value in first]
            lines += ["        *,"] if others else []
            lines += [
                f"        {value.name}: {self.value(value, used, given=True)} = ...," for value in others
            ]
            lines += ["        **kwargs: Any,", "    ) -> None: ..."]
        utils = f"from {ROOT}.model_utils import {base} as {base}\n"
        if base != "OpenApiModel":
            utils += f"from {ROOT}.model_utils import OpenApiModel as OpenApiModel\n"
        return f"{HEAD}{self.imports(used, model.name)}{utils}\n" + "\n".join(lines) + "\n"

    def api(self, name: str) -> str:
        """Give an API's stub."""
        used: set[str] = set()
        lines = [
            f"class {name}:",
            "    api_client: Any",
            "    def __init__(self, api_client: Any = ...) -> None: ...",
        ]
        for operation in self.surface.operations(name).values():
            parameters = operation.parameters()
            given = [f"        {each.name}: {self.value(each, used, given=True)}" for each in parameters]
            needed = [each.name in operation.required for each in parameters]
            head = "".join(f"{line},\n" for line, first in zip(given, needed, strict=True) if first)
            head += "        *,\n"
            head += "".join(
                f"{line} = ...,\n" for line, first in zip(given, needed, strict=True) if not first
            )
            answer = "None" if operation.kind == "none" else self.kind(operation.kind, used, given=False)
            for others, returned in (("", answer), (OTHERWISE, "Any")):
                taken = f"        self,\n{head}{KEYWORDS}{others}"
                lines += ["    @overload", f"    def {operation.name}(\n{taken}    ) -> {returned}: ..."]
            lines.append(f"    {operation.name}_endpoint: Endpoint")
        utils = f"from {ROOT}.api_client import Endpoint as Endpoint\n"
        utils += f"from {ROOT}.model_utils import OpenApiModel as OpenApiModel\n"
        return f"{HEAD}{self.imports(used)}{utils}\n" + "\n".join(lines) + "\n"


def add(wheel: Path) -> None:
    """Put the stubs into a wheel, and into its list of files."""
    files = Stubs().files() | OperationStubs().files()
    made = {name: text.encode() for name, text in files.items()}
    kept = wheel.with_suffix(".without-stubs")
    wheel.rename(kept)
    with ZipFile(kept) as old, ZipFile(wheel, "w", ZIP_DEFLATED) as new:
        record = next(item for item in old.infolist() if item.filename.endswith(".dist-info/RECORD"))
        for item in old.infolist():
            if item is not record:
                new.writestr(item, old.read(item), ZIP_DEFLATED)
        lines = old.read(record).decode()
        for name, content in made.items():
            digest = urlsafe_b64encode(sha256(content).digest()).decode().rstrip("=")
            lines += f"{name},sha256={digest},{len(content)}\n"
            stub = ZipInfo(name, record.date_time)
            stub.external_attr = record.external_attr
            new.writestr(stub, content, ZIP_DEFLATED)
        new.writestr(record, lines, ZIP_DEFLATED)
    kept.unlink()
