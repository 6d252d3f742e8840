"""From the arguments of the generated client's OAuth calls to operations, and how to make them."""

from __future__ import annotations

from openapi_generated.pinterest_client._options import DEFAULT_OPTIONS, KEYWORDS, Options
from pinterest_sdk import _operations
from pinterest_sdk.errors import InvalidTypeException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pinterest_sdk._operations import Operation

_TEXTS = ("code", "redirect_uri", "refresh_token", "scope")
_FLAGS = ("continuous_refresh", "refresh_on")
_TOKEN_FIELDS = frozenset((*_TEXTS, *_FLAGS))
_NO_FIELDS: frozenset[str] = frozenset()


def oauth_token(
    grant_type: str, keywords: dict[str, Any], unknown: tuple[str, ...] = ()
) -> tuple[Operation, Options]:
    """Read the arguments of `oauth_token`; keywords in ``unknown`` are refused like unknown ones."""
    options = _options("oauth_token", keywords, _TOKEN_FIELDS, unknown)
    fields = [keywords.get(name) for name in (*_TEXTS, *_FLAGS)]
    if not options.check_input:
        texts = [value if value is None else str(value) for value in fields[: len(_TEXTS)]]
        fields = [*texts, *map(bool, fields[len(_TEXTS) :])]
    return _operations.oauth_token(grant_type, *fields), options


def revoke_token(
    token: str, token_type_hint: str | None, keywords: dict[str, Any], unknown: tuple[str, ...] = ()
) -> tuple[Operation, Options]:
    """Read the arguments of `revoke_token`."""
    options = _options("revoke_token", keywords, _NO_FIELDS, unknown)
    if not options.check_input and token is not None:
        token = str(token)
    return _operations.revoke_token(token, token_type_hint), options


def conversion_token(keywords: dict[str, Any], unknown: tuple[str, ...] = ()) -> tuple[Operation, Options]:
    """Read the arguments of `conversion_token`."""
    options = _options("conversion_token", keywords, _NO_FIELDS, unknown)
    return _operations.conversion_token(), options


def _options(
    method: str, keywords: dict[str, Any], fields: frozenset[str], unknown: tuple[str, ...]
) -> Options:
    for name in keywords:
        if (name not in fields and name not in KEYWORDS) or name in unknown:
            raise InvalidTypeException(f"Got an unexpected parameter '{name}' to method `{method}`")
    return DEFAULT_OPTIONS if KEYWORDS.keys().isdisjoint(keywords) else Options(keywords)
