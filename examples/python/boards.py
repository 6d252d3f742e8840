"""Greets the account that a token belongs to, and lists all its boards.

Reads PINTEREST_ACCESS_TOKEN (scopes user_accounts:read and boards:read), and PINTEREST_API_URI if it
differs from the default.
"""

from __future__ import annotations

import sys

from pinterest_sdk import ApiClient, ApiException, Configuration
from pinterest_sdk.api import BoardsApi, UserAccountApi, paginate


def main() -> None:
    """Ask for the account, then for every page of its boards."""
    with ApiClient(Configuration.from_env()) as api_client:
        print(f"Hello, {UserAccountApi(api_client).user_account_get().get('username', 'stranger')}")
        for board in paginate(BoardsApi(api_client).boards_list, page_size=25):
            print(board["name"])


if __name__ == "__main__":
    try:
        main()
    except ApiException as error:
        # What happened and what to do; never a token or a secret.
        sys.exit(str(error))
