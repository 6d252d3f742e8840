"""`OauthAccessTokenResponseIntegrationRefresh`: the answer to a refresh by a commerce integration."""

from pinterest_sdk.models import OauthAccessTokenResponseIntegrationRefresh

__all__ = ["OauthAccessTokenResponseIntegrationRefresh"]

OauthAccessTokenResponseIntegrationRefresh.__module__ = __name__
