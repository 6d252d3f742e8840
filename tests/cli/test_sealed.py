"""Tokens that are sealed on the disk: PINTEREST_TOKEN_KEY, PINTEREST_TOKEN_KEY_FILE, `pinterest reseal`."""

from __future__ import annotations

import base64
import json
import os
import secrets
import time
from typing import TYPE_CHECKING, Any

import pytest

from browser import visit
from program import Person, due, over

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from program import Result


def log_in(person: Person, env: dict[str, str | None]) -> Result:
    login = person.start("login", env=env)
    visit(person.browser.url())
    return login.end()


def key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def on_disk(person: Person) -> str:
    return "".join(path.read_text() for path in sorted(person.tokens.iterdir()))


def sealed_text(person: Person, profile: str = "default") -> dict[str, Any]:
    text: dict[str, Any] = json.loads(person.file(profile).read_text())
    assert text["version"] == 2
    assert text["sealed"] == "ChaCha20-Poly1305"
    return text


def of_variable(person: Person, value: str) -> dict[str, str | None]:
    del person
    return {"PINTEREST_TOKEN_KEY": value}


def of_text_file(person: Person, value: str) -> dict[str, str | None]:
    path = person.folder / "key"
    path.write_text(value.replace(",", "\n") + "\n")
    path.chmod(0o600)
    return {"PINTEREST_TOKEN_KEY_FILE": str(path)}


def of_bytes(person: Person, value: str) -> dict[str, str | None]:
    path = person.folder / "key"
    path.write_bytes(base64.b64decode(value))
    path.chmod(0o600)
    return {"PINTEREST_TOKEN_KEY_FILE": str(path)}


@pytest.mark.smoke
@pytest.mark.parametrize("given", [of_variable, of_text_file, of_bytes])
def test_a_login_is_sealed_and_every_command_opens_it(
    person: Person, given: Callable[[Person, str], dict[str, str | None]]
) -> None:
    env = given(person, key())
    assert log_in(person, env).code == 0
    token = person.run("token", env=env)
    assert token.code == 0
    assert token.out.startswith("pina")
    person.sandbox.control("POST", "/clock", {"advance_seconds": 2})
    assert person.run("refresh", "--keep-app-secret", env=env).code == 0
    renewed = person.run("token", env=env).out.strip()
    assert renewed != token.out.strip()
    sealed_text(person)
    for secret in (
        token.out.strip(),
        renewed,
        person.secret,
        "refresh_token",
        next(iter(env.values())) or "",
    ):
        assert secret not in on_disk(person)
    assert person.run("request", "/user_account", env=env).code == 0
    assert person.run("status", env=env).code == 0
    assert person.run("logout", env=env).code == 0
    assert not person.file().exists()


@pytest.mark.parametrize("variable", ["PINTEREST_TOKEN_KEY_FILE", "PINTEREST_TOKEN_KEY"])
def test_a_key_in_the_place_of_its_file_s_name_is_not_shown(person: Person, variable: str) -> None:
    person.keep()
    given = base64.b64encode(bytes(range(200, 232))).decode()
    env: dict[str, str | None] = {variable: given}
    for command in ("token", "status", "doctor --offline", "reseal", "--json status"):
        result = person.run(*command.split(), env=env)
        assert given not in result.out + result.err
        if variable.endswith("FILE") and command == "reseal":
            assert "is a key itself" in result.err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ({}, "is sealed, and this store has no keys"),
        ({"PINTEREST_TOKEN_KEY": "another"}, "is sealed with another key"),
        ({"PINTEREST_TOKEN_KEY": ""}, "variable PINTEREST_TOKEN_KEY: it has none"),
        ({"PINTEREST_TOKEN_KEY": "canary"}, "variable PINTEREST_TOKEN_KEY does not hold keys"),
        ({"PINTEREST_TOKEN_KEY": "canary\udcff"}, "this is no key for tokens: it is not text in UTF-8"),
        ({"PINTEREST_TOKEN_KEY_FILE": "/nowhere/key"}, "file /nowhere/key with the keys cannot be read"),
    ],
)
def test_without_its_key_a_file_is_one_sentence_and_stays(
    person: Person, command: dict[str, str | None], said: str
) -> None:
    own = of_variable(person, key())
    person.keep(expires_at=due())
    assert person.run("reseal", env=own).code == 0
    before = person.file().read_bytes()
    env = {name: key() if value == "another" else value for name, value in command.items()}
    for arguments in (["token"], ["refresh"], ["login", "--wait", "1"]):
        result = person.run(*arguments, env=env)
        assert result.code == 6, result
        assert result.out == ""
        assert result.err.count("\n") == 2, result.err
        assert said in result.err
        assert "canary" not in result.err
    status = person.run("status", env=env)
    assert status.code == 6
    assert said in status.out
    assert person.file().read_bytes() == before
    assert person.sandbox.requests() == []
    assert person.run("token", env=own).code == 0
    # Who has lost the key begins anew.
    assert person.run("logout", env=env).code == 0
    assert not person.file().exists()


