"""`OauthAccessTokenRequestCode`: the form of a code exchange."""

from __future__ import annotations

from pinterest_sdk._model import ModelComposed


class OauthAccessTokenRequestCode(
    ModelComposed,
    types={
        "grant_type": (str,),
        "code": (str,),
        "redirect_uri": (str,),
        "continuous_refresh": (bool,),
    },
    required=("grant_type", "code", "redirect_uri"),
    allowed={
        ("grant_type",): {
            "AUTHORIZATION_CODE": "authorization_code",
            "REFRESH_TOKEN": "refresh_token",
            "CLIENT_CREDENTIALS": "client_credentials",
        }
    },
):
    """The form that `oauth_token` sends for ``authorization_code``."""

    __slots__ = ()

    grant_type: str
    code: str
    redirect_uri: str
    continuous_refresh: bool | None
