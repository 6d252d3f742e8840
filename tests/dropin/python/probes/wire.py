"""What goes over the wire, to the byte; connections; what a host may look like."""

from typing import Any

from openapi_generated.pinterest_client import ApiClient, Configuration
from openapi_generated.pinterest_client.api.oauth_api import OauthApi

from context import Context
from probes import probe


@probe("every header of a call")
def _(c: Context) -> Any:
    c.answers_token()
    c.api().oauth_token("authorization_code")
    return c.every_header()


@probe("every header of a GET")
def _(c: Context) -> Any:
    c.answers({"status": 200, "json": {}})
    c.client(access_token="pina_token").call_api("/boards", "GET", auth_settings=["pinterest_oauth2"])
    return c.every_header()


@probe("the length of a body is told")
def _(c: Context) -> Any:
    c.answers_token()
    c.api().oauth_token("authorization_code")
    names = {name.lower(): value for name, value in c.requests()[0]["headers"]}
    return [names.get("content-length"), names.get("transfer-encoding")]


@probe("one connection for calls one after another")
def _(c: Context) -> Any:
    c.answers_token(times=3)
    api = c.api()
    for _ in range(3):
        api.oauth_token("refresh_token")
    return len({request["connection"] for request in c.requests()})


@probe("one connection for OAuth and other calls")
def _(c: Context) -> Any:
    c.answers_token()
    c.answers({"status": 200, "json": {}}, {"status": 200, "json": {}})
    client = c.client()
    client.call_api("/a", "GET")
    client.call_api("/b", "GET")
    return len({request["connection"] for request in c.requests()})


@probe("a kept connection that the server has closed is replaced")
def _(c: Context) -> Any:
    import time

    token = {
        "status": 200,
        "json": {"response_type": "refresh_token", "access_token": "a", "expires_in": 1, "scope": "s"},
    }
    c.answers(token | {"then": "close"}, token)
    api = c.api()
    first = api.oauth_token("refresh_token").access_token
    time.sleep(0.1)
    return [first, api.oauth_token("refresh_token").access_token]


@probe("no credentials")
def _(c: Context) -> Any:
    c.answers_token()
    return OauthApi(ApiClient(Configuration(host=c.host))).oauth_token("authorization_code").access_token


@probe("a user name without a password, a password without a user name")
def _(c: Context) -> Any:
    c.answers_token(times=2)
    return [
        c.attempt(lambda: c.api(password=None).oauth_token("authorization_code").access_token),
        c.attempt(lambda: c.api(username=None).oauth_token("authorization_code").access_token),
    ]


@probe("an empty password, an empty user name")
def _(c: Context) -> Any:
    c.answers_token(times=2)
    return [
        c.attempt(lambda: c.api(password="").oauth_token("authorization_code").access_token),
        c.attempt(lambda: c.api(username="").oauth_token("authorization_code").access_token),
    ]


@probe("credentials with a colon, spaces, letters of Latin-1")
def _(c: Context) -> Any:
    c.answers_token(times=3)
    for name, word in (("a", "b:c"), ("a b", " c "), ("ü", "é")):
        print(
            c.attempt(
                lambda name=name, word=word: (
                    c.api(username=name, password=word).oauth_token("authorization_code").access_token
                )
            )
        )


@probe("credentials beyond Latin-1")
def _(c: Context) -> Any:
    c.answers_token()
    return c.api(username="ключ", password="🔑").oauth_token("authorization_code").access_token


@probe("an access token besides the credentials is not sent to the token endpoint")
def _(c: Context) -> Any:
    c.answers_token()
    return c.api(access_token="pina_token").oauth_token("authorization_code").access_token


@probe("host: a slash at its end")
def _(c: Context) -> Any:
    c.answers_token()
    return c.api(host=f"{c.host}/").oauth_token("authorization_code").access_token


@probe("host: no path, another path")
def _(c: Context) -> Any:
    c.answers_token(times=2)
    bare = c.host.removesuffix("/v5")
    return [
        c.api(host=bare).oauth_token("authorization_code").access_token,
        c.api(host=f"{bare}/proxy/v5").oauth_token("authorization_code").access_token,
    ]


@probe("host: localhost by name")
def _(c: Context) -> Any:
    c.answers_token()
    return c.api(host=c.host.replace("127.0.0.1", "localhost")).oauth_token("authorization_code").access_token


