"""`rest`: `RESTResponse` and `RESTClientObject`."""

import io
from typing import Any

from context import Context
from probes import probe


class Answer:
    """As urllib3 would hand it over."""

    status = 201
    reason = "Created"
    data = b"body"

    def __init__(self) -> None:
        self.headers = {"X-One": "1"}

    def getheaders(self) -> Any:
        return self.headers

    def getheader(self, name: str, default: Any = None) -> Any:
        return self.headers.get(name, default)


@probe("RESTResponse: made from an answer")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client.rest import RESTResponse

    answer = Answer()
    response = RESTResponse(answer)
    return [
        response.status,
        response.reason,
        response.data,
        response.urllib3_response is answer,
        isinstance(response, io.IOBase),
    ]


@probe("RESTResponse: getheader and getheaders")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client.rest import RESTResponse

    response = RESTResponse(Answer())
    return [
        c.attempt(response.getheader, "X-One"),
        c.attempt(response.getheader, "X-None", "other"),
        c.attempt(response.getheaders),
    ]


@probe("RESTClientObject: made from a configuration, asks")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client.rest import RESTClientObject

    c.answers({"status": 200, "json": {"ok": True}})
    response = RESTClientObject(c.configuration()).request(
        "GET", f"{c.host}/boards", query_params=[("a", "1")], headers={"X-Own": "1"}
    )
    return [type(response).__name__, response.status, response.data]


@probe("RESTClientObject: a method for each verb")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client.rest import RESTClientObject

    c.answers(*[{"status": 200, "json": {}}] * 7)
    client = RESTClientObject(c.configuration())
    for verb in ("GET", "HEAD"):
        getattr(client, verb)(f"{c.host}/x", headers={}, query_params=[("q", 1)])
    for verb in ("OPTIONS", "DELETE", "POST", "PUT", "PATCH"):
        getattr(client, verb)(f"{c.host}/x", headers={}, body={"a": 1})


@probe("RESTClientObject: small letters, an unknown method")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client.rest import RESTClientObject

    c.answers({"status": 200, "json": {}})
    client = RESTClientObject(c.configuration())
    return [
        c.attempt(lambda: client.request("get", f"{c.host}/x").status),
        c.attempt(lambda: client.request("TRACE", f"{c.host}/x").status),
    ]


@probe("RESTClientObject: a refusal is raised")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client.rest import RESTClientObject

    c.answers({"status": 403, "json": {"code": 29, "message": "no"}})
    return c.attempt(RESTClientObject(c.configuration()).GET, f"{c.host}/x").partition(":")[0]


@probe("rest_client of a client is used: it can be replaced")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client.rest import RESTResponse

    class Fake:
        def POST(self, url: str, **named: Any) -> Any:
            answer = Answer()
            answer.headers = {"content-type": "application/json"}
            answer.data = (
                b'{"response_type":"refresh_token","access_token":"fake","expires_in":1,"scope":"s"}'
            )
            print("POST", url.rpartition("/v5")[2], named["post_params"], named["_request_timeout"])
            return RESTResponse(answer)

    api = c.api()
    api.api_client.rest_client = Fake()
    return c.attempt(lambda: api.oauth_token("refresh_token").access_token)


@probe("rest_client can be mocked", since="0.1.12")
def _(c: Context) -> Any:
    from unittest import mock

    api = c.api()
    with mock.patch.object(api.api_client.rest_client, "request") as request:
        request.return_value.status = 200
        request.return_value.data = (
            b'{"response_type":"refresh_token","access_token":"mocked","expires_in":1,"scope":"s"}'
        )
        request.return_value.urllib3_response.headers = {"content-type": "application/json"}
        return [c.attempt(lambda: api.oauth_token("refresh_token").access_token), request.called]


@probe("the names of rest")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client import rest

    names = "RESTResponse RESTClientObject ApiException UnauthorizedException ForbiddenException NotFoundException ServiceException ApiValueError should_bypass_proxies"
    return {name: hasattr(rest, name) for name in names.split()}
