"""Runs every case of `tests/vectors` from Python."""

from __future__ import annotations

import asyncio
import base64
import copy
import io
import json
import pickle
import time
import traceback
from typing import TYPE_CHECKING, Any

import pytest

from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from openapi_generated.pinterest_client.exceptions import (
    ForbiddenException,
    InvalidInputException,
    NotFoundException,
    ServiceException,
    UnauthorizedException,
)
from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
from pinterest_sdk import AuthorizationRequest, PendingAuthorization, Scope, aio
from sandbox import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox import Sandbox

    Given = tuple[Any, int, Any]

FILES = sorted((ROOT / "tests/vectors").glob("*.json"))
CASES = [case for file in FILES for case in json.loads(file.read_text(encoding="utf-8"))]
# Authorizations run in both faces; other calls have tests of their own in asyncio's.
RUNS = [("blocking", case) for case in CASES]
RUNS += [("asyncio", case) for case in CASES if case["call"]["method"] == "authorize"]
RAN: set[str] = set()
# What a case says of a call beside its arguments.
UNSENT = ("method", "times", "pause_ms", "options", "merged_with")

# The classes that the exceptions of each kind must have, where the HTTP status does not decide.
CLASSES = {
    "InvalidInput": InvalidInputException,
    "Forbidden": ForbiddenException,
    "Server": ServiceException,
    "Authentication": UnauthorizedException,
    "InvalidGrant": UnauthorizedException,
    "Scope": UnauthorizedException,
}
BY_STATUS = {401: UnauthorizedException, 403: ForbiddenException, 404: NotFoundException}
KNOWN = {
    "case": {"name", "configuration", "call", "server", "outcome", "within_seconds", "canary"},
    "configuration": {
        *("host", "username", "password", "access_token", "timeout_seconds", "connect_timeout_seconds"),
        *("environment", "proxy", "retries", "max_answer_bytes"),
    },
    "call": {
        *("method", "grant_type", "code", "redirect_uri", "refresh_token", "scope", "continuous_refresh"),
        *("refresh_on", "token", "token_type_hint", "times", "pause_ms"),
        *("scopes", "pkce", "comma_separated_scopes", "lifetime_seconds", "callback", "uses", "merged_with"),
        *("options", "http_method", "path", "json", "content", "parts", "any_type"),
    },
    "server": {"setup", "respond", "expect", "connections"},
    "options": {"timeout_seconds", "connect_timeout_seconds", "headers"},
    "content": {"content_type", "text"},
    "part": {"name", "text", "file_name", "content_type"},
    "expect": {"method", "path", "headers", "body", "body_contains"},
    "outcome": {"response", "error", "status", "text", "url_contains", "ends_in"},
    "error": {
        *("kind", "outcome", "phase", "status", "code", "setting", "message_contains", "hint_contains"),
        *("retry_after_seconds", "request_id", "body", "headers", "retryable", "hint_settings", "reason"),
    },
}


@pytest.mark.parametrize(("face", "case"), RUNS, ids=[f"{case['name']}-{face}" for face, case in RUNS])
def test_vector(face: str, case: dict[str, Any], sandbox: Sandbox) -> None:
    RAN.add(case["name"])
    case = fill_in(case, sandbox.addresses)
    check_known(case)
    for method, path, body in case["server"].get("setup", []):
        sandbox.control(method, path, body)
    if "respond" in case["server"]:
        sandbox.respond(*case["server"]["respond"])

    settings = {
        "username": "1234567",
        "password": "0123456789abcdef0123456789abcdef01234567",
        "timeout_seconds": 5,
    }
    settings = {"host": sandbox.host, **settings, **case.get("configuration", {})}
    make = authorize_blocking if case["call"]["method"] == "authorize" else call_blocking
    if face == "asyncio":
        make = authorize_async
    started = time.monotonic()
    try:
        given, shown = make(case, settings)
    except ApiException as error:
        check_error(case, error)
        given, shown = None, text_forms(error)
    took = time.monotonic() - started
    if case["call"].get("times", 1) == 1:
        assert took <= case.get("within_seconds", settings["timeout_seconds"] + 1)

    assert [secret for secret in case.get("canary", []) if secret in shown] == []
    if given is not None:
        check_response(case["outcome"], *given)
    check_requests(case["server"], sandbox.requests())


def test_every_vector_ran() -> None:
    held = sum(file.read_text(encoding="utf-8").count('\n    "name": ') for file in FILES)
    assert held == len(CASES) == len(RAN)


def fill_in(case: Any, addresses: dict[str, str]) -> Any:
    text = json.dumps(case)
    for name, address in addresses.items():
        text = text.replace(f"{{{name}}}", address)
    return json.loads(text)


