"""The APIs, one module each. `openapi_generated.pinterest_client.apis` has them all."""
