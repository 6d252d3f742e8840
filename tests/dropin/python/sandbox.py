"""The sandbox that probes talk to, and its control."""

import http.client
import json
import subprocess
from typing import Any
from urllib.parse import urlsplit


class Sandbox:
    """A sandbox of our own, which ends with this process."""

    def __init__(self, program: str, folder: str) -> None:
        self.ca_file = f"{folder}/ca.pem"
        self.client_certificate = f"{folder}/client.pem"
        files = ["--write-ca", self.ca_file, "--write-client-certificate", self.client_certificate]
        self._process = subprocess.Popen(
            [program, "--port", "0", "--json", "--until-stdin-closes", *files],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        self.addresses: dict[str, str] = json.loads(self._process.stdout.readline())

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """One request to `/_sandbox/…`; its answer parsed."""
        address = urlsplit(self.addresses["http"])
        connection = http.client.HTTPConnection(address.netloc, timeout=10)
        connection.set_debuglevel(0)  # `Configuration.debug` of the published client sets it for all
        try:
            sent = None if body is None else json.dumps(body)
            connection.request(method, f"/_sandbox/{path}", sent, {"Content-Type": "application/json"})
            response = connection.getresponse()
            text = response.read()
        finally:
            connection.close()
        if response.status >= 300:
            raise RuntimeError(f"the sandbox answered {response.status} to {method} {path}: {text!r}")
        return json.loads(text) if text else None

    def close(self) -> None:
        """Ends the sandbox."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)