def check_known(case: dict[str, Any]) -> None:
    parts = {
        "case": [case],
        "configuration": [case.get("configuration", {})],
        "call": [case["call"]],
        "server": [case["server"]],
        "options": [case["call"].get("options", {})],
        "content": [case["call"].get("content", {})],
        "part": case["call"].get("parts", []),
        "expect": case["server"].get("expect", []),
        "outcome": [case["outcome"]],
        "error": [case["outcome"].get("error", {})],
    }
    for name, objects in parts.items():
        for item in objects:
            assert set(item) <= KNOWN[name], f"{name} has a field that this runner does not know"


def scope(text: str) -> str:
    """Give a scope, or the constant of that name."""
    constant = text.removeprefix("constant:")
    return text if constant == text else getattr(Scope, constant)


def configured(settings: dict[str, Any]) -> Configuration:
    names = ("username", "password", "access_token", "environment")
    configuration = Configuration(**{name: settings[name] for name in names if name in settings})
    if settings["host"] is not None:
        configuration.host = settings["host"]
    configuration.proxy = settings.get("proxy")
    configuration.timeout = limits(settings)
    configuration.retries = settings.get("retries")
    configuration.max_answer_bytes = settings.get("max_answer_bytes")
    return configuration


def call_blocking(case: dict[str, Any], settings: dict[str, Any]) -> tuple[Given, str]:
    """Make the call as often as asked; give its last outcome and every text form of the client."""
    configuration, call = configured(settings), case["call"]
    own = call.get("options", {})
    arguments = {name: value for name, value in call.items() if name not in UNSENT}
    if "timeout_seconds" in own:
        arguments["_request_timeout"] = limits(own)
    if "headers" in own:
        arguments["_headers"] = own["headers"]
    with ApiClient(configuration) as client:
        if call["method"] == "request":
            given = request(client, call)
            return given, repr(given)
        method = getattr(OauthApi(client), call["method"])
        for number in range(call.get("times", 1)):
            if number:
                time.sleep(call.get("pause_ms", 0) / 1000)
            given = method(**arguments, _return_http_data_only=False)
        if old := call.get("merged_with"):
            given = (given[0].merged_with(OauthAccessTokenResponse(**old)), *given[1:])
        return given, f"{client!r} {configuration!r} {given[2]!r}"


def limits(given: dict[str, Any]) -> float | tuple[float, float]:
    """Give the limits of a call as Python has them: of a pair, both together are the whole call's."""
    total, connect = given["timeout_seconds"], given.get("connect_timeout_seconds")
    return total if connect is None else (connect, total - connect)


def request(client: ApiClient, call: dict[str, Any]) -> Given:
    """Call any endpoint."""
    headers, body, fields, files = {"Accept": "application/json"}, call.get("json"), [], {}
    if content := call.get("content"):
        headers["Content-Type"], body = content["content_type"], content["text"]
    for part in call.get("parts", []):
        headers["Content-Type"] = "multipart/form-data"
        if "file_name" in part:
            file = io.BytesIO(part["text"].encode())
            file.name = part["file_name"]
            files[part["name"]] = [file]
        else:
            fields.append((part["name"], part["text"]))
    if of_any_type := call.get("any_type", False):
        headers["Accept"] = "text/csv"
    response = client.call_api(
        call["path"],
        call["http_method"],
        header_params=headers,
        body=body,
        post_params=fields,
        files=files,
        response_type=(str,) if of_any_type else None,
        auth_settings=["pinterest_oauth2"],
    )
    data, status, _ = response
    return data, status, None


def authorize_blocking(case: dict[str, Any], settings: dict[str, Any]) -> tuple[Given, str]:
    """Start an authorization, keep it as JSON and complete it as often as the case says."""
    return authorize(
        case,
        settings,
        lambda pending, client, callback, **own: pending.complete(client, callback, **own),
    )


def authorize_async(case: dict[str, Any], settings: dict[str, Any]) -> tuple[Given, str]:
    """Do the same with asyncio."""
    return authorize(
        case,
        settings,
        lambda pending, client, callback, **own: asyncio.run(aio.complete(client, pending, callback, **own)),
    )


