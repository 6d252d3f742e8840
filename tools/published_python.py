"""Writes down what the published Python client offers: its operations, models and enumerations.

    PYTHON tools/published_python.py FOLDER            writes operations.txt, models.txt, enumerations.txt
    PYTHON tools/published_python.py --check FOLDER    says where the files and the package differ

PYTHON has a client installed: the published one, which these facts come from, or this project's, which
makes its classes of the files, so that the check shows whether it makes the same ones. Only what a program
can see is looked at; no sentence of the package is kept. The files' form is told in
bindings-python/python/openapi_generated/pinterest_client/_surface.py.
"""

import argparse
import difflib
import importlib.abc
import importlib.machinery
import inspect
import io
import json
import pkgutil
import sys
import types
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openapi_generated.pinterest_client as client
from openapi_generated.pinterest_client import api, model
from openapi_generated.pinterest_client.model_utils import ModelComposed, ModelNormal, ModelSimple

FILES = ("operations.txt", "models.txt", "enumerations.txt")
WORDS = {
    str: "str",
    int: "int",
    float: "float",
    bool: "bool",
    date: "date",
    datetime: "datetime",
    dict: "dict",
    list: "list",
    type(None): "none",
    io.IOBase: "file",
}
ANYTHING = (bool, date, datetime, dict, float, int, list, str, type(None))
KINDS = {"normal": ModelNormal, "simple": ModelSimple, "composed": ModelComposed}
RULES = {
    "max_length": "len<=",
    "min_length": "len>=",
    "max_items": "items<=",
    "min_items": "items>=",
    "inclusive_maximum": "<=",
    "inclusive_minimum": ">=",
    "exclusive_maximum": "<",
    "exclusive_minimum": ">",
    "multiple_of": "multiple=",
}
# The models of the OAuth calls, and what every refusal has, are written by hand in this project.
BY_HAND = ("oauth_access_token", "conversion_access_token")
# What the generator adds to the parameters of each operation.
COMMON = 9


class Enumerations:
    """The sets of words, each under the name of its first user."""

    def __init__(self) -> None:
        self.names: dict[tuple[tuple[str, Any], ...], str] = {}

    def name(self, user: str, allowed: dict[str, Any]) -> str:
        return self.names.setdefault(tuple(allowed.items()), user)

    def lines(self) -> list[str]:
        found = []
        for allowed, name in sorted(self.names.items(), key=lambda item: item[1]):
            found += ["", name]
            for key, value in allowed:
                plain = (
                    isinstance(value, str) and value and derived_key(value) == key and value.strip() == value
                )
                found.append(f" {value}" if plain else f" {key} = {json.dumps(value)}")
        return found


def derived_key(value: str) -> str:
    return value.upper().replace(" ", "_").replace("-", "_")


def expression(kinds: Any) -> str:
    """A type as the files spell it."""
    kinds = kinds if isinstance(kinds, (tuple, list)) else (kinds,)
    if tuple(kinds) == ANYTHING or any(getattr(kind, "is_missing", False) for kind in kinds):
        return "any"
    nullable = len(kinds) > 1 and kinds[-1] is type(None)
    return "|".join(_alternative(kind) for kind in (kinds[:-1] if nullable else kinds)) + "?" * nullable


def _alternative(kind: Any) -> str:
    if isinstance(kind, (list, tuple)):
        return f"[{expression(kind[0] if len(kind) == 1 else tuple(kind))}]"
    if isinstance(kind, dict):
        return f"{{{expression(kind[str])}}}"
    return WORDS.get(kind) or kind.__name__


def limits(owner: Any, name: str, user: str, enumerations: Enumerations) -> list[str]:
    """What a value must be besides its type: one of some words, in a range, of a pattern."""
    found = []
    if (name,) in owner.allowed_values:
        found.append(f"enum={enumerations.name(user, owner.allowed_values[(name,)])}")
    rules = dict(owner.validations.get((name,), {}))
    pattern = rules.pop("regex", None)
    # A name that the generator spelled wrong has no effect.
    found += [f"{RULES[rule]}{value}" for rule, value in rules.items() if rule in RULES]
    if pattern:
        assert not pattern.get("flags"), f"{user} has a pattern with flags"
        found.append(f"/{pattern['pattern']}")
    return found


def modules(package: types.ModuleType) -> list[str]:
    """The names of a package's modules; this project's makes most of them when they are asked for."""
    names = {found.name for found in pkgutil.iter_modules(package.__path__)} | set(dir(package))
    return sorted(name for name in names if not name.startswith("_"))


def class_of(module: types.ModuleType, *bases: type) -> Any:
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and value.__module__ == module.__name__
        and issubclass(value, bases or object)
    ]
    assert len(found) == 1, f"{module.__name__} has {found}"
    return found[0]


def parameters(function: Any) -> list[str]:
    return [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD and name != "self"
    ]


def operations(enumerations: Enumerations) -> list[str]:
    found = []
    for name in modules(api):
        module = importlib.import_module(f"{api.__name__}.{name}")
        cls = class_of(module)
        if cls.__name__ == "OauthApi":
            continue  # Written by hand.
        found += ["", f"{cls.__name__} = {name}"]
        # What the published catalogs_api names and does not import.
        vars(module).setdefault("UNKNOWN_BASE_TYPE", missing("UNKNOWN_BASE_TYPE"))
        instance = cls(client.ApiClient())
        for method in sorted(each for each in dir(cls) if not each.startswith("_")):
            if isinstance(getattr(cls, method), types.FunctionType):
                found += operation(
                    getattr(instance, f"{method}_endpoint"), getattr(cls, method), enumerations
                )
    return found


