"""The models, one module each. `openapi_generated.pinterest_client.models` has them all."""