def authorize(
    case: dict[str, Any],
    settings: dict[str, Any],
    complete: Callable[..., OauthAccessTokenResponse],
) -> tuple[Given, str]:
    call = case["call"]
    known = {"method", "redirect_uri", "scopes", "pkce", "continuous_refresh", "comma_separated_scopes"}
    assert set(call) <= {*known, "lifetime_seconds", "callback", "uses", "options"}
    given = call.get("options", {})
    own = {name: given[name] for name in given if name == "headers"}
    if "timeout_seconds" in given:
        own["timeout"] = limits(given)
    request = AuthorizationRequest(
        call["redirect_uri"],
        [scope(text) for text in call["scopes"]],
        pkce=call.get("pkce", False),
        continuous_refresh=call.get("continuous_refresh", False),
        comma_separated_scopes=call.get("comma_separated_scopes", False),
        lifetime=call.get("lifetime_seconds", 600),
    )
    with ApiClient(configured(settings)) as client:
        started = request.start(client)
        for part in case["outcome"].get("url_contains", []):
            assert part in started.url
        pending = PendingAuthorization.from_json(started.to_json())
        callback = call["callback"].replace("{state}", started.state)
        for _ in range(call.get("uses", 1) - 1):
            try:
                complete(pending, client, callback, **own)
            except ApiException as error:
                raise AssertionError("an earlier use failed") from error
        token = complete(pending, client, callback, **own)
    return (token, 200, None), f"{request!r} {started!r} {started.to_json()} {started.url}"


def text_forms(error: BaseException) -> str:
    # The body is for whoever asks for it.
    named = {name: value for name, value in vars(error).items() if name != "body"}
    arguments = error.args if isinstance(error, ApiException) else ()
    forms = [str(error), repr(error), repr(arguments), repr(named)]
    forms += traceback.format_exception(error)
    for cause in (error.__cause__, error.__context__):
        forms += [text_forms(cause)] if cause else []
    return "\n".join(forms)


def check_response(expected: dict[str, Any], data: Any, status: int, _: object) -> None:
    assert "error" not in expected, "succeeded"
    assert status == expected.get("status", status)
    assert data == expected.get("text", data)
    named = dict(expected.get("response", {}))
    additional = named.pop("additional_properties", None)
    odd = named.pop("odd_fields", None)
    assert odd is None or [[field.name, field.value] for field in data.odd_fields] == odd
    if ends_in := expected.get("ends_in"):
        assert ends_in - 60 <= data.expires_at - time.time() <= ends_in
        assert (
            copy.deepcopy(data).expires_at == pickle.loads(pickle.dumps(data)).expires_at == data.expires_at
        )
    for name, value in named.items():
        assert (None if data is None else data.get(name)) == value
        assert type(data.get(name)) is type(value)
    if additional is not None:
        fields = data.to_dict()
        assert {name: fields[name] for name in fields if name not in type(data).openapi_types} == additional


def check_error(case: dict[str, Any], error: ApiException) -> None:
    expected = case["outcome"].get("error")
    assert expected, f"failed: {error}"
    assert (error.kind, error.outcome) == (expected["kind"], expected["outcome"]), error
    for field in ("phase", "code", "request_id"):
        assert getattr(error, field) == expected.get(field, getattr(error, field))
    assert error.reason == expected.get("reason", error.reason)
    assert error.body == expected.get("body", error.body)
    status = expected.get("status", error.status)
    assert error.status == (0 if status is None else status)
    assert error.retry_after == expected.get("retry_after_seconds", error.retry_after)
    if setting := expected.get("setting"):
        assert f"`{setting}`" in (error.message or "")
    for part in expected.get("message_contains", []):
        assert part in (error.message or "")
    for part in expected.get("hint_contains", []):
        assert part in (error.hint or "")
    for name in expected.get("hint_settings", []):
        assert f"`{name}`" in (error.hint or "")
    assert error.retryable == expected.get("retryable", error.retryable)
    for name, value in expected.get("headers", {}).items():
        assert error.headers is not None
        assert error.headers.get(name) == value
    if 300 <= (error.status or 0) < 500:
        assert type(error) is BY_STATUS.get(error.status or 0, ApiException)
    else:
        assert isinstance(error, CLASSES.get(expected["kind"], ApiException))


def check_requests(server: dict[str, Any], requests: list[dict[str, Any]]) -> None:
    if "connections" in server:
        assert len({request["connection"] for request in requests}) == server["connections"]
    if "expect" not in server:
        return
    assert len(requests) == len(server["expect"])
    for request, expected in zip(requests, server["expect"], strict=True):
        for name in ("method", "path", "body"):
            assert request[name] == expected.get(name, request[name])
        for part in expected.get("body_contains", []):
            assert part in request["body"]
        headers = {name.lower(): value for name, value in request["headers"]}
        for name, value in expected.get("headers", {}).items():
            if value is not None and value.startswith("basic:"):
                value = "Basic " + base64.b64encode(value[len("basic:") :].encode()).decode()  # noqa: PLW2901
            assert headers.get(name) == value
