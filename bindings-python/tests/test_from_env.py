"""`Configuration.from_env`: the settings that the environment names."""

from __future__ import annotations

import pytest

import pinterest_sdk
from openapi_generated import pinterest_client

VARIABLES = {
    "PINTEREST_APP_ID": "1234567",
    "PINTEREST_APP_SECRET": "secret",
    "PINTEREST_ACCESS_TOKEN": " ",
    "PINTEREST_API_URI": "http://127.0.0.1:8086",
    "PINTEREST_OAUTH_URI": "http://127.0.0.1:8086/page",
}
CLASSES = (pinterest_sdk.Configuration, pinterest_client.Configuration)


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("cls", CLASSES)
def test_every_variable_counts(cls: type[pinterest_sdk.Configuration]) -> None:
    found = cls.from_env()
    assert type(found) is cls
    assert (found.username, found.password, found.access_token) == ("1234567", "secret", None)
    assert found.host == "http://127.0.0.1:8086/v5"
    assert found.authorization_url == "http://127.0.0.1:8086/page"


@pytest.mark.parametrize("cls", CLASSES)
def test_what_is_given_counts_more(cls: type[pinterest_sdk.Configuration]) -> None:
    found = cls.from_env(username="7", environment="sandbox")
    assert (found.username, found.password) == ("7", "secret")
    assert found.host == "https://api-sandbox.pinterest.com/v5"
    assert found.authorization_url is None


def test_without_variables_it_is_as_always(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name)
    found = pinterest_sdk.Configuration.from_env()
    assert (found.username, found.password, found.host) == (None, None, pinterest_sdk.Configuration().host)
    assert found.authorization_url == "https://www.pinterest.com/oauth/"


def test_the_variable_that_is_missing_is_named() -> None:
    with pinterest_client.ApiClient(pinterest_client.Configuration.from_env()) as client:
        with pytest.raises(pinterest_client.ApiException) as caught:
            client.call_api("/user_account", "GET", auth_settings=["pinterest_oauth2"])
        assert "`access_token` in the configuration, or PINTEREST_ACCESS_TOKEN" in str(caught.value.hint)


def test_what_is_no_text_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINTEREST_API_URI", "http://127.0.0.1:8086\udcff")
    with pytest.raises(pinterest_client.ApiException, match=r"U\+FFFD"):
        pinterest_client.ApiClient(pinterest_client.Configuration.from_env()).call_api("/", "GET")
