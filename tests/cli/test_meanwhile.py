"""What others do to the files while a command is at work loses no token, and nothing untrue is said."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from asked import asked, eventually
from beside import copies, locked, new, private, renewals, wait_for_renewals
from browser import decide, visit
from program import Person, due, over, refresh_token
from test_paste import printed

if TYPE_CHECKING:
    from program import Running


def logged_in(person: Person) -> Running:
    """A login whose tokens are on the disk, and which waits for the person's name."""
    login = person.start("login", "--no-browser")
    address = decide(printed(login.says("Paste it here")))
    person.sandbox.respond({"pass": True}, {"pass": True, "delay_ms": 2000})
    login.type(address + "\n")
    until = time.monotonic() + 10
    while not person.file().exists():
        assert time.monotonic() < until
        time.sleep(0.02)
    return login


@pytest.mark.parametrize("command", ["token", "refresh"])
def test_a_renewal_whose_lock_was_removed_is_waited_for_all_the_same(person: Person, command: str) -> None:
    person.sandbox.switch(rotation="invalidate_on_use")
    person.keep(expires_at=over())
    person.sandbox.respond({"pass": True, "delay_ms": 1500})
    first = person.start("refresh")
    wait_for_renewals(person, 1)
    for _ in range(2):
        (person.tokens / "default.lock").unlink()
        others = [person.start(command) for _ in range(2)]
        time.sleep(0.3)
    assert first.end().code == 0
    assert [other.end().code for other in others] == [0, 0]
    assert renewals(person) == 1
    assert not copies(person)
    person.sandbox.control("POST", "/clock", {"advance_seconds": 5})
    assert person.run("refresh").code == 0


def test_a_renewal_whose_lock_was_removed_is_not_waited_for_for_ever(person: Person) -> None:
    kept = person.keep(expires_at=due())
    person.sandbox.respond({"pass": True, "delay_ms": 4000})
    first = person.start("refresh")
    wait_for_renewals(person, 1)
    (person.tokens / "default.lock").unlink()
    result = person.run("token")
    assert (result.code, result.out.strip()) == (0, kept["access_token"])
    assert "another program changes this profile" in result.err
    assert first.end().code == 0
    assert renewals(person) == 1


@pytest.mark.parametrize("gone", ["lock", "profile"])
def test_who_waited_for_a_lock_waits_for_the_one_that_others_take_now(person: Person, gone: str) -> None:
    person.keep("Work", expires_at=over())
    with ExitStack() as earlier:
        earlier.enter_context(locked(person, "Work"))
        login = person.start("login", "--profile", "Work")
        visit(person.browser.url())
        eventually(lambda: [path for path in person.tokens.glob("*.new-1") if path.read_text().strip()])
        time.sleep(0.2)
        # An earlier release named this profile's files so: without them it has other names.
        removed, taken = ("Work.lock", "Work") if gone == "lock" else ("Work.json", "=work")
        (person.tokens / removed).unlink()
        with locked(person, taken):
            earlier.close()
            time.sleep(0.5)
            assert list(person.tokens.glob("*.new-1"))
    assert login.end().code == 0
    assert person.run("token", "--profile", "Work").code == 0


@pytest.mark.parametrize("command", ["token", "refresh"])
def test_a_folder_that_was_removed_is_made_again_for_a_new_token(person: Person, command: str) -> None:
    person.sandbox.switch(rotation="invalidate_on_use")
    person.keep(expires_at=over())
    person.sandbox.respond({"pass": True, "delay_ms": 1000})
    running = person.start(command)
    wait_for_renewals(person, 1)
    shutil.rmtree(person.tokens)
    assert running.end().code == 0
    person.sandbox.control("POST", "/clock", {"advance_seconds": 5})
    assert person.run("refresh").code == 0


@pytest.mark.parametrize("command", ["token", "refresh"])
def test_a_token_without_a_place_is_said_even_to_whoever_stops_it(person: Person, command: str) -> None:
    person.keep(expires_at=over())
    person.sandbox.respond({"pass": True, "delay_ms": 1000})
    running = person.start(command)
    wait_for_renewals(person, 1)
    shutil.rmtree(person.tokens)
    # No folder can be made there.
    person.tokens.write_text("")
    running.process.send_signal(signal.SIGTERM)
    result = running.end()
    assert result.code == 6
    assert "could not be kept" in result.err
    assert "they are in" not in result.err
    assert result.out.startswith("pina_") == (command == "token")


