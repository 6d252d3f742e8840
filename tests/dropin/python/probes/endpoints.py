"""`call_api` and `request`: any v5 endpoint, and what is sent to it."""

from typing import Any

from openapi_generated.pinterest_client import ApiClient

from context import Context
from probes import probe

ANYTHING = (bool, dict, float, int, list, str, type(None))
OK = {"status": 200, "json": {"ok": True, "count": 3}}


@probe("GET with a bearer token gives (data, status, headers)")
def _(c: Context) -> Any:
    c.answers(OK)
    data, status, headers = c.client(access_token="pina_token").call_api(
        "/user_account", "GET", response_type=(dict,), auth_settings=["pinterest_oauth2"], _check_type=True
    )
    return [data, status, headers["content-type"], headers.get("Content-Type"), headers.get("x-none")]


@probe("GET against the sandbox's own user_account")
def _(c: Context) -> Any:
    token = c.control("POST", "tokens", {"kind": "client", "scope": "user_accounts:read"})["access_token"]
    data = c.client(access_token=token).call_api(
        "/user_account",
        "GET",
        response_type=(dict,),
        auth_settings=["pinterest_oauth2"],
        _return_http_data_only=True,
    )
    c.forget_requests()  # the token is another one in each run
    return sorted(data)


@probe("boards paged by bookmark")
def _(c: Context) -> Any:
    token = c.control("POST", "tokens", {"kind": "client", "scope": "boards:read"})["access_token"]
    client = c.client(access_token=token)
    seen, bookmark = [], None
    for _ in range(10):
        query: list[tuple[str, Any]] = [("page_size", 10), *([("bookmark", bookmark)] if bookmark else [])]
        page = client.call_api(
            "/boards",
            "GET",
            query_params=query,
            response_type=(dict,),
            auth_settings=["pinterest_oauth2"],
            _return_http_data_only=True,
        )
        seen.append(len(page["items"]))
        bookmark = page["bookmark"]
        if not bookmark:
            break
    c.forget_requests()
    return seen


@probe("query: pairs, repeated, spaces and letters")
def _(c: Context) -> Any:
    c.answers(OK)
    query = [("a", "x y"), ("a", "ü/&="), ("n", 7), ("b", True), ("none", None)]
    c.client().call_api("/boards", "GET", query_params=query)


@probe("query of a POST")
def _(c: Context) -> Any:
    c.answers(OK)
    c.client().call_api("/boards", "POST", query_params=[("a", "x y"), ("b", 1)], body={"name": "n"})


@probe("query: formats of collections")
def _(c: Context) -> Any:
    c.answers(OK)
    c.client().call_api(
        "/boards",
        "GET",
        query_params=[("m", ["a", "b"]), ("c", ["a", "b"]), ("p", [1, 2])],
        collection_formats={"m": "multi", "c": "csv", "p": "pipes"},
    )


@probe("path parameters are escaped")
def _(c: Context) -> Any:
    c.answers(OK)
    c.client().call_api(
        "/boards/{board_id}/pins/{pin}", "GET", path_params={"board_id": "a/../b?c", "pin": 7}
    )


@probe("a body as JSON: every method that has one")
def _(c: Context) -> Any:
    methods = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    c.answers(*[OK] * len(methods))
    for method in methods:
        c.client().call_api("/boards", method, body={"name": "ü", "list": [1, None, True]})


@probe("methods without a body: GET, HEAD, DELETE, OPTIONS")
def _(c: Context) -> Any:
    methods = ["GET", "HEAD", "DELETE", "OPTIONS"]
    c.answers(*[{"status": 204}] * len(methods))
    return [c.client().call_api("/boards", method)[1] for method in methods]


@probe("a method in small letters or unknown")
def _(c: Context) -> Any:
    return [c.attempt(c.client().call_api, "/boards", method) for method in ("get", "TRACE", "")]


@probe("bodies that are empty: {}, [], '', 0")
def _(c: Context) -> Any:
    c.answers(*[OK] * 4)
    for body in ({}, [], "", 0):
        c.client().call_api("/boards", "POST", body=body)


