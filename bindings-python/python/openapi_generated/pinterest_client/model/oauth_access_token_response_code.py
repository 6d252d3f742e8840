"""`OauthAccessTokenResponseCode`: the answer to ``authorization_code``."""

from pinterest_sdk.models import OauthAccessTokenResponseCode

__all__ = ["OauthAccessTokenResponseCode"]

OauthAccessTokenResponseCode.__module__ = __name__
