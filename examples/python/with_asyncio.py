"""Tokens for several scopes at once, with asyncio. Settings come from the environment."""

from __future__ import annotations

import asyncio

from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration, aio


async def main() -> None:
    """Ask for three tokens at the same time, each within five seconds."""
    with ApiClient(Configuration.from_env()) as api_client:
        api = aio.OauthApi(api_client)
        scopes = ("user_accounts:read", "pins:read", "boards:read")
        calls = (api.oauth_token("client_credentials", scope=scope, _request_timeout=5) for scope in scopes)
        for scope, result in zip(scopes, await asyncio.gather(*calls, return_exceptions=True), strict=True):
            if isinstance(result, ApiException):
                print(scope, "failed:", result.hint or result.message)
            elif isinstance(result, BaseException):
                raise result
            else:
                print(scope, "expires in", result.expires_in, "seconds")


if __name__ == "__main__":
    asyncio.run(main())
