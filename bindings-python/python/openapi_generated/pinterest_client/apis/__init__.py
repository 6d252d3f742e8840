"""Every API, under one name, made when it is asked for."""

from openapi_generated.pinterest_client import _made_apis, _surface
from openapi_generated.pinterest_client.api.oauth_api import OauthApi

__all__ = ["OauthApi"]

TYPE_CHECKING = False
if not TYPE_CHECKING:  # Or a type checker would let every name pass.
    __all__ += list(_surface.classes("operations.txt"))

    def __getattr__(name: str) -> object:
        cls = None if name.startswith("__") else _made_apis.api(name)
        if cls is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = cls
        return cls

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
