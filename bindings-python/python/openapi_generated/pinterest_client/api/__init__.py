"""The APIs, one module each. `openapi_generated.pinterest_client.apis` has them all."""

from openapi_generated.pinterest_client import _on_demand

_on_demand.install()


def __dir__() -> list[str]:
    return sorted({"oauth_api", *_on_demand.names(__name__)})
