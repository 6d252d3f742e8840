"""Pinterest's OAuth, working.

The calls are in `openapi_generated.pinterest_client`, under the names that Pinterest's reference
documentation uses. This package holds the compiled part, `_native`, and the version.
"""

from pinterest_sdk._native import __version__

__all__ = ["__version__"]
