"""`Error`: what Pinterest says when it refuses."""

from __future__ import annotations

from pinterest_sdk._model import ModelNormal


class Error(
    ModelNormal,
    types={
        "code": (int,),
        "message": (str,),
    },
    required=("code", "message"),
):
    """What Pinterest says when it refuses. The exceptions hold the same."""

    __slots__ = ()

    code: int
    message: str
