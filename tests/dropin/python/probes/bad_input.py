"""Bad input: each gives the generated client's exception class and loses nothing."""

import math
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from openapi_generated.pinterest_client import ApiClient, Configuration
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from openapi_generated.pinterest_client.model.error import Error
from openapi_generated.pinterest_client.model.oauth_access_token_response_code import (
    OauthAccessTokenResponseCode,
)

from context import TOKEN, Context
from probes import probe

ANSWER = {
    "status": 200,
    "json": {"response_type": "refresh_token", "access_token": "a", "expires_in": 1, "scope": "s"},
}


def _cyclic() -> Any:
    loop: list[Any] = []
    loop.append(loop)
    return loop


@probe("a body that is not JSON")
def _(c: Context) -> Any:
    return [
        c.attempt(c.client().call_api, "/x", "POST", body=body)
        for body in (object(), {1, 2}, b"bytes", {"a": object()}, {"a": b"b"}, lambda: 1)
    ]


@probe("a body with keys that are no texts")
def _(c: Context) -> Any:
    c.answers(ANSWER, ANSWER)
    return [
        c.attempt(lambda body=body: c.client().call_api("/x", "POST", body=body)[1])
        for body in ({1: "a", None: "b", True: "c"}, {(1, 2): "a"})
    ]


@probe("a cyclic body")
def _(c: Context) -> Any:
    return c.attempt(c.client().call_api, "/x", "POST", body=_cyclic())


@probe("a cyclic query, a cyclic header")
def _(c: Context) -> Any:
    return [
        c.attempt(c.client().call_api, "/x", "GET", query_params=[("a", _cyclic())]),
        c.attempt(c.client().call_api, "/x", "GET", header_params={"A": _cyclic()}),
    ]


@probe("NaN and infinity in a body")
def _(c: Context) -> Any:
    c.answers(ANSWER, ANSWER)
    return [
        c.attempt(lambda value=value: c.client().call_api("/x", "POST", body={"a": value})[1])
        for value in (math.nan, math.inf)
    ]


@probe("a surrogate in a body, a form, a query, a path, a header")
def _(c: Context) -> Any:
    lone = "a\ud800b"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    c.answers(*[ANSWER] * 5)
    client = c.client()
    outcomes = [
        c.attempt(lambda: client.call_api("/x", "POST", body={"a": lone})[1]),
        c.attempt(
            lambda: client.call_api("/x", "POST", header_params=dict(form), post_params=[("a", lone)])[1]
        ),
        c.attempt(lambda: client.call_api("/x", "GET", query_params=[("a", lone)])[1]),
        c.attempt(lambda: client.call_api("/{p}", "GET", path_params={"p": lone})[1]),
        c.attempt(lambda: client.call_api("/x", "GET", header_params={"X-A": lone})[1]),
    ]
    return [str(outcome).encode("ascii", "backslashreplace").decode() for outcome in outcomes]


@probe("a surrogate in a credential")
def _(c: Context) -> Any:
    return (
        c.attempt(c.api(password="a\ud800b").oauth_token, "authorization_code")
        .encode("ascii", "backslashreplace")
        .decode()
    )


@probe("a surrogate in a model")
def _(c: Context) -> Any:
    return [ascii(Error(code=1, message="a\ud800b").message)]


@probe("bytes where text belongs: credentials, host, token")
def _(c: Context) -> Any:
    return {
        "username": c.attempt(lambda: c.api(username=b"1234567").oauth_token("authorization_code")),
        "password": c.attempt(lambda: c.api(password=b"0123456789abcdef0123456789abcdef01234567").oauth_token("authorization_code")),
        "host": c.attempt(lambda: c.api(host=c.host.encode()).oauth_token("authorization_code")),
        "access_token": c.attempt(
            lambda: c.client(access_token=b"t").call_api("/x", "GET", auth_settings=["pinterest_oauth2"])
        ),
    }


@probe("numbers where text belongs: credentials, host, token")
def _(c: Context) -> Any:
    return {
        "username": c.attempt(lambda: c.api(username=1234).oauth_token("authorization_code")),
        "password": c.attempt(lambda: c.api(password=1234).oauth_token("authorization_code")),
        "host": c.attempt(lambda: c.api(host=1234).oauth_token("authorization_code")),
        "access_token": c.attempt(
            lambda: c.client(access_token=1234).call_api("/x", "GET", auth_settings=["pinterest_oauth2"])
        ),
    }


