"""Which tokens are the newest, and that nothing else takes their place."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import time
from typing import Any

import pytest

from beside import copies, end_a_renewal, locked, new, private, renewals, strangers
from browser import visit
from findings import examine
from program import Person, due, over


@pytest.mark.parametrize("issued_at", [1, 4_000_000_000])
def test_a_token_left_behind_is_newer_by_what_it_replaced_whatever_the_clock_said(
    person: Person, issued_at: int
) -> None:
    old = person.keep(expires_at=over())
    assert person.run("token").code == 0
    renewed = person.stored()
    # As if the process had been ended before it put its token in place, and the clock moved.
    private(
        new(person), json.dumps({**renewed, "issued_at": issued_at, "refresh_token_issued_at": issued_at})
    )
    private(person.file(), json.dumps(old))
    result = person.run("token")
    assert (result.code, result.out.strip(), result.err) == (0, renewed["access_token"], "")
    assert person.stored()["refresh_token"] == renewed["refresh_token"]
    assert renewals(person) == 1
    assert not copies(person)
    assert not new(person).exists()


@pytest.mark.parametrize("issued_at", [1, 4_000_000_000])
def test_a_token_that_was_replaced_since_is_not_taken_back(person: Person, issued_at: int) -> None:
    person.keep(expires_at=over())
    assert person.run("token").code == 0
    older = person.stored()
    person.sandbox.control("POST", "/clock", {"advance_seconds": 5})
    assert person.run("refresh").code == 0
    newest = person.stored()
    private(new(person), json.dumps({**older, "issued_at": issued_at}))
    assert person.run("refresh").code == 0
    sent = person.sandbox.requests("/oauth/token")[-1]["body"]
    assert newest["refresh_token"] in sent
    assert not copies(person)


@pytest.mark.parametrize("what", ["another chain's", "a later release's", "half written"])
def test_what_cannot_be_ranked_is_set_aside_and_named(person: Person, what: str) -> None:
    text = strangers(person)[what]
    person.keep()
    assert person.run("refresh").code == 0
    person.sandbox.control("POST", "/clock", {"advance_seconds": 5})
    private(new(person), text)
    result = person.run("refresh")
    assert result.code == 0, result
    (copy,) = copies(person)
    assert copy.read_text() == text
    assert str(copy) in result.err
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    private(new(person), text)
    assert person.run("refresh").code == 0
    assert len(copies(person)) == 2
    assert str(copy) in person.run("doctor", "--offline").out
    assert person.run("logout").code == 0
    assert not copies(person)


def test_of_two_records_without_a_chain_both_stay(person: Person) -> None:
    left = person.keep(issued_at=1)
    private(new(person), person.file().read_text())
    current = person.keep(issued_at=4_000_000_000, expires_at=over())
    result = person.run("token")
    assert (result.code, result.out.strip()) == (0, left["access_token"])
    (copy,) = copies(person)
    assert json.loads(copy.read_text())["refresh_token"] == current["refresh_token"]
    assert str(copy) in result.err


@pytest.mark.parametrize("how", ["0644", "hard link"])
def test_room_that_others_made_or_read_gets_no_token(person: Person, how: str) -> None:
    person.keep(expires_at=over())
    private(new(person), "")
    elsewhere = person.folder / "elsewhere"
    if how == "0644":
        new(person).chmod(0o644)
        watcher = new(person).open()
    else:
        os.link(new(person), elsewhere)
        watcher = elsewhere.open()
    with watcher:
        assert person.run("token").code == 0
        assert watcher.read() == ""
    assert stat.S_IMODE(person.file().stat().st_mode) == 0o600
    assert person.file().stat().st_nlink == 1


def test_a_whole_token_that_others_could_write_is_not_trusted(person: Person) -> None:
    text = strangers(person)["another chain's"]
    person.keep(expires_at=over())
    private(new(person), text)
    new(person).chmod(0o666)
    assert person.run("token").code == 0
    assert copies(person)[0].read_text() == text
    assert renewals(person) == 1


def test_revoke_ends_what_is_there_and_not_what_it_had_read(person: Person) -> None:
    seen = person.keep(kind="system")
    with locked(person):
        waiting = person.start("revoke")
        time.sleep(0.5)
        now_there = person.keep(kind="system")
    assert waiting.end().code == 0
    revoked = "".join(request["body"] for request in person.sandbox.requests("/oauth/token/revoke"))
    for name in ("access_token", "refresh_token"):
        assert now_there[name] in revoked
        assert seen[name] not in revoked
    assert not person.file().exists()


@pytest.mark.parametrize("command", ["token", "refresh", "revoke"])
@pytest.mark.parametrize(
    ("changes", "told"),
    [({"app_id": "7654321"}, "app 7654321"), ({"host": "https://api.pinterest.com/v5"}, "environment https")],
)
def test_what_another_program_stored_meanwhile_is_checked_again(
    person: Person, command: str, changes: dict[str, str], told: str
) -> None:
    person.keep(expires_at=over())
    with locked(person):
        waiting = person.start(command, "--app-id", "1234567")
        time.sleep(0.5)
        other: Any = person.keep(**changes)
    result = waiting.end()
    assert (result.code, result.out) == (2, "")
    assert told in result.err
    assert person.stored() == other
    assert person.sandbox.requests() == []


def test_an_expired_token_of_another_program_is_renewed(person: Person) -> None:
    person.keep(expires_at=over())
    with locked(person):
        waiting = person.start("token")
        time.sleep(0.5)
        other = person.keep(expires_at=over())
    result = waiting.end()
    assert (result.code, result.out.strip()) == (0, person.stored()["access_token"])
    assert result.out.strip() != other["access_token"]
    (request,) = person.sandbox.requests("/oauth/token")
    assert other["refresh_token"] in request["body"]


def test_refresh_does_not_claim_what_another_program_did(person: Person) -> None:
    person.keep(expires_at=over())
    for arguments in ((), ("--json",)):
        with locked(person):
            waiting = person.start("refresh", *arguments)
            time.sleep(0.5)
            person.keep()
        result = waiting.end()
        assert result.code == 0
        assert "Renewed." not in result.out
        if arguments:
            assert result.json["renewed_by_another_program"] is True
        else:
            assert "nothing was asked for" in result.out
    assert renewals(person) == 0


def test_a_profile_whose_name_looks_like_a_copy_is_nobody_elses(person: Person) -> None:
    names = ["x", "x.json.corrupt-1", "x.json.aside-2", "x.json.new", "X", "x.json"]
    tokens = {}
    for name in names:
        assert log_in(person, name) == 0
        tokens[name] = person.run("token", "--profile", name).out
    assert len({path.name.lower() for path in person.tokens.glob("*.json")}) == len(names)
    assert person.run("logout", "--profile", "x").code == 0
    assert person.run("token", "--profile", "x").code == 3
    for name in names[1:]:
        assert person.run("token", "--profile", name).out == tokens[name]
    assert {report["profile"] for report in person.run("status", "--json").json} == set(names[1:])


def log_in(person: Person, profile: str) -> int:
    person.sandbox.control("POST", "/clock", {"advance_seconds": 2})
    login = person.start("login", "--profile", profile)
    visit(person.browser.url())
    return login.end().code


def test_a_file_of_an_earlier_release_keeps_its_name(person: Person) -> None:
    kept = person.keep("Work", expires_at=over())
    assert person.run("token", "--profile", "Work").code == 0
    assert person.stored("Work")["access_token"] != kept["access_token"]
    assert [path.name for path in person.tokens.glob("*.json")] == ["Work.json"]
    assert person.run("logout", "--profile", "Work").code == 0
    assert not person.file("Work").exists()


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGKILL])
def test_a_login_that_was_cancelled_leaves_the_mark_of_an_interrupted_renewal(
    person: Person, signal_number: int
) -> None:
    person.sandbox.switch(rotation="invalidate_on_use")
    person.keep(expires_at=over())
    end_a_renewal(person)
    login = person.start("login")
    person.browser.url()
    login.process.send_signal(signal_number)
    login.end()
    result = person.run("token")
    assert result.code == 3
    assert "cut off" in result.err
    assert [path.name for path in person.tokens.iterdir() if ".new-" in path.name] == []


def test_what_another_user_owns_is_said_with_the_way_out(person: Person) -> None:
    person.keep()
    os.chown(person.file(), 1, 1)
    result = person.run("token")
    assert result.code == 6
    assert "(user id 1)" in result.err
    for way in ("XDG_DATA_HOME", "chown"):
        assert way in result.err


def test_a_command_that_mends_works_for_every_folder(person: Person) -> None:
    data = person.home / "o'brien"
    person.tokens = data / "pinterest-sdk"
    person.environment["XDG_DATA_HOME"] = str(data)
    person.keep()
    for path in (person.file(), person.tokens):
        path.chmod(0o777)
    findings = examine(person, "--offline", code=1)
    assert len(findings) == 2
    for finding in findings:
        command = finding["fix"].removeprefix("run `").removesuffix("`")
        subprocess.run(["/bin/sh", "-c", command], check=True)
    assert examine(person, "--offline", code=0) == []


def test_what_is_set_aside_is_named_also_if_the_command_fails(person: Person) -> None:
    text = strangers(person)["another chain's"]
    person.keep(expires_at=over(), refresh_token="pinr_unknown")
    private(new(person), text)
    result = person.run("token")
    assert result.code == 3
    (copy,) = copies(person)
    assert str(copy) in result.err


def test_logout_forgets_no_other_apps_profile(person: Person) -> None:
    kept = person.keep()
    result = person.run("logout", "--app-id", "7654321")
    assert (result.code, result.out) == (2, "")
    assert "is logged in to the app" in result.err
    assert person.stored() == kept
    person.file().write_text("broken")
    assert person.run("logout", "--app-id", "7654321").code == 0
    assert not person.file().exists()


def test_a_token_that_was_forgotten_meanwhile_is_not_given_out(person: Person) -> None:
    person.keep(expires_at=due())
    with locked(person):
        waiting = person.start("token")
        time.sleep(0.5)
        person.file().unlink()
    result = waiting.end()
    assert (result.code, result.out) == (3, "")
    assert not person.file().with_suffix(".json.pause").exists()
