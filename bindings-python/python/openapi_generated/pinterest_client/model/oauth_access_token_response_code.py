"""`OauthAccessTokenResponseCode`: the answer to ``authorization_code``."""

from __future__ import annotations

from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse


class OauthAccessTokenResponseCode(OauthAccessTokenResponse):
    """The answer to ``authorization_code``."""

    __slots__ = ()
