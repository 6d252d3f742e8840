"""The keywords of `oauth_token`: what each does, and what each refuses."""

from typing import Any

from openapi_generated.pinterest_client import ApiClient
from openapi_generated.pinterest_client.api.oauth_api import OauthApi

from context import Context
from probes import probe


@probe("_return_http_data_only False: (data, status, headers)")
def _(c: Context) -> Any:
    c.answers_token()
    data, status, headers = c.api().oauth_token("authorization_code", _return_http_data_only=False)
    return [
        data.access_token,
        status,
        headers["content-type"],
        headers.get("CONTENT-TYPE"),
        "Content-Type" in headers,
    ]


@probe("_return_http_data_only False: headers as a mapping")
def _(c: Context) -> Any:
    c.answers(
        {
            "status": 200,
            "json": {"response_type": "refresh_token", "access_token": "a", "expires_in": 1, "scope": "s"},
            "headers": [["X-One", "1"], ["X-Two", "a"], ["X-Two", "b"]],
        }
    )
    headers = c.api().oauth_token("refresh_token", _return_http_data_only=False)[2]
    return {
        "class": type(headers).__name__,
        "one": headers["x-one"],
        "joined": headers["X-Two"],
        "getlist": c.attempt(headers.getlist, "x-two"),
        "names": sorted(name for name in headers if name.lower().startswith("x-")),
        "items": sorted(pair for pair in headers.items() if pair[0].lower().startswith("x-")),
        "missing": c.attempt(lambda: headers["x-none"]),
        "length": len(headers) > 2,
    }


@probe("_preload_content False: the answer unread")
def _(c: Context) -> Any:
    c.answers({"status": 200, "body": '{"access_token": "pina_x"}'})
    response = c.api().oauth_token("authorization_code", _preload_content=False)
    return [response.status, response.headers["content-type"], response.data]


@probe("_preload_content False: read and json")
def _(c: Context) -> Any:
    import json

    c.answers({"status": 200, "body": '{"access_token": "pina_x"}'})
    return json.loads(c.api().oauth_token("authorization_code", _preload_content=False).read())


@probe("_preload_content False: an answer that refuses")
def _(c: Context) -> Any:
    c.answers({"status": 401, "json": {"code": 2, "message": "Authentication failed."}})
    outcome = c.attempt(c.api().oauth_token, "authorization_code", _preload_content=False)
    return outcome.partition("\n")[0] if isinstance(outcome, str) else outcome.status


@probe("_request_timeout: what is accepted")
def _(c: Context) -> Any:
    c.answers_token(times=4)
    return [
        c.attempt(
            lambda limit=limit: c.api().oauth_token("authorization_code", _request_timeout=limit).access_token
        )
        for limit in (5, 5.5, (5, 5), None)
    ]


@probe("_request_timeout: what is refused")
def _(c: Context) -> Any:
    def call(limit: Any) -> Any:
        c.answers_token()
        return c.api().oauth_token("authorization_code", _request_timeout=limit).access_token

    return [c.attempt(call, limit) for limit in ("5", [5, 5], (5, "5"), -1, float("nan"), True)]


@probe("_request_timeout: three numbers, one number in a tuple, 0")
def _(c: Context) -> Any:
    def call(limit: Any) -> Any:
        c.answers_token()
        return c.api().oauth_token("authorization_code", _request_timeout=limit).access_token

    return [c.attempt(call, limit) for limit in ((1, 2, 3), (5,), 0)]


@probe("_request_timeout: it ends a call that gets no answer")
def _(c: Context) -> Any:
    import time

    c.answers_always({"status": 200, "json": {}, "delay_ms": 3000})
    configuration = c.configuration()
    configuration.retries = 0
    started = time.monotonic()
    outcome = c.attempt(
        OauthApi(ApiClient(configuration)).oauth_token, "authorization_code", _request_timeout=0.5
    )
    return [outcome.partition(":")[0], "in time" if time.monotonic() - started < 2 else "late"]


@probe("_request_timeout: it ends a call whose answer drips")
def _(c: Context) -> Any:
    import time

    c.answers({"status": 200, "body": '{"access_token": "x"}', "drip_ms": 200})
    started = time.monotonic()
    outcome = c.attempt(c.api().oauth_token, "authorization_code", _request_timeout=1)
    return [outcome.partition(":")[0], "in time" if time.monotonic() - started < 3 else "late"]


@probe("_check_input_type False")
def _(c: Context) -> Any:
    c.answers_token()
    return c.attempt(lambda: c.api().oauth_token("authorization_code", _check_input_type=False).access_token)


@probe("_check_return_type False keeps what was received")
def _(c: Context) -> Any:
    c.answers_token(expires_in="2592000", refresh_token_expires_at=1700000000, other=1)
    return c.attempt(c.api().oauth_token, "authorization_code", _check_return_type=False)


@probe("_spec_property_naming: True and a text")
def _(c: Context) -> Any:
    def call(value: Any) -> Any:
        c.answers_token()
        return c.api().oauth_token("authorization_code", _spec_property_naming=value).access_token

    return [c.attempt(call, value) for value in (True, "x")]


@probe("_content_type: the form's own, JSON, another")
def _(c: Context) -> Any:
    def call(value: Any) -> Any:
        c.answers_token()
        return c.api().oauth_token("authorization_code", _content_type=value).access_token

    return [
        c.attempt(call, value)
        for value in ("application/x-www-form-urlencoded", "application/json", "text/csv", 7)
    ]


@probe("_host_index: None, 0, out of range, a text")
def _(c: Context) -> Any:
    def call(value: Any) -> Any:
        c.answers_token()
        configuration = c.configuration()
        configuration.get_host_settings = lambda: [{"url": c.host, "description": "ours"}]
        return (
            OauthApi(ApiClient(configuration))
            .oauth_token("authorization_code", _host_index=value)
            .access_token
        )

    return [c.attempt(call, value) for value in (None, 0, 3, "0")]


@probe("keywords of the wrong type")
def _(c: Context) -> Any:
    names = (
        "async_req",
        "_return_http_data_only",
        "_preload_content",
        "_check_input_type",
        "_check_return_type",
    )
    c.answers_token(times=5)
    return {name: c.attempt(c.api().oauth_token, "authorization_code", **{name: "yes"}) for name in names}


@probe("keywords that are None")
def _(c: Context) -> Any:
    names = (
        "async_req",
        "_return_http_data_only",
        "_preload_content",
        "_check_input_type",
        "_check_return_type",
        "_content_type",
    )

    def call(name: str) -> Any:
        c.answers_token()
        return c.api().oauth_token("authorization_code", **{name: None}).access_token

    return {name: c.attempt(call, name) for name in names}
