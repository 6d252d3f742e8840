"""The three grants, one after the other. Settings come from the environment."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration
from openapi_generated.pinterest_client.api.oauth_api import OauthApi

if TYPE_CHECKING:
    from openapi_generated.pinterest_client.models import OauthAccessTokenResponse


def main() -> None:
    """Exchange a code, refresh the token, and get a token for the app itself."""
    configuration = Configuration.from_env()
    redirect_uri = os.environ.get("PINTEREST_REDIRECT_URI", "http://localhost:8085/")
    with ApiClient(configuration) as api_client:
        api = OauthApi(api_client)

        started = time.perf_counter()
        # The one-time code that Pinterest sent to the redirect URI.
        token = api.oauth_token(
            "authorization_code", code=os.environ["PINTEREST_CODE"], redirect_uri=redirect_uri
        )
        show("authorization_code", token, started)

        started = time.perf_counter()
        # Keep the refresh token that comes back: it replaces the one that was sent.
        token = api.oauth_token("refresh_token", refresh_token=token.refresh_token)
        show("refresh_token", token, started)

        started = time.perf_counter()
        token = api.oauth_token("client_credentials", scope="user_accounts:read,pins:read,boards:read")
        show("client_credentials", token, started)


def show(grant: str, token: OauthAccessTokenResponse, started: float) -> None:
    """Print one row about a token, and no more of it than its first characters."""
    milliseconds = (time.perf_counter() - started) * 1000
    days = "?" if token.expires_in is None else f"{token.expires_in // 86_400} days"
    kind = token.get("response_type", "none")
    print(f"{'python':8} {grant:20} {kind:20} {token.access_token[:5] + '…':8} {days:10} {milliseconds:8.1f}")


if __name__ == "__main__":
    try:
        main()
    except KeyError as missing:
        sys.exit(f"set {missing.args[0]}")
    except ApiException as error:
        # What happened and what to do; never a token or a secret.
        sys.exit(str(error))
