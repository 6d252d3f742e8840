"""The keywords that every call of the generated client takes."""

from __future__ import annotations

from pinterest_sdk._checks import check_type, header_pairs, timeouts
from pinterest_sdk.errors import InvalidInputException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from openapi_generated.pinterest_client.configuration import Configuration

_NONE = type(None)
KEYWORDS: dict[str, tuple[type, ...]] = {
    "_return_http_data_only": (bool,),
    "_preload_content": (bool,),
    "_request_timeout": (_NONE, float, int, tuple, list),
    "_headers": (_NONE, dict),
    "_check_input_type": (bool,),
    "_check_return_type": (bool,),
    "_spec_property_naming": (bool,),
    "_content_type": (_NONE, str),
    "_host_index": (_NONE, int),
    "async_req": (bool,),
}
_FORM = "application/x-www-form-urlencoded"


class Options:
    """How a call is made and what of its answer is wanted."""

    __slots__ = (
        "async_req",
        "check_input",
        "check_return",
        "data_only",
        "given_timeout",
        "headers",
        "host_index",
        "preload",
        "times",
    )

    def __init__(self, keywords: Mapping[str, Any]) -> None:
        for name, value in keywords.items():
            if name in KEYWORDS:
                check_type(name, value, KEYWORDS[name])
        get = keywords.get
        self.async_req: bool = get("async_req", False)
        self.check_input: bool = get("_check_input_type", True)
        self.check_return: bool = get("_check_return_type", True)
        self.data_only: bool = get("_return_http_data_only", True)
        self.preload: bool = get("_preload_content", True)
        self.host_index: int | None = get("_host_index")
        self.given_timeout: Any = get("_request_timeout")
        self.headers = header_pairs("_headers", get("_headers"))
        self.times = timeouts(self.given_timeout, "_request_timeout")
        if get("_content_type") not in (None, _FORM):
            raise InvalidInputException(f"`_content_type` can only be {_FORM}, which Pinterest asks for")

    @staticmethod
    def limited(
        times: tuple[float | None, float | None], headers: Mapping[str, str] | None = None
    ) -> Options:
        """Give those with limits for all of a call and for connecting, which a keyword has the other way."""
        whole, connecting = times
        if whole is None:
            return Options({"_headers": headers}) if headers else DEFAULT_OPTIONS
        # A whole of zero is no limit, and so is a part.
        limit = whole if connecting is None else (connecting, whole and whole - connecting)
        return Options({"_request_timeout": limit, "_headers": headers})

    def host(self, configuration: Configuration, operation: str) -> str:
        """Give the base URL that an operation is called at."""
        return host_of(configuration, operation, self.host_index)


DEFAULT_OPTIONS = Options({})


def host_of(configuration: Configuration, operation: str, index: int | None) -> str:
    """Give the base URL that an operation is called at, the one with this index unless there is none."""
    try:
        if index is None:
            index = configuration.server_operation_index.get(operation, configuration.server_index)
        variables = configuration.server_operation_variables.get(operation, configuration.server_variables)
        return configuration.get_host_from_settings(index, variables)
    except ValueError as error:
        raise InvalidInputException(str(error)) from None
