"""A user's program under `mypy --strict`, with what the type checker must find."""

from __future__ import annotations

from multiprocessing.pool import ApplyResult
from typing import Any

from typing_extensions import assert_type

import pinterest_sdk
from openapi_generated.pinterest_client import ApiClient, ApiException, ApiTypeError, Configuration, aio
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from openapi_generated.pinterest_client.apis import OauthApi as SameOauthApi
from openapi_generated.pinterest_client.exceptions import UnauthorizedException
from openapi_generated.pinterest_client.model.conversion_access_token_response import (
    ConversionAccessTokenResponse,
)
from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
from openapi_generated.pinterest_client.models import Error, OauthAccessTokenResponseCode
from openapi_generated.pinterest_client.rest import HTTPHeaderDict, RESTResponse
from pinterest_sdk import AuthorizationRequest, PendingAuthorization, login, open_browser
from pinterest_sdk import aio as login_aio

configuration = Configuration(host="https://api.pinterest.com/v5", username="id", password="secret")
configuration.proxy = "http://proxy:3128"
Configuration(verify=False)  # type: ignore[call-arg]

with ApiClient(configuration, pool_threads=2) as client:
    assert_type(client, ApiClient)
    api = OauthApi(client)
    SameOauthApi(client)
    try:
        token = api.oauth_token("authorization_code", code="c", redirect_uri="http://localhost:8085/")
        assert_type(token, OauthAccessTokenResponse)
        assert_type(token.access_token, str)
        assert_type(token.expires_in, int | None)
        assert_type(token.refresh_token_expires_at, int | None)
        assert_type(token["scope"], Any)
        assert_type(token.to_dict(), dict[str, Any])
        if isinstance(token, OauthAccessTokenResponseCode):
            assert_type(token.refresh_token, str | None)
    except UnauthorizedException as error:
        assert_type(error.status, int | None)
    except ApiTypeError as refused:
        print(refused.path_to_item)
    except ApiException as error:
        assert_type(error.hint, str | None)
        assert_type(error.retry_after, int | None)
        assert_type(error.headers, HTTPHeaderDict | None)

    assert_type(
        api.oauth_token("refresh_token", refresh_token="r", _return_http_data_only=False),
        tuple[OauthAccessTokenResponse, int, HTTPHeaderDict],
    )
    assert_type(api.oauth_token("refresh_token", _preload_content=False), RESTResponse)
    assert_type(api.oauth_token("refresh_token", async_req=True), ApplyResult[OauthAccessTokenResponse])
    assert_type(api.oauth_token("refresh_token", _request_timeout=(1, 2.5)), OauthAccessTokenResponse)
    assert_type(api.conversion_token(), ConversionAccessTokenResponse)
    api.revoke_token("t", token_type_hint="access_token")
    api.oauth_token("refresh_token", refresh="r")  # type: ignore[call-overload]
    api.oauth_token("refresh_token", scope=5)  # type: ignore[call-overload]
    api.oauth_token()  # type: ignore[call-overload]
    assert_type(client.sanitize_for_serialization({"a": 1}), Any)
    assert_type(client.select_header_accept(["text/csv"]), str | None)
    assert_type(configuration.auth_settings(), dict[str, dict[str, Any]])
    client.call_api("/boards", "GET", query_params=[("page_size", 25)], response_type=(dict,))
    client.call_api("/boards", "GET", query=[])  # type: ignore[call-arg]
    assert_type(Error(code=2, message="m").code, int)


async def later() -> None:
    later_api = aio.OauthApi(client)
    assert_type(
        await later_api.oauth_token("client_credentials", scope="pins:read"), OauthAccessTokenResponse
    )
    assert_type(
        await later_api.oauth_token("refresh_token", _return_http_data_only=False),
        tuple[OauthAccessTokenResponse, int, HTTPHeaderDict],
    )
    assert_type(await later_api.conversion_token(), ConversionAccessTokenResponse)
    await later_api.revoke_token("t")
    await later_api.oauth_token("refresh_token", async_req=True)  # type: ignore[call-overload]


def log_in(session: dict[str, str], callback: str) -> None:
    request = AuthorizationRequest("http://localhost:8085/", ["pins:read"], pkce=True, lifetime=60.5)
    assert_type(login(client, request), OauthAccessTokenResponse)
    assert_type(login(client, request, show=print), OauthAccessTokenResponse)
    pending = request.start(client)
    assert_type(pending, PendingAuthorization)
    assert_type((pending.url, pending.state, pending.redirect_uri), tuple[str, str, str])
    assert_type(pending.expires_at, int)
    session["pending"] = pending.to_json()
    restored = PendingAuthorization.from_json(session["pending"])
    assert_type(restored.complete(client, callback), OauthAccessTokenResponse)
    open_browser(pending.url)
    Configuration(authorization_url="http://127.0.0.1:8086/oauth/")
    login(client, "http://localhost:8085/")  # type: ignore[arg-type]
    login(client, request, print)  # type: ignore[call-arg]
    print(pinterest_sdk.log_in)  # type: ignore[attr-defined]


async def log_in_later(pending: PendingAuthorization) -> None:
    request = AuthorizationRequest("http://localhost:8085/", ("pins:read",))
    assert_type(await login_aio.login(client, request), OauthAccessTokenResponse)
    assert_type(await login_aio.complete(client, pending, "?code=c"), OauthAccessTokenResponse)
