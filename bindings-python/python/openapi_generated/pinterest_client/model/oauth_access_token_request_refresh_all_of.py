"""`OauthAccessTokenRequestRefreshAllOf`: what a refresh adds to a request."""

from __future__ import annotations

from openapi_generated.pinterest_client.model_utils import ModelNormal


class OauthAccessTokenRequestRefreshAllOf(ModelNormal):
    """What a refresh adds to a request."""

    __slots__ = ()

    openapi_types = {
        "refresh_token": (str,),
        "scope": (str,),
        "refresh_on": (bool,),
    }
    required = ("refresh_token",)

    refresh_token: str
    scope: str
    refresh_on: bool
