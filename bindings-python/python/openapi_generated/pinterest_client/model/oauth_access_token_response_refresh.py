"""`OauthAccessTokenResponseRefresh`: the answer to ``refresh_token``."""

from pinterest_sdk.models import OauthAccessTokenResponseRefresh

__all__ = ["OauthAccessTokenResponseRefresh"]

OauthAccessTokenResponseRefresh.__module__ = __name__
