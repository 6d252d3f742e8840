"""What the server answers, and what becomes of it: fields, kinds, types, and answers that are wrong."""

from typing import Any

from openapi_generated.pinterest_client import ApiException
from openapi_generated.pinterest_client.api.oauth_api import OauthApi

from context import TOKEN, Context
from probes import probe


def _call(c: Context, answer: dict[str, Any], **named: Any) -> Any:
    c.answers(answer)
    return c.api().oauth_token("authorization_code", **named)


@probe("authorization_code")
def _(c: Context) -> Any:
    c.answers_token()
    token = c.api().oauth_token("authorization_code")
    return [token, token.expires_in, token.refresh_token]


@probe("refresh_token")
def _(c: Context) -> Any:
    c.answers_token(response_type="refresh_token", refresh_token=None, refresh_token_expires_in=None)
    token = c.api().oauth_token("refresh_token")
    return [token, hasattr(token, "refresh_token"), token.get("refresh_token")]


@probe("refresh_token: the attribute of a field that did not come")
def _(c: Context) -> Any:
    c.answers_token(response_type="refresh_token", refresh_token=None, refresh_token_expires_in=None)
    token = c.api().oauth_token("refresh_token")
    return c.attempt(getattr, token, "refresh_token")


@probe("refresh_token with a new refresh token")
def _(c: Context) -> Any:
    c.answers_token(response_type="refresh_token", refresh_token_expires_at=1700000000)
    token = c.api().oauth_token("refresh_token")
    return [token, token.refresh_token_expires_in, token.refresh_token_expires_at]


@probe("client_credentials", since="0.1.12")
def _(c: Context) -> Any:
    c.answers_token(response_type="client_credentials", refresh_token=None, refresh_token_expires_in=None)
    return c.api().oauth_token("client_credentials")


@probe("everlasting_refresh", since="0.1.12")
def _(c: Context) -> Any:
    c.answers_token(response_type="everlasting_refresh", refresh_token_expires_at=1700000000)
    return c.api().oauth_token("refresh_token")


@probe("integration_refresh")
def _(c: Context) -> Any:
    c.answers_token(response_type="integration_refresh")
    return c.api().oauth_token("refresh_token")


@probe("no response_type")
def _(c: Context) -> Any:
    c.answers_token(response_type=None)
    return c.api().oauth_token("authorization_code")


@probe("a response_type that is new")
def _(c: Context) -> Any:
    c.answers_token(response_type="device_code")
    return c.api().oauth_token("authorization_code")


@probe("refresh_token_expires_at is an integer")
def _(c: Context) -> Any:
    c.answers_token(refresh_token_expires_at=1700000000)
    return c.api().oauth_token("authorization_code").refresh_token_expires_at


@probe("expires_in as a text, a float, a negative number")
def _(c: Context) -> Any:
    values = ("2592000", 2592000.0, -1)

    def call(value: Any) -> Any:
        c.answers_token(expires_in=value)
        return c.api().oauth_token("authorization_code").expires_in

    return [c.attempt(call, value) for value in values]


@probe("scope missing, separated by commas, empty")
def _(c: Context) -> Any:
    def call(value: Any) -> Any:
        c.answers_token(scope=value)
        return c.api().oauth_token("authorization_code").get("scope")

    return [c.attempt(call, value) for value in (None, "a:read,b:read", "")]


@probe("client_credentials without scope", since="0.1.12")
def _(c: Context) -> Any:
    c.answers_token(
        response_type="client_credentials", refresh_token=None, refresh_token_expires_in=None, scope=None
    )
    return c.api().oauth_token("client_credentials").access_token


@probe("token_type missing: its default")
def _(c: Context) -> Any:
    c.answers_token(token_type=None)
    return c.api().oauth_token("authorization_code").get("token_type")


@probe("fields that are not declared: every type")
def _(c: Context) -> Any:
    c.answers_token(a_text="x", an_integer=7, a_float=1.5, a_truth=True, a_list=[1, "a"], an_object={"k": 1})
    token = c.api().oauth_token("authorization_code")
    return {
        name: token[name] for name in ("a_text", "an_integer", "a_float", "a_truth", "a_list", "an_object")
    }