@probe("bytes in a form, a query, a path, a header")
def _(c: Context) -> Any:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    client = c.client()
    return [
        c.attempt(client.call_api, "/x", "POST", header_params=dict(form), post_params=[("a", b"b")]),
        c.attempt(client.call_api, "/x", "GET", query_params=[("a", b"b")]),
        c.attempt(client.call_api, "/{p}", "GET", path_params={"p": b"b"}),
        c.attempt(client.call_api, "/x", "GET", header_params={"X-A": b"b"}),
    ]


@probe("line breaks and NUL in headers")
def _(c: Context) -> Any:
    c.answers(*[ANSWER] * 4)

    def call(name: str, value: str) -> Any:
        return c.client().call_api("/x", "GET", header_params={name: value})[1]

    pairs = [("X-A", "a\r\nX-Evil: 1"), ("X-A", "a\nb"), ("X-A", "a\0b"), ("X-A\r\nX-Evil", "1")]
    return [str(c.attempt(call, name, value)).partition(":")[0] for name, value in pairs]


@probe("line breaks in a cookie, a user agent, a default header")
def _(c: Context) -> Any:
    c.answers(*[ANSWER] * 3)
    evil = "a\r\nX-Evil: 1"
    clients = [
        ApiClient(c.configuration(), cookie=evil),
        ApiClient(c.configuration(), user_agent=evil),
        ApiClient(c.configuration(), "X-A", evil),
    ]
    return [
        str(
            c.attempt(lambda client=client: OauthApi(client).oauth_token("refresh_token").access_token)
        ).partition(":")[0]
        for client in clients
    ]


@probe("line breaks in a token and in credentials")
def _(c: Context) -> Any:
    c.answers(*[ANSWER] * 2)
    return [
        str(
            c.attempt(
                lambda: c.client(access_token="a\r\nX-Evil: 1").call_api(
                    "/x", "GET", auth_settings=["pinterest_oauth2"]
                )[1]
            )
        ).partition(":")[0],
        str(c.attempt(lambda: c.api(username="a\r\nb").oauth_token("refresh_token").access_token)).partition(
            ":"
        )[0],
    ]


@probe("line breaks and spaces in a path and a method")
def _(c: Context) -> Any:
    c.answers(*[ANSWER] * 2)
    return [
        str(c.attempt(lambda: c.client().call_api("/x y\r\nX-Evil: 1", "GET")[1])).partition(":")[0],
        c.attempt(c.client().call_api, "/x", "GET /y HTTP/1.1\r\nX:"),
    ]


@probe("headers outside Latin-1")
def _(c: Context) -> Any:
    c.answers(*[ANSWER] * 2)
    return [
        str(
            c.attempt(lambda value=value: c.client().call_api("/x", "GET", header_params={"X-A": value})[1])
        ).partition(":")[0]
        for value in ("é", "ключ")
    ]


@probe("a model subclass with a property that fails")
def _(c: Context) -> Any:
    class Broken(Error):
        @property
        def code(self) -> Any:
            raise RuntimeError("broken")

    broken = c.attempt(Broken, code=1, message="m")
    if isinstance(broken, str):
        return broken
    return [
        c.attempt(lambda: broken.code),
        c.attempt(lambda: broken["code"]),
        c.attempt(broken.to_dict),
        c.attempt(broken.to_str),
        c.attempt(lambda: broken == Error(code=1, message="m")),
        c.attempt(ApiClient.sanitize_for_serialization, broken),
    ]


@probe("a model in itself")
def _(c: Context) -> Any:
    error = Error(code=1, message="m")
    error.more = {"list": [1]}
    error.more["self"] = error.more
    return [
        type(c.attempt(error.to_dict)).__name__,
        str(c.attempt(ApiClient.sanitize_for_serialization, error)),
    ]


@probe("a model is given a cyclic list")
def _(c: Context) -> Any:
    outcome = c.attempt(Error, code=1, message="m", more=_cyclic())
    return outcome if isinstance(outcome, str) else type(outcome).__name__


@probe("the configuration changes while calls run in 16 threads")
def _(c: Context) -> Any:
    c.answers_always(ANSWER)
    configuration = c.configuration()
    api = OauthApi(ApiClient(configuration))

    def call(index: int) -> str:
        configuration.username = f"id-{index}"
        configuration.password = f"word-{index}"
        configuration.host = c.host
        return api.oauth_token("refresh_token").access_token

    with ThreadPoolExecutor(16) as threads:
        tokens = list(threads.map(call, range(160)))
    arrived = [dict((name.lower(), value) for name, value in request["headers"]) for request in c.requests()]
    c.forget_requests()
    return [set(tokens), len(arrived), {headers["authorization"].partition(" ")[0] for headers in arrived}]


