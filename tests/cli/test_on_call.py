"""What somebody needs who is woken by a timer's failure: the cause, the source, one thing to do."""

from __future__ import annotations

import json
import secrets
import time
from typing import TYPE_CHECKING, Any

import pytest

from beside import locked, private
from program import due, over

if TYPE_CHECKING:
    from pathlib import Path

    from program import Person

NO_SECRET = {"PINTEREST_APP_SECRET": None}


def rotate(person: Person) -> str:
    """The app gets a new secret; the old one."""
    old = person.secret
    person.secret = secrets.token_hex(20)
    person.register(person.redirect_uri)
    return old


@pytest.mark.parametrize("command", ["refresh", "token", "revoke"])
def test_a_kept_secret_that_is_refused_is_named_with_what_replaces_it(person: Person, command: str) -> None:
    kept = person.keep(expires_at=over(), app_secret=rotate(person))
    result = person.run(command, env=NO_SECRET)
    assert (result.code, result.out) == (4, "")
    assert "the secret came from the profile" in result.err
    assert "`pinterest refresh --keep-app-secret --profile default`" in result.err
    assert kept["app_secret"] not in result.err


@pytest.mark.parametrize(
    ("arguments", "env", "source"),
    [
        ((), {"PINTEREST_APP_SECRET": "wrong"}, "PINTEREST_APP_SECRET"),
        (("--app-secret-file", "secret.txt"), {}, "secret.txt"),
        (("--app-secret-file", "secret.txt", "--keep-app-secret"), {}, "secret.txt"),
    ],
)
def test_a_given_secret_that_is_refused_is_named(
    person: Person, arguments: tuple[str, ...], env: dict[str, str], source: str
) -> None:
    (person.folder / "secret.txt").write_text("wrong")
    person.keep(expires_at=over(), app_secret=person.secret)
    result = person.run("refresh", *arguments, "--json", env=env)
    assert result.code == 4
    error = json.loads(result.err)["error"]
    assert error["hint"].endswith(f"the secret came from {source}")
    assert (error["kind"], error["status"], error["code"]) == ("Authentication", 401, 2)
    # A secret that was not taken is not kept.
    assert person.stored()["app_secret"] == person.secret


@pytest.mark.parametrize("kept", [False, True])
def test_a_typed_secret_that_is_refused_is_called_typed(person: Person, kept: bool) -> None:
    person.keep(expires_at=over(), app_secret=person.secret if kept else None)
    options = ("--keep-app-secret",) if kept else ()
    with person.terminal("refresh", *options, columns=400, env=NO_SECRET) as terminal:
        terminal.expect("App secret")
        terminal.sendline("wrong")
        terminal.expect("the secret was typed")
        terminal.wait()


def test_only_a_refused_secret_is_asked_where_it_came_from(person: Person) -> None:
    person.keep(expires_at=over())
    person.sandbox.stand({"status": 400, "json": {"code": 1, "message": "no"}})
    result = person.run("refresh")
    assert result.code == 4
    assert "the secret" not in result.err


@pytest.mark.parametrize("by", ["variable", "file", "terminal"])
def test_a_new_secret_is_kept_without_a_new_login(person: Person, by: str) -> None:
    person.keep(expires_at=over(), app_secret=rotate(person))
    match by:
        case "variable":
            given = {"PINTEREST_APP_SECRET": person.secret}
            assert person.run("refresh", "--keep-app-secret", env=given).code == 0
        case "file":
            options = ("--keep-app-secret", "--app-secret-file", "-")
            assert person.run("refresh", *options, typed=person.secret, env=NO_SECRET).code == 0
        case _:
            with person.terminal("refresh", "--keep-app-secret", env=NO_SECRET) as terminal:
                terminal.expect("App secret")
                terminal.sendline(person.secret)
                terminal.expect("Renewed")
                terminal.wait()
    assert person.stored()["app_secret"] == person.secret
    assert person.run("refresh", env=NO_SECRET).code == 0


