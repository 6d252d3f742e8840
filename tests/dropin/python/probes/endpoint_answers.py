"""`call_api` and `request`: what any v5 endpoint answers, and `last_response`."""

import io
from typing import Any

from openapi_generated.pinterest_client import ApiClient

from context import Context
from probes import probe

ANYTHING = (bool, dict, float, int, list, str, type(None))
OK = {"status": 200, "json": {"ok": True, "count": 3}}


@probe("_return_http_data_only")
def _(c: Context) -> Any:
    c.answers(OK)
    return c.client().call_api("/boards", "GET", response_type=(dict,), _return_http_data_only=True)


@probe("no response_type gives None")
def _(c: Context) -> Any:
    c.answers(OK)
    return list(c.client().call_api("/boards", "GET"))[:2]


@probe("every plain response_type")
def _(c: Context) -> Any:
    def call(answer: str, kind: Any) -> Any:
        c.answers({"status": 200, "body": answer})
        return c.client().call_api(
            "/x", "GET", response_type=kind, _return_http_data_only=True, _check_type=True
        )

    pairs: list[tuple[str, Any]] = [
        ("[1]", ([int],)),
        ("7", (int,)),
        ('"t"', (str,)),
        ("null", ANYTHING),
        ('{"a":{"b":[1]}}', ANYTHING),
        ("not JSON", (str,)),
    ]
    return [c.attempt(call, answer, kind) for answer, kind in pairs]


@probe("_preload_content False gives the answer unread")
def _(c: Context) -> Any:
    c.answers(OK)
    response = c.client().call_api("/boards", "GET", _preload_content=False)
    return [response.status, response.reason, response.headers["Content-Type"], response.data]


@probe("_preload_content False: read, headers, release")
def _(c: Context) -> Any:
    c.answers({"status": 200, "body": "a,b\nc,d\n", "headers": {"Content-Type": "text/csv"}})
    response = c.client().call_api("/boards", "GET", _preload_content=False)
    seen = [response.read(3), response.read(), response.read(), response.headers.get("content-type")]
    response.release_conn()
    response.close()
    return seen


@probe("async_req gives a result to wait for")
def _(c: Context) -> Any:
    c.answers(OK)
    client = c.client()
    thread = client.call_api(
        "/boards", "GET", response_type=(dict,), async_req=True, _return_http_data_only=True
    )
    thread.wait(5)
    return [type(thread).__name__, thread.ready(), thread.successful(), thread.get(5)]


@probe("async_req: the exception comes out of get")
def _(c: Context) -> Any:
    c.answers({"status": 404, "json": {"code": 50, "message": "Board not found."}})
    thread = c.client().call_api("/boards/1", "GET", async_req=True)
    outcome = c.attempt(thread.get, 5)
    return [thread.successful(), outcome.partition(":")[0]]


@probe("refusals: one class for each status")
def _(c: Context) -> Any:
    def call(status: int) -> Any:
        c.answers({"status": status, "json": {"code": 1, "message": "no"}})
        return c.client().call_api("/boards", "GET")

    return {
        status: c.attempt(call, status).partition(":")[0]
        for status in (400, 401, 403, 404, 409, 429, 500, 503, 599)
    }


@probe("an early hint (103) before the answer")
def _(c: Context) -> Any:
    c.answers({"status": 200, "json": {"ok": True}, "informational": [103]})
    return c.client().call_api("/boards", "GET", response_type=(dict,), _return_http_data_only=True)


@probe("GET: a redirect")
def _(c: Context) -> Any:
    c.answers({"status": 302, "headers": {"Location": f"{c.host}/elsewhere"}}, OK)
    outcome = c.attempt(
        c.client(access_token="pina_token").call_api, "/boards", "GET", auth_settings=["pinterest_oauth2"]
    )
    return outcome.partition(":")[0] if isinstance(outcome, str) else outcome[1]


