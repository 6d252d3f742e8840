"""What a call costs in system calls, which a slow machine and a fast one agree on."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

import strace
from sandbox import TOKEN

if TYPE_CHECKING:
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


@pytest.mark.skipif(not strace.is_possible(), reason=strace.CANNOT)
def test_a_call_on_a_kept_connection(sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    command = [sys.executable, "-c", textwrap.dedent(PROGRAM), sandbox.https_host, sandbox.ca]
    fewer, more = (strace.system_calls([*command, str(calls)]) for calls in (200, 700))
    each = strace.each(fewer, more, 500)
    # Sent, waited for, received; a look for whether the connection still stands. On a machine so busy that
    # the next call begins late, another look.
    assert {name for name, count in each.items() if count} <= {"writev", "epoll_wait", "recvfrom", "total"}
    assert (each["writev"], each["recvfrom"]) == (1.0, 1.0)
    assert each["epoll_wait"] < 3
