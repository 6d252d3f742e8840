"""`OauthAccessTokenResponseClientCredentials`: the answer to ``client_credentials``."""

from __future__ import annotations

from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
from openapi_generated.pinterest_client.model_utils import ModelNormal


class OauthAccessTokenResponseClientCredentials(OauthAccessTokenResponse, ModelNormal):
    """The answer to ``client_credentials``."""

    __slots__ = ()

    required = ("access_token", "expires_in", "scope")
