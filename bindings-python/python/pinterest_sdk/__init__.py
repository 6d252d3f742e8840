"""Pinterest's OAuth, working.

    from pinterest_sdk import ApiClient, Configuration, OauthApi

    with ApiClient(Configuration(username="your app id", password="your app secret")) as api_client:
        token = OauthApi(api_client).oauth_token("client_credentials", scope="pins:read")

Asking a person for their consent is here too, in a web application (`AuthorizationRequest`,
`PendingAuthorization`) or on this machine (`login`), and so is what keeps their tokens valid: `TokenManager`.
What is awaited is in `pinterest_sdk.aio`, models are in `pinterest_sdk.models`, exceptions in
`pinterest_sdk.errors`.

`openapi_generated.pinterest_client` has the same under the generated client's names, with that client's
ways of calling, and any other endpoint.
"""

from pinterest_sdk._process import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pinterest_sdk._authorization import AuthorizationRequest, PendingAuthorization
    from pinterest_sdk._client import ApiClient
    from pinterest_sdk._clock import ManualClock
    from pinterest_sdk._configuration import Configuration
    from pinterest_sdk._login import login, open_browser
    from pinterest_sdk._oauth_api import OauthApi
    from pinterest_sdk._token_facts import TokenEvent, TokenStatus
    from pinterest_sdk._token_manager import TokenManager
    from pinterest_sdk.errors import ApiException
    from pinterest_sdk.failures import ItemFailure, failures_in
    from pinterest_sdk.scopes import Scope
    from pinterest_sdk.stores import FileStore, MemoryStore, RedisStore

__all__ = [
    "ApiClient",
    "ApiException",
    "AuthorizationRequest",
    "Configuration",
    "FileStore",
    "ItemFailure",
    "ManualClock",
    "MemoryStore",
    "OauthApi",
    "PendingAuthorization",
    "RedisStore",
    "Scope",
    "TokenEvent",
    "TokenManager",
    "TokenStatus",
    "__version__",
    "failures_in",
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
        "FileStore": "stores",
        "ItemFailure": "failures",
        "ManualClock": "_clock",
        "MemoryStore": "stores",
        "OauthApi": "_oauth_api",
        "PendingAuthorization": "_authorization",
        "RedisStore": "stores",
        "Scope": "scopes",
        "TokenEvent": "_token_facts",
        "TokenManager": "_token_manager",
        "TokenStatus": "_token_facts",
        "failures_in": "failures",
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