@probe("headers change while calls run in 16 threads")
def _(c: Context) -> Any:
    c.answers_always(ANSWER)
    client = c.client()

    def call(index: int) -> str:
        client.set_default_header("X-Index", str(index))
        return OauthApi(client).oauth_token("refresh_token").access_token

    with ThreadPoolExecutor(16) as threads:
        tokens = list(threads.map(call, range(160)))
    arrived = len(c.requests())
    c.forget_requests()
    return [set(tokens), arrived]


@probe("close while calls run in 8 threads")
def _(c: Context) -> Any:
    c.answers_always(ANSWER | {"delay_ms": 100})
    client = c.client()
    with ThreadPoolExecutor(8) as threads:
        running = [threads.submit(OauthApi(client).oauth_token, "refresh_token") for _ in range(8)]
        client.close()
        tokens = [each.result(10).access_token for each in running]
    c.forget_requests()
    return set(tokens)


@probe("close waits for calls that async_req started")
def _(c: Context) -> Any:
    c.answers_always(ANSWER | {"delay_ms": 200})
    client = c.client()
    thread = OauthApi(client).oauth_token("refresh_token", async_req=True)
    client.close()
    return [thread.ready(), thread.get(5).access_token]


@probe("settings of the wrong type: a list as the host, a text as verify_ssl")
def _(c: Context) -> Any:
    c.answers_token()
    configuration = c.configuration()
    configuration.verify_ssl = "yes"
    return [
        c.attempt(lambda: c.api(host=[c.host]).oauth_token("authorization_code")),
        c.attempt(lambda: OauthApi(ApiClient(configuration)).oauth_token("authorization_code").access_token),
    ]


@probe("configuration of another class")
def _(c: Context) -> Any:
    return [c.attempt(ApiClient, value) for value in ("text", 7, {"host": c.host})]


@probe("proxy settings that cannot be used")
def _(c: Context) -> Any:
    def call(proxy: Any) -> Any:
        configuration = c.configuration()
        configuration.proxy = proxy
        configuration.retries = 0
        return OauthApi(ApiClient(configuration)).oauth_token("authorization_code")

    return [
        str(c.attempt(call, proxy)).partition(":")[0] for proxy in ("not a URL", "socks5://127.0.0.1:1", 7)
    ]


@probe("pool_threads that cannot be used")
def _(c: Context) -> Any:
    def pool(threads: Any) -> Any:
        client = ApiClient(c.configuration(), pool_threads=threads)
        try:
            return type(client.pool).__name__
        finally:
            client.close()

    return [c.attempt(pool, threads) for threads in (0, -1, "4", None)]


@probe("a token's pickle carries its token, and nothing of the client")
def _(c: Context) -> Any:
    c.answers_token()
    token = c.api().oauth_token("authorization_code")
    try:
        pickled = pickle.dumps(token)
    except Exception as error:
        return error
    return ["pina_access" in pickled.decode("latin-1"), "0123456789abcdef0123456789abcdef01234567" in pickled.decode("latin-1")]


@probe("a wrong type's exception does not show the value")
def _(c: Context) -> Any:
    return "pina_secret" in c.attempt(OauthAccessTokenResponseCode, expires_in="pina_secret")


@probe("a very long value in each place")
def _(c: Context) -> Any:
    c.answers(*[ANSWER] * 2)
    long = "a" * 20000
    return [
        c.attempt(lambda: c.client().call_api("/x", "POST", body={"a": long})[1]),
        OauthAccessTokenResponseCode(**TOKEN | {"access_token": long}).access_token == long,
    ]


@probe("deep objects: 1 000 levels in a body")
def _(c: Context) -> Any:
    c.answers(ANSWER)
    deep: Any = 1
    for _ in range(1000):
        deep = [deep]
    return c.attempt(lambda: c.client().call_api("/x", "POST", body=deep)[1])


@probe("a broken object: its str fails in a path and a query")
def _(c: Context) -> Any:
    class Broken:
        def __str__(self) -> str:
            raise RuntimeError("broken")

    client = c.client()
    return [
        c.attempt(client.call_api, "/{p}", "GET", path_params={"p": Broken()}),
        c.attempt(client.call_api, "/x", "GET", query_params=[("a", Broken())]),
    ]


@probe("set_default of something else")
def _(c: Context) -> Any:
    Configuration.set_default("text")
    outcome = c.attempt(lambda: ApiClient())
    Configuration.set_default(None)
    return outcome if isinstance(outcome, str) else type(outcome).__name__
