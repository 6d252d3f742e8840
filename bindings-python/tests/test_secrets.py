"""No secret in anything printed, logged or raised; a response model is the one exception."""

from __future__ import annotations

import asyncio
import base64
import copy
import faulthandler
import gc
import io
import logging
import pickle
import traceback
import warnings
from typing import TYPE_CHECKING, Any

import pytest

import pinterest_sdk
from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration, aio, models
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from pinterest_sdk import _native
from pinterest_sdk import aio as sdk_aio
from sandbox import TOKEN

if TYPE_CHECKING:
    from sandbox import Sandbox

SECRETS = {
    name: f"canary-{name}"
    for name in (
        *("password", "access_token", "code", "refresh_token", "token", "cookie", "header", "proxy"),
        *("proxy_header", "answer", "new_refresh_token"),
    )
}
SECRETS["answer"] = "pina_canary-answer"
SECRETS["new_refresh_token"] = "pinr.canary-new"
TOKEN_ANSWER = {
    "json": {**TOKEN, "access_token": SECRETS["answer"], "refresh_token": SECRETS["new_refresh_token"]}
}


def answers(own: str) -> list[dict[str, Any]]:
    """Answers with secrets in them; the refusals repeat the call's own."""
    return [
        TOKEN_ANSWER,
        {"json": {**TOKEN, "access_token": SECRETS["answer"], "expires_in": "soon"}},
        {"body": f'{{"access_token":"{SECRETS["answer"]}'},
        {"body": f"<html>{SECRETS['answer']}</html>", "status": 502},
        {"json": {"code": 283, "message": f"bad {own}", "data": SECRETS["password"]}, "status": 401},
        {"json": {"code": 2, "message": "m"}, "status": 401, "headers": {"set-cookie": SECRETS["answer"]}},
        {
            "json": {"code": 2, "message": " ".join(encodings(own)), "data": encodings(SECRETS["password"])},
            "status": 401,
            "headers": {"x-e": " ".join(encodings(f"1234567:{SECRETS['password']}"))},
        },
        {"json": {"code": 2, "message": own}, "headers": {"x-e": SECRETS["password"]}},
        {"status": 302, "headers": {"location": f"https://example.com/?code={own}"}},
        {"fault": "reset"},
    ]


def encodings(text: str) -> list[str]:
    """Give a text in the forms that leave us, and in which a server may repeat it."""
    encoded = [base64.b64encode(text.encode()), base64.urlsafe_b64encode(text.encode())]
    percent = "".join(f"%{byte:02x}" for byte in text.encode())
    return [*(form.decode() for form in encoded), percent, f"{text[:5]}\u200b\n{text[5:]}"]


def shown(subject: Any) -> str:
    """Every text form of an object that a log or a debugger might show."""
    return "\n".join((repr(subject), str(subject), f"{subject}", ascii(subject)))


def client_with_secrets(sandbox: Sandbox) -> ApiClient:
    configuration = Configuration(
        host=sandbox.https_host,
        username="1234567",
        password=SECRETS["password"],
        access_token=SECRETS["access_token"],
        ssl_ca_cert=sandbox.ca,
    )
    address = sandbox.addresses["http"].removeprefix("http://")
    configuration.proxy = f"http://user:{SECRETS['proxy']}@{address}"
    configuration.proxy_headers = {"X-Proxy": SECRETS["proxy_header"]}
    return ApiClient(configuration, "X-Mine", SECRETS["header"], cookie=SECRETS["cookie"])


def test_nothing_shows_a_secret(sandbox: Sandbox, capfd: pytest.CaptureFixture[str]) -> None:
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(1)
    texts: list[str] = []
    count = 1
    try:
        with warnings.catch_warnings(record=True) as warned, client_with_secrets(sandbox) as client:
            warnings.simplefilter("always")
            api = OauthApi(client)
            for own, call in (
                (SECRETS["code"], lambda: api.oauth_token("authorization_code", code=SECRETS["code"])),
                (
                    SECRETS["refresh_token"],
                    lambda: api.oauth_token("refresh_token", refresh_token=SECRETS["refresh_token"]),
                ),
                (SECRETS["token"], lambda: api.revoke_token(SECRETS["token"])),
                (SECRETS["access_token"], api.conversion_token),
            ):
                for answer in answers(own):
                    sandbox.respond(answer)
                    count += 1
                    try:
                        call()
                    except ApiException as error:
                        texts += [shown(error), repr(vars(error)), *traceback.format_exception(error)]
                        texts.append(pickle.dumps(error).decode("latin-1"))
                        for frame, _ in traceback.walk_tb(error.__traceback__):
                            texts += [shown(value) for value in frame.f_locals.values() if is_ours(value)]
            sandbox.respond(TOKEN_ANSWER)
            texts.append(shown(api.oauth_token("refresh_token", _preload_content=False)))
            for name, value in [
                ("code", f"{SECRETS['code']}\nx"),
                ("refresh_token", f"{SECRETS['refresh_token']}\ud800"),
                ("scope", SECRETS["code"].encode()),
            ]:
                with pytest.raises(ApiException) as caught:
                    api.oauth_token("refresh_token", **{name: value})
                texts += [shown(caught.value), *traceback.format_exception(caught.value)]
                texts += [shown(caught.value.__context__)]
            with pytest.raises(TypeError) as misplaced:
                models.Error(1, "m", SECRETS["token"])
            texts += [shown(misplaced.value), shown(client), shown(client.configuration), shown(api)]
            texts += [str(warning.message) for warning in warned]
            texts += [
                shown(item) for item in gc.get_objects() if type(item).__module__ == "pinterest_sdk._native"
            ]
    finally:
        logging.getLogger().removeHandler(handler)
    faulthandler.dump_traceback(file=__import__("sys").stderr)
    printed = capfd.readouterr()
    everything = "\n".join((*texts, log.getvalue(), printed.out, printed.err))
    assert len(sandbox.requests()) == count
    assert [name for name, secret in SECRETS.items() if secret in everything] == []
    forms = [form for secret in SECRETS.values() for form in encodings(secret)]
    forms += encodings(f"1234567:{SECRETS['password']}")
    assert [form for form in forms if form in everything or repr(form)[1:-1] in everything] == []


