"""`OauthAccessTokenResponseEverlastingRefresh`: the answer to a refresh with ``refresh_on``."""

from pinterest_sdk.models import OauthAccessTokenResponseEverlastingRefresh

__all__ = ["OauthAccessTokenResponseEverlastingRefresh"]

OauthAccessTokenResponseEverlastingRefresh.__module__ = __name__
