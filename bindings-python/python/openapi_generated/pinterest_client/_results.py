"""From an answer to what a call of the generated client returns."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from openapi_generated.pinterest_client._options import Options
    from pinterest_sdk._native import Answer
    from pinterest_sdk._operations import Operation


def shape(answer: Answer, operation: Operation, options: Options) -> Any:
    """Give what the call's options ask for: the data, with status and headers, or the raw answer."""
    if not options.preload:
        from openapi_generated.pinterest_client.rest import HTTPResponse, RESTResponse

        return RESTResponse(HTTPResponse(answer))
    received = None if options.check_return else _received(answer)
    data = operation.result(answer) if received is None else operation.result_of(received, answer)
    if options.data_only:
        return data
    from pinterest_sdk._http import HTTPHeaderDict

    return data, answer.status, HTTPHeaderDict(answer.headers)


def _received(answer: Answer) -> dict[str, Any] | None:
    """Give the fields as they were received; None where only the core can read them."""
    if not answer.body:
        return None
    from json import loads

    try:
        received = loads(answer.body)
    except (ValueError, RecursionError):
        return None
    return received if isinstance(received, dict) else None
