"""Answers that mean harm: memory, time, and the process itself. The vectors hold the rest."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from typing import TYPE_CHECKING, Any

import pytest

from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from sandbox import TOKEN

if TYPE_CHECKING:
    from sandbox import Sandbox

HUGE = "x" * (1024 * 1024 - 200)
LARGE_ANSWERS: dict[str, dict[str, Any]] = {
    "endless headers": {"endless": "headers"},
    "endless body": {"endless": "body"},
    "endless chunks": {"endless": "chunks"},
    "gzip bomb": {"endless": "gzip"},
    "announced terabyte": {
        "raw": "HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n{",
        "then": "hang",
    },
    "largest body that is taken": {"body": HUGE},
    "largest token": {"json": {"access_token": HUGE}},
    "many small fields": {"json": {"access_token": "t", **{f"f{number}": 1 for number in range(80_000)}}},
    "many small values": {"json": {"access_token": "t", "a": [1] * 500_000}},
    "as many fields as are taken": {"json": {**TOKEN, **{f"f{number}": 1 for number in range(5_000)}}},
    "deep": {"body": '{"access_token":"t","a":' + "[" * 200_000 + "]" * 200_000 + "}"},
    "many header lines": {"json": TOKEN, "headers": [[f"x-{number}", "y"] for number in range(200)]},
}


def test_memory(sandbox: Sandbox) -> None:
    """In a fresh process, for a peak cannot be lowered again."""
    program = f"""
        from pathlib import Path
        from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration
        from openapi_generated.pinterest_client.api.oauth_api import OauthApi

        def peak():
            # Not `getrusage`: its peak includes the program that started this one.
            return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])

        api = OauthApi(ApiClient(Configuration(host={sandbox.host!r}, username="a", password="b")))
        api.oauth_token("refresh_token")
        before = peak()
        for _ in range({len(LARGE_ANSWERS)}):
            try:
                api.oauth_token("refresh_token", _request_timeout=5)
            except ApiException as error:
                assert error.kind in ("Protocol", "Network"), error
        print(peak() - before)
    """
    sandbox.respond({"json": TOKEN})
    for answer in LARGE_ANSWERS.values():
        sandbox.respond(answer)
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.stderr == ""
    assert int(result.stdout) < 16 * 1024  # KiB
    assert len(sandbox.requests()) == 1 + len(LARGE_ANSWERS)


@pytest.mark.parametrize("name", [*LARGE_ANSWERS])
def test_large_answers(api: OauthApi, sandbox: Sandbox, name: str) -> None:
    sandbox.respond(LARGE_ANSWERS[name], {"json": TOKEN})
    started = time.monotonic()
    try:
        token = api.oauth_token("refresh_token", _request_timeout=5)
    except ApiException as error:
        ended = f"{error.kind} {error.outcome}"
    else:
        ended = token.access_token
    assert ended in ("Protocol Unknown", "pina_1", "t")
    assert time.monotonic() - started < 4
    # The next call is not the worse for it.
    assert api.oauth_token("refresh_token").access_token == "pina_1"
    assert len(sandbox.requests()) == 2


@pytest.mark.parametrize("peer", ["refused", "silent", "slam", "plain", "tls_expired", "tls_wrong_host"])
def test_peers_that_are_no_servers(sandbox: Sandbox, peer: str) -> None:
    configuration = Configuration(username="a", password="b", ssl_ca_cert=sandbox.ca)
    configuration.host = f"https://{sandbox.addresses[peer]}/v5"
    started = time.monotonic()
    with ApiClient(configuration) as client, pytest.raises(ApiException) as caught:
        OauthApi(client).oauth_token("refresh_token", _request_timeout=1)
    assert time.monotonic() - started < 1.5
    assert (caught.value.status, caught.value.kind, caught.value.outcome) == (0, "Network", "NotSent")
    assert caught.value.hint


def test_a_hundred_failures_leave_nothing_behind(sandbox: Sandbox) -> None:
    import os

    configuration = Configuration(host=sandbox.host, username="a", password="b")
    with ApiClient(configuration) as client:
        api = OauthApi(client)
        before = len(os.listdir("/proc/self/fd"))
        sandbox.stand({"fault": "reset"})
        for _ in range(100):
            with pytest.raises(ApiException):
                api.oauth_token("refresh_token")
        assert len(os.listdir("/proc/self/fd")) <= before + 2
