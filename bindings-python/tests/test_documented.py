"""The page's example to the letter, and everything a company network needs, without code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from sandbox import TOKEN

if TYPE_CHECKING:
    from sandbox import Sandbox

EXAMPLE = (Path(__file__).parent / "documented_example.py").read_text(encoding="utf-8")
PINTEREST = "https://api.pinterest.com/v5"


def run(program: str, **environment: str) -> str:
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().endswith("_PROXY") and not name.startswith("SSL_CERT")
        if not name.endswith("_CA_BUNDLE")
    }
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert result.stderr == ""
    assert result.returncode == 0
    return result.stdout


def call(client: ApiClient) -> str:
    return OauthApi(client).oauth_token("client_credentials", scope="pins:read").access_token


def test_example_with_placeholders_is_refused_with_hints(sandbox: Sandbox) -> None:
    # The placeholders are no app of the sandbox's, as they are none of Pinterest's.
    printed = run(EXAMPLE, HTTPS_PROXY=sandbox.addresses["http"], SSL_CERT_FILE=sandbox.ca)
    assert printed.startswith("Exception when calling OauthApi->oauth_token: (40")
    assert "Hint: " in printed
    (request,) = sandbox.requests()
    assert request["body"] == "grant_type=authorization_code"
    assert request["connect_target"] == "api.pinterest.com:443"
    assert request["tls"]


def test_example_prints_the_token(sandbox: Sandbox) -> None:
    sandbox.control(
        "POST",
        "/_sandbox/apps",
        {"app_id": "YOUR_USERNAME", "app_secret": "YOUR_PASSWORD", "redirect_uris": [], "name": "Page"},
    )
    sandbox.respond({"json": TOKEN})
    printed = run(EXAMPLE, HTTPS_PROXY=sandbox.addresses["http"], SSL_CERT_FILE=sandbox.ca)
    assert eval(printed) == TOKEN


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
def test_proxy_variables(sandbox: Sandbox, variable: str) -> None:
    run(EXAMPLE, SSL_CERT_FILE=sandbox.ca, **{variable: sandbox.addresses["http"]})
    assert len(sandbox.requests()) == 1


@pytest.mark.parametrize(("no_proxy", "phase"), [("", "tls"), ("other.invalid,pinterest.invalid", "resolve")])
def test_no_proxy_variable(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, no_proxy: str, phase: str
) -> None:
    # The proxy takes any name, but the certificate behind it is not this host's.
    monkeypatch.setenv("HTTPS_PROXY", sandbox.addresses["http"])
    monkeypatch.setenv("SSL_CERT_FILE", sandbox.ca)
    monkeypatch.setenv("NO_PROXY", no_proxy)
    configuration = Configuration(host="https://pinterest.invalid/v5", username="a", password="b")
    with ApiClient(configuration) as client, pytest.raises(ApiException) as caught:
        call(client)
    assert caught.value.phase == phase


def test_certificate_folder(sandbox: Sandbox, tmp_path: Path) -> None:
    # OpenSSL's own naming, which `c_rehash` makes.
    shutil.copy(sandbox.ca, tmp_path / "0a1b2c3d.0")
    run(EXAMPLE, HTTPS_PROXY=sandbox.addresses["http"], SSL_CERT_DIR=str(tmp_path))
    assert len(sandbox.requests()) == 1


@pytest.mark.parametrize("variable", ["CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"])
def test_certificate_variables_of_other_clients(sandbox: Sandbox, variable: str) -> None:
    run(EXAMPLE, HTTPS_PROXY=sandbox.addresses["http"], **{variable: sandbox.ca})
    assert len(sandbox.requests()) == 1


UNUSABLE = [
    "http://user:se#canary@host:9",
    "http://user:se/canary@host:9",
    "http://user:se?canary@host:9",
    "socks5h://user:canary@host:9",
    "canary",
]


@pytest.mark.parametrize("url", UNUSABLE)
@pytest.mark.parametrize("name", ["HTTPS_PROXY", "all_proxy", "proxy"])
def test_a_proxy_that_cannot_be_used_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, url: str
) -> None:
    configuration = Configuration(username="a", password="b")
    if name == "proxy":
        configuration.proxy = url
    else:
        monkeypatch.setenv(name, url)
    with pytest.raises(ApiException, match=f"{name}`? is not the URL of an HTTP proxy") as caught:
        call(ApiClient(configuration))
    assert (caught.value.kind, caught.value.outcome) == ("InvalidInput", "NotSent")
    assert "canary" not in f"{caught.value} {caught.value!r} {caught.value.hint}"


def test_a_proxy_that_is_not_used_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5h://canary:1")
    monkeypatch.setenv("NO_PROXY", "*")
    configuration = Configuration(host="https://pinterest.invalid/v5", username="a", password="b")
    with ApiClient(configuration) as client, pytest.raises(ApiException) as caught:
        call(client)
    assert caught.value.phase == "resolve"


def test_a_dead_proxy_is_named_whatever_others_are_reached_without(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = sandbox.addresses["refused"]
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:canary@{refused}")
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1,.example")
    with (
        ApiClient(Configuration(username="a", password="b")) as client,
        pytest.raises(ApiException, match=f"through the proxy {refused}") as caught,
    ):
        call(client)
    assert "canary" not in f"{caught.value} {caught.value!r}"


def test_plain_http_is_never_sent_through_a_proxy(sandbox: Sandbox) -> None:
    configuration = Configuration(
        host=sandbox.host, username="1234567", password="0123456789abcdef0123456789abcdef01234567"
    )
    configuration.proxy = f"http://{sandbox.addresses['refused']}"
    with ApiClient(configuration) as client:
        assert call(client).startswith("pin")


def test_without_the_authority_nothing_is_sent(sandbox: Sandbox) -> None:
    assert "(0)" in run(EXAMPLE, HTTPS_PROXY=sandbox.addresses["http"])
    assert sandbox.requests() == []


def test_settings_for_proxy_and_authority(sandbox: Sandbox) -> None:
    configuration = Configuration(
        username="1234567", password="0123456789abcdef0123456789abcdef01234567", ssl_ca_cert=sandbox.ca
    )
    configuration.proxy = sandbox.addresses["http"].replace("//", "//user:canary-secret@")
    configuration.proxy_headers = {"X-Department": "7"}
    with ApiClient(configuration) as client:
        assert call(client).startswith("pin")
    (request,) = sandbox.requests()
    assert request["connect_target"] == "api.pinterest.com:443"
    assert request["proxy_authorization"] == "Basic dXNlcjpjYW5hcnktc2VjcmV0"


def test_no_proxy_setting(sandbox: Sandbox) -> None:
    configuration = Configuration(
        username="1234567", password="0123456789abcdef0123456789abcdef01234567", ssl_ca_cert=sandbox.ca
    )
    configuration.host = sandbox.https_host
    configuration.proxy = f"http://{sandbox.addresses['refused']}"
    with ApiClient(configuration) as client:
        with pytest.raises(ApiException) as caught:
            call(client)
        assert (caught.value.kind, caught.value.outcome) == ("Network", "NotSent")
        configuration.no_proxy = "localhost"
        assert call(client).startswith("pin")
    (request,) = sandbox.requests()
    assert request["connect_target"] is None


def test_mutual_tls(sandbox: Sandbox) -> None:
    configuration = Configuration(
        host=sandbox.https_host,
        username="1234567",
        password="0123456789abcdef0123456789abcdef01234567",
        ssl_ca_cert=sandbox.ca,
    )
    configuration.cert_file = sandbox.client_certificate
    with ApiClient(configuration) as client:
        call(client)
        configuration.key_file = sandbox.client_certificate
        call(client)
        configuration.cert_file = configuration.key_file = None
        call(client)
    assert [bool(request["client_certificate"]) for request in sandbox.requests()] == [True, True, False]


def test_verification_cannot_be_switched_off() -> None:
    configuration = Configuration()
    with pytest.raises(ValueError, match="ssl_ca_cert"):
        configuration.verify_ssl = False
    configuration.verify_ssl = True
    assert configuration.verify_ssl


@pytest.mark.parametrize("setting", ["ssl_ca_cert", "cert_file", "proxy"])
def test_a_setting_that_cannot_be_used_is_named(sandbox: Sandbox, setting: str) -> None:
    configuration = Configuration(
        host=sandbox.https_host, username="1234567", password="0123456789abcdef0123456789abcdef01234567"
    )
    setattr(configuration, setting, "/does/not/exist")
    with ApiClient(configuration) as client, pytest.raises(ApiException, match=f"`{setting}`") as caught:
        call(client)
    assert (caught.value.kind, caught.value.outcome) == ("InvalidInput", "NotSent")
