"""`OauthAccessTokenResponseEverlastingRefreshAllOf`: what a new refresh token adds to an answer."""

from __future__ import annotations

from pinterest_sdk._model import ModelNormal


class OauthAccessTokenResponseEverlastingRefreshAllOf(ModelNormal):
    """What a new refresh token adds to an answer."""

    __slots__ = ()

    openapi_types = {
        "refresh_token": (str,),
        "refresh_token_expires_in": (int,),
        "refresh_token_expires_at": (int,),
    }
    required = ("refresh_token", "refresh_token_expires_in", "refresh_token_expires_at")

    refresh_token: str
    refresh_token_expires_in: int
    refresh_token_expires_at: int