def test_a_name_is_added_to_its_own_tokens_only(person: Person) -> None:
    person.sandbox.switch(rotation="invalidate_on_use")
    # Within a second there is one access token.
    person.sandbox.control("POST", "/clock", {"frozen": True})
    login = logged_in(person)
    assert person.run("refresh").code == 0
    renewed = person.stored()
    assert login.end().code == 0
    assert person.stored() == renewed


def test_a_login_does_not_wait_for_a_lock_to_add_a_name(person: Person) -> None:
    login = logged_in(person)
    with locked(person):
        assert login.end(12).code == 0
    assert person.stored()["account"] is None


def test_a_login_ends_the_mark_of_an_interrupted_renewal(person: Person) -> None:
    person.keep(expires_at=over())
    private(new(person), " " * 100)
    login = person.start("login")
    visit(person.browser.url())
    assert login.end().code == 0
    assert not new(person).exists()
    private(person.file(), json.dumps({**person.stored(), "refresh_token": refresh_token()}))
    result = person.run("refresh")
    assert result.code == 3
    assert "cut off" not in result.err


def test_a_name_is_added_to_what_is_kept_by_then(person: Person) -> None:
    login = logged_in(person)
    private(person.file(), json.dumps({**person.stored(), "app_secret": "kept meanwhile"}))
    assert login.end().code == 0
    kept = person.stored()
    assert (kept["app_secret"], kept["account"] is None) == ("kept meanwhile", False)


def test_a_login_that_was_answered_and_has_no_place_is_not_called_unsent(person: Person) -> None:
    person.sandbox.respond({"pass": True, "delay_ms": 1000})
    login = person.start("login", "--client-credentials", "--json")
    asked(person)
    shutil.rmtree(person.tokens)
    # No folder can be made there.
    person.tokens.write_text("")
    result = login.end()
    error = json.loads(result.err)["error"]
    assert (result.code, error["kind"], error["outcome"]) == (6, "Store", "Unknown")
    assert "could not be kept" in error["message"]


def test_a_token_that_was_forgotten_while_its_lock_was_waited_for_is_not_given_out(person: Person) -> None:
    kept = person.keep()
    # As an ended renewal leaves it, which is why the lock is waited for.
    private(new(person), json.dumps({**kept, "refresh_token": refresh_token()}))
    with locked(person):
        running = person.start("token")
        time.sleep(0.5)
        new(person).unlink()
        person.file().unlink()
    result = running.end()
    assert (result.code, result.out) == (3, "")
    assert "not logged in" in result.err


@pytest.mark.parametrize("command", ["status", "refresh"])
def test_a_folder_whose_name_is_not_text_is_no_panic(person: Person, command: str) -> None:
    person.keep()
    folder = os.fsencode(person.folder) + b"/\xff"
    os.rename(os.fsencode(person.data), folder)
    result = person.run(command, "--json", env={"XDG_DATA_HOME": os.fsdecode(folder)})
    assert result.code == 0
    assert "/pinterest-sdk/default.json" in result.out


@pytest.mark.parametrize("spoiled", ["", "{"])
def test_a_login_that_was_cut_off_is_taken_over_where_nothing_else_is(person: Person, spoiled: str) -> None:
    login = person.start("login")
    visit(person.browser.url())
    assert login.end().code == 0
    kept = person.stored()
    # As if it had been ended before it put its tokens in place.
    person.file().rename(person.tokens / "default.json.new-1")
    if spoiled:
        private(person.file(), spoiled)
    result = person.run("token")
    assert (result.code, result.out.strip()) == (0, kept["access_token"])
    assert person.stored() == kept
    assert ("kept as" in result.err) == bool(spoiled)


def test_pages_of_one_login_are_not_gone_on_with_in_another(person: Person) -> None:
    person.keep()
    page = {"json": {"items": [{"id": "1"}], "bookmark": "b"}, "delay_ms": 1500}
    person.sandbox.respond(page, {"json": {"items": [{"id": "2"}]}})
    env = {"PINTEREST_API_URI": None}
    asking = person.start("request", "/boards", "--paginate", env=env)
    eventually(lambda: len(person.sandbox.requests("/boards")) == 1)
    other = person.environment["PINTEREST_API_URI"].replace("127.0.0.1", "localhost")
    person.keep(host=other)
    result = asking.end()
    assert result.code == 6, result
    assert "another app or environment between two pages" in result.err
    assert '"1"' in result.out
    assert len(person.sandbox.requests("/boards")) == 1
