"""Every operation of Pinterest's API, under the names of version 5.23.

    from pinterest_sdk import ApiClient, Configuration
    from pinterest_sdk.api import BoardsApi

    with ApiClient(Configuration(access_token=token)) as api_client:
        board = BoardsApi(api_client).boards_create({"name": "Ideas"})

The same, awaited, is in `pinterest_sdk.aio`. Answers are given as they came; what does not fit an argument is
refused before anything is sent. `paginate` gives the items of all pages, `failures_in` what failed of an
answer of success. Type checkers know arguments and answers from stubs, which are made when the wheel is
built; their types are in `pinterest_sdk.schemas`.
"""

from __future__ import annotations

from pinterest_sdk._made_api import Api, class_names, made
from pinterest_sdk._oauth_api import OauthApi
from pinterest_sdk.failures import failures_in
from pinterest_sdk.pages import paginate

__all__ = ["Api", "OauthApi", "failures_in", "paginate"]


def __getattr__(name: str) -> type[Api]:
    tag = None if name.startswith("__") else class_names().get(name)
    if tag is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found = made(__name__, name, tag, later=False)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *class_names()})
