"""What a call can raise, under the generated client's names."""

from __future__ import annotations

from pinterest_sdk.errors import (
    ApiAttributeError,
    ApiException,
    ApiKeyError,
    ApiTypeError,
    ApiValueError,
    ForbiddenException,
    InvalidInputException,
    InvalidTypeException,
    NotFoundException,
    OpenApiException,
    ServiceException,
    UnauthorizedException,
    UnexpectedAnswerException,
    UnexpectedValueException,
    render_path,
)

__all__ = [
    "ApiAttributeError",
    "ApiException",
    "ApiKeyError",
    "ApiTypeError",
    "ApiValueError",
    "ForbiddenException",
    "InvalidInputException",
    "InvalidTypeException",
    "NotFoundException",
    "OpenApiException",
    "ServiceException",
    "UnauthorizedException",
    "UnexpectedAnswerException",
    "UnexpectedValueException",
    "render_path",
]

TYPE_CHECKING = False
if not TYPE_CHECKING:  # For `typing.get_type_hints`, which looks for names in the module that a class says.
    from pinterest_sdk.errors import HTTPHeaderDict, Kind, Outcome, Phase, RateLimit  # noqa: F401

# Tracebacks, and tools that group by them, name a class by its module, as the generated client's.
for _name in __all__:
    globals()[_name].__module__ = __name__
