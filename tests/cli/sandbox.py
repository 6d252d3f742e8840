"""A sandbox process for the tests, and its control requests."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# Control requests never go through a proxy that a test has set.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Sandbox:
    """Ends when it is closed, and with the test program however that ends."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [str(ROOT / "target/release/pinterest-sandbox"), "--port", "0", "--json", "--until-stdin-closes"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.addresses: dict[str, str] = json.loads(self._process.stdout.readline())

    def control(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            self.addresses["http"] + "/_sandbox" + path,
            method=method,
            data=None if method == "GET" else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with _DIRECT.open(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def reset(self) -> None:
        self.control("POST", "/reset", {})

    def switch(self, **switches: Any) -> None:
        self.control("PATCH", "/switches", switches)

    def respond(self, *answers: dict[str, Any]) -> None:
        """The next requests get these answers, one each."""
        self.control("POST", "/script", list(answers))

    def stand(self, answer: dict[str, Any] | None) -> None:
        """Every request gets this answer."""
        self.control("POST", "/standing", answer)

    def requests(self, path: str = "") -> list[dict[str, Any]]:
        """What arrived at paths that end so, oldest first."""
        requests: list[dict[str, Any]] = self.control("GET", "/requests")
        return [request for request in requests if request["path"].endswith(path)]

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()