@probe("fields that are not declared: null")
def _(c: Context) -> Any:
    body = TOKEN | {"a_null": None}
    token = _call(c, {"status": 200, "json": body})
    return [token.a_null, "a_null" in token]


@probe("fields that are not declared: a text that looks like a date")
def _(c: Context) -> Any:
    c.answers_token(day="20240101", moment="2026-01-02T03:04:05Z")
    token = c.api().oauth_token("authorization_code")
    return [type(token.day).__name__, type(token.moment).__name__]


@probe("to_dict keeps the order of the answer")
def _(c: Context) -> Any:
    body = '{"scope":"s","response_type":"refresh_token","expires_in":1,"access_token":"a","token_type":"bearer"}'
    return list(_call(c, {"status": 200, "body": body}).to_dict())


@probe("a field twice: the last one counts")
def _(c: Context) -> Any:
    body = (
        '{"response_type":"refresh_token","expires_in":1,"scope":"s","access_token":"a","access_token":"b"}'
    )
    return _call(c, {"status": 200, "body": body}).access_token


@probe("the answer is an instance of OauthAccessTokenResponse")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
    from openapi_generated.pinterest_client.model.oauth_access_token_response_code import (
        OauthAccessTokenResponseCode,
    )

    c.answers_token()
    token = c.api().oauth_token("authorization_code")
    return [isinstance(token, OauthAccessTokenResponseCode), isinstance(token, OauthAccessTokenResponse)]


@probe("401: what the exception carries")
def _(c: Context) -> Any:
    c.answers(
        {
            "status": 401,
            "reason": "Unauthorized",
            "json": {"code": 2, "message": "Authentication failed."},
            "headers": {"X-Pinterest-Rid": "fixed"},
        }
    )
    try:
        c.api().oauth_token("authorization_code")
    except ApiException as error:
        return {
            "class": type(error).__name__,
            "status": error.status,
            "reason": error.reason,
            "body": error.body,
            "header": error.headers["x-pinterest-rid"],
            "headers": type(error.headers).__name__,
        }


@probe("401: its text")
def _(c: Context) -> Any:
    return c.attempt(_call, c, {"status": 401, "json": {"code": 2, "message": "Authentication failed."}})


@probe("400 invalid grant: class, status and body")
def _(c: Context) -> Any:
    try:
        _call(c, {"status": 400, "json": {"code": 283, "message": "Invalid authorization code."}})
    except ApiException as error:
        return [type(error).__name__, error.status, error.body]


@probe("429: class and headers of the rate limit")
def _(c: Context) -> Any:
    headers = {
        "Retry-After": "7",
        "X-RateLimit-Limit": "10, 10;w=1",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": "1",
    }
    try:
        _call(c, {"status": 429, "json": {"code": 8, "message": "Too many requests."}, "headers": headers})
    except ApiException as error:
        return [
            type(error).__name__,
            error.status,
            error.headers["retry-after"],
            error.headers.get("X-RateLimit-Remaining"),
        ]


@probe("a refusal's body as it came: spaces, other fields, other JSON")
def _(c: Context) -> Any:
    import json

    seen = []
    for body in (
        '{ "code": 1,\t"message": "bad",\n "details": [{"field": "scope"}], "data": {"a": 1.0} }\n',
        '{"error": "invalid_grant"}',
        '["one", "two"]',
        "Bad Gateway",
    ):
        c.answers({"status": 400, "body": body})
        try:
            c.api().oauth_token("authorization_code")
        except ApiException as error:
            seen.append([error.body, c.attempt(json.loads, error.body)])
    return seen


@probe("a refusal with an empty body, HTML, a text that is no UTF-8")
def _(c: Context) -> Any:
    answers: list[dict[str, Any]] = [
        {"status": 500, "body": ""},
        {"status": 502, "body": "<html>", "headers": {"Content-Type": "text/html"}},
        {"status": 400, "body_base64": "//79"},
    ]

    def call(answer: dict[str, Any]) -> Any:
        try:
            return _call(c, answer)
        except ApiException as error:
            return [type(error).__name__, error.status, error.body]

    return [c.attempt(call, answer) for answer in answers]


