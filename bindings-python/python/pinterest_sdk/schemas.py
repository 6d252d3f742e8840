"""Pinterest's types under their names of version 5.23, for annotations: ``body: schemas.BoardCreate = {…}``.

Type checkers read a stub, which is made when the wheel is built: each type is a `TypedDict`, a list of words
a `Literal`. A program has dicts and texts; here every name stands for any object.
"""

from __future__ import annotations


def __getattr__(name: str) -> type:
    # As Pinterest's begin.
    if not name[:1].isupper():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return object
