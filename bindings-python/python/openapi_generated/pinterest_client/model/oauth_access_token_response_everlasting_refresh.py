"""`OauthAccessTokenResponseEverlastingRefresh`: the answer to a refresh with ``refresh_on``."""

from __future__ import annotations

from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
from openapi_generated.pinterest_client.model_utils import ModelComposed


class OauthAccessTokenResponseEverlastingRefresh(OauthAccessTokenResponse, ModelComposed):
    """The answer to a refresh with ``refresh_on``, which brings a new refresh token."""

    __slots__ = ()

    _composed = True