@probe("a model as the body")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client.models import Error

    c.answers(OK)
    c.client().call_api("/errors", "POST", body=Error(code=1, message="m"))


@probe("a form")
def _(c: Context) -> Any:
    c.answers(OK)
    c.client().call_api(
        "/form",
        "POST",
        header_params={"Content-Type": "application/x-www-form-urlencoded"},
        post_params=[("a", "x y&"), ("b", 7), ("a", "ü")],
    )


@probe("a form given as a dict")
def _(c: Context) -> Any:
    c.answers(OK)
    c.client().call_api(
        "/form",
        "POST",
        header_params={"Content-Type": "application/x-www-form-urlencoded"},
        post_params={"a": "1", "b": True},
    )


@probe("a form and a body together")
def _(c: Context) -> Any:
    c.client().call_api(
        "/form",
        "POST",
        header_params={"Content-Type": "application/x-www-form-urlencoded"},
        post_params=[("a", "1")],
        body={"b": 1},
    )


@probe("multipart with a file")
def _(c: Context) -> Any:
    c.answers(OK)
    path = c.folder() / "pins.csv"
    path.write_text("a,b")
    c.client().call_api(
        "/media",
        "POST",
        header_params={"Content-Type": "multipart/form-data"},
        post_params=[("kind", "csv")],
        files={"file": [path.open("rb")]},
    )
    request = c.requests()[0]
    c.forget_requests()  # the boundary is another one in each run
    kind = dict((name.lower(), value) for name, value in request["headers"])["content-type"]
    boundary = kind.partition("boundary=")[2]
    return [kind.partition(";")[0], request["body"].replace(boundary, "<boundary>")]


@probe("a text as the body")
def _(c: Context) -> Any:
    c.answers(OK, OK)
    for body in ("a,b", b"a,b"):
        outcome = c.attempt(
            c.client().call_api, "/csv", "POST", header_params={"Content-Type": "text/csv"}, body=body
        )
        print(outcome if isinstance(outcome, str) else "sent")


@probe("a content type that fits no body")
def _(c: Context) -> Any:
    return c.client().call_api("/csv", "POST", header_params={"Content-Type": "text/csv"}, body={"a": 1})


@probe("header parameters; the default headers win")
def _(c: Context) -> Any:
    c.answers(OK)
    client = ApiClient(c.configuration(), "X-Team", "default")
    headers = {"X-Team": "call", "X-Call": "1", "X-Number": 7}
    client.call_api("/boards", "GET", header_params=headers)
    return sorted(name for name in headers if "Pinterest" not in name and name != "User-Agent")


@probe("_host replaces the configuration's")
def _(c: Context) -> Any:
    c.answers(OK)
    c.client(host=f"http://{c.addresses['refused']}").call_api("/boards", "GET", _host=c.host)


@probe("auth: no setting, no header")
def _(c: Context) -> Any:
    c.answers(OK, OK)
    c.client(access_token="pina_token").call_api("/boards", "GET")
    c.client(access_token="pina_token").call_api(
        "/boards", "GET", auth_settings=["pinterest_oauth2", "basic"]
    )


@probe("auth: the setting's token is missing")
def _(c: Context) -> Any:
    c.answers(OK)
    outcome = c.attempt(c.client().call_api, "/boards", "GET", auth_settings=["pinterest_oauth2"])
    return str(outcome).partition(":")[0]


@probe("request: POST with a body and with a form")
def _(c: Context) -> Any:
    c.answers(OK, OK)
    client = c.client()
    client.request("POST", f"{c.host}/boards", body={"name": "n"})
    client.request(
        "POST",
        f"{c.host}/form",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        post_params=[("a", "1")],
    )


@probe("request: a method that is unknown or in small letters")
def _(c: Context) -> Any:
    return [c.attempt(c.client().request, method, f"{c.host}/boards") for method in ("TRACE", "get")]
