"""`OauthAccessTokenResponseCode`: the answer to ``authorization_code``."""

from __future__ import annotations

from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
from openapi_generated.pinterest_client.model_utils import ModelComposed


class OauthAccessTokenResponseCode(OauthAccessTokenResponse, ModelComposed):
    """The answer to ``authorization_code``."""

    __slots__ = ()

    _composed = True
