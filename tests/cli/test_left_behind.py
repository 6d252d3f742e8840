"""What a command that was ended left beside a profile's file, and who takes it up."""

from __future__ import annotations

import json
import signal
import time
from contextlib import nullcontext

import pytest

from beside import copies, end_a_renewal, locked, login_that_waits, new, private
from browser import visit
from program import APP_ID, Person, over


def end_a_login_that_waits(person: Person) -> None:
    """Kills a login whose tokens are on the disk, and whose profile another program holds."""
    with locked(person):
        login = login_that_waits(person)
        login.process.send_signal(signal.SIGKILL)
        login.end()


@pytest.mark.parametrize("command", ["token", "refresh"])
def test_a_first_login_that_was_ended_before_its_tokens_were_in_place(person: Person, command: str) -> None:
    end_a_login_that_waits(person)
    assert not person.file().exists()
    assert person.run("profiles").out == "default\n"
    result = person.run(command)
    assert result.code == 0, result
    assert person.stored()["access_token"] == person.run("token").out.strip()


@pytest.mark.parametrize("earlier", [False, True])
def test_tokens_that_wait_for_their_place_are_shown_with_what_puts_them_there(
    person: Person, earlier: bool
) -> None:
    kept = person.keep() if earlier else None
    end_a_login_that_waits(person)
    (left,) = person.tokens.glob("default.json.new-*")
    tokens = json.loads(left.read_text())
    result = person.run("status")
    assert result.code == 0, result
    shown = person.file() if earlier else left
    assert ("29 days of 30 days left" in result.out or "30 days of 30 days left" in result.out) or earlier
    assert f"file           {shown}" in result.out
    assert f"they are in {left}" in result.out
    assert "pinterest token --profile default" in result.out
    (report,) = person.run("status", "--json").json
    assert report["file"] == str(shown)
    assert report["access_token"]["issued_at"] == (kept or tokens)["issued_at"]
    assert report["waiting"]["file"] == str(left)
    assert "pinterest token" in report["waiting"]["hint"]
    doctor = person.run("doctor", "--offline").out
    assert f"they are in {left}" in doctor
    assert person.run("token").out.strip() == tokens["access_token"]
    assert person.stored()["access_token"] == tokens["access_token"]
    assert "are in" not in person.run("status").out
    assert "waiting" not in person.run("status", "--json").json[0]


@pytest.mark.parametrize("held", [False, True])
def test_token_prints_the_newest_wherever_it_is(person: Person, held: bool) -> None:
    person.keep()
    end_a_login_that_waits(person)
    (left,) = person.tokens.glob("default.json.new-*")
    newest = json.loads(left.read_text())["access_token"]
    # About the tokens before.
    now = int(time.time())
    note = {"version": 1, "failures": 1, "failed_at": now, "until": now + 600}
    private(person.file().with_suffix(".json.pause"), json.dumps(note))
    with locked(person) if held else nullcontext():
        result = person.run("token")
        assert (result.code, result.out.strip(), result.err) == (0, newest, "")
        assert left.exists() == held
    assert person.run("token").out.strip() == newest
    assert not left.exists()
    assert not person.file().with_suffix(".json.pause").exists()


@pytest.mark.parametrize("spoiled", [None, "{"])
def test_token_prints_what_waits_where_nothing_else_is(person: Person, spoiled: str | None) -> None:
    end_a_login_that_waits(person)
    (left,) = person.tokens.glob("default.json.new-*")
    newest = json.loads(left.read_text())["access_token"]
    if spoiled is not None:
        private(person.file(), spoiled)
    with locked(person):
        result = person.run("token")
        assert (result.code, result.out.strip(), result.err) == (0, newest, "")
        assert person.run("request", "/user_account").code == 0
        private(left, json.dumps({**json.loads(left.read_text()), "app_id": "7654321"}))
        assert person.run("token").code == 2


def test_newer_tokens_that_are_over_while_they_wait_are_not_printed(person: Person) -> None:
    kept = person.keep()
    end_a_login_that_waits(person)
    (left,) = person.tokens.glob("default.json.new-*")
    private(left, json.dumps({**json.loads(left.read_text()), "expires_at": over()}))
    with locked(person):
        result = person.run("token")
        assert (result.code, result.out.strip(), result.err) == (0, kept["access_token"], "")


