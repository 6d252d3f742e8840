"""`OauthAccessTokenResponseCodeAllOf`: what a code exchange adds to an answer."""

from __future__ import annotations

from pinterest_sdk._model import ModelNormal


class OauthAccessTokenResponseCodeAllOf(
    ModelNormal,
    types={
        "refresh_token": (str,),
        "refresh_token_expires_in": (int,),
        "refresh_token_expires_at": (int,),
    },
    required=("refresh_token", "refresh_token_expires_in"),
):
    """What a code exchange adds to an answer."""

    __slots__ = ()

    refresh_token: str
    refresh_token_expires_in: int
    refresh_token_expires_at: int | None
