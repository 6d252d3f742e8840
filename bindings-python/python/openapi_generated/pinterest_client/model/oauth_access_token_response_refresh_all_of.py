"""`OauthAccessTokenResponseRefreshAllOf`: what a refresh answers."""

from __future__ import annotations

from pinterest_sdk._model import ModelNormal


class OauthAccessTokenResponseRefreshAllOf(
    ModelNormal,
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
    required=("access_token", "expires_in", "scope"),
    defaults={"token_type": "bearer"},
):
    """What a refresh answers."""

    __slots__ = ()

    access_token: str
    token_type: str
    expires_in: int
    scope: str
    response_type: str | None
    refresh_token: str | None
    refresh_token_expires_in: int | None
    refresh_token_expires_at: int | None
