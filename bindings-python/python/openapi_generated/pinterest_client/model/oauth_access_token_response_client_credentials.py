"""`OauthAccessTokenResponseClientCredentials`: the answer to ``client_credentials``."""

from pinterest_sdk.models import OauthAccessTokenResponseClientCredentials

__all__ = ["OauthAccessTokenResponseClientCredentials"]

OauthAccessTokenResponseClientCredentials.__module__ = __name__
