"""`pinterest token` and `pinterest refresh`: a valid token, whatever happens, and none lost."""

from __future__ import annotations

import json
import signal
import time

import pytest

from beside import end_a_renewal, locked, private, renewals, wait_for_renewals
from program import Person, due, listens, over


@pytest.mark.smoke
def test_a_fresh_token_is_printed_and_nothing_asked(person: Person) -> None:
    kept = person.keep()
    result = person.run("token", env={"PINTEREST_APP_SECRET": None})
    assert (result.code, result.out, result.err) == (0, kept["access_token"] + "\n", "")
    assert person.sandbox.requests() == []


def test_a_token_as_json(person: Person) -> None:
    kept = person.keep()
    result = person.run("token", "--json")
    left = result.json["seconds_left"]
    assert result.json == {
        "profile": "default",
        "access_token": kept["access_token"],
        "expires_at": kept["expires_at"],
        "seconds_left": left,
    }
    assert abs(kept["expires_at"] - time.time() - left) < 5


@pytest.mark.smoke
@pytest.mark.parametrize("end", [due, over], ids=["due", "over"])
def test_a_token_near_its_end_is_renewed(person: Person, end: object) -> None:
    assert callable(end)
    kept = person.keep(expires_at=end())
    result = person.run("token")
    assert result.code == 0
    assert result.out.strip() == person.stored()["access_token"] != kept["access_token"]
    assert person.stored()["refresh_token"] != kept["refresh_token"]
    assert person.stored()["expires_at"] - time.time() > 29 * 86400
    assert renewals(person) == 1


@pytest.mark.parametrize("why", ["refused", "expired", "none"])
def test_that_a_person_has_to_log_in_is_said_until_the_token_ends(person: Person, why: str) -> None:
    changes: dict[str, dict[str, object]] = {
        "refused": {},
        "expired": {"refresh_token_expires_at": over()},
        "none": {"refresh_token": None},
    }
    person.keep(expires_at=due(), **changes[why])  # type: ignore[arg-type]
    if why == "refused":
        refusal = {"status": 401, "json": {"code": 283, "message": "no"}}
        person.sandbox.respond(refusal)
    for command in (["token"], ["token"], ["request", "/user_account"]):
        result = person.run(*command)
        assert result.code == 0, result
        assert f"refresh token{' has expired' if why == 'expired' else ''}" in result.err
        assert "run `pinterest login`" in result.err
        assert "tried again" not in result.err
    assert renewals(person) == (why == "refused")
    status = person.run("status").out
    assert "tried again" not in status
    assert "run `pinterest login --profile default`" in status


@pytest.mark.parametrize("is_over", [True, False])
@pytest.mark.parametrize("why", ["refused", "expired", "none"])
def test_nobody_is_asked_for_the_secret_where_nothing_renews(person: Person, why: str, is_over: bool) -> None:
    end, code = (over(), 3) if is_over else (due(), 0)
    changes: dict[str, dict[str, object]] = {
        "refused": {},
        "expired": {"refresh_token_expires_at": over()},
        "none": {"refresh_token": None},
    }
    person.keep(expires_at=end, **changes[why])  # type: ignore[arg-type]
    if why == "refused":
        person.sandbox.respond({"status": 401, "json": {"code": 283, "message": "no"}})
        assert person.run("token").code == code
        # Once an early one may be tried again as well.
        pause = person.file().with_suffix(".json.pause")
        private(pause, json.dumps({**json.loads(pause.read_text()), "until": over()}))
    result = person.run("token", env={"PINTEREST_APP_SECRET": None})
    assert (result.code, "app secret" in result.err) == (code, False), result
    assert "run `pinterest login`" in result.err
    with person.terminal("token", env={"PINTEREST_APP_SECRET": None}) as terminal:
        assert terminal.expect(["App secret", "pinterest login"]) == 1
    if why != "refused":
        result = person.run("refresh", env={"PINTEREST_APP_SECRET": None})
        assert (result.code, "run `pinterest login`" in result.err) == (3, True)
    assert renewals(person) == (why == "refused")


def test_who_waits_where_nothing_renews_gets_what_came_meanwhile(person: Person) -> None:
    kept = person.keep(expires_at=over(), refresh_token=None)
    with locked(person):
        waits = person.start("token", env={"PINTEREST_APP_SECRET": None})
        time.sleep(0.3)
        newer = person.keep(refresh_token=None)
    result = waits.end()
    assert (result.code, result.out.strip()) == (0, newer["access_token"]), result
    assert newer["access_token"] != kept["access_token"]


def test_a_token_whose_end_is_not_known_is_used_as_it_is(person: Person) -> None:
    kept = person.keep(expires_at=None)
    assert person.run("token").out.strip() == kept["access_token"]
    assert renewals(person) == 0


def unreachable(person: Person, **changes: object) -> dict[str, object]:
    """Tokens for a host that nobody listens at."""
    host = f"http://{person.sandbox.addresses['refused']}/v5"
    person.environment["PINTEREST_API_URI"] = host
    return person.keep(**changes)  # type: ignore[arg-type]


