"""How `pinterest mcp` ends, and what it makes of a client that does not keep to the protocol."""

from __future__ import annotations

import base64
import hashlib
import json
import resource
import signal
import time
from typing import TYPE_CHECKING, Any

import pytest

from asked import asked, eventually
from assistant import Wire
from beside import new, private, renewals, wait_for_renewals
from program import over

if TYPE_CHECKING:
    from program import Person

# Seconds that an end may take.
SOON = 1.0


def call(wire: Wire) -> int:
    return wire.call("call_operation", operation="user_account/get")


def cancel(wire: Wire, number: int) -> None:
    cancelled = {"requestId": number}
    wire.write({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": cancelled})


def close(wire: Wire, how: str) -> None:
    process = wire.running.process
    if how == "SIGTERM":
        process.send_signal(signal.SIGTERM)
        # Before its input is closed, which would be another reason to end.
        process.wait(10)
    else:
        assert process.stdin
        process.stdin.close()


@pytest.mark.parametrize(("how", "code"), [("SIGTERM", 143), ("closed", 0)])
@pytest.mark.parametrize("busy", [False, True])
def test_it_ends_soon(person: Person, how: str, code: int, busy: bool) -> None:
    person.keep()
    wire = Wire(person)
    if busy:
        person.sandbox.respond({"pass": True, "delay_ms": 10_000})
        call(wire)
        asked(person, "/user_account")
    started = time.monotonic()
    close(wire, how)
    assert wire.end().code == code
    assert time.monotonic() - started < SOON


@pytest.mark.parametrize(("how", "code"), [("SIGTERM", 143), ("closed", 0)])
def test_a_renewal_is_kept_before_the_end(person: Person, how: str, code: int) -> None:
    person.sandbox.switch(rotation="invalidate_on_use")
    old = person.keep(expires_at=over())
    person.sandbox.respond({"pass": True, "delay_ms": 1500})
    wire = Wire(person)
    call(wire)
    wait_for_renewals(person, 1)
    close(wire, how)
    assert wire.end().code == code
    kept = person.stored()
    assert kept["refresh_token"] != old["refresh_token"]
    assert person.run("request", "/user_account").code == 0
    assert renewals(person) == 1


def test_a_cancelled_call_does_not_cancel_the_renewal(person: Person) -> None:
    old = person.keep(expires_at=over())
    person.sandbox.respond({"pass": True, "delay_ms": 1000})
    wire = Wire(person)
    number = call(wire)
    wait_for_renewals(person, 1)
    cancel(wire, number)
    assert wire.answer(call(wire))["result"]["isError"] is False
    assert renewals(person) == 1
    assert person.stored()["refresh_token"] != old["refresh_token"]
    assert wire.end().code == 0


def test_what_is_cancelled_while_another_renews_asks_for_nothing(person: Person) -> None:
    person.keep(expires_at=over())
    # Whoever comes after it would try again.
    refusal = {"status": 401, "json": {"code": 2, "message": "Authentication failed."}}
    person.sandbox.respond({**refusal, "delay_ms": 1000}, refusal, refusal)
    wire = Wire(person)
    first = call(wire)
    wait_for_renewals(person, 1)
    cancel(wire, call(wire))
    cancel(wire, call(wire))
    wire.answer(first)
    assert wire.end().code == 0
    assert renewals(person) == 1


def renewed_while_the_disk_filled_up(person: Person) -> Wire:
    """A server whose first call renewed the token, and which can write to no file since."""
    person.sandbox.respond({"pass": True, "delay_ms": 700})
    wire = Wire(person, preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN))
    number = call(wire)
    asked(person)
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.prlimit(wire.running.process.pid, resource.RLIMIT_FSIZE, (0, most))
    assert wire.answer(number)["result"]["isError"] is False
    return wire


def test_a_token_that_cannot_be_kept_is_used_all_the_same(person: Person) -> None:
    kept = person.keep(expires_at=over())
    wire = renewed_while_the_disk_filled_up(person)
    assert wire.answer(call(wire))["result"]["isError"] is False
    assert renewals(person) == 1
    assert person.stored() == kept
    result = wire.end()
    assert result.code == 0
    assert "they could not be kept" in result.err


@pytest.mark.parametrize("how", ["called", "closed", "stopped", "idle"])
def test_a_token_that_could_not_be_kept_is_kept_once_that_can_be(person: Person, how: str) -> None:
    person.sandbox.switch(rotation="invalidate_on_use")
    kept = person.keep(expires_at=over())
    wire = renewed_while_the_disk_filled_up(person)
    assert person.stored() == kept
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.prlimit(wire.running.process.pid, resource.RLIMIT_FSIZE, (most, most))
    if how == "called":
        assert wire.answer(call(wire))["result"]["isError"] is False
    elif how == "closed":
        assert wire.end().code == 0
    elif how == "stopped":
        close(wire, "SIGTERM")
        assert wire.end().code == 143
    else:
        # No call comes, and another program would renew what is in its place.
        eventually(lambda: person.stored() != kept)
    result = person.run("token")
    assert (result.code, result.out.strip()) == (0, person.stored()["access_token"])
    assert renewals(person) == 1
    if how in ("called", "idle"):
        assert wire.end().code == 0


def test_one_that_came_of_what_an_ended_program_left_is_used_for_the_next_call_as_well(
    person: Person,
) -> None:
    person.sandbox.switch(rotation="invalidate_on_use")
    left = person.keep(expires_at=over())
    old = person.keep(expires_at=over())
    digest = hashlib.sha256(old["refresh_token"].encode()).digest()[:16]
    replaces = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    private(new(person), json.dumps({**left, "sequence": 1, "replaces": replaces}))
    wire = renewed_while_the_disk_filled_up(person)
    assert person.stored()["access_token"] == left["access_token"]
    assert wire.answer(call(wire))["result"]["isError"] is False
    assert renewals(person) == 1
    assert wire.end().code == 0


def test_what_is_asked_before_the_end_is_answered(person: Person) -> None:
    person.keep()
    client = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "n", "version": "1"},
    }
    messages: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": client},
        {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/list"},
        {
            "id": 3,
            "method": "tools/call",
            "params": {"name": "call_operation", "arguments": {"operation": "user_account/get"}},
        },
    ]
    typed = "".join(json.dumps({"jsonrpc": "2.0", **message}) + "\n" for message in messages)
    result = person.run("mcp", typed=typed)
    answers = {answer["id"]: answer["result"] for answer in map(json.loads, result.out.splitlines())}
    assert (result.code, sorted(answers)) == (0, [1, 2, 3])
    assert "username" in answers[3]["content"][0]["text"]


def test_lines_that_are_no_messages_change_nothing(person: Person) -> None:
    person.keep()
    wire = Wire(person)
    assert wire.greeting["result"]["serverInfo"]["name"] == "pinterest"
    for line in ("hello", "{", "[]", '{"jsonrpc":"2.0","method":5}', "", "\x00", "é" * 100_000):
        wire.write(line)
    assert "error" in wire.answer(wire.send("no/such"))
    assert "error" in wire.answer(wire.send("tools/call", name="no_such"))
    assert wire.answer(call(wire))["result"]["isError"] is False
    result = wire.end()
    assert result.code == 0
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in result.out.splitlines())


def test_without_a_client_it_ends(person: Person) -> None:
    result = person.run("mcp")
    assert (result.code, result.out) == (0, "")


def test_a_person_who_starts_it_learns_what_it_is_for(person: Person) -> None:
    with person.terminal("mcp") as terminal:
        terminal.expect("An assistant's program starts this")
        terminal.sendintr()
        terminal.expect("interrupted")
