"""What a call costs in system calls, which a slow machine and a fast one agree on."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from shutil import which
from typing import TYPE_CHECKING

import pytest

from sandbox import TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox import Sandbox

PROGRAM = """
    import sys
    from openapi_generated.pinterest_client import ApiClient, Configuration
    from openapi_generated.pinterest_client.api.oauth_api import OauthApi

    host, ca, calls = sys.argv[1:]
    api = OauthApi(ApiClient(Configuration(host=host, username="a", password="b", ssl_ca_cert=ca)))
    for _ in range(int(calls)):
        api.oauth_token("refresh_token")
"""


def system_calls(sandbox: Sandbox, counts: Path, calls: int) -> dict[str, int]:
    """Give how often a program with so many calls called the system, by name."""
    command = [sys.executable, "-c", textwrap.dedent(PROGRAM), sandbox.https_host, sandbox.ca, str(calls)]
    done = subprocess.run(
        ["strace", "-f", "-c", "-o", str(counts), *command],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    if "ptrace" in done.stderr:
        pytest.skip("strace may not look at programs here")
    assert done.returncode == 0, done.stderr
    columns = [line.split() for line in counts.read_text().splitlines()]
    # Some processors have only the one that can also change signals.
    return {line[-1].replace("pwait", "wait"): int(line[3]) for line in columns if len(line) > 4 and line[3].isdigit()}


@pytest.mark.skipif(which("strace") is None, reason="strace is not installed")
def test_a_call_on_a_kept_connection(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.stand({"json": TOKEN})
    fewer = system_calls(sandbox, tmp_path / "fewer", 200)
    more = system_calls(sandbox, tmp_path / "more", 700)
    each = {name: round((count - fewer.get(name, 0)) / 500, 1) for name, count in more.items()}
    # Sent, waited for, received; a look for whether the connection still stands. On a machine so busy that
    # the next call begins late, another look.
    assert {name for name, count in each.items() if count} <= {"writev", "epoll_wait", "recvfrom", "total"}
    assert (each["writev"], each["recvfrom"]) == (1.0, 1.0)
    assert each["epoll_wait"] < 3