@probe("host: capital letters, spaces around it")
def _(c: Context) -> Any:
    c.answers_token(times=2)
    return [
        c.attempt(
            lambda: c.api(host=c.host.replace("http", "HTTP")).oauth_token("authorization_code").access_token
        ),
        c.attempt(lambda: c.api(host=f" {c.host} ").oauth_token("authorization_code").access_token).partition(
            ":"
        )[0],
    ]


@probe("host: userinfo, a query, a fragment")
def _(c: Context) -> Any:
    c.answers_token(times=3)
    hosts = (c.host.replace("//", "//user:word@"), f"{c.host}?a=b", f"{c.host}#part")
    return [
        c.attempt(
            lambda host=host: c.api(host=host).oauth_token("authorization_code").access_token
        ).partition(":")[0]
        for host in hosts
    ]


@probe("host: empty, not a URL, another scheme")
def _(c: Context) -> Any:
    hosts = ("", "api.pinterest.com/v5", "ftp://api.pinterest.com/v5", "https://")
    return [
        c.attempt(
            lambda host=host: c.api(host=host).oauth_token("authorization_code").access_token
        ).partition(":")[0]
        for host in hosts
    ]


@probe("host: plain http to another machine", since="0.1.12")
def _(c: Context) -> Any:
    configuration = c.configuration(host="http://192.0.2.1/v5")
    configuration.retries = 0
    outcome = c.attempt(
        OauthApi(ApiClient(configuration)).oauth_token, "authorization_code", _request_timeout=0.3
    )
    return outcome.partition(":")[0]


@probe("nobody listening, an answer never comes, the connection is cut: which class")
def _(c: Context) -> Any:
    def call(name: str) -> Any:
        configuration = c.configuration(host=f"http://{c.addresses[name]}/v5")
        configuration.retries = 0
        return OauthApi(ApiClient(configuration)).oauth_token("authorization_code", _request_timeout=0.5)

    return {name: c.attempt(call, name).partition(":")[0] for name in ("refused", "silent", "slam")}


@probe("TLS: an expired certificate, another name, signed by itself, plain text")
def _(c: Context) -> Any:
    def call(name: str) -> Any:
        configuration = c.configuration(host=f"https://{c.addresses[name]}/v5", ssl_ca_cert=c.ca_file)
        configuration.retries = 0
        return OauthApi(ApiClient(configuration)).oauth_token("authorization_code", _request_timeout=2)

    return {
        name: c.attempt(call, name).partition(":")[0]
        for name in ("tls_expired", "tls_wrong_host", "tls_self_signed", "plain")
    }


@probe("a secret is in no exception's text")
def _(c: Context) -> Any:
    def text(name: str) -> str:
        configuration = c.configuration(host=f"http://{c.addresses[name]}/v5")
        configuration.retries = 0
        try:
            OauthApi(ApiClient(configuration)).oauth_token("authorization_code", _request_timeout=0.3)
        except Exception as error:
            return f"{error}{error!r}"
        return "no exception"

    return {name: "0123456789abcdef0123456789abcdef01234567" in text(name) for name in ("refused", "silent", "slam")}


@probe("the environment's HTTPS_PROXY")
def _(c: Context) -> Any:
    import os

    c.answers_token()
    os.environ["HTTPS_PROXY"] = c.addresses["http"]
    try:
        outcome = c.attempt(
            lambda: (
                c.api(host=c.https_host, ssl_ca_cert=c.ca_file).oauth_token("authorization_code").access_token
            )
        )
    finally:
        del os.environ["HTTPS_PROXY"]
    return [outcome.partition(":")[0], [bool(request["connect_target"]) for request in c.requests()]]


@probe("the environment's SSL_CERT_FILE")
def _(c: Context) -> Any:
    import os

    c.answers_token()
    os.environ["SSL_CERT_FILE"] = c.ca_file
    try:
        return c.attempt(
            lambda: c.api(host=c.https_host).oauth_token("authorization_code").access_token
        ).partition(":")[0]
    finally:
        del os.environ["SSL_CERT_FILE"]


@probe("a response's cookie is not sent back")
def _(c: Context) -> Any:
    token = {
        "status": 200,
        "json": {"response_type": "refresh_token", "access_token": "a", "expires_in": 1, "scope": "s"},
    }
    c.answers(token | {"headers": {"Set-Cookie": "a=1"}}, token)
    api = c.api()
    api.oauth_token("refresh_token")
    api.oauth_token("refresh_token")
