"""From an answer to what a call returns."""

from __future__ import annotations

from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from openapi_generated.pinterest_client._arguments import Options
    from openapi_generated.pinterest_client.model.conversion_access_token_response import (
        ConversionAccessTokenResponse,
    )
    from openapi_generated.pinterest_client.model_utils import OpenApiModel
    from pinterest_sdk._native import Answer

    Reader = Callable[[dict[str, Any]], Any]


def shape(answer: Answer, options: Options, read: Reader) -> Any:
    """Give what the call's options ask for: the data, with status and headers, or the raw answer."""
    if not options.preload:
        from openapi_generated.pinterest_client.rest import HTTPResponse, RESTResponse

        return RESTResponse(HTTPResponse(answer))
    data = read(_fields(answer, options))
    odd = answer.odd_fields()
    if odd:
        _report(data, odd)
    if options.data_only:
        return data
    from openapi_generated.pinterest_client.rest import HTTPHeaderDict

    return data, answer.status, HTTPHeaderDict(answer.headers)


read_token: Reader = OauthAccessTokenResponse._from_wire
"""Make a model of a token answer."""


def read_conversion_token(fields: dict[str, Any]) -> ConversionAccessTokenResponse:
    """Make a model of a conversion token's answer."""
    from openapi_generated.pinterest_client.model.conversion_access_token_response import (
        ConversionAccessTokenResponse,
    )

    return ConversionAccessTokenResponse._from_wire(fields)


def read_nothing(fields: dict[str, Any]) -> None:
    """Give nothing: the answer has no content."""


def _report(data: OpenApiModel, odd: list[tuple[str, str, str]]) -> None:
    """Tell the model what was odd about its answer."""
    from json import loads

    from openapi_generated.pinterest_client.model_utils import OddField

    fields = tuple(OddField(name, reason, loads(value)) for name, reason, value in odd)
    object.__setattr__(data, "_odd_fields", fields)


def _fields(answer: Answer, options: Options) -> dict[str, Any]:
    if not options.check_return and answer.body:
        from json import loads

        try:
            received = loads(answer.body)
        except (ValueError, RecursionError):
            received = None  # The core has read it all the same.
        if isinstance(received, dict):
            return received
    fields: dict[str, Any] = answer.fields()
    additional = answer.additional()
    if additional is not None:
        from json import loads

        fields.update(loads(additional))
    return fields
