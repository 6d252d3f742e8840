"""`Configuration`'s settings of connections: the pool, retries, sockets, certificates, proxies."""

import os
import socket
from typing import Any

from openapi_generated.pinterest_client import ApiClient, Configuration
from openapi_generated.pinterest_client.api.oauth_api import OauthApi

from context import Context
from probes import probe


@probe("connection_pool_maxsize: its default")
def _(c: Context) -> Any:
    return Configuration().connection_pool_maxsize == (os.cpu_count() or 1) * 5


@probe("connection_pool_maxsize: idle connections are kept")
def _(c: Context) -> Any:
    c.answers_token(times=3)
    configuration = c.configuration()
    configuration.connection_pool_maxsize = 1
    api = OauthApi(ApiClient(configuration))
    for _ in range(3):
        api.oauth_token("authorization_code")
    return {"connections": len({request["connection"] for request in c.requests()})}


@probe("connection_pool_maxsize: None, 0, a text")
def _(c: Context) -> Any:
    def call(size: Any) -> Any:
        c.answers_token()
        configuration = c.configuration()
        configuration.connection_pool_maxsize = size
        return OauthApi(ApiClient(configuration)).oauth_token("authorization_code").access_token

    return [c.attempt(call, size) for size in (None, 0, "5")]


@probe("retries: None asks again when the connection is refused")
def _(c: Context) -> Any:
    configuration = c.configuration(host=f"http://{c.addresses['refused']}/v5")
    return c.attempt(OauthApi(ApiClient(configuration)).oauth_token, "authorization_code")


@probe("retries: 0 and False")
def _(c: Context) -> Any:
    def call(retries: Any) -> Any:
        c.answers_token()
        configuration = c.configuration()
        configuration.retries = retries
        return OauthApi(ApiClient(configuration)).oauth_token("authorization_code").access_token

    return [c.attempt(call, retries) for retries in (0, False, 3)]


@probe("retries: the answer 503 is not asked again")
def _(c: Context) -> Any:
    c.answers({"status": 503, "json": {"code": 12, "message": "busy"}, "headers": {"Retry-After": "1"}})
    configuration = c.configuration()
    configuration.retries = 3
    outcome = c.attempt(OauthApi(ApiClient(configuration)).oauth_token, "authorization_code")
    return [outcome.partition(":")[0], len(c.requests())]


@probe("retries: a text")
def _(c: Context) -> Any:
    c.answers_token()
    configuration = c.configuration()
    configuration.retries = "three"
    return c.attempt(OauthApi(ApiClient(configuration)).oauth_token, "authorization_code")


