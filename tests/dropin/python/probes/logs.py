"""`Configuration.debug`, the loggers and the log file: what they show, and what they never show."""

import io
import logging
from http import client as http_client
from typing import Any

from openapi_generated.pinterest_client import ApiClient, Configuration
from openapi_generated.pinterest_client.api.oauth_api import OauthApi

from context import TOKEN, Context
from probes import probe

SECRETS = {
    "Basic header": "MTIzNDU2NzowMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3",
    "app secret": "0123456789abcdef0123456789abcdef01234567",
    "access token": str(TOKEN["access_token"]),
    "refresh token": str(TOKEN["refresh_token"]),
    "bearer": "pina_bearer",
}


def _shown(text: str) -> dict[str, bool]:
    return {name: secret in text for name, secret in SECRETS.items()}


@probe("the loggers' names and levels")
def _(c: Context) -> Any:
    configuration = Configuration()
    return {
        key: [logger.name, logging.getLevelName(logger.level)]
        for key, logger in sorted(configuration.logger.items())
    }


@probe("debug sets the loggers' level, and back")
def _(c: Context) -> Any:
    configuration = Configuration()
    seen = [configuration.debug]
    for value in (True, False):
        configuration.debug = value
        seen += [
            configuration.debug,
            [logging.getLevelName(logger.level) for logger in configuration.logger.values()],
        ]
    return seen


@probe("debug switches http.client's prints of the wire")
def _(c: Context) -> Any:
    configuration = Configuration()
    configuration.debug = True
    on = http_client.HTTPConnection.debuglevel
    configuration.debug = False
    return [on, http_client.HTTPConnection.debuglevel]


@probe("debug: what is printed holds no secret")
def _(c: Context) -> Any:
    import contextlib

    c.answers_token(times=2)
    configuration = c.configuration(access_token="pina_bearer")
    configuration.debug = True
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        client = ApiClient(configuration)
        OauthApi(client).oauth_token("authorization_code")
        client.call_api("/user_account", "GET", auth_settings=["pinterest_oauth2"])
    return _shown(printed.getvalue())


@probe("debug: what is logged holds no secret")
def _(c: Context) -> Any:
    logged = io.StringIO()
    handler = logging.StreamHandler(logged)
    c.answers_token(times=2)
    configuration = c.configuration(access_token="pina_bearer")
    configuration.debug = True
    http_client.HTTPConnection.debuglevel = 0
    for logger in configuration.logger.values():
        logger.addHandler(handler)
    client = ApiClient(configuration)
    OauthApi(client).oauth_token("authorization_code")
    client.call_api("/user_account", "GET", auth_settings=["pinterest_oauth2"])
    return _shown(logged.getvalue())


@probe("debug: a call is logged")
def _(c: Context) -> Any:
    logged = io.StringIO()
    c.answers_token()
    configuration = c.configuration()
    configuration.debug = True
    http_client.HTTPConnection.debuglevel = 0
    for logger in configuration.logger.values():
        logger.addHandler(logging.StreamHandler(logged))
    OauthApi(ApiClient(configuration)).oauth_token("authorization_code")
    text = logged.getvalue()
    return {
        "anything": bool(text),
        "names the path": "/oauth/token" in text,
        "names the status": "200" in text,
    }


@probe("without debug nothing is printed or logged")
def _(c: Context) -> Any:
    logged = io.StringIO()
    c.answers_token()
    configuration = c.configuration()
    for logger in configuration.logger.values():
        logger.addHandler(logging.StreamHandler(logged))
    OauthApi(ApiClient(configuration)).oauth_token("authorization_code")
    return logged.getvalue()


@probe("logger_file: its handler, its file and no secret in it")
def _(c: Context) -> Any:
    c.answers_token()
    path = c.folder() / "client.log"
    configuration = c.configuration()
    configuration.logger_file = str(path)
    configuration.debug = True
    http_client.HTTPConnection.debuglevel = 0
    OauthApi(ApiClient(configuration)).oauth_token("authorization_code")
    text = path.read_text()
    return {
        "logger_file": configuration.logger_file == str(path),
        "handler": type(configuration.logger_file_handler).__name__,
        "lines": bool(text),
        "names the path": "/oauth/token" in text,
        **_shown(text),
    }


@probe("logger_file: a folder that does not exist")
def _(c: Context) -> Any:
    outcome = c.attempt(setattr, Configuration(), "logger_file", str(c.folder() / "missing" / "client.log"))
    return str(outcome).partition(":")[0]


@probe("logger_format: the handler's formatter follows")
def _(c: Context) -> Any:
    configuration = Configuration()
    seen = [configuration.logger_format]
    configuration.logger_format = "%(message)s"
    configuration.logger_file = str(c.folder() / "client.log")
    record = logging.LogRecord("name", logging.INFO, "path", 1, "hello", None, None)
    return [
        *seen,
        configuration.logger_format,
        configuration.logger_file_handler.format(record),
        configuration.logger_formatter.format(record),
    ]


@probe("a copy writes to the same log file")
def _(c: Context) -> Any:
    import copy

    path = c.folder() / "client.log"
    configuration = Configuration()
    configuration.logger_file = str(path)
    return copy.deepcopy(configuration).logger_file == str(path)