def test_without_a_network_a_valid_token_is_printed_with_a_warning(person: Person) -> None:
    kept = unreachable(person, expires_at=due())
    result = person.run("token")
    assert (result.code, result.out.strip()) == (0, kept["access_token"])
    assert result.err.startswith("warning: the token is valid for ")
    assert person.stored() == kept


def test_without_a_network_an_expired_token_is_no_answer(person: Person) -> None:
    kept = unreachable(person, expires_at=over())
    result = person.run("token")
    assert (result.code, result.out) == (5, "")
    assert "refused" in result.err.lower()
    assert person.stored() == kept


def test_a_refused_refresh_token_needs_a_person(person: Person) -> None:
    kept = person.keep(expires_at=over(), refresh_token="pinr.eyJhbGciOiJSUzI1NiJ9.unknown.x")
    result = person.run("token")
    assert (result.code, result.out) == (3, "")
    assert "pinterest login" in result.err
    assert "pinr.eyJhbGciOiJSUzI1NiJ9.unknown.x" not in result.err
    assert person.stored() == kept


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"refresh_token": None}, "no refresh token"), ({"refresh_token_expires_at": 1}, "has expired")],
)
def test_without_a_valid_refresh_token_nothing_is_asked(
    person: Person, changes: dict[str, object], why: str
) -> None:
    person.keep(expires_at=over(), **changes)  # type: ignore[arg-type]
    result = person.run("token")
    assert result.code == 3
    assert why in result.err
    assert "pinterest login" in result.err
    assert renewals(person) == 0


def test_nobody_is_logged_in(person: Person) -> None:
    for command in ("token", "refresh", "revoke", "conversion-token"):
        result = person.run(command)
        assert result.code == 3, command
        assert "`default` is not logged in" in result.err
    assert not person.data.exists()


def test_a_wrong_secret_keeps_a_valid_token_usable(person: Person) -> None:
    kept = person.keep(expires_at=due())
    result = person.run("token", env={"PINTEREST_APP_SECRET": "wrong"})
    assert (result.code, result.out.strip()) == (0, kept["access_token"])
    assert "code 2" in result.err


def test_a_profile_of_another_app_or_environment_is_not_used(person: Person) -> None:
    person.keep()
    for arguments, env in (
        (("--app-id", "7654321"), {}),
        (("--env", "production"), {}),
        ((), {"PINTEREST_API_URI": "https://api.pinterest.com/v5"}),
    ):
        result = person.run("token", *arguments, env=env)
        assert (result.code, result.out) == (2, "")
        assert "is logged in to the" in result.err
    assert person.sandbox.requests() == []


def test_20_processes_at_expiry_ask_once_and_agree(person: Person) -> None:
    person.keep(expires_at=over())
    person.sandbox.respond({"pass": True, "delay_ms": 300})
    together = [person.start("token") for _ in range(20)]
    results = [process.end() for process in together]
    assert {result.code for result in results} == {0}, results
    assert {result.out.strip() for result in results} == {person.stored()["access_token"]}
    assert renewals(person) == 1


@pytest.mark.parametrize("rotation", ["keep_until_expiry", "invalidate_on_use"])
def test_kill_9_in_the_middle_leaves_the_old_file_and_the_next_run_recovers_or_explains(
    person: Person, rotation: str
) -> None:
    person.sandbox.switch(rotation=rotation)
    kept = person.keep(expires_at=over())
    end_a_renewal(person)
    assert person.stored() == kept
    result = person.run("token")
    if rotation == "keep_until_expiry":
        assert (result.code, result.out.strip()) == (0, person.stored()["access_token"])
        return
    # The only refresh token is gone; every run says so until somebody logs in.
    for again in (result, person.run("token")):
        assert again.code == 3
        assert "cut off" in again.err
        assert "pinterest login" in again.err
    assert person.stored() == kept


def test_a_token_that_was_written_and_not_put_in_place_is_adopted(person: Person) -> None:
    new = person.keep()
    person.file().rename(person.file().with_suffix(".json.new"))
    person.keep(expires_at=over(), issued_at=1)
    result = person.run("token")
    assert result.code == 0
    assert result.out.strip() in (new["access_token"], person.stored()["access_token"])
    assert renewals(person) == 0


def test_a_lost_answer_is_asked_for_once_more_and_kept(person: Person) -> None:
    person.keep(expires_at=over())
    person.sandbox.respond({"pass": True, "fault": "close"})
    started = time.monotonic()
    result = person.run("token")
    assert (result.code, result.out.strip()) == (0, person.stored()["access_token"])
    assert time.monotonic() - started < 3
    assert renewals(person) == 2


def test_a_lost_answer_whose_refresh_token_is_used_up_is_explained(person: Person) -> None:
    person.sandbox.switch(rotation="invalidate_on_use")
    person.keep("work", expires_at=over())
    person.sandbox.respond({"pass": True, "fault": "close"})
    for _ in range(2):
        result = person.run("token", "--profile", "work")
        assert result.code == 3
        assert "cut off" in result.err
        assert "pinterest login --profile work" in result.err