def test_a_plain_file_is_refused_until_it_is_sealed(person: Person) -> None:
    person.keep()
    person.keep("other")
    env = of_variable(person, key())
    result = person.run("token", env=env)
    assert result.code == 6
    assert "is not sealed" in result.err
    assert "pinterest reseal" in result.err
    assert person.run("reseal", "--profile", "other", "--json", env=env).json == [
        {"profile": "other", "changed": True}
    ]
    sealed_text(person, "other")
    assert person.stored()["version"] == 1
    result = person.run("reseal", env=env)
    assert result.code == 0
    assert "`default` is sealed" in result.err
    assert "`other` was sealed already" in result.err
    assert person.run("token", env=env).code == 0


def test_a_key_is_changed_with_both_at_hand(person: Person) -> None:
    old, new = key(), key()
    person.keep()
    assert person.run("reseal", env=of_variable(person, old)).code == 0
    first = sealed_text(person)
    both = of_variable(person, f"{new},{old}")
    assert person.run("token", env=both).code == 0
    assert person.run("reseal", env=both).code == 0
    assert sealed_text(person)["key"] != first["key"]
    assert person.run("token", env=of_variable(person, new)).code == 0
    assert person.run("token", env=of_variable(person, old)).code == 6
    # One that cannot be opened does not keep the others.
    person.keep("apart")
    assert person.run("reseal", "--profile", "apart", env=of_variable(person, old)).code == 0
    result = person.run("reseal", env=of_variable(person, key()))
    assert result.code == 6
    assert result.err.count("is sealed with another key") == 2


def test_what_is_set_twice_or_to_nothing_is_not_guessed_at(person: Person) -> None:
    both = person.run("token", env={"PINTEREST_TOKEN_KEY": key(), "PINTEREST_TOKEN_KEY_FILE": "/x"})
    assert (both.code, "are both set" in both.err) == (2, True)
    empty = person.run("token", env={"PINTEREST_TOKEN_KEY_FILE": ""})
    assert (empty.code, "PINTEREST_TOKEN_KEY_FILE is empty" in empty.err) == (2, True)
    for option in ("--env sandbox", "--app-id 1234567"):
        less = person.run("reseal", *option.split(), env=of_variable(person, key()))
        assert (less.code, f"{option.split()[0]} names less" in less.err) == (2, True)
    none = person.run("reseal")
    assert (none.code, "openssl rand -base64 32" in none.err) == (2, True)


def test_a_damaged_file_gives_way_to_a_login_and_is_kept(person: Person) -> None:
    env = of_variable(person, key())
    person.keep()
    assert person.run("reseal", env=env).code == 0
    damaged = person.file().read_text().replace('"data":"', '"data":"AAAA')
    person.write("default", damaged)
    result = person.run("token", env=env)
    assert (result.code, "it is damaged" in result.err) == (6, True)
    assert log_in(person, env).code == 0
    assert (person.tokens / "default.json.corrupt-1").read_text() == damaged
    sealed_text(person)


def test_a_status_shows_the_key_source_and_the_last_failure(person: Person) -> None:
    env = of_variable(person, key())
    person.keep(expires_at=due())
    assert person.run("reseal", env=env).code == 0
    person.sandbox.stand({"status": 503, "json": {"code": 12, "message": "down"}})
    assert person.run("token", env=env).code == 0
    status = person.run("status", env=env)
    assert status.code == 0
    assert "key            variable PINTEREST_TOKEN_KEY" in status.out
    assert "the last renewal failed" in status.out
    assert "an early one is tried again in" in status.out
    report = person.run("status", "--json", env=env).json[0]
    assert report["key_source"] == "variable PINTEREST_TOKEN_KEY"
    assert report["failure"]["kind"] == "Server"
    assert report["failure"]["until"] > time.time() - 1
    assert report["failure"]["failures"] == 1


