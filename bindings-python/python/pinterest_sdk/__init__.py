"""Pinterest's OAuth, working.

The calls are in `openapi_generated.pinterest_client`, under the names that Pinterest's reference
documentation uses. What that documentation has no name for is here: asking a person for their
consent, in a web application (`AuthorizationRequest`, `PendingAuthorization`) or on this machine
(`login`). For asyncio it is in `pinterest_sdk.aio`.
"""

from pinterest_sdk._process import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pinterest_sdk._authorization import AuthorizationRequest, PendingAuthorization
    from pinterest_sdk._login import login, open_browser

__all__ = ["AuthorizationRequest", "PendingAuthorization", "__version__", "login", "open_browser"]

if not TYPE_CHECKING:  # Or a type checker would take every name for one of ours.
    # Loaded when first asked for: the calls of the generated client need none of them.
    _modules = {
        "AuthorizationRequest": "_authorization",
        "PendingAuthorization": "_authorization",
        "login": "_login",
        "open_browser": "_login",
    }

    def __getattr__(name: str) -> object:
        if name not in _modules:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = __import__(f"{__name__}.{_modules[name]}", fromlist=[name])
        globals()[name] = getattr(module, name)
        return globals()[name]

    def __dir__() -> list[str]:
        return [*{*globals(), *_modules}]
