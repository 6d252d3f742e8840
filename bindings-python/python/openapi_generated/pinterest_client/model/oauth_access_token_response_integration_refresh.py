"""`OauthAccessTokenResponseIntegrationRefresh`: the answer to a refresh by a commerce integration."""

from __future__ import annotations

from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
from openapi_generated.pinterest_client.model_utils import ModelComposed


class OauthAccessTokenResponseIntegrationRefresh(OauthAccessTokenResponse, ModelComposed):
    """The answer to a refresh by a commerce integration."""

    __slots__ = ()

    _composed = True
