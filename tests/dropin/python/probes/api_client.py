"""`ApiClient`: what it is made of, its helpers, its life."""

import copy
import pickle
from typing import Any

from openapi_generated.pinterest_client import ApiClient, Configuration
from openapi_generated.pinterest_client.api.oauth_api import OauthApi

from context import Context
from observe import signature
from probes import probe


@probe("the constructor's signature but for the user agent")
def _(c: Context) -> Any:
    return [each for each in signature(ApiClient) if "user_agent" not in each]


@probe("call_api's signature")
def _(c: Context) -> Any:
    return signature(ApiClient.call_api)


@probe("request's signature")
def _(c: Context) -> Any:
    return signature(ApiClient.request)


@probe("attributes of a new client")
def _(c: Context) -> Any:
    configuration = c.configuration()
    client = ApiClient(configuration)
    return {
        "configuration": client.configuration is configuration,
        "pool_threads": client.pool_threads,
        "cookie": client.cookie,
        "headers": sorted(set(client.default_headers) - {"X-Pinterest-App-Type-Detailed"}),
        "rest_client": type(client.rest_client).__name__,
        "last_response": hasattr(client, "last_response"),
    }


@probe("app_type_detailed")
def _(c: Context) -> Any:
    client = c.client()
    return [client.app_type_detailed, client.default_headers.get("X-Pinterest-App-Type-Detailed")]


@probe("with: gives the client, closes at the end")
def _(c: Context) -> Any:
    c.answers_token()
    client = c.client()
    with client as entered:
        token = OauthApi(entered).oauth_token("authorization_code").access_token
    return [entered is client, token]


@probe("with: an exception passes through")
def _(c: Context) -> Any:
    with c.client():
        raise LookupError("the program's own")


@probe("close twice")
def _(c: Context) -> Any:
    client = c.client()
    return [client.close(), client.close()]


@probe("a call after close")
def _(c: Context) -> Any:
    c.answers_token()
    client = c.client()
    client.close()
    return c.attempt(lambda: OauthApi(client).oauth_token("authorization_code").access_token)


@probe("async_req after close")
def _(c: Context) -> Any:
    c.answers_token()
    client = c.client()
    client.pool
    client.close()
    return c.attempt(
        lambda: OauthApi(client).oauth_token("authorization_code", async_req=True).get().access_token
    )


@probe("pool is made when first looked at, and kept")
def _(c: Context) -> Any:
    client = ApiClient(c.configuration(), pool_threads=2)
    pool = client.pool
    seen = [type(pool).__name__, client.pool is pool, pool.apply(lambda: "ran")]
    client.close()
    return seen


@probe("user_agent: given, set, sent")
def _(c: Context) -> Any:
    c.answers({"status": 200, "json": {}}, {"status": 200, "json": {}})
    client = ApiClient(c.configuration(), user_agent="given/1")
    client.call_api("/a", "GET")
    seen = [client.user_agent, client.default_headers["User-Agent"]]
    client.user_agent = "set/2"
    client.call_api("/b", "GET")
    return [*seen, client.user_agent, [line for line in c.every_header() if "user-agent" in line.lower()]]


@probe("user_agent of an OAuth call")
def _(c: Context) -> Any:
    c.answers_token()
    client = ApiClient(c.configuration(), user_agent="given/1")
    OauthApi(client).oauth_token("authorization_code")
    return [line for line in c.every_header() if "user-agent" in line.lower()]


@probe("header_name and header_value are sent")
def _(c: Context) -> Any:
    c.answers_token()
    client = ApiClient(c.configuration(), header_name="X-Team", header_value="blue")
    OauthApi(client).oauth_token("authorization_code")
    return client.default_headers["X-Team"]


@probe("set_default_header and default_headers")
def _(c: Context) -> Any:
    c.answers_token()
    client = c.client()
    client.set_default_header("X-One", "1")
    client.default_headers["X-Two"] = "2"
    OauthApi(client).oauth_token("authorization_code")
    return sorted(
        name for name in client.default_headers if name.startswith("X-") and "Pinterest" not in name
    )


@probe("a default header that is a number")
def _(c: Context) -> Any:
    c.answers_token()
    client = c.client()
    client.set_default_header("X-Number", 7)
    return c.attempt(lambda: OauthApi(client).oauth_token("authorization_code").access_token)