def test_the_doctor_checks_the_key(person: Person) -> None:
    person.keep(expires_at=over())

    def finding(env: dict[str, str | None]) -> list[dict[str, Any]]:
        findings = person.run("doctor", "--offline", "--json", env=env).json
        return [finding for finding in findings if finding["check"] == "key"]

    assert finding({}) == []
    own = of_text_file(person, f"{key()},{key()}")
    path = own["PINTEREST_TOKEN_KEY_FILE"] or ""
    (good,) = finding(own)
    assert good["verdict"] == "good"
    assert path in good["found"]
    assert "1 older to open" in good["found"]
    os.chmod(path, 0o644)
    _, odd = finding(own)
    assert odd["verdict"] == "odd"
    assert odd["fix"].startswith("run `chmod 600")
    (wrong,) = finding({"PINTEREST_TOKEN_KEY": "canary"})
    assert wrong["verdict"] == "wrong"
    assert "openssl rand" in wrong["fix"]
    assert "canary" not in str(wrong)


def test_a_terminal_would_show_the_key(person: Person) -> None:
    log_in(person, of_variable(person, key()))
    terminal, named = os.openpty()
    with open(terminal, "wb"), open(named, "wb"):
        env = {"PINTEREST_TOKEN_KEY_FILE": os.ttyname(named)}
        result = person.start("token", env=env).end(10)
    assert result.code != 0
    assert "is a terminal, which would show what is typed" in result.err
    assert "a pipe" in result.err


def test_a_key_source_that_hangs_can_be_left(person: Person) -> None:
    pipe: Path = person.folder / "pipe"
    os.mkfifo(pipe)
    person.keep()
    running = person.start("token", env={"PINTEREST_TOKEN_KEY_FILE": str(pipe)})
    time.sleep(0.5)
    running.interrupt()
    assert running.end(5).code == 130


@pytest.mark.parametrize(
    "command",
    [
        ["request", "/user_account"],
        ["api", "user-account", "get"],
        ["conversion-token"],
        ["api", "boards", "update", "--schema"],
    ],
)
def test_what_has_a_token_of_its_own_waits_for_no_key(person: Person, command: list[str]) -> None:
    pipe: Path = person.folder / "pipe"
    os.mkfifo(pipe)
    env: dict[str, str | None] = {
        # What asks nothing of Pinterest needs none.
        "PINTEREST_ACCESS_TOKEN": None if "--schema" in command else person.keep()["access_token"],
        "PINTEREST_TOKEN_KEY_FILE": str(pipe),
    }
    started = time.monotonic()
    assert person.run(*command, env=env).code == 0
    assert time.monotonic() - started < 10


def test_a_key_of_another_program_s_output_is_given_once(person: Person) -> None:
    """As in PINTEREST_TOKEN_KEY_FILE=<(pass show token-key)."""
    kept, text = person.keep(), key()
    pipe = person.folder / "pipe"
    os.mkfifo(pipe)

    def given(*command: str) -> Result:
        running = person.start(*command, env={"PINTEREST_TOKEN_KEY_FILE": str(pipe)})
        pipe.write_text(text + "\n")
        return running.end(10)

    result = given("reseal")
    assert (result.code, "is sealed with the current key" in result.err) == (0, True), result
    assert sealed_text(person)["key"]
    assert given("token").out.strip() == kept["access_token"]
    assert "was sealed already" in given("reseal").err


def test_where_nothing_is_sealed_says_so(person: Person) -> None:
    result = person.run("reseal", env={"PINTEREST_TOKEN_KEY": key()})
    assert (result.code, result.out) == (0, "")
    assert f"There is no profile in {person.tokens}" in result.err


def test_a_profile_that_is_not_there_is_not_called_sealed(person: Person) -> None:
    """Who mistyped it would take the older key away."""
    person.keep("work")
    result = person.run("reseal", "--profile", "wrok", env={"PINTEREST_TOKEN_KEY": key()})
    assert (result.code, result.out) == (3, "")
    assert "the profile `wrok` is not logged in" in result.err
    assert not (person.tokens / "wrok.lock").exists()