def test_a_refresh_in_a_pipe_is_one_line(person: Person) -> None:
    kept = person.keep(expires_at=due())
    result = person.run("refresh")
    assert (result.code, result.err) == (0, "")
    (line,) = result.out.splitlines()
    assert line.startswith("default: Renewed. The access token has ")
    assert kept["refresh_token"] not in line
    person.keep(refresh_token=None)
    assert person.run("refresh").code == 3


def test_a_quiet_refresh_says_only_what_goes_wrong(person: Person) -> None:
    person.keep(expires_at=due())
    result = person.run("refresh", "--quiet")
    assert (result.code, result.out, result.err) == (0, "", "")
    person.sandbox.stand({"status": 503, "json": {"code": 0, "message": "down"}})
    result = person.run("refresh", "--quiet")
    assert (result.code, result.out) == (5, "")
    assert "down" in result.err


def test_a_new_secret_is_kept_only_once_it_was_tried(person: Person) -> None:
    (person.folder / "secret.txt").write_text("wrong")
    person.keep(app_secret=person.secret)
    newer = {**person.stored(), "access_token": "pina_newer"}
    with locked(person):
        waiting = person.start("refresh", "--app-secret-file", "secret.txt", "--keep-app-secret")
        time.sleep(0.5)
        private(person.file(), json.dumps(newer))
    result = waiting.end()
    assert (result.code, result.out) == (4, "")
    assert person.stored() == newer


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"status": 429, "json": {"code": 8, "message": "slow"}}, 5),
        ({"status": 503, "body": ""}, 5),
        ({"fault": "reset"}, 5),
        ({"status": 401, "json": {"code": 2, "message": "no"}}, 4),
        ({"status": 401, "json": {"code": 283, "message": "no"}}, 3),
        ({"status": 400, "json": {"error": "invalid_grant"}}, 3),
    ],
)
def test_what_passes_by_itself_has_one_exit_code(person: Person, answer: dict[str, Any], code: int) -> None:
    person.keep(expires_at=over())
    person.sandbox.stand(answer)
    assert person.run("refresh").code == code


def test_answers_that_do_not_come_say_what_was_tried(person: Person) -> None:
    kept = person.keep(expires_at=over())
    person.sandbox.stand({"fault": "reset"})
    result = person.run("refresh")
    assert f"{person.sandbox.addresses['http']} was asked for new tokens and did not answer" in result.err
    assert "run this again" in result.err
    assert "one-time" not in result.err
    assert person.stored() == kept


def test_an_end_says_by_which_clock(person: Person) -> None:
    person.keep(expires_at=over(), refresh_token_expires_at=over())
    result = person.run("refresh")
    assert result.code == 3
    assert "has expired by this machine's clock, which says " in result.err
    assert " GMT" in result.err


def test_a_profile_that_is_not_there_is_named_by_its_file(person: Person, tmp_path: Path) -> None:
    """As under cron, where HOME is another."""
    person.keep()
    env = {"HOME": str(tmp_path / "elsewhere"), "XDG_DATA_HOME": None}
    result = person.run("token", env=env)
    assert (result.code, result.out) == (3, "")
    assert f"there is no {tmp_path}/elsewhere/.local/share/pinterest-sdk/default.json" in result.err
    assert "cron and systemd" in result.err


def test_a_suspended_app_is_told_where_to_look(person: Person) -> None:
    person.keep(expires_at=over())
    person.sandbox.stand({"status": 403, "json": {"code": 29, "message": "App was suspended."}})
    result = person.run("refresh")
    assert result.code == 4
    assert "hint:  the app's page at https://developers.pinterest.com/apps/" in result.err


@pytest.mark.parametrize("option", [(), ("--keep-app-secret",)])
def test_a_login_that_does_not_keep_a_secret_that_was_kept_says_so(
    person: Person, option: tuple[str, ...]
) -> None:
    person.keep(app_secret=person.secret)
    result = person.run("login", "--client-credentials", *option)
    assert result.code == 0, result
    assert ("the profile `default` kept the app secret" in result.err) == (option == ())
    assert (person.stored()["app_secret"] is None) == (option == ())
