"""The OAuth calls by way of `ApiClient.call_api`, for clients whose requests a program's own code must see.

A program overrides `call_api`, or puts a mock in the place of what it uses. Then no call may reach the
network past that. Other clients' calls go straight to the core.
"""

from __future__ import annotations

from openapi_generated.pinterest_client._connection import chosen_host
from openapi_generated.pinterest_client.api_client import ApiClient

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from openapi_generated.pinterest_client._arguments import Options

_FORM = "application/x-www-form-urlencoded"
# Path and credential by operation.
_OPERATIONS = {
    "oauth_token": ("/oauth/token", "basic"),
    "revoke_token": ("/oauth/token/revoke", "basic"),
    "conversion_token": ("/oauth/conversion_token", "conversion_token"),
}


def is_overridden(client: object) -> bool:
    """Say whether a program's own code must see a client's requests."""
    return not isinstance(client, ApiClient) or client._is_overridden()


def call(client: Any, operation: str, form: list[tuple[str, str]], options: Options) -> Any:
    """Make a call as the generated client does."""
    path, auth = _OPERATIONS[operation]
    headers = {"Accept": "application/json"}
    if form:
        headers["Content-Type"] = _FORM
    return client.call_api(
        path,
        "POST",
        {},
        [],
        headers,
        body=None,
        post_params=form,
        files={},
        response_type=_response_type(operation),
        auth_settings=[auth],
        async_req=options.async_req,
        _check_type=options.check_return,
        _return_http_data_only=options.data_only,
        _preload_content=options.preload,
        _request_timeout=options.given_timeout,
        _host=chosen_host(client.configuration, options.host_index, operation),
        collection_formats={},
    )


async def call_later(client: Any, operation: str, form: list[tuple[str, str]], options: Options) -> Any:
    """Make it for asyncio: on a thread, for a program's own code may wait; or as that code awaits it."""
    from asyncio import to_thread
    from inspect import isawaitable

    given = await to_thread(call, client, operation, form, options)
    return await given if isawaitable(given) else given


def _response_type(operation: str) -> Any:
    if operation == "oauth_token":
        from openapi_generated.pinterest_client.model.oauth_access_token_response import (
            OauthAccessTokenResponse,
        )

        return (OauthAccessTokenResponse,)
    if operation == "conversion_token":
        from openapi_generated.pinterest_client.model.conversion_access_token_response import (
            ConversionAccessTokenResponse,
        )

        return (ConversionAccessTokenResponse,)
    return None
