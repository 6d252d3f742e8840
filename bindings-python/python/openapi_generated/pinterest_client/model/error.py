"""`Error`: what Pinterest says when it refuses."""

from __future__ import annotations

from openapi_generated.pinterest_client.model_utils import ModelNormal


class Error(ModelNormal):
    """What Pinterest says when it refuses. The exceptions hold the same."""

    __slots__ = ()

    openapi_types = {
        "code": (int,),
        "message": (str,),
    }
    required = ("code", "message")

    code: int
    message: str