def test_what_was_set_aside_counts_where_it_replaced_what_is_in_use(person: Person) -> None:
    person.keep()
    assert person.run("refresh").code == 0
    older = person.stored()
    person.sandbox.control("POST", "/clock", {"advance_seconds": 5})
    assert person.run("refresh").code == 0
    newest = person.stored()
    private(person.file(), json.dumps(older))
    aside = person.file().with_suffix(".json.aside-1")
    private(aside, json.dumps(newest))
    result = person.run("token")
    assert (result.code, result.out.strip(), result.err) == (0, newest["access_token"], "")
    assert person.stored() == newest
    assert not aside.exists()
    # One that was replaced, and one of nobody's, stay where they are.
    private(aside, json.dumps(older))
    private(aside.with_suffix(".aside-2"), json.dumps({**newest, "access_token": "pina_x", "sequence": 9}))
    assert person.run("token").out.strip() == newest["access_token"]
    assert len(copies(person)) == 2


@pytest.mark.parametrize("earlier", [False, True])
def test_the_doctor_tries_the_tokens_that_the_next_command_uses(person: Person, earlier: bool) -> None:
    if earlier:
        person.keep(expires_at=over())
    end_a_login_that_waits(person)
    result = person.run("doctor", "--json", env={"PINTEREST_APP_ID": None})
    findings = {finding["check"]: finding["found"] for finding in result.json}
    assert findings["app id"] == APP_ID
    assert "takes that of `default`" in findings["access token"]
    assert result.code == 0, result


def test_a_login_that_goes_on_is_no_profile_yet(person: Person) -> None:
    login = person.start("login")
    url = person.browser.url()
    assert person.run("status", "--json").json == []
    assert person.run("profiles").out == ""
    with locked(person):
        pass
    visit(url)
    assert login.end().code == 0
    with locked(person):
        again = login_that_waits(person)
        assert "waiting" not in person.run("status", "--json").json[0]
    assert again.end().code == 0


def test_logout_says_that_it_forgot_what_waited_for_its_place(person: Person) -> None:
    end_a_login_that_waits(person)
    assert person.run("logout", "--json").json == {"profile": "default", "forgotten": True}
    assert person.run("logout", "--json").json == {"profile": "default", "forgotten": False}


@pytest.mark.parametrize("command", ["token", "request", "refresh"])
def test_what_waits_is_used_where_another_app_s_tokens_are_in_its_place(person: Person, command: str) -> None:
    """The login that waits was for another app, and `status` says what puts its tokens in place."""
    person.keep(app_id="7654321")
    end_a_login_that_waits(person)
    assert "run `pinterest token" in person.run("status").out
    result = person.run(command, *(["/user_account"] if command == "request" else []))
    assert result.code == 0, result
    assert person.stored()["app_id"] == APP_ID
    # Of an app that neither is of there is nothing.
    assert person.run(command, *(["/x"] if command == "request" else []), "--app-id", "7654321").code == 2


@pytest.mark.parametrize("earlier", [False, True])
def test_logout_leaves_what_waits_for_another_app(person: Person, earlier: bool) -> None:
    if earlier:
        person.keep(app_id="7654321")
    end_a_login_that_waits(person)
    (left,) = person.tokens.glob("default.json.new-*")
    for option in (("--app-id", "7654321"), ("--env", "sandbox")):
        result = person.run("logout", *option)
        assert (result.code, "is logged in to the" in result.err) == (2, True)
        assert left.exists()
    # The next command would use them.
    assert person.run("logout", "--json").json == {"profile": "default", "forgotten": True}
    assert not left.exists()


def test_everybody_is_logged_out_of_what_was_set_aside_too(person: Person) -> None:
    kept = person.keep()
    person.file().unlink()
    aside = person.file("work").with_suffix(".json.aside-1")
    private(aside, json.dumps(kept))
    assert f"{aside} is kept" in person.run("doctor", "--offline").out
    result = person.run("logout", "--all", "--json")
    assert (result.code, result.json) == (0, [{"profile": "work", "forgotten": True}])
    assert copies(person) == []


@pytest.mark.parametrize("command", ["token", "refresh"])
@pytest.mark.parametrize("how", ["broken", "gone"])
def test_a_whole_record_beside_a_file_that_is_none(person: Person, command: str, how: str) -> None:
    person.keep(expires_at=over())
    assert person.run("token").code == 0
    text = person.file().read_text()
    private(new(person), text)
    if how == "broken":
        private(person.file(), text[:-60])
    else:
        person.file().unlink()
    person.sandbox.control("POST", "/clock", {"advance_seconds": 5})
    result = person.run(command)
    assert result.code == 0, result
    assert ("corrupt-1" in result.err) == (how == "broken")
    assert not new(person).exists()


def test_a_login_that_goes_on_is_left_alone(person: Person) -> None:
    login = person.start("login")
    url = person.browser.url()
    assert person.run("token").code == 3
    assert person.run("logout").code == 0
    assert [path.name for path in person.tokens.glob("*.new-*")] == ["default.json.new-1"]
    visit(url)
    assert login.end().code == 0


