"""`OauthAccessTokenResponseEverlastingRefreshAllOf`: what a new refresh token adds to an answer."""

from __future__ import annotations

from pinterest_sdk._model import ModelNormal


class OauthAccessTokenResponseEverlastingRefreshAllOf(
    ModelNormal,
    types={
        "refresh_token": (str,),
        "refresh_token_expires_in": (int,),
        "refresh_token_expires_at": (int,),
    },
    required=("refresh_token", "refresh_token_expires_in", "refresh_token_expires_at"),
):
    """What a new refresh token adds to an answer."""

    __slots__ = ()

    refresh_token: str
    refresh_token_expires_in: int
    refresh_token_expires_at: int
