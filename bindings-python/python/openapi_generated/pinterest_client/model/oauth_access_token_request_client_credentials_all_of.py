"""`OauthAccessTokenRequestClientCredentialsAllOf`: what a request for the app's own token adds."""

from __future__ import annotations

from pinterest_sdk._model import ModelNormal


class OauthAccessTokenRequestClientCredentialsAllOf(
    ModelNormal,
    types={
        "scope": (str,),
    },
    required=("scope",),
):
    """What a request for the app's own token adds to a request."""

    __slots__ = ()

    scope: str
