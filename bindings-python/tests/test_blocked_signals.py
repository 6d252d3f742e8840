"""A program that waits for signals with `sigwait`, and so blocks them before it makes its first call."""

from __future__ import annotations

import sys

import pytest

from pythons import run

PROGRAM = """
    import os, signal
    from openapi_generated.pinterest_client import ApiClient, Configuration
    from pinterest_sdk import MemoryStore, TokenManager

    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    manager = TokenManager(ApiClient(Configuration(username="a", password="b")), MemoryStore(), "shop-1")
    print(manager.status().state)
    os.kill(os.getpid(), signal.SIGTERM)
    print(signal.sigwait([signal.SIGTERM]) == signal.SIGTERM)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_no_thread_of_the_package_takes_a_signal_that_is_waited_for() -> None:
    for _ in range(5):
        assert run(sys.executable, PROGRAM) == (0, "ReauthorizationRequired\nTrue\n", "")
