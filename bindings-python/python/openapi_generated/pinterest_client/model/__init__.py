"""The models, one module each. `openapi_generated.pinterest_client.models` has them all."""

from openapi_generated.pinterest_client import _on_demand

_on_demand.install()


def __dir__() -> list[str]:
    return _on_demand.names(__name__)
