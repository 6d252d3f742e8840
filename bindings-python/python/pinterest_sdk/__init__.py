"""Pinterest's OAuth, working.

    from pinterest_sdk import ApiClient, Configuration, OauthApi

    with ApiClient(Configuration(username="your app id", password="your app secret")) as api_client:
        token = OauthApi(api_client).oauth_token("client_credentials", scope="pins:read")

Asking a person for their consent is here too, in a web application (`AuthorizationRequest`,
`PendingAuthorization`) or on this machine (`login`). What is awaited is in `pinterest_sdk.aio`, models are
in `pinterest_sdk.models` and exceptions in `pinterest_sdk.errors`.

`openapi_generated.pinterest_client` has the same under the generated client's names, with that client's
ways of calling, and any other endpoint.
"""

from pinterest_sdk._process import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pinterest_sdk._authorization import AuthorizationRequest, PendingAuthorization
    from pinterest_sdk._client import ApiClient
    from pinterest_sdk._configuration import Configuration
    from pinterest_sdk._login import login, open_browser
    from pinterest_sdk._oauth_api import OauthApi
    from pinterest_sdk.errors import ApiException
    from pinterest_sdk.scopes import Scope

__all__ = [
    "ApiClient",
    "ApiException",
    "AuthorizationRequest",
    "Configuration",
    "OauthApi",
    "PendingAuthorization",
    "Scope",
    "__version__",
    "login",
    "open_browser",
]

if not TYPE_CHECKING:  # Or a type checker would take every name for one of ours.
    # Loaded when first asked for: nobody needs all of them.
    _modules = {
        "ApiClient": "_client",
        "ApiException": "errors",
        "AuthorizationRequest": "_authorization",
        "Configuration": "_configuration",
        "OauthApi": "_oauth_api",
        "PendingAuthorization": "_authorization",
        "Scope": "scopes",
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
