"""`OauthAccessTokenResponse`: the answer to a token request."""

from pinterest_sdk.models import OauthAccessTokenResponse

__all__ = ["OauthAccessTokenResponse"]

OauthAccessTokenResponse.__module__ = __name__
