"""Whoever waits for a server, a lock or a person, and for how long."""

from __future__ import annotations

import json
import signal
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pexpect  # type: ignore[import-untyped]
import pytest

from beside import locked, login_that_waits, private, renewals, wait_for_renewals
from browser import decide, visit
from program import due, over

if TYPE_CHECKING:
    from program import Person


def test_an_early_renewal_waits_seconds_for_a_server_that_hangs_and_then_pauses(person: Person) -> None:
    now = int(time.time())
    kept = person.keep(issued_at=now - 29 * 86400, expires_at=now + 22 * 3600)
    person.sandbox.stand({"fault": "hang"})
    started = time.monotonic()
    result = person.run("token")
    assert (result.code, result.out.strip()) == (0, kept["access_token"])
    assert "could not be renewed" in result.err
    assert time.monotonic() - started < 15
    started, before = time.monotonic(), renewals(person)
    for _ in range(3):
        result = person.run("token")
        assert (result.code, result.out.strip()) == (0, kept["access_token"])
        assert "tried again in" in result.err
    assert time.monotonic() - started < 2
    assert renewals(person) == before
    person.sandbox.stand(None)
    # Whoever asks for it gets it.
    assert person.run("refresh").code == 0
    assert person.run("token").err == ""
    assert [path.name for path in person.tokens.iterdir() if "pause" in path.name] == []


def test_an_early_renewal_does_not_wait_for_a_stopped_program(person: Person) -> None:
    kept = person.keep(expires_at=due())
    with locked(person):
        for limit in (5, 1):
            started = time.monotonic()
            result = person.run("token")
            assert (result.code, result.out.strip()) == (0, kept["access_token"])
            assert time.monotonic() - started < limit
    assert renewals(person) == 0


def test_a_pause_ends_when_the_token_does_and_with_a_clock_that_went_back(person: Person) -> None:
    person.keep(expires_at=over())
    now = int(time.time())
    pause = person.file().with_suffix(".json.pause")
    private(pause, json.dumps({"version": 1, "failures": 1, "failed_at": now, "until": now + 600}))
    assert person.run("token").code == 0
    assert renewals(person) == 1
    person.sandbox.control("POST", "/clock", {"advance_seconds": 5})
    person.keep(expires_at=due())
    private(pause, json.dumps({"version": 1, "failures": 1, "failed_at": now + 86400, "until": now + 90000}))
    assert person.run("token").err == ""
    assert renewals(person) == 2


def test_who_holds_a_lock_is_said(person: Person) -> None:
    person.keep(expires_at=over())
    person.sandbox.respond({"pass": True, "delay_ms": 3000})
    holder = person.start("token")
    wait_for_renewals(person, 1)
    person.keep(expires_at=due())
    result = person.run("token")
    assert f"the process {holder.process.pid} changes this profile" in result.err
    assert f"ps -p {holder.process.pid}" in result.err
    holder.end()


def test_a_login_keeps_its_token_also_if_the_profile_is_locked_for_long(person: Person) -> None:
    kept = person.keep()
    with locked(person):
        login = login_that_waits(person)
        login.process.send_signal(signal.SIGKILL)
        login.end()
    assert person.stored() == kept
    # Whatever acts on the profile next takes the login's token over.
    assert "nothing was asked for" in person.run("refresh").out
    assert person.stored()["refresh_token"] != kept["refresh_token"]
    assert person.stored()["sequence"] == 1
    assert renewals(person) == 1


def test_a_login_waits_for_a_lock_only_until_it_is_asked_to_end(person: Person) -> None:
    person.keep()
    with locked(person):
        login = login_that_waits(person)
        login.process.terminate()
        assert login.end(3).code == 143
    # The next command finds what it had kept.
    assert "nothing was asked for" in person.run("refresh").out


def test_a_login_that_could_not_be_kept_sends_nobody_to_pinterest(person: Person) -> None:
    person.keep()
    lock = person.tokens / "default.lock"
    private(lock, "")
    lock.chmod(0o644)
    result = person.run("login")
    assert result.code == 6
    assert "chmod 600" in result.err
    assert "address" not in result.err


@pytest.mark.parametrize("command", ["refresh", "token", "logout", "revoke"])
def test_a_wait_for_another_program_says_so(person: Person, command: str) -> None:
    person.keep(kind="system", expires_at=over())
    lock = ExitStack()
    lock.enter_context(locked(person))
    with lock, person.terminal(command, columns=120) as terminal:
        terminal.expect("waiting for another program that is changing this profile")
        lock.close()
        terminal.expect(pexpect.EOF)
        terminal.wait()
        assert terminal.exitstatus == 0
        said = str(terminal.before)
    assert "waiting for" not in said.rpartition("\x1b[2K")[2]


@pytest.mark.parametrize("way", [(), ("--no-browser",), ("--client-credentials",)])
def test_a_login_that_waits_for_another_program_says_so(person: Person, way: tuple[str, ...]) -> None:
    lock = ExitStack()
    lock.enter_context(locked(person))
    with lock, person.terminal("login", *way, columns=400) as terminal:
        if way == ():
            visit(person.browser.url())
        elif way == ("--no-browser",):
            terminal.expect(r"(http://\S+).*Paste it here")
            terminal.sendline(decide(terminal.match[1]))
        terminal.expect("waiting for another program that is changing this profile")
        lock.close()
        terminal.expect("You are connected")
        terminal.expect("access token")
        assert terminal.wait() == 0


def test_a_wait_in_a_pipe_says_nothing(person: Person) -> None:
    person.keep(expires_at=over())
    with locked(person):
        waiting = person.start("token")
        time.sleep(0.5)
    result = waiting.end()
    assert (result.code, result.err) == (0, "")
    assert result.out.strip() == person.stored()["access_token"]
