"""What a description says, as facts.

Read from the document itself and not through the table's reader: what one of the two has misunderstood is a
difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from table_facts import Fact, text

Schema = dict[str, Any]

_FORMATS = ("date", "date-time", "int32", "int64", "float", "double", "password")
_KINDS = {
    "pinterest_oauth2": "user",
    "client_credentials": "app",
    "conversion_token": "conversion",
    "basic": "basic",
}
_LIMITS = {  # a limit of another type says nothing
    "string": ("minLength", "maxLength"),
    "array": ("minItems", "maxItems"),
    "object": ("minProperties", "maxProperties"),
    "integer": ("minimum", "maximum"),
    "number": ("minimum", "maximum"),
}


def facts(document: Schema) -> set[Fact]:
    """Every fact of the description that a table holds."""
    found: set[Fact] = set()
    for name, schema in document["components"]["schemas"].items():
        found.update(fact for fact in _schema(schema, name) if fact != ("null", name))
        if "default" in schema:
            found.add(("default", name, text(schema["default"])))
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            found.update(_operation(document, method, path, operation))
    return found


def _target(schema: Schema) -> str:
    return str(schema["$ref"]).split("/")[-1]


def _parts(schema: Schema) -> list[Schema]:
    """The schema and what it is made of, without what only names a default."""
    members = [member for member in schema.get("allOf", []) if list(member) != ["default"]]
    return [schema, *members]


def _is_object(schema: Schema) -> bool:
    parts = _parts(schema)
    if "$ref" in schema:
        return "required" in schema
    if "allOf" in schema:
        own = any(key in schema for key in ("properties", "required", "oneOf", "anyOf"))
        return own or len(parts) > 2 or ("$ref" not in parts[1] and _is_object(parts[1]))
    return (
        any(key in schema for key in ("properties", "oneOf", "anyOf", "discriminator"))
        and "enum" not in schema
    )


def _schema(schema: Schema, place: str) -> Iterator[Fact]:
    if schema.get("nullable"):
        yield "null", place
    if _is_object(schema):
        yield from _object(schema, place)
        return
    parts = _parts(schema)
    if len(parts) == 2:
        yield from _one(parts[1] if "$ref" in parts[1] else {**schema, **parts[1]}, place)
        return
    yield from _one(schema, place)


def _one(schema: Schema, place: str) -> Iterator[Fact]:
    if "$ref" in schema:
        yield "is", place, "a " + _target(schema)
        return
    if "enum" in schema:
        yield "is", place, "enumeration"
        for value in schema["enum"]:
            yield "value", place, text(value)
        return
    more = schema.get("additionalProperties")
    if schema.get("type") == "array":
        yield "is", place, "list"
        yield from _schema(schema.get("items") or {}, place + ":item")
    elif more:
        yield "is", place, "map"
        yield from _schema({} if more is True else more, place + ":value")
    else:
        yield "is", place, schema["format"] if schema.get("format") in _FORMATS else schema.get("type", "any")
    for key, word in zip(_LIMITS.get(schema.get("type", ""), ()), ("low", "high"), strict=False):
        if key in schema:
            above = key == "minimum" and schema.get("exclusiveMinimum")
            yield "above" if above else word, place, str(schema[key])
    if "pattern" in schema:
        yield "pattern", place, schema["pattern"]


def _object(schema: Schema, place: str) -> Iterator[Fact]:
    yield "is", place, "object"
    if "$ref" in schema:
        yield "base", place, _target(schema)
    for part in _parts(schema):
        if part is not schema and "$ref" in part:
            yield "base", place, _target(part)
            continue
        for name in part.get("required", []):
            yield "required", place, name
        for name, field in part.get("properties", {}).items():
            inner = f"{place}:{name}"
            yield "property", place, name
            for key, word in (("readOnly", "read only"), ("deprecated", "deprecated")):
                if field.get(key):
                    yield word, inner
            for holder in [field, *field.get("allOf", [])]:
                if "default" in holder:
                    yield "default", inner, text(holder["default"])
            yield from _schema(field, inner)
        discriminator = part.get("discriminator", {})
        if discriminator:
            yield "discriminator", place, discriminator["propertyName"]
        for value, target in discriminator.get("mapping", {}).items():
            yield "known by", place, value, target.split("/")[-1]
        for key, word in (("oneOf", "one of"), ("anyOf", "any of")):
            for number, choice in enumerate(part.get(key, [])):
                yield word, place, str(number)
                yield from _schema(choice, f"{place}:{number}")
        more = part.get("additionalProperties")
        if more is False:
            yield "closed", place
        elif more is not None:
            yield "more", place
            yield from _schema({} if more is True else more, place + ":value")


def _operation(document: Schema, method: str, path: str, operation: Schema) -> Iterator[Fact]:
    name = operation["operationId"]
    yield "operation", name, method.upper(), path
    yield "tag", name, operation["tags"][0]
    yield "rate", name, operation["x-ratelimit-category"]
    if operation["x-sandbox"] == "enabled":
        yield "sandbox", name
    if operation.get("deprecated"):
        yield "deprecated", name
    for number, alternative in enumerate(operation["security"]):
        for kind, scopes in alternative.items():
            yield "credential", name, str(number), _KINDS[kind]
            for scope in scopes:
                yield "scope", name, _KINDS[kind], scope
    for number, given in enumerate(operation.get("parameters", [])):
        one = document["components"]["parameters"][_target(given)] if "$ref" in given else given
        one = document["components"]["parameters"][_target(one)] if "$ref" in one else one
        place, schema = f"{name}:{one['name']}", one["schema"]
        yield "parameter", name, str(number), one["in"], one["name"]
        if one.get("required"):
            yield "required", name, one["name"]
        for holder in [schema, *schema.get("allOf", [])]:
            if "default" in holder:
                yield "default", place, text(holder["default"])
        told = list(_schema(schema, place))
        yield from told
        style = ""
        if one.get("style") == "deepObject":
            style = "{}"
        elif ("is", place, "list") in told:
            style = "&" if one.get("explode", True) else ","
        yield "style", place, style
    body = operation.get("requestBody")
    if body:
        kinds = {"application/json": "json", "application/x-www-form-urlencoded": "form"}
        for content, media in body["content"].items():
            yield "body", name, kinds[content], str(bool(body.get("required")))
            yield from _schema(media["schema"], name + ":body")
    for status, answer in sorted(operation["responses"].items()):
        if status.startswith("2"):
            yield "answer", name, status
            for media in answer.get("content", {}).values():
                yield from _schema(media["schema"], name + ":answer")
