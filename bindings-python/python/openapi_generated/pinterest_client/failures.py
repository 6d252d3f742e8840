"""What failed of the items of an answer of success, as `pinterest_sdk.failures` tells it.

from openapi_generated.pinterest_client.failures import failures_in

for failure in failures_in(campaigns.campaigns_create, answer):
print(failure.item, failure.message)
"""

from pinterest_sdk.failures import ItemFailure, failures_in

__all__ = ["ItemFailure", "failures_in"]
