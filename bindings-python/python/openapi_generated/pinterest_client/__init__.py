"""Pinterest's API under the names of its reference documentation.

A replacement for the package that the OpenAPI generator made, with OAuth calls that can succeed.
"""

import os

from pinterest_sdk import __version__

try:
    from openapi_generated.pinterest_client.api_client import ApiClient
    from openapi_generated.pinterest_client.configuration import Configuration
    from openapi_generated.pinterest_client.exceptions import (
        ApiAttributeError,
        ApiException,
        ApiKeyError,
        ApiTypeError,
        ApiValueError,
        OpenApiException,
    )

    # A file of the published package in the place of ours would have neither.
    ApiClient._is_overridden, Configuration._settings  # noqa: B018
except (ImportError, AttributeError) as _error:
    from pinterest_sdk._conflict import advice

    raise ImportError(advice() or str(_error)) from _error

# Only the published package has this file.
if os.path.exists(os.path.join(os.path.dirname(__file__), "api", "ad_accounts_api.py")):
    from warnings import warn

    from pinterest_sdk._conflict import advice

    warn(advice() or "openapi_generated.pinterest_client holds files of another package", stacklevel=2)

__all__ = [
    "ApiAttributeError",
    "ApiClient",
    "ApiException",
    "ApiKeyError",
    "ApiTypeError",
    "ApiValueError",
    "Configuration",
    "OpenApiException",
    "__version__",
]
