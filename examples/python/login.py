"""Logs a person in with a browser on this machine, and greets them.

Reads PINTEREST_APP_ID and PINTEREST_APP_SECRET; PINTEREST_REDIRECT_URI, PINTEREST_API_URI and
PINTEREST_OAUTH_URI if they differ from the defaults, as the command line does.
"""

from __future__ import annotations

import os
import sys

from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration
from pinterest_sdk import AuthorizationRequest, login


def main() -> None:
    """Ask for the account's name with a token that the person has just allowed."""
    configuration = Configuration.from_env()
    redirect_uri = os.environ.get("PINTEREST_REDIRECT_URI", "http://localhost:8085/")
    with ApiClient(configuration) as api_client:
        token = login(api_client, AuthorizationRequest(redirect_uri, ["user_accounts:read"]))
        configuration.access_token = token.access_token
        account, _, _ = api_client.call_api(
            "/user_account", "GET", response_type=(dict,), auth_settings=["pinterest_oauth2"]
        )
        print(f"Hello, {account['username']}")


if __name__ == "__main__":
    try:
        main()
    except ApiException as error:
        # What happened and what to do; never a token or a secret.
        sys.exit(str(error))