@probe("a refusal whose reason is empty")
def _(c: Context) -> Any:
    try:
        _call(c, {"status": 404, "reason": "", "json": {"code": 50, "message": "no"}})
    except ApiException as error:
        return [type(error).__name__, error.reason]


@probe("a redirect of a POST is not followed with credentials")
def _(c: Context) -> Any:
    c.answers({"status": 307, "headers": {"Location": f"{c.host}/elsewhere"}}, {"status": 200, "json": TOKEN})
    return c.attempt(lambda: c.api().oauth_token("authorization_code").access_token).partition(":")[0]


@probe("a redirect to another host")
def _(c: Context) -> Any:
    elsewhere = c.host.replace("127.0.0.1", "localhost")
    c.answers(
        {"status": 307, "headers": {"Location": f"{elsewhere}/oauth/token"}}, {"status": 200, "json": TOKEN}
    )
    return c.attempt(lambda: c.api().oauth_token("authorization_code").access_token).partition(":")[0]


HOSTILE: dict[str, dict[str, Any]] = {
    "HTML": {"status": 200, "body": "<html>", "headers": {"Content-Type": "text/html"}},
    "nothing": {"status": 200, "body": ""},
    "half an object": {"status": 200, "body": '{"access_token": "a'},
    "a list": {"status": 200, "body": "[]"},
    "a text": {"status": 200, "body": '"pina_x"'},
    "null": {"status": 200, "body": "null"},
    "a number": {"status": 200, "body": "7"},
    "an error with status 200": {"status": 200, "json": {"code": 2, "message": "no"}},
    "no access_token": {
        "status": 200,
        "json": {"response_type": "refresh_token", "expires_in": 1, "scope": "s"},
    },
    "an empty access_token": {"status": 200, "json": TOKEN | {"access_token": ""}},
    "an access_token that is a number": {"status": 200, "json": TOKEN | {"access_token": 7}},
    "an access_token that is null": {"status": 200, "json": TOKEN | {"access_token": None}},
    "a text that is no UTF-8": {"status": 200, "body_base64": "//79"},
    "10 000 brackets": {"status": 200, "body": "[" * 10000},
    "an integer too long": {
        "status": 200,
        "body": '{"access_token":"a","response_type":"refresh_token","scope":"s","expires_in":'
        + "9" * 5000
        + "}",
    },
    "expires_in 1e999": {
        "status": 200,
        "body": '{"access_token":"a","response_type":"refresh_token","scope":"s","expires_in":1e999}',
    },
    "NaN": {
        "status": 200,
        "body": '{"access_token":"a","response_type":"refresh_token","scope":"s","expires_in":NaN}',
    },
    "status 204": {"status": 204},
    "fewer bytes than promised": {
        "status": 200,
        "body": "{}",
        "headers": {"Content-Length": "100"},
        "then": "close",
    },
    "not HTTP": {"raw": "hello\r\n\r\n", "then": "close"},
    "closed before the answer": {"fault": "close"},
    "reset before the answer": {"fault": "reset"},
    "gzip that is none": {"status": 200, "body": "{}", "headers": {"Content-Encoding": "gzip"}},
    "status 99": {"raw": "HTTP/1.1 99 Odd\r\nContent-Length: 0\r\n\r\n", "then": "close"},
    "headers without end": {"endless": "headers"},
}


def _register(title: str, answer: dict[str, Any]) -> None:
    @probe(f"hostile: {title}")
    def _(c: Context) -> Any:
        c.answers(answer)
        configuration = c.configuration()
        configuration.retries = 0
        from openapi_generated.pinterest_client import ApiClient

        try:
            got = OauthApi(ApiClient(configuration)).oauth_token("authorization_code", _request_timeout=3)
        except ApiException as error:
            return ["caught by `except ApiException`", type(error).__name__, error.status]
        return ["no exception", type(got).__name__]


for _title, _answer in HOSTILE.items():
    _register(_title, _answer)
