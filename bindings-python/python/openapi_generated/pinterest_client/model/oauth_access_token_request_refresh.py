"""`OauthAccessTokenRequestRefresh`: the form of a refresh."""

from __future__ import annotations

from openapi_generated.pinterest_client.model_utils import OpenApiModel


class OauthAccessTokenRequestRefresh(OpenApiModel):
    """The form that `oauth_token` sends for ``refresh_token``."""

    __slots__ = ()

    openapi_types = {
        "grant_type": (str,),
        "refresh_token": (str,),
        "scope": (str,),
        "refresh_on": (bool,),
    }
    required = ("grant_type", "refresh_token")
    allowed_values = {"grant_type": ("authorization_code", "refresh_token", "client_credentials")}

    grant_type: str
    refresh_token: str
    scope: str
    refresh_on: bool
