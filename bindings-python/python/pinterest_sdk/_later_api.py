"""The classes of `pinterest_sdk.api` with methods that are awaited; `pinterest_sdk.aio` offers them."""

from __future__ import annotations

from pinterest_sdk._made_api import Api, class_names, made

__all__: list[str] = []

_HOME = "pinterest_sdk.aio"


def later(name: str) -> type[Api] | None:
    """Give the class of this name, if there is one."""
    tag = class_names().get(name)
    return None if tag is None else made(_HOME, name, tag, later=True)
