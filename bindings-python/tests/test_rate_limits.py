"""Pinterest's limits: kept, waited for, or left to Pinterest."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest

from pinterest_sdk import ApiClient, ApiException, Configuration, api
from pinterest_sdk.errors import InvalidInputException, InvalidTypeException

if TYPE_CHECKING:
    from sandbox import Sandbox


def used_up(sandbox: Sandbox, seconds: int, token: str, **settings: Any) -> api.Api:
    """Boards of a client whose last call used up its category."""
    boards = api.BoardsApi(ApiClient(Configuration(host=sandbox.host, access_token=token, **settings)))
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(seconds)}
    sandbox.respond({"json": {}, "headers": headers}, {"json": {"items": []}})
    boards.boards_list()
    return boards


def test_a_call_waits_until_it_may_go(sandbox: Sandbox) -> None:
    boards = used_up(sandbox, 1, "pina_waits")
    start = monotonic()
    assert boards.boards_list() == {"items": []}
    assert monotonic() - start > 0.8


def test_what_would_wait_too_long_fails_at_once(sandbox: Sandbox) -> None:
    boards = used_up(sandbox, 3600, "pina_fails")
    configuration = boards.api_client.configuration
    for timeout, wait in ((None, None), (0, 5), (0, 0)):
        configuration.timeout, configuration.rate_limit_wait = timeout, wait
        with pytest.raises(ApiException) as raised:
            boards.boards_list()
        assert (raised.value.kind, raised.value.outcome) == ("RateLimited", "NotSent")
        assert raised.value.retry_after is not None
    assert len(sandbox.requests()) == 1
    configuration.keep_rate_limits = False
    assert boards.boards_list() == {"items": []}


def test_settings_of_a_wrong_type(sandbox: Sandbox) -> None:
    for wrong in ({"keep_rate_limits": "no"}, {"rate_limit_wait": "5"}):
        with pytest.raises(InvalidTypeException, match=next(iter(wrong))):
            used_up(sandbox, 1, "pina_1", **wrong)
    with pytest.raises(InvalidInputException, match="`rate_limit_wait` must not be negative"):
        used_up(sandbox, 1, "pina_1", rate_limit_wait=-1)
