"""`pinterest revoke`: what ended, and what did not."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from beside import copies, private, strangers

if TYPE_CHECKING:
    from program import Person


def test_tokens_that_were_set_aside_live_on_and_are_named(person: Person) -> None:
    text = strangers(person)["another chain's"]
    person.keep(kind="system")
    private(person.tokens / "default.json.aside-1", text)
    result = person.run("revoke")
    assert result.code == 0
    assert not person.file().exists()
    assert json.loads(text)["access_token"] not in str(person.sandbox.requests("/revoke"))
    assert [path.read_text() for path in copies(person)] == [text]
    assert "default.json.aside-1" in result.err


def test_what_fails_after_the_first_token_ended_is_not_called_without_effect(person: Person) -> None:
    kept = person.keep(kind="system")
    person.sandbox.respond({"pass": True}, {"status": 429, "body": '{"code": 8, "message": "slow"}'})
    result = person.run("revoke", "--json")
    error = json.loads(result.err)["error"]
    assert (result.code, error["kind"], error["outcome"]) == (5, "RateLimited", "Unknown")
    assert person.stored() == kept


@pytest.mark.parametrize("body", ["<html>Log in to this network</html>", "Hello, world"])
def test_a_page_of_a_gateway_s_ends_no_token(person: Person, body: str) -> None:
    """As of a network that wants a login, or of another server: the tokens live, and nobody else has them."""
    kept = person.keep(kind="system")
    person.sandbox.respond({"body": body})
    result = person.run("revoke", "--json")
    error = json.loads(result.err)["error"]
    assert (result.code, error["kind"], error["outcome"]) == (5, "Protocol", "Unknown")
    assert person.stored() == kept
    assert person.run("revoke").code == 0


def test_a_file_that_stays_after_its_tokens_ended(person: Person) -> None:
    person.keep(kind="system")
    person.sandbox.respond({"pass": True}, {"pass": True, "delay_ms": 1000})
    revoke = person.start("revoke", "--json")
    until = time.monotonic() + 10
    while len(person.sandbox.requests("/revoke")) < 2:
        assert time.monotonic() < until
        time.sleep(0.02)
    person.file().unlink()
    person.file().mkdir()
    result = revoke.end()
    error = json.loads(result.err)["error"]
    assert (result.code, error["kind"], error["outcome"]) == (6, "Store", "Unknown")