@probe("socket_options: a list as urllib3 takes it")
def _(c: Context) -> Any:
    c.answers_token()
    configuration = c.configuration()
    configuration.socket_options = [
        (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
        (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    ]
    return OauthApi(ApiClient(configuration)).oauth_token("authorization_code").access_token


@probe("socket_options: an option that does not exist")
def _(c: Context) -> Any:
    configuration = c.configuration()
    configuration.socket_options = [(socket.IPPROTO_TCP, 9999, 1)]
    return OauthApi(ApiClient(configuration)).oauth_token("authorization_code").access_token


@probe("ssl_ca_cert: the server is trusted with it")
def _(c: Context) -> Any:
    c.answers_token()
    return c.api(host=c.https_host, ssl_ca_cert=c.ca_file).oauth_token("authorization_code").access_token


@probe("verify_ssl: an unknown authority is refused")
def _(c: Context) -> Any:
    outcome = c.attempt(c.api(host=c.https_host).oauth_token, "authorization_code")
    return [outcome.partition(":")[0]]


@probe("verify_ssl = False takes any certificate")
def _(c: Context) -> Any:
    c.answers_token()
    configuration = c.configuration(host=c.https_host)
    configuration.verify_ssl = False
    return c.attempt(
        lambda: OauthApi(ApiClient(configuration)).oauth_token("authorization_code").access_token
    )


@probe("assert_hostname = False takes a certificate with another name")
def _(c: Context) -> Any:
    c.answers_token()
    wrong = c.configuration(host=f"https://{c.addresses['tls_wrong_host']}/v5", ssl_ca_cert=c.ca_file)
    strict = c.attempt(OauthApi(ApiClient(wrong)).oauth_token, "authorization_code").partition(":")[0]
    right = c.configuration(host=c.https_host, ssl_ca_cert=c.ca_file)
    right.assert_hostname = False
    loose = c.attempt(lambda: OauthApi(ApiClient(right)).oauth_token("authorization_code").access_token)
    return {"a certificate with another name": strict, "assert_hostname=False": loose}


@probe("assert_hostname: a name of the program's own")
def _(c: Context) -> Any:
    def call(name: str) -> Any:
        c.answers_token()
        configuration = c.configuration(host=c.https_host, ssl_ca_cert=c.ca_file)
        configuration.assert_hostname = name
        return OauthApi(ApiClient(configuration)).oauth_token("authorization_code").access_token

    return [c.attempt(call, name).partition(":")[0] for name in ("api.pinterest.com", "other.example")]


@probe("cert_file: the client shows its certificate")
def _(c: Context) -> Any:
    c.answers_token()
    configuration = c.configuration(host=c.https_host, ssl_ca_cert=c.ca_file)
    configuration.cert_file = configuration.key_file = c.client_certificate
    token = OauthApi(ApiClient(configuration)).oauth_token("authorization_code").access_token
    return [token, c.requests()[0]["client_certificate"] is not None]


@probe("cert_file that does not exist")
def _(c: Context) -> Any:
    configuration = c.configuration(host=c.https_host, ssl_ca_cert=c.ca_file)
    configuration.cert_file = str(c.folder() / "missing.pem")
    outcome = c.attempt(lambda: OauthApi(ApiClient(configuration)).oauth_token("authorization_code"))
    return str(outcome).partition(":")[0]


@probe("ssl_ca_cert that does not exist")
def _(c: Context) -> Any:
    configuration = c.configuration(host=c.https_host, ssl_ca_cert=str(c.folder() / "missing.pem"))
    outcome = c.attempt(lambda: OauthApi(ApiClient(configuration)).oauth_token("authorization_code"))
    return str(outcome).partition(":")[0]


@probe("proxy: a call goes through it")
def _(c: Context) -> Any:
    c.answers_token()
    configuration = c.configuration(host="https://api.pinterest.com/v5", ssl_ca_cert=c.ca_file)
    configuration.proxy = c.addresses["http"]
    configuration.proxy_headers = {"Proxy-Authorization": "Basic cHJveHk6d29yZA=="}
    token = OauthApi(ApiClient(configuration)).oauth_token("authorization_code").access_token
    request = c.requests()[0]
    return [token, request["connect_target"], request["proxy_authorization"]]


@probe("no_proxy: names, *, networks")
def _(c: Context) -> Any:
    host = c.addresses["https"].replace("localhost", "127.0.0.1") + "/v5"

    def call(no_proxy: str) -> Any:
        c.answers_token()
        configuration = c.configuration(host=host, ssl_ca_cert=c.ca_file)
        configuration.proxy = f"http://{c.addresses['refused']}"
        configuration.no_proxy = no_proxy
        configuration.retries = 0
        return OauthApi(ApiClient(configuration)).oauth_token("authorization_code").access_token

    return {
        each: c.attempt(call, each).partition(":")[0]
        for each in ("127.0.0.1", "*", "127.0.0.0/8", "other.example")
    }


@probe("a change reaches the clients that were made with it")
def _(c: Context) -> Any:
    c.answers_token(times=2)
    configuration = c.configuration(host=f"http://{c.addresses['refused']}/v5")
    api = OauthApi(ApiClient(configuration))
    configuration.host = c.host
    api.oauth_token("authorization_code")
    configuration.username = "other-id"
    api.oauth_token("authorization_code")
