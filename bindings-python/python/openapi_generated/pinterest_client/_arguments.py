"""What a call's arguments may be. Everything here is checked before anything is sent."""

from __future__ import annotations

from openapi_generated.pinterest_client.exceptions import InvalidInputException, InvalidTypeException
from pinterest_sdk._native import Call

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

GRANT_TYPES = ["authorization_code", "refresh_token", "client_credentials"]
TOKEN_TYPE_HINTS = ["access_token", "refresh_token"]

_TEXTS = ("code", "redirect_uri", "refresh_token", "scope")
_FLAGS = ("continuous_refresh", "refresh_on")
_TOKEN_FIELDS = frozenset((*_TEXTS, *_FLAGS))
_NO_FIELDS: frozenset[str] = frozenset()
_NONE = type(None)
# The keywords that every call of the generated client takes.
_OPTIONS: dict[str, tuple[type, ...]] = {
    "_return_http_data_only": (bool,),
    "_preload_content": (bool,),
    "_request_timeout": (_NONE, float, int, tuple, list),
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
        "connect_timeout",
        "data_only",
        "given_timeout",
        "host_index",
        "preload",
        "timeout",
    )

    def __init__(self, keywords: Mapping[str, Any]) -> None:
        for name, value in keywords.items():
            if name in _OPTIONS:
                check_type(name, value, _OPTIONS[name])
        get = keywords.get
        self.async_req: bool = get("async_req", False)
        self.check_input: bool = get("_check_input_type", True)
        self.check_return: bool = get("_check_return_type", True)
        self.data_only: bool = get("_return_http_data_only", True)
        self.preload: bool = get("_preload_content", True)
        self.host_index: int | None = get("_host_index")
        self.given_timeout: Any = get("_request_timeout")
        self.connect_timeout, self.timeout = timeouts(self.given_timeout)
        if get("_content_type") not in (None, _FORM):
            raise InvalidInputException(f"`_content_type` can only be {_FORM}, which Pinterest asks for")


def oauth_token(
    grant_type: str, keywords: dict[str, Any], unknown: tuple[str, ...] = ()
) -> tuple[Call, Options]:
    """Read the arguments of `oauth_token`; keywords in ``unknown`` are refused like unknown ones."""
    _refuse_unknown("oauth_token", keywords, _TOKEN_FIELDS, unknown)
    if isinstance(grant_type, (list, dict)):
        check_type("grant_type", grant_type, (str,))
    if grant_type not in GRANT_TYPES:
        raise InvalidInputException(
            f"Invalid value for `grant_type` ({grant_type}), must be one of {GRANT_TYPES}"
        )
    options = _options(keywords)
    code, redirect_uri, refresh_token, scope = [_text(name, keywords.get(name), options) for name in _TEXTS]
    continuous_refresh, refresh_on = [_flag(name, keywords.get(name), options) for name in _FLAGS]
    call = Call.oauth_token(
        grant_type, code, redirect_uri, refresh_token, scope, continuous_refresh, refresh_on
    )
    return call, options


def token_form(grant_type: str, keywords: dict[str, Any]) -> list[tuple[str, str]]:
    """Give the form that the core sends for the arguments of `oauth_token`, which has read them."""
    texts = [(name, str(keywords[name])) for name in _TEXTS if keywords.get(name) is not None]
    return [("grant_type", grant_type), *texts, *((name, "true") for name in _FLAGS if keywords.get(name))]


def revoke_token(
    token: str, token_type_hint: str | None, keywords: dict[str, Any], unknown: tuple[str, ...] = ()
) -> tuple[Call, Options]:
    """Read the arguments of `revoke_token`."""
    _refuse_unknown("revoke_token", keywords, _NO_FIELDS, unknown)
    if token_type_hint is not None and token_type_hint not in TOKEN_TYPE_HINTS:
        raise InvalidInputException(
            f"Invalid value for `token_type_hint` ({token_type_hint}), must be one of {TOKEN_TYPE_HINTS}"
        )
    options = _options(keywords)
    text = _text("token", token, options)
    if not text:
        raise InvalidInputException("`token` is empty")
    return Call.revoke_token(text, token_type_hint), options


def revocation_form(token: str, token_type_hint: str | None) -> list[tuple[str, str]]:
    """Give the form that the core sends for the arguments of `revoke_token`, which has read them."""
    hint = [] if token_type_hint is None else [("token_type_hint", token_type_hint)]
    return [("token", str(token)), *hint]


def conversion_token(keywords: dict[str, Any], unknown: tuple[str, ...] = ()) -> tuple[Call, Options]:
    """Read the arguments of `conversion_token`."""
    _refuse_unknown("conversion_token", keywords, _NO_FIELDS, unknown)
    return Call.conversion_token(), _options(keywords)


def check_type(name: str, value: object, types: tuple[type, ...]) -> None:
    """Refuse a value of another type. A bool is no number."""
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        names = [kind.__name__ for kind in types]
        wanted = names[0] if len(names) == 1 else f"one of [{', '.join(sorted(names))}]"
        raise InvalidTypeException(
            f"Invalid type for variable '{name}'. Required value type is {wanted} and "
            f"passed type was {type(value).__name__} at ['{name}']"
        )


def check_text(name: str, value: str) -> None:
    """Refuse what is not text, and half characters, which no request can carry."""
    check_type(name, value, (str,))
    if not value.isascii() and value.encode(errors="replace").decode() != value:
        raise InvalidInputException(f"`{name}` holds a lone surrogate, which is half a character")


def _refuse_unknown(
    method: str, keywords: dict[str, Any], fields: frozenset[str], unknown: tuple[str, ...]
) -> None:
    for name in keywords:
        if (name not in fields and name not in _OPTIONS) or name in unknown:
            raise InvalidTypeException(f"Got an unexpected parameter '{name}' to method `{method}`")


def _options(keywords: dict[str, Any]) -> Options:
    return DEFAULT_OPTIONS if _OPTIONS.keys().isdisjoint(keywords) else Options(keywords)


def _text(name: str, value: Any, options: Options) -> str | None:
    if value is None:
        return None
    text: str = value if options.check_input else str(value)
    check_text(name, text)
    return text


def _flag(name: str, value: Any, options: Options) -> bool:
    if value is None:
        return False
    if options.check_input:
        check_type(name, value, (bool,))
    return bool(value)


def timeouts(limit: Any, name: str = "_request_timeout") -> tuple[float | None, float | None]:
    """Give the limits until the request is sent and until the answer is there, in seconds."""
    if limit is None:
        return None, None
    parts = limit if isinstance(limit, (tuple, list)) else (limit,)
    for part in parts:
        check_type(name, part, (float, int))
        if not part > 0:
            raise InvalidInputException(f"`{name}` must be greater than zero")
    if len(parts) == 1:
        return None, float(parts[0])
    if len(parts) != 2:  # noqa: PLR2004 - a pair.
        raise InvalidInputException(f"`{name}` is a number or a pair of them: (connect, read)")
    return float(parts[0]), float(parts[0]) + float(parts[1])


DEFAULT_OPTIONS = Options({})
