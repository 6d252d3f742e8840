"""`OauthAccessTokenRequestCodeAllOf`: what a code exchange adds to a request."""

from __future__ import annotations

from pinterest_sdk._model import ModelNormal


class OauthAccessTokenRequestCodeAllOf(
    ModelNormal,
    types={
        "code": (str,),
        "redirect_uri": (str,),
        "continuous_refresh": (bool,),
    },
    required=("code", "redirect_uri"),
):
    """What a code exchange adds to a request."""

    __slots__ = ()

    code: str
    redirect_uri: str
    continuous_refresh: bool | None
