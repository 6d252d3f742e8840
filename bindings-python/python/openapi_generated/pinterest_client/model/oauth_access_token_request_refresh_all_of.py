"""`OauthAccessTokenRequestRefreshAllOf`: what a refresh adds to a request."""

from __future__ import annotations

from pinterest_sdk._model import ModelNormal


class OauthAccessTokenRequestRefreshAllOf(
    ModelNormal,
    types={
        "refresh_token": (str,),
        "scope": (str,),
        "refresh_on": (bool,),
    },
    required=("refresh_token",),
):
    """What a refresh adds to a request."""

    __slots__ = ()

    refresh_token: str
    scope: str | None
    refresh_on: bool | None
