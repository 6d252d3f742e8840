"""What the tests share: one sandbox, put back to its start before each test."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

import pytest

from openapi_generated.pinterest_client import ApiClient, Configuration
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from person import registered_redirects
from sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def _sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


@pytest.fixture
def sandbox(_sandbox: Sandbox) -> Sandbox:
    _sandbox.reset()
    return _sandbox


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own proxy, certificates and app stay out."""
    for name in list(os.environ):
        ours = name.startswith("PINTEREST_") and name != "PINTEREST_SANDBOX"
        authorities = name.startswith("SSL_CERT_") or name.endswith("_CA_BUNDLE")
        if ours or authorities or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _logging() -> Iterator[None]:
    """Levels that a test sets, or a configuration's `debug`, end with it."""
    loggers = [logging.getLogger(name) for name in ("", *logging.root.manager.loggerDict)]
    levels = [logger.level for logger in loggers]
    yield
    for name in logging.root.manager.loggerDict:
        logging.getLogger(name).setLevel(logging.NOTSET)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[ApiClient]:
    configuration = Configuration(
        host=sandbox.host,
        username="1234567",
        password="0123456789abcdef0123456789abcdef01234567",
        authorization_url=f"{sandbox.addresses['http']}/oauth/",
    )
    with ApiClient(configuration) as client:
        yield client


@pytest.fixture
def redirect(sandbox: Sandbox) -> str:
    """A registered redirect URI on a free port of this machine."""
    return registered_redirects(sandbox)[0]


@pytest.fixture
def api(client: ApiClient) -> OauthApi:
    return OauthApi(client)
