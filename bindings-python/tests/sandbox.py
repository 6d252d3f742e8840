"""A sandbox process for the tests, and its control requests."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("PINTEREST_SANDBOX", str(ROOT / "target/release/pinterest-sandbox"))
# Control requests never go through a proxy that a test has set.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Sandbox:
    """Ends when it is closed, and with the test program however that ends."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.ca = str(Path(self._folder.name) / "ca.pem")
        self.client_certificate = str(Path(self._folder.name) / "client.pem")
        self._process = subprocess.Popen(
            [
                *(PROGRAM, "--port", "0", "--json", "--until-stdin-closes", "--write-ca", self.ca),
                *("--write-client-certificate", self.client_certificate),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.addresses: dict[str, str] = json.loads(self._process.stdout.readline())

    @property
    def host(self) -> str:
        return f"{self.addresses['http']}/v5"

    @property
    def https_host(self) -> str:
        return f"{self.addresses['https']}/v5"

    def control(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            self.addresses["http"] + path,
            method=method,
            data=None if method == "GET" else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with _DIRECT.open(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def reset(self) -> None:
        self.control("POST", "/_sandbox/reset", {})

    def respond(self, *answers: dict[str, Any]) -> None:
        self.control("POST", "/_sandbox/script", list(answers))

    def stand(self, answer: dict[str, Any] | None) -> None:
        self.control("POST", "/_sandbox/standing", answer)

    def requests(self) -> list[dict[str, Any]]:
        answer = self.control("GET", "/_sandbox/requests")
        requests: list[dict[str, Any]] = answer["requests"] if isinstance(answer, dict) else answer
        return requests

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()
        self._folder.cleanup()


TOKEN = {
    "access_token": "pina_1",
    "token_type": "bearer",
    "expires_in": 2592000,
    "scope": "user_accounts:read",
    "response_type": "client_credentials",
}
