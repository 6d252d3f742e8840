"""`OauthAccessTokenRequestClientCredentials`: the form of a request for the app's own token."""

from __future__ import annotations

from pinterest_sdk._model import ModelComposed


class OauthAccessTokenRequestClientCredentials(
    ModelComposed,
    types={
        "grant_type": (str,),
        "scope": (str,),
    },
    required=("grant_type", "scope"),
    allowed={
        ("grant_type",): {
            "AUTHORIZATION_CODE": "authorization_code",
            "REFRESH_TOKEN": "refresh_token",
            "CLIENT_CREDENTIALS": "client_credentials",
        }
    },
):
    """The form that `oauth_token` sends for ``client_credentials``."""

    __slots__ = ()

    grant_type: str
    scope: str
