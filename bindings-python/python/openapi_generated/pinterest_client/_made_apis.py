"""The published client's APIs, each made of its operations' facts when it is first asked for."""

from __future__ import annotations

from openapi_generated.pinterest_client import _surface
from openapi_generated.pinterest_client._endpoint import Endpoint
from openapi_generated.pinterest_client._options import KEYWORDS
from openapi_generated.pinterest_client._signatures import method, method_later
from openapi_generated.pinterest_client.api_client import ApiClient, is_replaced
from pinterest_sdk.errors import InvalidTypeException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ClassVar
else:  # For `typing.get_type_hints`.
    from _collections_abc import Callable  # noqa: TC003

    from pinterest_sdk._hints import Any, ClassVar  # noqa: TC001

PACKAGE = "openapi_generated.pinterest_client.api"
_SUFFIX = "_endpoint"
AIO = "openapi_generated.pinterest_client.aio"
_made: dict[str, type[MadeApi] | None] = {}
_later: dict[str, type[MadeApi] | None] = {}


class MadeApi:
    """Some of Pinterest's operations, each a method.

    Every method takes, besides its own arguments, those that the methods of `OauthApi` take: ``async_req``,
    ``_return_http_data_only``, ``_preload_content``, ``_request_timeout``, ``_headers``,
    ``_check_input_type``, ``_check_return_type``, ``_content_type`` and ``_host_index``.

    Args:
        api_client: makes the calls; one with the default configuration unless given.

    """

    _operations: ClassVar[dict[str, _surface.Operation]] = {}
    # Of its module, where a program may put another class of clients.
    _space: ClassVar[dict[str, Any]] = {"ApiClient": ApiClient}

    def __init__(self, api_client: Any = None) -> None:
        self.api_client: Any = self._space["ApiClient"]() if api_client is None else api_client

    def __getattr__(self, name: str) -> Any:
        operation = self._operations.get(name[: -len(_SUFFIX)]) if name.endswith(_SUFFIX) else None
        if operation is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        made = endpoint(operation, self.api_client, getattr(self, operation.name))
        # Where the published client has it, and a program may put another.
        self.__dict__[name] = made
        return made

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *(name + _SUFFIX for name in self._operations)})


def later(name: str) -> type[MadeApi] | None:
    """Give the class of this name for asyncio, if there is one."""
    if name not in _later:
        operations = _surface.operations(name)
        space = {"__module__": AIO, "_operations": operations, "__doc__": MadeApi.__doc__}
        for operation in operations.values():
            made = method_later(name, operation.name, operation.required, _call_later, operation)
            space[operation.name] = _described_as(operation, AIO, made)
        _later[name] = type(name, (MadeApi,), space) if operations else None
    return _later[name]


def api(name: str) -> type[MadeApi] | None:
    """Give the class of this name, if there is one."""
    try:
        return _made[name]
    except KeyError:
        operations = _surface.operations(name)
        cls = _class(name, operations) if operations else None
        return _made.setdefault(name, cls)


def _class(name: str, operations: dict[str, _surface.Operation]) -> type[MadeApi]:
    module = next(module for module, cls in _surface.names("operations.txt").items() if cls == name)
    space: dict[str, Any] = {
        "__module__": f"{PACKAGE}.{module}",
        "__doc__": MadeApi.__doc__,
        "_operations": operations,
    }
    for operation in operations.values():
        made = method(name, operation.name, operation.required, _call, operation)
        space[operation.name] = _described_as(operation, space["__module__"], made)
    return type(name, (MadeApi,), space)


def _described_as(operation: _surface.Operation, module: str, made: Any) -> Any:
    made.__module__ = module
    made.__doc__ = f"``{operation.method} {operation.path}``"
    return made


def _call(operation: _surface.Operation, api: Any, values: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    kwargs.update(zip(operation.required, values, strict=True))
    return getattr(api, operation.name + _SUFFIX).call_with_http_info(**kwargs)


async def _call_later(
    operation: _surface.Operation, api: Any, values: tuple[Any, ...], kwargs: dict[str, Any]
) -> Any:
    if "async_req" in kwargs:  # There is nothing to ask for: every call here is asynchronous.
        raise InvalidTypeException(f"Got an unexpected parameter 'async_req' to method `{operation.name}`")
    kwargs.update(zip(operation.required, values, strict=True))
    return await _made_later(getattr(api, operation.name + _SUFFIX), kwargs)


async def _made_later(endpoint: Endpoint, kwargs: dict[str, Any]) -> Any:
    client = endpoint.api_client
    if not is_replaced(client):
        arguments, named = endpoint.request(kwargs)
        return await client._call_api_later(*arguments, **named)
    from asyncio import to_thread
    from inspect import isawaitable

    # A program's own code may wait.
    given = await to_thread(endpoint.call_with_http_info, **kwargs)
    return await given if isawaitable(given) else given


_described: dict[str, dict[str, Any]] = {}


def endpoint(operation: _surface.Operation, api_client: Any, call: Callable[..., Any]) -> Endpoint:
    """Describe an operation as the published client does."""
    facts = _described.get(operation.name)
    if facts is None:
        facts = _described[operation.name] = _facts(operation)
    return Endpoint(**facts, api_client=api_client, callable=call)


def _facts(operation: _surface.Operation) -> dict[str, Any]:
    from openapi_generated.pinterest_client._made_models import kinds
    from openapi_generated.pinterest_client._read import Readable

    parameters = operation.parameters()
    in_body = any(each.place == "body" for each in parameters)
    return {
        "settings": {
            "response_type": None if operation.kind == "none" else Readable(kinds(operation.kind)),
            "auth": operation.auth,
            "endpoint_path": operation.path,
            "operation_id": operation.name,
            "http_method": operation.method,
            "servers": None,
        },
        "params_map": {
            "all": [each.name for each in parameters] + [name for name in KEYWORDS if name != "_headers"],
            "required": [*operation.required],
            "nullable": [each.name for each in parameters if "nullable" in each.flags] + ["_request_timeout"],
            "enum": [each.name for each in parameters if each.enum],
            "validation": [each.name for each in parameters if each.limits],
        },
        "root_map": {
            "validations": {(each.name,): each.limits for each in parameters if each.limits},
            "allowed_values": {
                (each.name,): _surface.enumeration(each.enum) for each in parameters if each.enum
            },
            "openapi_types": {each.name: kinds(each.kind) for each in parameters},
            "attribute_map": {each.name: each.wire for each in parameters if each.place != "body"},
            "location_map": {each.name: each.place for each in parameters},
            "collection_format_map": {each.name: each.style for each in parameters if each.style},
        },
        "headers_map": {
            "accept": ["application/json"],
            "content_type": ["application/json"] if in_body else [],
        },
    }
