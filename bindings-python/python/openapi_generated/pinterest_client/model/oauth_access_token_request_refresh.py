"""`OauthAccessTokenRequestRefresh`: the form of a refresh."""

from __future__ import annotations

from pinterest_sdk._model import ModelComposed


class OauthAccessTokenRequestRefresh(
    ModelComposed,
    types={
        "grant_type": (str,),
        "refresh_token": (str,),
        "scope": (str,),
        "refresh_on": (bool,),
    },
    required=("grant_type", "refresh_token"),
    allowed={
        ("grant_type",): {
            "AUTHORIZATION_CODE": "authorization_code",
            "REFRESH_TOKEN": "refresh_token",
            "CLIENT_CREDENTIALS": "client_credentials",
        }
    },
):
    """The form that `oauth_token` sends for ``refresh_token``."""

    __slots__ = ()

    grant_type: str
    refresh_token: str
    scope: str | None
    refresh_on: bool | None
