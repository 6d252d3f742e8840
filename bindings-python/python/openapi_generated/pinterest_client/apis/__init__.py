"""Every API, under one name."""

from openapi_generated.pinterest_client.api.oauth_api import OauthApi

__all__ = ["OauthApi"]