def operation(endpoint: Any, function: Any, enumerations: Enumerations) -> list[str]:
    settings, named = endpoint.settings, endpoint.params_map
    assert endpoint.headers_map["accept"] == ["application/json"]
    assert endpoint.headers_map["content_type"] in ([], ["application/json"])
    assert settings["servers"] is None
    assert parameters(function) == named["required"] == [n for n in named["all"] if n in named["required"]]
    name = settings["operation_id"]
    assert function.__name__ == name
    response = "none" if settings["response_type"] is None else expression(settings["response_type"])
    found = [
        f" {name} {settings['http_method']} {settings['endpoint_path']} {response} {','.join(settings['auth'])}"
    ]
    if bool(endpoint.headers_map["content_type"]) != ("body" in endpoint.location_map.values()):
        raise AssertionError(f"{name} has a content type and no body, or the reverse")
    for parameter in named["all"][:-COMMON]:
        place = endpoint.location_map[parameter]
        style = endpoint.collection_format_map.get(parameter)
        facts = [
            parameter,
            expression(endpoint.openapi_types[parameter]),
            place + (f",{style}" if style else ""),
        ]
        facts += ["required"] * (parameter in named["required"])
        facts += ["nullable"] * (parameter in named["nullable"])
        assert place == "body" or endpoint.attribute_map[parameter] == parameter
        facts += limits(endpoint, parameter, f"{name}.{parameter}", enumerations)
        found.append("  " + " ".join(facts))
    return found


def models(enumerations: Enumerations) -> list[str]:
    found = []
    for name in modules(model):
        if name == "error" or name.startswith(BY_HAND):
            continue
        module = importlib.import_module(f"{model.__name__}.{name}")
        cls = class_of(module, ModelNormal, ModelSimple, ModelComposed)
        found.append(described(name, cls, enumerations))
    return [line for block in sorted(found) for line in ("", *block)]


def described(module: str, cls: Any, enumerations: Enumerations) -> list[str]:
    kind = next(kind for kind, base in KINDS.items() if issubclass(cls, base))
    head = [cls.__name__, "=", module, kind] + ["nullable"] * cls._nullable
    additional = cls.additional_properties_type
    usual = None if kind == "simple" else ANYTHING
    if additional != usual:
        head.append("closed" if additional is None else f"others={expression(additional)}")
    found = [" ".join(head)]
    required, given = parameters(cls.__init__), defaults(cls, kind)
    names = list(cls.openapi_types)
    assert list(cls.attribute_map) == ([] if kind == "simple" else names)
    if [name for name in names if name in required] != required:
        found.append(f" +takes {' '.join(required)}")
    for name in names:
        facts = [name, expression(cls.openapi_types[name])]
        facts += [f"wire={wire}" for wire in [cls.attribute_map.get(name, name)] if wire != name]
        facts += ["required"] * (name in required) + ["readonly"] * (name in cls.read_only_vars)
        facts += [f"default={json.dumps(given[name])}" for _ in range(name in given)]
        facts += limits(
            cls, name, cls.__name__ if kind == "simple" else f"{cls.__name__}.{name}", enumerations
        )
        found.append(" " + " ".join(facts))
    if kind == "composed":
        for how, of in cls._composed_schemas.items():
            if of:
                found.append(f" +{how} {' '.join(each.__name__ for each in of)}")
    if cls.discriminator is not None:
        ((by, classes),) = cls.discriminator.items()
        found.append(f" +by {by} {' '.join(map(_choice, classes.items()))}")
    return found


def _choice(value_and_class: tuple[str, Any]) -> str:
    value, cls = value_and_class
    return value if value == cls.__name__ else f"{value}={cls.__name__}"


def defaults(cls: Any, kind: str) -> dict[str, Any]:
    """What a new model holds that nobody gave it."""
    if kind == "composed":
        return {}
    kept = cls.allowed_values, cls.validations
    cls.allowed_values, cls.validations = {}, {}
    try:
        made = object.__new__(cls)
        needed = [] if kind == "simple" else parameters(cls.__init__)
        cls.__init__(made, *needed, _check_type=False)
        return {name: value for name, value in made._data_store.items() if name not in needed}
    except client.ApiTypeError:
        return {}
    finally:
        cls.allowed_values, cls.validations = kept


class Missing(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Makes the models that the published package imports and has not."""

    def find_spec(self, name: str, *_: Any) -> Any:
        if name.startswith(f"{model.__name__}."):
            return importlib.machinery.ModuleSpec(name, self)
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        module.__getattr__ = missing


def missing(name: str) -> type:
    return type(name, (), {"is_missing": True})


def everything() -> dict[str, str]:
    """The text of each file."""
    sys.meta_path.append(Missing())
    enumerations = Enumerations()
    found = {"models.txt": models(enumerations), "operations.txt": operations(enumerations)}
    return {name: "\n".join([*lines, "", ""])[1:] for name, lines in found.items()} | {
        "enumerations.txt": "\n".join([*enumerations.lines(), "", ""])[1:]
    }


def differences(kept: dict[str, str], found: dict[str, str]) -> Iterator[str]:
    """The lines that only the files have, and those that only the package has."""
    for name, text in found.items():
        if kept[name] == text:
            continue
        for line in difflib.unified_diff(kept[name].splitlines(), text.splitlines(), n=0, lineterm=""):
            if not line.startswith(("---", "+++", "@@")):
                yield f"{name}: {line}"


def main() -> int:
    """Reads the command line; 1 if a check found a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    found = everything()
    if not options.check:
        for name, text in found.items():
            (options.folder / name).write_text(text)
        return 0
    different = list(differences({name: (options.folder / name).read_text() for name in found}, found))
    print(*different, f"{len(different)} differences", sep="\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
