"""`OauthAccessTokenRequestCode`: the form of a code exchange."""

from __future__ import annotations

from openapi_generated.pinterest_client.model_utils import OpenApiModel


class OauthAccessTokenRequestCode(OpenApiModel):
    """The form that `oauth_token` sends for ``authorization_code``."""

    __slots__ = ()

    openapi_types = {
        "grant_type": (str,),
        "code": (str,),
        "redirect_uri": (str,),
        "continuous_refresh": (bool,),
    }
    required = ("grant_type", "code", "redirect_uri")
    allowed_values = {"grant_type": ("authorization_code", "refresh_token", "client_credentials")}

    grant_type: str
    code: str
    redirect_uri: str
    continuous_refresh: bool
