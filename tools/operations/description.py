"""Reads Pinterest's OpenAPI description into the table's records. Its sentences and examples stay behind."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from failures import failures
from table import ABSENT, Field, JsonValue, Operation, Parameter, Table, Type

Schema = dict[str, Any]

_METHODS = ("get", "put", "post", "patch", "delete")
_SCHEMES = {
    "pinterest_oauth2": "user",
    "client_credentials": "app",
    "conversion_token": "conversion",
    "basic": "basic",
}
_FORMATS = {"date", "date-time", "int32", "int64", "float", "double", "password"}
_BODIES = {"application/json": "json", "application/x-www-form-urlencoded": "form"}


def load(path: Path) -> Schema:
    """The description, compressed by gzip or not."""
    data = path.read_bytes()
    document: Schema = json.loads(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
    return document


def name_of(reference: str) -> str:
    """The last part of `#/components/…/Name`."""
    return reference.rpartition("/")[2]


class Reader:
    """Turns schemas into types. What has no name of its own gets one from its place: `Owner:property`."""

    def __init__(self, description: Schema) -> None:
        self.description = description
        self.table = Table(description["info"]["version"])
        self._shared: dict[str, str] = {}  # the values of an unnamed enumeration → its first place

    def read(self) -> Table:
        """The whole table."""
        for name, schema in sorted(self.description["components"]["schemas"].items()):
            kind = self.type(schema, name)
            if name in self.table.enumerations and _default(schema) is not ABSENT:
                self.table.defaults[name] = _default(schema)
            if kind != name:
                self.table.types[name] = Type(name, alias=kind, default=_default(schema))
        for path, methods in sorted(self.description["paths"].items()):
            for method, operation in methods.items():
                if method in _METHODS:
                    self._operation(method.upper(), path, operation)
        for operation in self.table.operations.values():
            operation.failures = failures(self.table, operation.answer[1])
        return self.table

    def type(self, schema: Schema, place: str) -> str:
        """A schema's type, as the table writes it."""
        return self._plain(schema, place) + (
            "?" if schema.get("nullable") and place not in self._named() else ""
        )

    def _named(self) -> Schema:
        named: Schema = self.description["components"]["schemas"]
        return named

    def _plain(self, schema: Schema, place: str) -> str:
        if "$ref" in schema:
            if "required" in schema:
                return self._object({**schema, "allOf": [{"$ref": schema["$ref"]}]}, place)
            return name_of(schema["$ref"])
        if "allOf" in schema:
            return self._all_of(schema, place)
        if "enum" in schema:
            return self._enumeration(schema["enum"], place)
        if "oneOf" in schema or "anyOf" in schema or "properties" in schema or "discriminator" in schema:
            return self._object(schema, place)
        if schema.get("type") == "array":
            return f"[{self.type(schema.get('items', {}), place + ':item')}]" + _range(
                schema, "minItems", "maxItems"
            )
        if isinstance(schema.get("additionalProperties"), dict) or schema.get("additionalProperties") is True:
            value = schema["additionalProperties"]
            kind = self.type(value, place + ":value") if isinstance(value, dict) else "any"
            return "{" + kind + "}" + _range(schema, "minProperties", "maxProperties")
        return _scalar(schema)

    def _all_of(self, schema: Schema, place: str) -> str:
        parts = [part for part in schema["allOf"] if set(part) - {"default"}]
        own = set(schema) & {"properties", "required", "oneOf", "anyOf"}
        if len(parts) == 1 and not own:
            rest = {key: value for key, value in schema.items() if key not in ("allOf", "nullable")}
            return (
                self._plain({**rest, **parts[0]}, place)
                if "$ref" not in parts[0]
                else self._plain(parts[0], place)
            )
        return self._object(schema, place)

    def _enumeration(self, values: list[JsonValue], place: str) -> str:
        values = sorted(values, key=lambda value: (value is None, isinstance(value, str), value))
        if place not in self._named():
            place = self._shared.setdefault(json.dumps(values), place)
        self.table.enumerations[place] = values
        return place

    def _object(self, schema: Schema, place: str) -> str:
        one = self.table.types[place] = Type(place)
        parts = [schema, *schema.get("allOf", [])]
        required = {name for part in parts for name in part.get("required", [])}
        for part in parts:
            if part is not schema and "$ref" in part:
                one.bases.append(name_of(part["$ref"]))
            for name, field in part.get("properties", {}).items():
                self._field(one, name, field, name in required)
            self._choices(one, part, place)
            extra = part.get("additionalProperties")
            if extra is False:
                one.extra = "-"
            elif extra:
                one.extra = self.type(extra, place + ":value") if isinstance(extra, dict) else "any"
        one.demands = sorted(required - {field.name for field in one.fields})
        return place

    def _field(self, owner: Type, name: str, schema: Schema, required: bool) -> None:
        place = f"{owner.name}:{name}"
        kind, default = self.type(schema, place), _default(schema)
        one = Field(
            name, required, bool(schema.get("readOnly")), bool(schema.get("deprecated")), kind, default
        )
        owner.fields = [field for field in owner.fields if field.name != name] + [one]

    def _choices(self, owner: Type, schema: Schema, place: str) -> None:
        discriminator = schema.get("discriminator", {})
        owner.discriminator = discriminator.get("propertyName", owner.discriminator)
        values = [(value, name_of(target)) for value, target in discriminator.get("mapping", {}).items()]
        for key, mark in (("oneOf", "|"), ("anyOf", "/")):
            for number, choice in enumerate(schema.get(key, [])):
                kind = self.type(choice, f"{place}:{number}")
                known = [value for value, target in values if target == kind] or [""]
                owner.choices += [(mark, kind, value) for value in known]
        chosen = {kind for _, kind, _ in owner.choices}
        owner.choices += [("\\", target, value) for value, target in values if target not in chosen]

    def _operation(self, method: str, path: str, operation: Schema) -> None:
        name = operation["operationId"]
        parameters = [self._parameter(name, self._resolved(one)) for one in operation.get("parameters", [])]
        body = None
        if "requestBody" in operation:
            (content, media), *_ = operation["requestBody"]["content"].items()
            kind = self.type(media["schema"], f"{name}:body")
            body = (_BODIES[content], kind, bool(operation["requestBody"].get("required")))
        self.table.operations[name] = Operation(
            name,
            method,
            path,
            operation["tags"][0],
            operation["x-ratelimit-category"],
            sandbox=operation["x-sandbox"] == "enabled",
            deprecated=bool(operation.get("deprecated")),
            credentials=[
                (_SCHEMES[kind], scopes) for each in operation["security"] for kind, scopes in each.items()
            ],
            parameters=parameters,
            body=body,
            answer=self._answer(name, operation),
            failures=[],
        )

    def _resolved(self, parameter: Schema) -> Schema:
        while "$ref" in parameter:
            parameter = self.description["components"]["parameters"][name_of(parameter["$ref"])]
        return parameter

    def _parameter(self, operation: str, parameter: Schema) -> Parameter:
        schema, name = parameter["schema"], parameter["name"]
        kind = self.type(schema, f"{operation}:{name}")
        style = ""
        if parameter.get("style") == "deepObject":
            style = "{}"
        elif kind.startswith("["):
            style = "," if parameter.get("explode") is False else "&"
        return Parameter(
            name, parameter["in"], bool(parameter.get("required")), style, kind, _default(schema)
        )

    def _answer(self, name: str, operation: Schema) -> tuple[str, str]:
        statuses = sorted(status for status in operation["responses"] if status.startswith("2"))
        media = operation["responses"][statuses[0]].get("content", {}).get("application/json", {})
        return ",".join(statuses), self.type(media["schema"], f"{name}:answer") if "schema" in media else ""


def _default(schema: Schema) -> JsonValue:
    for part in [schema, *schema.get("allOf", [])]:
        if "default" in part:
            value: JsonValue = part["default"]
            return value
    return ABSENT


def _range(schema: Schema, low: str, high: str) -> str:
    above = ">" if schema.get("exclusiveMinimum") is True else ""
    if low not in schema and high not in schema:
        return ""
    return f"({above}{schema.get(low, '')}..{schema.get(high, '')})"


def _scalar(schema: Schema) -> str:
    kind: str = schema.get("type", "any")
    kind = schema["format"] if schema.get("format") in _FORMATS else kind
    pattern = "~" + json.dumps(schema["pattern"]) if "pattern" in schema else ""
    if schema.get("type") == "string":
        return kind + _range(schema, "minLength", "maxLength") + pattern
    return kind + _range(schema, "minimum", "maximum") + pattern
