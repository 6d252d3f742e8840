"""`OauthAccessTokenResponseRefresh`: the answer to ``refresh_token``."""

from __future__ import annotations

from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
from openapi_generated.pinterest_client.model_utils import ModelComposed


class OauthAccessTokenResponseRefresh(OauthAccessTokenResponse, ModelComposed):
    """The answer to ``refresh_token``."""

    __slots__ = ()

    _composed = True
