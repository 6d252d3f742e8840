"""`OauthAccessTokenResponse`: the answer to a token request."""

from __future__ import annotations

from openapi_generated.pinterest_client.model_utils import OfClass, OpenApiModel, odd_fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar

    from typing_extensions import Self

# The endings of the module's and the class's name.
_BY_RESPONSE_TYPE = {
    "authorization_code": ("_code", "Code"),
    "refresh_token": ("_refresh", "Refresh"),
    "everlasting_refresh": ("_everlasting_refresh", "EverlastingRefresh"),
    "integration_refresh": ("_integration_refresh", "IntegrationRefresh"),
    "client_credentials": ("_client_credentials", "ClientCredentials"),
}
# The classes that have been needed so far.
_chosen: dict[str, Any] = {}


class OauthAccessTokenResponse(OpenApiModel):
    """The answer to a token request.

    What comes is an instance of a subclass that ``response_type`` names, for example
    `OauthAccessTokenResponseCode`, and of this class where Pinterest names none or a new one. Any
    of the fields but ``access_token`` and ``token_type`` may be absent: Pinterest sends the
    ``refresh_…`` ones where there is a refresh token.

    Attributes:
        access_token: the bearer token.
        token_type: ``bearer``.
        expires_in: seconds from now until the access token expires.
        scope: every scope that the user has approved, separated by spaces or commas.
        response_type: which kind of answer it is.
        refresh_token: on a refresh it replaces the old one; absent, the old one stays valid.
        refresh_token_expires_in: seconds from now until the refresh token expires.
        refresh_token_expires_at: when the refresh token expires, in seconds since 1970.
        odd_fields: what the answer held that is not as documented; empty, as a rule.

    """

    __slots__ = ()

    openapi_types = {
        "access_token": (str,),
        "token_type": (str,),
        "expires_in": (int,),
        "scope": (str,),
        "response_type": (str,),
        "refresh_token": (str,),
        "refresh_token_expires_in": (int,),
        "refresh_token_expires_at": (int,),
    }
    required: ClassVar[tuple[str, ...]] = ("access_token",)
    defaults = {"token_type": "bearer"}
    discriminator: ClassVar[Any] = OfClass(
        lambda: {"response_type": {kind: _class_for(kind) for kind in sorted(_BY_RESPONSE_TYPE)}}
    )

    access_token: str
    token_type: str
    expires_in: int
    scope: str
    response_type: str
    refresh_token: str
    refresh_token_expires_in: int
    refresh_token_expires_at: int

    odd_fields = odd_fields

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
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
        return _chosen.get(kind) or _class_for(kind) or cls


def _class_for(kind: str) -> Any:
    """Give the class for a response type, None for one that is new."""
    endings = _BY_RESPONSE_TYPE.get(kind)
    if endings is None:
        return None
    name = f"OauthAccessTokenResponse{endings[1]}"
    # Not by way of `sys.modules`: another thread may be in the middle of this import.
    _chosen[kind] = getattr(__import__(__name__ + endings[0], fromlist=[name]), name)
    return _chosen[kind]