@probe("a default Authorization header and credentials")
def _(c: Context) -> Any:
    c.answers_token()
    client = c.client()
    client.set_default_header("Authorization", "Bearer own")
    return c.attempt(lambda: OauthApi(client).oauth_token("authorization_code").access_token)


@probe("a default header taken away again")
def _(c: Context) -> Any:
    c.answers_token()
    client = ApiClient(c.configuration(), "X-Team", "blue")
    del client.default_headers["X-Team"]
    OauthApi(client).oauth_token("authorization_code")


@probe("cookie: given and set")
def _(c: Context) -> Any:
    c.answers_token(times=2)
    client = ApiClient(c.configuration(), cookie="a=1")
    OauthApi(client).oauth_token("authorization_code")
    client.cookie = "b=2"
    OauthApi(client).oauth_token("authorization_code")


@probe("select_header_accept")
def _(c: Context) -> Any:
    select = c.client().select_header_accept
    lists = (["application/json"], ["text/CSV", "application/JSON"], ["text/csv", "text/html"], [], None)
    return [select(each) for each in lists]


@probe("select_header_content_type")
def _(c: Context) -> Any:
    select = c.client().select_header_content_type
    return [
        select(["application/x-www-form-urlencoded"]),
        select(["text/csv", "*/*"]),
        select([]),
        select(None),
        select(["application/json-patch+json"], "PATCH", [{}]),
        select(["application/json-patch+json", "application/json"], "PATCH", {}),
        select(["multipart/form-data", "Application/JSON"], "POST"),
    ]


@probe("update_params_for_auth: the names of the settings")
def _(c: Context) -> Any:
    client = c.client(access_token="pina_token")

    def headers(*names: str) -> dict[str, str]:
        sent: dict[str, str] = {"X": "1"}
        client.update_params_for_auth(sent, [], list(names), "/p", "GET", None)
        return sent

    return [
        headers(),
        headers("basic"),
        headers("pinterest_oauth2"),
        headers("unknown"),
        headers("basic", "conversion_token"),
    ]


@probe("update_params_for_auth: settings in a query, a cookie, elsewhere")
def _(c: Context) -> Any:
    class Ours(Configuration):
        def auth_settings(self) -> Any:
            return {
                place: {"type": "apiKey", "in": place, "key": "k", "value": "v"}
                for place in ("query", "cookie", "header", "body")
            }

    client = ApiClient(Ours(host=c.host))

    def update(place: str) -> Any:
        headers: dict[str, str] = {}
        queries: list[tuple[str, str]] = []
        client.update_params_for_auth(headers, queries, [place], "/p", "GET", None)
        return [headers, queries]

    return {place: c.attempt(update, place) for place in ("query", "cookie", "header", "body")}


@probe("default configuration: what set_default holds when the client is made")
def _(c: Context) -> Any:
    Configuration.set_default(Configuration(host="https://one.example"))
    client = ApiClient()
    Configuration.set_default(Configuration(host="https://two.example"))
    return [client.configuration.host, ApiClient().configuration.host]


@probe("a client cannot be pickled")
def _(c: Context) -> Any:
    try:
        return ["0123456789abcdef0123456789abcdef01234567" in pickle.dumps(c.client()).decode("latin-1")]
    except Exception:
        return "an exception"


@probe("copy.copy of a client makes calls")
def _(c: Context) -> Any:
    c.answers_token()
    return OauthApi(copy.copy(c.client())).oauth_token("authorization_code").access_token


@probe("repr and str show no secret")
def _(c: Context) -> Any:
    client = c.client(access_token="pina_token")
    text = repr(client) + str(client)
    return ["0123456789abcdef0123456789abcdef01234567" in text, "pina_token" in text]


@probe("a subclass that changes call_api is asked by OauthApi")
def _(c: Context) -> Any:
    class Ours(ApiClient):
        def call_api(self, resource_path: str, method: str, *arguments: Any, **named: Any) -> Any:
            return ["seen", resource_path, method, sorted(named)]

    return OauthApi(Ours(c.configuration())).oauth_token("authorization_code")


@probe("a subclass that changes request sees the call")
def _(c: Context) -> Any:
    seen = []

    class Ours(ApiClient):
        def request(self, method: str, url: str, **named: Any) -> Any:
            seen.append([method, url.rpartition("/v5")[2]])
            return super().request(method, url, **named)

    c.answers({"status": 200, "json": {}})
    Ours(c.configuration()).call_api("/boards", "GET")
    return seen