@probe("last_response: status, reason, data, headers")
def _(c: Context) -> Any:
    c.answers({"status": 200, "json": {"a": 1}, "headers": {"X-Pinterest-Rid": "fixed"}})
    client = c.client()
    client.call_api("/boards", "GET", response_type=(dict,))
    response = client.last_response
    return {
        "class": type(response).__name__,
        "status": response.status,
        "reason": response.reason,
        "data": response.data,
        "urllib3_response": response.urllib3_response.headers["x-pinterest-rid"],
    }


@probe("last_response: getheader and getheaders")
def _(c: Context) -> Any:
    c.answers({"status": 200, "json": {}, "headers": {"X-Pinterest-Rid": "fixed"}})
    client = c.client()
    client.call_api("/boards", "GET")
    response = client.last_response
    return [
        c.attempt(response.getheader, "x-pinterest-rid"),
        c.attempt(response.getheader, "X-None", "other"),
        c.attempt(lambda: response.getheaders()["X-PINTEREST-RID"]),
        c.attempt(lambda: type(response.getheaders()).__name__),
    ]


@probe("last_response keeps rate-limit headers")
def _(c: Context) -> Any:
    c.answers(
        {
            "status": 200,
            "json": {},
            "headers": {"X-RateLimit-Limit": "100, 100;w=1", "X-RateLimit-Remaining": "99"},
        }
    )
    client = c.client()
    client.call_api("/boards", "GET")
    headers = client.last_response.urllib3_response.headers
    return [headers["x-ratelimit-limit"], headers["X-RateLimit-Remaining"]]


@probe("last_response after a refusal is still the one before")
def _(c: Context) -> Any:
    c.answers({"status": 200, "json": {}}, {"status": 404, "json": {"code": 50, "message": "no"}})
    client = c.client()
    client.call_api("/a", "GET")
    c.attempt(client.call_api, "/b", "GET")
    return client.last_response.status


@probe("request: bytes and headers of the answer")
def _(c: Context) -> Any:
    c.answers(OK)
    response = c.client().request("GET", f"{c.host}/boards", query_params=[("a", 1)], headers={"X-Own": "1"})
    return [type(response).__name__, response.status, response.data]


@probe("request: a refusal's body stays bytes")
def _(c: Context) -> Any:
    c.answers({"status": 404, "json": {"code": 50, "message": "no"}})
    try:
        c.client().request("GET", f"{c.host}/boards")
    except Exception as error:
        return [type(error).__name__, error.body]


@probe("a file as an answer is saved", since="0.1.12")
def _(c: Context) -> Any:
    headers = {"Content-Type": "text/csv", "Content-Disposition": 'attachment; filename="report.csv"'}
    c.answers({"status": 200, "body": "a,b", "headers": headers})
    configuration = c.configuration()
    configuration.temp_folder_path = str(c.folder())
    file = ApiClient(configuration).call_api(
        "/report", "GET", response_type=(io.IOBase,), _return_http_data_only=True
    )
    with file:
        return [file.read(), file.name.rpartition("/")[2]]


@probe("an answer in another charset")
def _(c: Context) -> Any:
    c.answers(
        {
            "status": 200,
            "body_base64": "IvwiCg==",
            "headers": {"Content-Type": "application/json; charset=iso-8859-1"},
        }
    )
    return c.client().call_api("/x", "GET", response_type=(str,), _return_http_data_only=True)


@probe("a compressed answer")
def _(c: Context) -> Any:
    c.answers({"status": 200, "json": {"ok": True}, "gzip": True})
    return c.client().call_api("/x", "GET", response_type=(dict,), _return_http_data_only=True)


@probe("_request_timeout: a number, a pair")
def _(c: Context) -> Any:
    def call(timeout: Any) -> Any:
        c.answers({"status": 200, "json": {}, "delay_ms": 700})
        configuration = c.configuration()
        configuration.retries = 0
        return ApiClient(configuration).call_api("/x", "GET", _request_timeout=timeout)[1]

    return [c.attempt(call, timeout) for timeout in (5, (5, 5), 0.2, (5, 0.2))]
