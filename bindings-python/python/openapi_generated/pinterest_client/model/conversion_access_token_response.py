"""`ConversionAccessTokenResponse`: a token for sending conversions."""

from __future__ import annotations

from openapi_generated.pinterest_client.model_utils import ModelNormal, odd_fields


class ConversionAccessTokenResponse(ModelNormal):
    """A long-lived token for sending conversions."""

    __slots__ = ()

    openapi_types = {
        "access_token": (str,),
        "token_type": (str,),
    }
    required = ("access_token",)
    defaults = {"token_type": "conversion"}

    access_token: str
    token_type: str

    odd_fields = odd_fields
