"""`OauthAccessTokenResponseRefresh`: the answer to ``refresh_token``."""

from __future__ import annotations

from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse


class OauthAccessTokenResponseRefresh(OauthAccessTokenResponse):
    """The answer to ``refresh_token``."""

    __slots__ = ()