def is_ours(value: Any) -> bool:
    module = type(value).__module__
    return module.startswith(("openapi_generated", "pinterest_sdk")) and not isinstance(
        value, models.OauthAccessTokenResponse
    )


def test_a_native_call_shows_nothing() -> None:
    call = _native.Call.oauth_token("refresh_token", None, None, SECRETS["refresh_token"], None, False, False)
    assert "canary" not in shown(call)
    with pytest.raises(TypeError):
        pickle.dumps(call)


def test_a_response_model_prints_its_values(sandbox: Sandbox) -> None:
    # On purpose: the documented example is `pprint(api_response)`.
    sandbox.respond(TOKEN_ANSWER)
    with client_with_secrets(sandbox) as client:
        token = OauthApi(client).oauth_token("refresh_token")
    assert SECRETS["answer"] in repr(token)


@pytest.mark.parametrize(
    "answer", [*answers(SECRETS["access_token"]), {"json": {"token": SECRETS["answer"]}}]
)
def test_any_endpoint_shows_none(
    sandbox: Sandbox,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    answer: dict[str, Any],
) -> None:
    client = client_with_secrets(sandbox)
    client.configuration.debug = True
    caplog.set_level(logging.DEBUG)
    sandbox.respond(answer)
    texts = []
    try:
        client.call_api(
            "/boards/{id}",
            "POST",
            path_params={"id": 7},
            query_params=[("q", SECRETS["code"])],
            header_params={"X-Own": SECRETS["header"]},
            body={"a": SECRETS["refresh_token"]},
            response_type=([int],),
            auth_settings=["pinterest_oauth2"],
        )
    except ApiException as error:
        texts = [
            shown(error),
            "".join(traceback.format_exception(error)),
            str(error.body),
            str(error.headers),
        ]
    client.configuration.debug = False
    text = "\n".join([*texts, caplog.text, *capfd.readouterr(), shown(client), shown(client.rest_client)])
    assert "POST /v5/boards/7" in caplog.text or "POST /boards/7" in caplog.text
    assert [secret for secret in SECRETS.values() if secret in text] == []


def test_pickles_carry_none(sandbox: Sandbox) -> None:
    client = client_with_secrets(sandbox)
    client.configuration.api_key["k"] = SECRETS["token"]
    pickled = pickle.dumps(client.configuration)
    assert [secret for secret in SECRETS.values() if secret.encode() in pickled] == []
    again = pickle.loads(pickled)
    assert (again.host, again.username, again.password) == (sandbox.https_host, "1234567", None)
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(client)
    for copied in (copy.copy(client.configuration), copy.deepcopy(client.configuration)):
        assert copied.password == SECRETS["password"]
        assert copied.api_key == client.configuration.api_key
    assert copy.copy(client).configuration is client.configuration


@pytest.mark.parametrize(
    "call",
    [
        lambda client: OauthApi(client).oauth_token("refresh_token", refresh_token=SECRETS["token"]),
        lambda client: OauthApi(client).revoke_token(SECRETS["token"]),
        lambda client: asyncio.run(aio.OauthApi(client).oauth_token("refresh_token", code=SECRETS["code"])),
        lambda client: asyncio.run(aio.OauthApi(client).revoke_token(SECRETS["token"])),
        lambda client: pinterest_sdk.OauthApi(client).oauth_token("authorization_code", code=SECRETS["code"]),
        lambda client: pinterest_sdk.OauthApi(client).revoke_token(SECRETS["token"]),
        lambda client: asyncio.run(sdk_aio.OauthApi(client).revoke_token(SECRETS["token"])),
        lambda client: client.call_api("/user_account", "GET", auth_settings=["pinterest_oauth2"]),
        lambda client: client.call_api("/oauth/token", "POST", auth_settings=["basic"]),
    ],
)
def test_a_refusal_s_traceback_shows_none_in_its_variables(sandbox: Sandbox, call: Any) -> None:
    sandbox.respond({"status": 401, "json": {"code": 2, "message": "no"}})
    client = client_with_secrets(sandbox)
    with pytest.raises(ApiException) as caught:
        call(client)
    found = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    text = "".join(found.format())
    credential = base64.b64encode(f"1234567:{SECRETS['password']}".encode()).decode()
    assert "client = <" in text
    assert [secret for secret in (*SECRETS.values(), credential) if secret in text] == []
