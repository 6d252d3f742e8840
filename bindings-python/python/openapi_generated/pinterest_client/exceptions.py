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

# Tracebacks, and tools that group by them, name a class by its module, as the generated client's.
for _name in __all__:
    globals()[_name].__module__ = __name__
