"""Greets the account that a token belongs to, and lists its boards page by page.

Reads PINTEREST_ACCESS_TOKEN (scopes user_accounts:read and boards:read), and PINTEREST_API_URI if it
differs from the default.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> None:
    """Ask for the account, then for every page of its boards."""
    with ApiClient(Configuration.from_env()) as api_client:
        print(f"Hello, {get(api_client, '/user_account')['username']}")
        for board in boards(api_client):
            print(board["name"])


def boards(api_client: ApiClient) -> Iterator[dict[str, Any]]:
    """Give each board. A page says with ``bookmark`` where the next one starts."""
    bookmark = None
    while True:
        query: list[tuple[str, Any]] = [("page_size", 25)]
        if bookmark:
            query.append(("bookmark", bookmark))
        page = get(api_client, "/boards", query)
        yield from page["items"]
        bookmark = page["bookmark"]
        if not bookmark:
            return


def get(api_client: ApiClient, path: str, query: list[tuple[str, Any]] | None = None) -> dict[str, Any]:
    """Ask for any path with the access token and give the JSON object that comes."""
    answer: dict[str, Any] = api_client.call_api(
        path,
        "GET",
        query_params=query,
        response_type=(dict,),
        auth_settings=["pinterest_oauth2"],
        _return_http_data_only=True,
    )
    return answer


if __name__ == "__main__":
    try:
        main()
    except ApiException as error:
        # What happened and what to do; never a token or a secret. `error.rate_limit` says how much
        # more may be asked for.
        sys.exit(str(error))
