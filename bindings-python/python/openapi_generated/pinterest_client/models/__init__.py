"""Every model, under one name: those written by hand are here, the others are made when asked for."""

from openapi_generated.pinterest_client import _made_models, _surface
from openapi_generated.pinterest_client.model.conversion_access_token_response import (
    ConversionAccessTokenResponse,
)
from openapi_generated.pinterest_client.model.error import Error
from openapi_generated.pinterest_client.model.oauth_access_token_request_client_credentials import (
    OauthAccessTokenRequestClientCredentials,
)
from openapi_generated.pinterest_client.model.oauth_access_token_request_client_credentials_all_of import (
    OauthAccessTokenRequestClientCredentialsAllOf,
)
from openapi_generated.pinterest_client.model.oauth_access_token_request_code import (
    OauthAccessTokenRequestCode,
)
from openapi_generated.pinterest_client.model.oauth_access_token_request_code_all_of import (
    OauthAccessTokenRequestCodeAllOf,
)
from openapi_generated.pinterest_client.model.oauth_access_token_request_refresh import (
    OauthAccessTokenRequestRefresh,
)
from openapi_generated.pinterest_client.model.oauth_access_token_request_refresh_all_of import (
    OauthAccessTokenRequestRefreshAllOf,
)
from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
from openapi_generated.pinterest_client.model.oauth_access_token_response_client_credentials import (
    OauthAccessTokenResponseClientCredentials,
)
from openapi_generated.pinterest_client.model.oauth_access_token_response_code import (
    OauthAccessTokenResponseCode,
)
from openapi_generated.pinterest_client.model.oauth_access_token_response_code_all_of import (
    OauthAccessTokenResponseCodeAllOf,
)
from openapi_generated.pinterest_client.model.oauth_access_token_response_everlasting_refresh import (
    OauthAccessTokenResponseEverlastingRefresh,
)
from openapi_generated.pinterest_client.model.oauth_access_token_response_everlasting_refresh_all_of import (
    OauthAccessTokenResponseEverlastingRefreshAllOf,
)
from openapi_generated.pinterest_client.model.oauth_access_token_response_integration_refresh import (
    OauthAccessTokenResponseIntegrationRefresh,
)
from openapi_generated.pinterest_client.model.oauth_access_token_response_refresh import (
    OauthAccessTokenResponseRefresh,
)
from openapi_generated.pinterest_client.model.oauth_access_token_response_refresh_all_of import (
    OauthAccessTokenResponseRefreshAllOf,
)

__all__ = [
    "ConversionAccessTokenResponse",
    "Error",
    "OauthAccessTokenRequestClientCredentials",
    "OauthAccessTokenRequestClientCredentialsAllOf",
    "OauthAccessTokenRequestCode",
    "OauthAccessTokenRequestCodeAllOf",
    "OauthAccessTokenRequestRefresh",
    "OauthAccessTokenRequestRefreshAllOf",
    "OauthAccessTokenResponse",
    "OauthAccessTokenResponseClientCredentials",
    "OauthAccessTokenResponseCode",
    "OauthAccessTokenResponseCodeAllOf",
    "OauthAccessTokenResponseEverlastingRefresh",
    "OauthAccessTokenResponseEverlastingRefreshAllOf",
    "OauthAccessTokenResponseIntegrationRefresh",
    "OauthAccessTokenResponseRefresh",
    "OauthAccessTokenResponseRefreshAllOf",
]

TYPE_CHECKING = False
if not TYPE_CHECKING:  # Or a type checker would let every name pass.
    # Not the model that is named as Python's own `Exception`.
    __all__ += [name for name in _surface.classes("models.txt") if name != "Exception"]

    def __getattr__(name: str) -> object:
        cls = None if name.startswith("__") else _made_models.model(name)
        if cls is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = cls
        return cls

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__, "Exception"})
