"""From the arguments of an operation to those of `ApiClient.call_api`."""

from __future__ import annotations

from openapi_generated.pinterest_client._options import KEYWORDS, host_of
from openapi_generated.pinterest_client._rules import check_allowed_values, check_validations
from openapi_generated.pinterest_client._taken import taken
from pinterest_sdk._checks import check_type, header_pairs, timeouts
from pinterest_sdk._http import OwnHeaders
from pinterest_sdk.errors import ApiValueError, InvalidInputException, InvalidTypeException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol

    class Client(Protocol):
        """What is used of an `ApiClient`, which a program may have replaced."""

        configuration: Any
        default_headers: Any

        @property
        def select_header_accept(self) -> Callable[..., Any]: ...
        @property
        def select_header_content_type(self) -> Callable[..., Any]: ...

    class Operation(Protocol):
        """What is used of an `Endpoint`."""

        settings: dict[str, Any]
        params_map: dict[str, list[str]]
        headers_map: dict[str, list[str]]
        validations: dict[Any, Any]
        allowed_values: dict[Any, Any]
        openapi_types: dict[str, Any]
        attribute_map: dict[str, str]
        location_map: dict[str, str]
        collection_format_map: dict[str, str]


# What would be another path than the operation's.
_NO_PARTS = ("", ".", "..")


def arguments(
    operation: Operation, client: Client, given: dict[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Give those by position, and those by name."""
    settings, get = operation.settings, given.get
    _check_names(operation, given)
    path, query, body, formats = _placed(operation, given, client.configuration)
    headers = _headers(operation, client, body, given)
    return (settings["endpoint_path"], settings["http_method"], path, query, headers), {
        "body": body,
        "post_params": [],
        "files": {},
        "response_type": settings["response_type"],
        "auth_settings": settings["auth"],
        "async_req": get("async_req", False),
        "_check_type": get("_check_return_type", True),
        "_return_http_data_only": get("_return_http_data_only", True),
        "_preload_content": get("_preload_content", True),
        "_request_timeout": get("_request_timeout"),
        "_host": host_of(client.configuration, settings["operation_id"], get("_host_index")),
        "collection_formats": formats,
    }


def _check_names(operation: Operation, given: dict[str, Any]) -> None:
    for name, value in given.items():
        if name in KEYWORDS:
            check_type(name, value, KEYWORDS[name])
        elif name not in operation.location_map:
            method = operation.settings["operation_id"]
            raise InvalidTypeException(f"Got an unexpected parameter '{name}' to method `{method}`")
    if given.get("_request_timeout") is not None:
        timeouts(given["_request_timeout"], "_request_timeout")


def _placed(operation: Operation, given: dict[str, Any], configuration: Any) -> tuple[Any, Any, Any, Any]:
    """Put each value where it goes: into the path, the query or the body."""
    path: dict[str, Any] = {}
    query: list[tuple[str, Any]] = []
    body = None
    formats: dict[str, str] = {}
    for name, value in given.items():
        place = operation.location_map.get(name)
        if place is None:
            continue
        checked = _checked(operation, name, value, given, configuration)
        if place == "body":
            body = checked
            continue
        wire = operation.attribute_map[name]
        if place == "path":
            path[wire] = _part(name, checked, configuration)
        else:
            query.append((wire, checked))
        if name in operation.collection_format_map:
            formats[wire] = operation.collection_format_map[name]
    return path, query, body, formats


def _checked(operation: Operation, name: str, value: Any, given: dict[str, Any], configuration: Any) -> Any:
    if given.get("_check_input_type", True):
        value = taken(value, operation.openapi_types[name], [name], configuration)
    elif value is None and name not in operation.params_map["nullable"]:
        raise ApiValueError(
            f"Value may not be None for non-nullable parameter `{name}` "
            f"when calling `{operation.settings['operation_id']}`"
        )
    if configuration.client_side_validation:
        if (name,) in operation.allowed_values:
            check_allowed_values(operation.allowed_values, (name,), value)
        if (name,) in operation.validations:
            check_validations(operation.validations, (name,), value, configuration)
    return value


def _part(name: str, value: Any, configuration: Any) -> Any:
    """Refuse what would lead to another path than the operation's."""
    text = str(value)
    if text in _NO_PARTS:
        raise InvalidInputException(f"`{name}` is {text!r}, which is no part of a path")
    if "/" in text and "/" not in str(configuration.safe_chars_for_path_param):
        raise InvalidInputException(f"`{name}` holds a slash, which would be another path")
    return value


def _headers(operation: Operation, client: Client, body: Any, given: dict[str, Any]) -> dict[str, Any]:
    headers = {"Accept": client.select_header_accept(operation.headers_map["accept"])}
    kinds = operation.headers_map["content_type"]
    kind = given.get("_content_type")
    if kind or kinds:
        method = operation.settings["http_method"]
        headers["Content-Type"] = kind or client.select_header_content_type(kinds, method, body)
    own = header_pairs("_headers", given.get("_headers"))
    if not own:
        return headers
    # A mock has no headers to look into.
    defaults = client.default_headers if isinstance(client.default_headers, dict) else {}
    others = {str(name).lower() for name in (*own, *defaults)}
    return OwnHeaders({**{name: headers[name] for name in headers if name.lower() not in others}, **own})
