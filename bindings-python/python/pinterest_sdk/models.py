"""The answers of the OAuth calls."""

from __future__ import annotations

from pinterest_sdk._checks import check_type, field
from pinterest_sdk._model import AnswerModel, ModelComposed, ModelNormal, OddField, OfClass
from pinterest_sdk._native import merge_tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, ClassVar

    from typing_extensions import Self
else:  # For `typing.get_type_hints`.
    from _collections_abc import Mapping

    from pinterest_sdk._hints import Any, ClassVar, Self  # noqa: TC001

__all__ = [
    "ConversionAccessTokenResponse",
    "OauthAccessTokenResponse",
    "OauthAccessTokenResponseClientCredentials",
    "OauthAccessTokenResponseCode",
    "OauthAccessTokenResponseEverlastingRefresh",
    "OauthAccessTokenResponseIntegrationRefresh",
    "OauthAccessTokenResponseRefresh",
    "OddField",
]


class OauthAccessTokenResponse(
    AnswerModel,
    types={
        "access_token": (str,),
        "token_type": (str,),
        "expires_in": (int,),
        "scope": (str,),
        "response_type": (str,),
        "refresh_token": (str,),
        "refresh_token_expires_in": (int,),
        "refresh_token_expires_at": (int,),
    },
    required=("access_token",),
    defaults={"token_type": "bearer"},
):
    """The answer to a token request.

    What comes is an instance of a subclass that ``response_type`` names, for example
    `OauthAccessTokenResponseCode`, and of this class where Pinterest names none or a new one. Any
    of the fields but ``access_token`` and ``token_type`` may be absent, and is None then: Pinterest
    sends the ``refresh_…`` ones where there is a refresh token.

    Attributes:
        access_token: the bearer token.
        token_type: ``bearer``.
        expires_in: seconds from now until the access token expires.
        expires_at: when that is, in seconds since 1970; Pinterest does not send it, so it is no item.
        scope: every scope that the user has approved, separated by spaces or commas.
        response_type: which kind of answer it is.
        refresh_token: on a refresh it replaces the old one; absent, the old one stays valid: see
            `merged_with`.
        refresh_token_expires_in: seconds from now until the refresh token expires.
        refresh_token_expires_at: when the refresh token expires, in seconds since 1970.
        odd_fields: what the answer held that is not as documented; empty, as a rule.

    """

    __slots__ = ()

    discriminator: ClassVar[Any] = OfClass(lambda: {"response_type": dict(sorted(_kinds.items()))})

    access_token: str
    token_type: str
    expires_in: int | None
    scope: str | None
    response_type: str | None
    refresh_token: str | None
    refresh_token_expires_in: int | None
    refresh_token_expires_at: int | None

    @property
    def expires_at(self) -> int | None:
        """When the access token expires, in seconds since 1970; None where that is not known.

        An answer knows it, by this machine's clock. A token that a program makes of what it kept has the
        ``expires_at`` that it is given.
        """
        kept = self._data_store.get("expires_at")
        end: int | None = getattr(self, "_expires_at", kept if isinstance(kept, int) else None)
        return end

    def merged_with(self, old: OauthAccessTokenResponse | Mapping[str, Any]) -> Self:
        """Give the answer to a refresh with what it leaves out as it was before: this is what to keep.

        That is the scope, and, if no new refresh token came, the old one and when it expires (RFC 6749
        section 6).

        Args:
            old: the token that was refreshed, or what was kept of it, by the names here.

        """
        from copy import copy

        if not hasattr(old, "keys"):  # Those of `sqlite3` are no mappings.
            check_type("old", old, (OauthAccessTokenResponse, Mapping))
        merged = copy(self)
        fields = merged._data_store
        for name, value in zip(_LASTING, merge_tokens(_lasting(self), _lasting(old)), strict=True):
            fields.pop(name, None)
            if value is not None:
                fields[name] = value
        return merged

    def __init_subclass__(cls, **described: Any) -> None:
        super().__init_subclass__(**described)
        cls.discriminator = None

    def __new__(cls, *_: Any, **fields: Any) -> Self:
        """Make an instance of the class that ``response_type`` names."""
        return super().__new__(cls._chosen(fields))

    @classmethod
    def _from_wire(cls, fields: dict[str, Any]) -> Self:
        model = object.__new__(cls._chosen(fields))
        object.__setattr__(model, "_data_store", fields)
        return model

    @classmethod
    def _chosen(cls, fields: dict[str, Any]) -> type[Self]:
        """Give the class for these fields; a subclass is its own choice."""
        kind = fields.get("response_type")
        if cls is not OauthAccessTokenResponse or not isinstance(kind, str):
            return cls
        chosen: type[Self] = _kinds.get(kind, cls)
        return chosen


class OauthAccessTokenResponseCode(OauthAccessTokenResponse, ModelComposed):
    """The answer to ``authorization_code``."""

    __slots__ = ()

    _composed = True


class OauthAccessTokenResponseRefresh(OauthAccessTokenResponse, ModelComposed):
    """The answer to ``refresh_token``."""

    __slots__ = ()

    _composed = True


class OauthAccessTokenResponseEverlastingRefresh(OauthAccessTokenResponse, ModelComposed):
    """The answer to a refresh with ``refresh_on``, which brings a new refresh token."""

    __slots__ = ()

    _composed = True


class OauthAccessTokenResponseIntegrationRefresh(OauthAccessTokenResponse, ModelComposed):
    """The answer to a refresh by a commerce integration."""

    __slots__ = ()

    _composed = True


class OauthAccessTokenResponseClientCredentials(
    OauthAccessTokenResponse, ModelNormal, required=("access_token", "expires_in", "scope")
):
    """The answer to ``client_credentials``."""

    __slots__ = ()


_LASTING = ("refresh_token", "scope", "refresh_token_expires_in", "refresh_token_expires_at")


def _lasting(token: OauthAccessTokenResponse | Mapping[str, Any]) -> tuple[Any, Any]:
    """Give what of a token may outlast it, also as a program kept it, for the core."""
    refresh_token, scope = (
        value if isinstance(value, str) else None for value in (field(token, name) for name in _LASTING[:2])
    )
    life, end, refresh_life, refresh_end = (
        _seconds(field(token, name)) for name in ("expires_in", "expires_at", *_LASTING[2:])
    )
    return ("", refresh_token, scope, None), ((life, end), (refresh_life, refresh_end))


def _seconds(value: Any) -> int | None:
    """Give a number that the core can hold; `None` for what a program kept in a way of its own, as a date."""
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if -(2**63) <= number < 2**63 else None


_kinds: dict[str, Any] = {
    "authorization_code": OauthAccessTokenResponseCode,
    "refresh_token": OauthAccessTokenResponseRefresh,
    "everlasting_refresh": OauthAccessTokenResponseEverlastingRefresh,
    "integration_refresh": OauthAccessTokenResponseIntegrationRefresh,
    "client_credentials": OauthAccessTokenResponseClientCredentials,
}


class ConversionAccessTokenResponse(
    AnswerModel,
    ModelNormal,
    types={
        "access_token": (str,),
        "token_type": (str,),
    },
    required=("access_token",),
    defaults={"token_type": "conversion"},
):
    """A long-lived token for sending conversions.

    Attributes:
        access_token: the bearer token.
        token_type: ``conversion``.
        odd_fields: what the answer held that is not as documented; empty, as a rule.

    """

    __slots__ = ()

    access_token: str
    token_type: str
