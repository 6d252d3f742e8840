"""`OauthAccessTokenRequestClientCredentials`: the form of a request for the app's own token."""

from __future__ import annotations

from openapi_generated.pinterest_client.model_utils import OpenApiModel


class OauthAccessTokenRequestClientCredentials(OpenApiModel):
    """The form that `oauth_token` sends for ``client_credentials``."""

    __slots__ = ()

    openapi_types = {
        "grant_type": (str,),
        "scope": (str,),
    }
    required = ("grant_type", "scope")
    allowed_values = {"grant_type": ("authorization_code", "refresh_token", "client_credentials")}

    grant_type: str
    scope: str