def test_a_login_ends_what_an_interrupted_renewal_left_to_say(person: Person) -> None:
    person.keep(expires_at=over())
    end_a_renewal(person)
    assert new(person).exists()
    person.sandbox.control("POST", "/clock", {"advance_seconds": 5})
    login = person.start("login")
    visit(person.browser.url())
    assert login.end().code == 0
    assert not new(person).exists()
    person.sandbox.respond({"status": 401, "body": '{"code": 283, "message": "no"}'})
    result = person.run("refresh")
    assert result.code == 3
    assert "cut off" not in result.err


def test_a_login_keeps_the_half_of_a_token_that_a_renewal_left(person: Person) -> None:
    kept = person.keep()
    half = json.dumps(kept)[:-40]
    private(new(person), half)
    login = person.start("login")
    visit(person.browser.url())
    result = login.end()
    assert result.code == 0, result
    (aside,) = copies(person)
    assert aside.name == "default.json.aside-1"
    assert aside.read_text() == half
    assert str(aside) in result.err
    assert not new(person).exists()
    assert person.stored()["access_token"] != kept["access_token"]
    # Said once: nothing is left that the next command would stumble over.
    assert "warning" not in person.run("refresh").err
    assert copies(person) == [aside]


def test_a_name_that_cannot_be_kept_in_seconds_is_left_out(person: Person) -> None:
    person.keep()
    login = person.start("login")
    url = person.browser.url()
    person.sandbox.stand({"pass": True, "delay_ms": 1000})
    visit(url)
    until = time.monotonic() + 10
    while "sequence" not in person.stored():
        assert time.monotonic() < until
        time.sleep(0.01)
    with locked(person):
        result = login.end(15)
    assert result.code == 0, result
    assert "Hello, " in result.err
    assert person.stored()["account"] is None


def test_a_file_that_is_none_stands_in_nobodys_way_where_newer_tokens_wait(person: Person) -> None:
    end_a_login_that_waits(person)
    private(person.file(), "{")
    result = person.run("status")
    assert (result.code, result.err) == (0, ""), result
    assert "pinterest token" in result.out
    assert "log in again" not in result.out
    result = person.run("doctor", "--offline")
    assert result.code == 0, result
    assert "log in again" not in result.out
    assert person.run("token").code == 0


def test_tokens_that_have_expired_stand_in_nobodys_way_where_newer_ones_wait(person: Person) -> None:
    person.keep(expires_at=over(), refresh_token=None)
    end_a_login_that_waits(person)
    result = person.run("status")
    assert (result.code, result.err) == (0, "")
    assert "pinterest token" in result.out
    result = person.run("doctor", "--offline")
    assert result.code == 0, result
    assert "cannot be renewed" not in result.out
    assert person.run("token").code == 0


@pytest.mark.parametrize("earlier", [False, True])
def test_status_and_the_doctor_know_what_waits_while_another_program_has_the_profile(
    person: Person, earlier: bool
) -> None:
    if earlier:
        person.keep(expires_at=over(), refresh_token=None)
    end_a_login_that_waits(person)
    (left,) = person.tokens.glob("default.json.new-*")
    with locked(person):
        assert person.run("token").code == 0
        result = person.run("status")
        assert (result.code, result.err) == (0, ""), result
        assert f"they are in {left}" in result.out
        result = person.run("doctor", "--offline")
        assert result.code == 0, result
        assert f"they are in {left}" in result.out


def test_a_dry_run_shows_where_the_tokens_that_wait_lead(person: Person) -> None:
    person.keep(host="https://elsewhere.example/v5")
    end_a_login_that_waits(person)
    call, none = ("api", "boards", "list"), {"PINTEREST_API_URI": None}
    shown = person.run(*call, "--dry-run", env=none)
    assert (shown.code, shown.out) == (0, f"GET {person.environment['PINTEREST_API_URI']}/boards\n")
    assert person.run(*call, env=none).code == 0


@pytest.mark.parametrize("earlier", [False, True])
def test_of_two_logins_that_wait_the_later_one_counts(person: Person, earlier: bool) -> None:
    if earlier:
        person.keep()
    end_a_login_that_waits(person)
    person.sandbox.control("POST", "/clock", {"advance_seconds": 5})
    later = person.tokens / "default.json.new-2"
    with locked(person):
        login = person.start("login", "--client-credentials")
        until = time.monotonic() + 10
        while not (later.exists() and later.read_text().strip()):
            assert time.monotonic() < until
            time.sleep(0.02)
        login.process.send_signal(signal.SIGKILL)
        login.end()
        newest = json.loads(later.read_text())["access_token"]
        assert person.run("token").out.strip() == newest
    result = person.run("token")
    assert (result.code, result.out.strip(), result.err) == (0, newest, "")
    assert copies(person) == []
