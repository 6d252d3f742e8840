"""What a probe is given: a sandbox, and short ways to set up a client for it."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openapi_generated.pinterest_client import ApiClient, Configuration
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from openapi_generated.pinterest_client.model.oauth_access_token_response_code import (
    OauthAccessTokenResponseCode,
)

from observe import describe_exception
from sandbox import Sandbox
from wire import requests_as_lines

TOKEN = {
    "response_type": "authorization_code",
    "access_token": "pina_access",
    "token_type": "bearer",
    "expires_in": 2592000,
    "scope": "boards:read pins:read",
    "refresh_token": "pinr.refresh",
    "refresh_token_expires_in": 31536000,
}


class Context:
    """Fresh for each probe."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.addresses = sandbox.addresses
        self.ca_file = sandbox.ca_file
        self.client_certificate = sandbox.client_certificate
        self.host = f"{sandbox.addresses['http']}/v5"
        self.https_host = f"{sandbox.addresses['https']}/v5"
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    # A client.

    def configuration(self, **arguments: Any) -> Configuration:
        """With the sandbox's host and credentials, unless others are given."""
        app = {"username": "1234567", "password": "0123456789abcdef0123456789abcdef01234567"}
        return Configuration(**{"host": self.host} | app | arguments)

    def client(self, **arguments: Any) -> ApiClient:
        """For the sandbox; `arguments` are the configuration's."""
        return ApiClient(self.configuration(**arguments))

    def api(self, **arguments: Any) -> OauthApi:
        """For the sandbox; `arguments` are the configuration's."""
        return OauthApi(self.client(**arguments))

    def made_token(self, **fields: Any) -> OauthAccessTokenResponseCode:
        """A token of the program's own making."""
        return OauthAccessTokenResponseCode(**TOKEN | fields)

    def received_token(self, **fields: Any) -> Any:
        """A token from the sandbox; what was sent for it is not part of the probe."""
        self.answers_token(**fields)
        token = self.api().oauth_token("authorization_code")
        self.forget_requests()
        return token

    # Pinterest's side.

    def answers(self, *answers: dict[str, Any]) -> None:
        """Sets the next answers, one for each request."""
        self._sandbox.control("POST", "script", list(answers))

    def answers_always(self, answer: dict[str, Any]) -> None:
        """Sets the answer to every request that no other answer is set for."""
        self._sandbox.control("POST", "standing", answer)

    def answers_token(self, times: int = 1, **fields: Any) -> None:
        """Sets the next answers: a token with these fields; `None` leaves one out."""
        body = {name: value for name, value in (TOKEN | fields).items() if value is not None}
        self.answers(*[{"status": 200, "json": body}] * times)

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """Any other of the sandbox's controls."""
        return self._sandbox.control(method, path, body)

    def requests(self) -> list[dict[str, Any]]:
        """What has arrived so far."""
        return self._sandbox.control("GET", "requests")

    def forget_requests(self) -> None:
        """What has arrived so far is not compared: it is another in each run, or not the point."""
        self._sandbox.control("DELETE", "requests")

    def every_header(self) -> list[str]:
        """What has arrived so far, with the headers that are not compared elsewhere."""
        return requests_as_lines(self.requests(), everything=True)

    # What a program does.

    def attempt(self, action: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """What `action` gives, or how it fails."""
        try:
            return action(*arguments, **named)
        except Exception as error:
            return describe_exception(error)

    def folder(self) -> Path:
        """A folder that is removed after the probe."""
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="dropin-probe-")
        return Path(self._folder.name)

    def close(self) -> None:
        """Removes the folder."""
        if self._folder:
            self._folder.cleanup()
