"""`OauthApi`: the documented call and every keyword of it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from openapi_generated.pinterest_client import ApiClient, Configuration
from openapi_generated.pinterest_client.api.oauth_api import OauthApi

from context import Context
from observe import signature
from probes import probe

GRANTS = ("authorization_code", "refresh_token", "client_credentials")


@probe("the call as the page prints it")
def _(c: Context) -> Any:
    from pprint import pprint

    import openapi_generated.pinterest_client
    from openapi_generated.pinterest_client.api import oauth_api

    c.answers_token()
    configuration = openapi_generated.pinterest_client.Configuration(
        host=c.host, username="1234567", password="0123456789abcdef0123456789abcdef01234567"
    )
    with openapi_generated.pinterest_client.ApiClient(configuration) as api_client:
        api_instance = oauth_api.OauthApi(api_client)
        grant_type = "authorization_code"
        try:
            api_response = api_instance.oauth_token(grant_type)
            pprint(api_response)
        except openapi_generated.pinterest_client.ApiException as e:
            print("Exception when calling OauthApi->oauth_token: %s\n" % e)


@probe("the call as the page prints it, refused")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client import ApiException

    c.answers({"status": 401, "json": {"code": 2, "message": "Authentication failed."}})
    try:
        c.api().oauth_token("authorization_code")
    except ApiException as e:
        print("Exception when calling OauthApi->oauth_token: %s\n" % e)


@probe("the call as the page prints it, nobody listening")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client import ApiException

    try:
        c.api(host=f"http://{c.addresses['refused']}/v5").oauth_token("authorization_code")
    except ApiException as e:
        return [type(e).__name__, e.status, e.body, e.headers]


@probe("oauth_token's signature")
def _(c: Context) -> Any:
    return signature(OauthApi.oauth_token)[:2]


@probe("each grant is sent", since="0.1.12")
def _(c: Context) -> Any:
    c.answers_token(times=3)
    for grant in GRANTS:
        c.api().oauth_token(grant)


@probe("grant_type by name")
def _(c: Context) -> Any:
    c.answers_token()
    return c.api().oauth_token(grant_type="refresh_token").access_token


@probe("no grant_type, two of them, a second positional argument")
def _(c: Context) -> Any:
    token = c.api().oauth_token
    return [
        c.attempt(token),
        c.attempt(token, "refresh_token", grant_type="refresh_token"),
        c.attempt(token, "refresh_token", "code"),
    ]


@probe("a grant_type that does not exist", since="0.1.12")
def _(c: Context) -> Any:
    return [
        c.attempt(c.api().oauth_token, grant)
        for grant in ("password", "", "AUTHORIZATION_CODE", "authorization_code ")
    ]


@probe("a grant_type of the wrong type", since="0.1.12")
def _(c: Context) -> Any:
    return [c.attempt(c.api().oauth_token, grant) for grant in (None, 7, b"refresh_token", True)]


@probe("a grant_type that is a list or a dict")
def _(c: Context) -> Any:
    return [c.attempt(c.api().oauth_token, grant) for grant in (["refresh_token"], {"refresh_token": 1})]


@probe("an unknown keyword")
def _(c: Context) -> Any:
    return c.attempt(c.api().oauth_token, "authorization_code", colour="blue")


@probe("an unknown keyword and a wrong grant_type: the keyword is named")
def _(c: Context) -> Any:
    return c.attempt(c.api().oauth_token, "password", colour="blue")


@probe("code and redirect_uri")
def _(c: Context) -> Any:
    c.answers_token()
    return c.attempt(
        c.api().oauth_token, "authorization_code", code="the-code", redirect_uri="http://localhost:8085/"
    )


@probe("refresh_token and scope")
def _(c: Context) -> Any:
    c.answers_token(response_type="refresh_token", refresh_token=None, refresh_token_expires_in=None)
    return c.attempt(c.api().oauth_token, "refresh_token", refresh_token="pinr.old", scope="boards:read")


@probe("refresh_on and continuous_refresh")
def _(c: Context) -> Any:
    c.answers_token(times=2)
    api = c.api()
    return [
        c.attempt(
            lambda: api.oauth_token("refresh_token", refresh_token="pinr.old", refresh_on=True).access_token
        ),
        c.attempt(
            lambda: (
                api.oauth_token(
                    "authorization_code",
                    code="c",
                    redirect_uri="http://localhost:8085/",
                    continuous_refresh=True,
                ).access_token
            )
        ),
    ]


@probe("async_req: a result to wait for")
def _(c: Context) -> Any:
    c.answers_token()
    thread = c.api().oauth_token("authorization_code", async_req=True)
    token = thread.get(timeout=5)
    return [type(thread).__name__, thread.ready(), thread.successful(), token.access_token]


@probe("async_req: the exception comes out of get")
def _(c: Context) -> Any:
    c.answers({"status": 401, "json": {"code": 2, "message": "Authentication failed."}})
    thread = c.api().oauth_token("authorization_code", async_req=True)
    thread.wait(5)
    return [thread.ready(), thread.successful(), c.attempt(thread.get).partition(":")[0]]


@probe("async_req: bad input is raised at once", since="0.1.12")
def _(c: Context) -> Any:
    return c.attempt(c.api().oauth_token, "password", async_req=True)


@probe("async_req: get gives up after its timeout")
def _(c: Context) -> Any:
    c.answers(
        {
            "status": 200,
            "json": {"response_type": "refresh_token", "access_token": "a", "expires_in": 1, "scope": "s"},
            "delay_ms": 700,
        }
    )
    thread = c.api().oauth_token("refresh_token", async_req=True)
    early = c.attempt(thread.get, 0.1)
    return [early.partition(":")[0], thread.get(5).access_token]


@probe("async_req: (data, status, headers)")
def _(c: Context) -> Any:
    c.answers_token()
    data, status, _ = (
        c.api().oauth_token("authorization_code", async_req=True, _return_http_data_only=False).get(5)
    )
    return [data.access_token, status]


@probe("pool_threads calls run at a time")
def _(c: Context) -> Any:
    import time

    c.answers_always(
        {
            "status": 200,
            "json": {"response_type": "refresh_token", "access_token": "a", "expires_in": 1, "scope": "s"},
            "delay_ms": 400,
        }
    )
    client = ApiClient(c.configuration(), pool_threads=4)
    started = time.monotonic()
    threads = [OauthApi(client).oauth_token("refresh_token", async_req=True) for _ in range(4)]
    tokens = [thread.get(10).access_token for thread in threads]
    client.close()
    return [tokens, "at a time" if time.monotonic() - started < 1.2 else "one after another"]


@probe("api_client, oauth_token_endpoint: its settings")
def _(c: Context) -> Any:
    client = c.client()
    api = OauthApi(client)
    endpoint = api.oauth_token_endpoint
    settings = endpoint.settings
    return {
        "api_client": api.api_client is client,
        "endpoint's client": endpoint.api_client is client,
        "class": type(endpoint).__name__,
        **{
            name: settings[name]
            for name in ("auth", "endpoint_path", "operation_id", "http_method", "servers")
        },
        "response_type": [kind.__name__ for kind in settings["response_type"]],
        "headers_map": endpoint.headers_map,
        "required": endpoint.params_map["required"],
    }


@probe("oauth_token_endpoint.call_with_http_info")
def _(c: Context) -> Any:
    c.answers_token()
    endpoint = c.api().oauth_token_endpoint
    return endpoint.call_with_http_info(
        grant_type="authorization_code",
        async_req=False,
        _return_http_data_only=True,
        _preload_content=True,
        _request_timeout=None,
        _check_input_type=True,
        _check_return_type=True,
        _spec_property_naming=False,
        _content_type=None,
        _host_index=None,
    )


@probe("oauth_token_endpoint.call_with_http_info without grant_type")
def _(c: Context) -> Any:
    endpoint = c.api().oauth_token_endpoint
    named = dict.fromkeys(("async_req", "_request_timeout", "_content_type", "_host_index"))
    return endpoint.call_with_http_info(
        _check_input_type=True,
        _check_return_type=True,
        _spec_property_naming=False,
        _return_http_data_only=True,
        _preload_content=True,
        **named,
    )


@probe("oauth_token_endpoint called")
def _(c: Context) -> Any:
    c.answers_token()
    return c.attempt(lambda: c.api().oauth_token_endpoint(grant_type="authorization_code").access_token)


@probe("OauthApi() uses the default configuration")
def _(c: Context) -> Any:
    c.answers_token()
    Configuration.set_default(c.configuration(username="default-id"))
    return OauthApi().oauth_token("authorization_code").access_token


@probe("two APIs share a client")
def _(c: Context) -> Any:
    c.answers_token(times=2)
    client = c.client()
    return [
        OauthApi(client).oauth_token("authorization_code").access_token,
        OauthApi(api_client=client).oauth_token("refresh_token").access_token,
    ]


@probe("last_response after oauth_token")
def _(c: Context) -> Any:
    c.answers_token()
    api = c.api()
    api.oauth_token("authorization_code")
    response = api.api_client.last_response
    return {
        "class": type(response).__name__,
        "status": response.status,
        "reason": response.reason,
        "data": response.data,
    }


@probe("16 threads on one API")
def _(c: Context) -> Any:
    c.answers_always(
        {
            "status": 200,
            "json": {"response_type": "refresh_token", "access_token": "a", "expires_in": 1, "scope": "s"},
        }
    )
    api = c.api()
    with ThreadPoolExecutor(16) as threads:
        tokens = list(threads.map(lambda _: api.oauth_token("refresh_token").access_token, range(160)))
    arrived = len(c.requests())
    c.forget_requests()
    return [set(tokens), len(tokens), arrived]
