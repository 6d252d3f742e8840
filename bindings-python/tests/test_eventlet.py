"""Calls in a process that eventlet has patched: they wait in green threads."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from sandbox import TOKEN
from test_gevent import run

if TYPE_CHECKING:
    from sandbox import Sandbox

# Not imported here, for it changes the process.
pytestmark = pytest.mark.skipif(find_spec("eventlet") is None, reason="eventlet is not installed")

SETTING_UP = """
    import warnings
    warnings.simplefilter("ignore")  # It says that it is deprecated.

    import eventlet
    eventlet.monkey_patch()

    import time
    from unittest import mock
    from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration
    from openapi_generated.pinterest_client.api.oauth_api import OauthApi

    configuration = Configuration(host={host!r}, username="1234567")
    configuration.password = "0123456789abcdef0123456789abcdef01234567"
    client = ApiClient(configuration)
    api = OauthApi(client)

    def call():
        return api.oauth_token("refresh_token").access_token

"""


def test_calls_wait_side_by_side(sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN, "delay_ms": 400})
    run(
        sandbox,
        """
        started = time.monotonic()
        print([thread.wait() for thread in [eventlet.spawn(call) for _ in range(4)]])
        took = time.monotonic() - started
        assert 0.4 <= took < 0.9, took
        """,
        f"{['pina_1'] * 4}\n",
        setting_up=SETTING_UP,
    )


def test_the_rest_is_the_same(sandbox: Sandbox) -> None:
    sandbox.respond({"status": 401, "json": {"code": 2, "message": "no"}}, {"fault": "hang"})
    sandbox.stand({"json": TOKEN})
    run(
        sandbox,
        """
        import atexit
        try:
            call()
        except ApiException as error:
            print(type(error).__name__)
        try:
            with eventlet.Timeout(0.2):
                call()
        except eventlet.Timeout:
            print("late")
        with mock.patch.object(ApiClient, "call_api", return_value="mine"):
            print(api.revoke_token("pina_x"))
        print(call())
        eventlet.hubs.get_hub().schedule_call_global(0, lambda: print(call()))
        eventlet.sleep(0.3)
        atexit.register(lambda: print(call()))
        """,
        "UnauthorizedException\nlate\nmine\npina_1\npina_1\npina_1\n",
        setting_up=SETTING_UP,
    )
