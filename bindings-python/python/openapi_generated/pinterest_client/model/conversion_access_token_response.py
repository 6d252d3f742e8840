"""`ConversionAccessTokenResponse`: a token for sending conversions."""

from pinterest_sdk.models import ConversionAccessTokenResponse

__all__ = ["ConversionAccessTokenResponse"]

ConversionAccessTokenResponse.__module__ = __name__
