"""A description of an API that does not exist, with every form that Pinterest's has."""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string"}

SCHEMAS: dict[str, Any] = {
    "Colour": {"type": "string", "enum": ["RED", "GREEN"], "default": "RED"},
    "Days": {"type": "integer", "enum": [30, 7]},
    "Nothing": {"type": "string", "enum": ["A", None]},
    "Id": {"type": "string", "pattern": "^\\d+$", "maxLength": 18},
    "Tree": {
        "type": "object",
        "required": ["id", "leaves"],
        "properties": {
            "id": {"allOf": [{"$ref": "#/components/schemas/Id"}], "readOnly": True},
            "leaves": {
                "type": "array",
                "minItems": 1,
                "maxItems": 9,
                "items": {"$ref": "#/components/schemas/Leaf"},
            },
            "colour": {"allOf": [{"$ref": "#/components/schemas/Colour"}, {"default": "GREEN"}]},
            "old": {**_TEXT, "deprecated": True, "nullable": True},
            "code": {"type": "string", "pattern": "^[A-Z]+$"},
            "height": {"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": 120},
            "planted": {"type": "string", "format": "date"},
            "notes": {"type": "object", "additionalProperties": _TEXT, "minProperties": 1},
            "soil": {"type": "object", "properties": {"kind": {"type": "string", "enum": ["CLAY", "SAND"]}}},
            "ground": {"type": "string", "enum": ["CLAY", "SAND"]},
            "x-odd-name": {},
        },
        "additionalProperties": False,
    },
    "Leaf": {
        "allOf": [{"$ref": "#/components/schemas/Part"}, {"properties": {"size": {"type": "integer"}}}],
        "required": ["made_of"],
    },
    "Part": {
        "type": "object",
        "properties": {"made_of": _TEXT, "exceptions": {"type": "array", "items": _TEXT}},
    },
    "Plant": {
        "oneOf": [{"$ref": "#/components/schemas/Tree"}, {"$ref": "#/components/schemas/Leaf"}],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {
                "TREE": "#/components/schemas/Tree",
                "LEAF": "#/components/schemas/Leaf",
                "TWIG": "#/components/schemas/Leaf",
            },
        },
        "properties": {"kind": _TEXT},
    },
    "Base": {
        "type": "object",
        "properties": {"kind": _TEXT},
        "discriminator": {"propertyName": "kind", "mapping": {"TREE": "#/components/schemas/Tree"}},
    },
    "AnyOf": {"anyOf": [{"$ref": "#/components/schemas/Part", "required": ["made_of"]}, _TEXT]},
    "Bag": {"type": "object", "additionalProperties": True},
    "Names": {"type": "array", "items": {"$ref": "#/components/schemas/Id"}},
}


def _operation(name: str, **more: Any) -> dict[str, Any]:
    return {
        "operationId": name,
        "tags": ["garden"],
        "x-ratelimit-category": "garden_read",
        "x-sandbox": "enabled",
        "security": [{"pinterest_oauth2": ["trees:read"]}, {"client_credentials": ["trees:read"]}],
        "responses": {
            "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Tree"}}}}
        },
        **more,
    }


def _parameter(name: str, schema: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, **more}


def description() -> dict[str, Any]:
    """A new copy of it."""
    items = {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/Leaf"}},
            "bookmark": _TEXT,
        },
    }
    page = {"content": {"application/json": {"schema": items}}}
    body = {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Plant"}}},
    }
    form = {
        "content": {
            "application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {"a": _TEXT}}}
        }
    }
    return {
        "info": {"version": "1.2.3"},
        "components": {
            "schemas": {name: dict(schema) for name, schema in SCHEMAS.items()},
            "parameters": {"bookmark": _parameter("bookmark", _TEXT)},
        },
        "paths": {
            "/trees": {
                "get": _operation(
                    "trees/list",
                    responses={"200": page},
                    parameters=[
                        {"$ref": "#/components/parameters/bookmark"},
                        _parameter("size", {"type": "integer", "minimum": 1, "maximum": 250, "default": 25}),
                        _parameter(
                            "colours",
                            {"type": "array", "items": {"$ref": "#/components/schemas/Colour"}},
                            explode=False,
                        ),
                        _parameter("ids", {"type": "array", "items": _TEXT, "maxItems": 5}, required=True),
                        _parameter(
                            "within", {"type": "object", "properties": {"x": _TEXT}}, style="deepObject"
                        ),
                    ],
                ),
                "post": _operation(
                    "trees/create",
                    requestBody=body,
                    **{"x-sandbox": "disabled"},
                    responses={"201": page, "200": page},
                    deprecated=True,
                ),
            },
            "/trees/{id}": {
                "delete": _operation(
                    "trees/fell",
                    parameters=[{"name": "id", "in": "path", "required": True, "schema": _TEXT}],
                    responses={"204": {"description": "gone"}},
                    security=[{"basic": []}, {"conversion_token": []}],
                    requestBody=form,
                )
            },
        },
    }