def test_answers_that_stay_lost_are_said_and_the_old_tokens_kept(person: Person) -> None:
    kept = person.keep(expires_at=over())
    person.sandbox.stand({"fault": "reset"})
    result = person.run("token")
    assert (result.code, result.out) == (5, "")
    assert person.stored() == kept
    person.sandbox.stand(None)
    # What failed a moment ago is said again, and tried again after that.
    hasty = person.run("token")
    assert hasty.code == 0 or "wait 1 s" in hasty.err
    time.sleep(1.1)
    assert person.run("token").code == 0


@pytest.mark.parametrize("command", ["token", "refresh"])
def test_ctrl_c_during_a_renewal_keeps_its_token(person: Person, command: str) -> None:
    kept = person.keep(expires_at=over())
    person.sandbox.respond({"pass": True, "delay_ms": 700})
    renewal = person.start(command)
    wait_for_renewals(person, 1)
    renewal.interrupt()
    result = renewal.end(5)
    assert (result.code, result.out) == (130, "")
    assert person.stored()["access_token"] != kept["access_token"]


def test_the_second_ctrl_c_ends_at_once(person: Person) -> None:
    kept = person.keep(expires_at=over())
    person.sandbox.respond({"pass": True, "delay_ms": 8000})
    renewal = person.start("token")
    wait_for_renewals(person, 1)
    renewal.interrupt()
    time.sleep(0.2)
    assert renewal.process.poll() is None
    renewal.interrupt()
    assert renewal.end(1).code == 130
    assert person.stored() == kept


def test_ctrl_c_while_waiting_for_another_program_ends_at_once(person: Person) -> None:
    person.keep(expires_at=over())
    person.sandbox.respond({"pass": True, "delay_ms": 3000})
    renewal = person.start("token")
    wait_for_renewals(person, 1)
    waiting = person.start("token")
    time.sleep(0.2)
    waiting.interrupt()
    assert waiting.end(1).code == 130
    assert renewal.end().code == 0
    assert renewals(person) == 1


def test_a_stopped_process_that_holds_the_lock_does_not_stop_valid_tokens(person: Person) -> None:
    kept = person.keep()
    due_profile = person.keep("due", expires_at=over())
    person.sandbox.respond({"pass": True, "delay_ms": 500})
    stopped = person.start("token", "--profile", "due")
    wait_for_renewals(person, 1)
    stopped.process.send_signal(signal.SIGSTOP)
    try:
        assert person.run("token").out.strip() == kept["access_token"]
        waiting = person.start("token", "--profile", "due")
        time.sleep(1)
        assert waiting.process.poll() is None
        assert renewals(person) == 1
    finally:
        stopped.process.send_signal(signal.SIGCONT)
    tokens = {stopped.end().out.strip(), waiting.end().out.strip()}
    assert tokens == {person.stored("due")["access_token"]}
    assert due_profile["access_token"] not in tokens


@pytest.mark.smoke
def test_refresh_renews_before_it_is_time(person: Person) -> None:
    kept = person.keep(account="ada")
    result = person.run("refresh", "--json")
    assert result.code == 0
    assert person.stored()["access_token"] != kept["access_token"]
    assert person.stored()["account"] == "ada"
    assert result.json["access_token"]["state"] == "valid"
    for secret in (person.stored()["access_token"], person.stored()["refresh_token"], person.secret):
        assert secret not in result.out + result.err


def test_a_refresh_token_that_is_not_replaced_stays(person: Person) -> None:
    person.sandbox.switch(new_refresh_token="never")
    kept = person.keep()
    assert person.run("refresh").code == 0
    assert person.stored()["refresh_token"] == kept["refresh_token"]
    assert person.stored()["refresh_token_expires_at"] == kept["refresh_token_expires_at"]


def test_hostile_answers_leave_the_old_tokens(person: Person) -> None:
    kept = person.keep(expires_at=over())
    for answer in (
        {"status": 200, "body": ""},
        {"status": 200, "body": "<html>"},
        {"status": 200, "json": {"code": 1, "message": "no"}},
        {"status": 200, "json": {"access_token": "a\nb", "token_type": "bearer"}},
        {"status": 302, "headers": {"Location": "http://127.0.0.1:1/"}},
        {
            "status": 503,
            "json": {"code": 12, "message": "down\u001b]0;title\u0007"},
            "headers": {"Retry-After": "1000000"},
        },
    ):
        person.sandbox.stand(answer)
        result = person.run("token")
        assert result.code in (4, 5), (answer, result)
        assert result.out == ""
        assert "\x1b" not in result.err
        assert person.stored() == kept
    assert not listens(person.port)


@pytest.mark.parametrize("field", ["scope", "refresh_token"])
def test_a_long_answer_that_is_kept_is_also_read_again(person: Person, field: str) -> None:
    person.keep(expires_at=over())
    answer = {"access_token": "pina_long", "refresh_token": "pinr_long", "expires_in": 2592000, "scope": "a"}
    person.sandbox.respond({"json": {**answer, field: "x" * 200_000}})
    assert person.run("refresh").code == 0
    result = person.run("token")
    assert (result.code, result.out.strip()) == (0, "pina_long")
    assert len(person.stored()[field]) == 200_000
