"""`pinterest status` and `pinterest logout`."""

from __future__ import annotations

import os
import time

import pytest

from program import APP_ID, Person, Result, due, over

BAR = 20


def bar(text: str, label: str) -> tuple[int, int]:
    """Full and empty cells of a line."""
    line = next(line for line in text.splitlines() if label in line)
    return line.count("█"), line.count("░")


@pytest.mark.smoke
def test_every_profile_is_shown_with_what_is_left(person: Person) -> None:
    now = int(time.time())
    person.keep("fresh", account="ada")
    person.keep("half", issued_at=now - 500_000, expires_at=now + 500_010)
    person.keep("ending", expires_at=due())
    person.keep("over", expires_at=over(), refresh_token=None)
    result = person.run("status")
    assert result.code == 3
    assert "`over` have expired, and cannot be renewed" in result.err
    assert "`pinterest login --profile over`" in result.err
    blocks = {block.split()[0]: block for block in result.out.split("\n\n")}
    assert list(blocks) == ["ending", "fresh", "half", "over"]
    assert "ada" in blocks["fresh"]
    assert bar(blocks["half"], "access token") == (BAR // 2, BAR // 2)
    assert bar(blocks["ending"], "access token") == (1, BAR - 1)
    assert bar(blocks["over"], "access token") == (0, BAR)
    assert "expired" in blocks["over"]
    assert "2 min of 62 min left" in blocks["ending"] or "119 s of 62 min left" in blocks["ending"]
    assert "this login ends with its access token" in blocks["over"]
    assert person.sandbox.requests() == []


def test_one_that_can_be_renewed_is_well(person: Person) -> None:
    person.keep(expires_at=over())
    assert person.run("status").code == 0
    person.keep(expires_at=over(), refresh_token_expires_at=over())
    assert person.run("status").code == 3


def test_one_whose_refresh_token_was_refused_is_not_well(person: Person) -> None:
    person.keep(expires_at=over(), refresh_token="pinr.revoked")
    assert person.run("token").code == 3
    result = person.run("status")
    assert result.code == 3, result
    assert "it is not sent again" in result.out
    assert "run `pinterest login --profile default`" in result.out
    assert "is tried again" not in result.out
    result = person.run("doctor", "--offline")
    assert result.code == 1
    assert "`default` has expired, and cannot be renewed" in result.out
    # Another one may be taken.
    person.keep(expires_at=over())
    result = person.run("status")
    assert result.code == 0
    assert "it is not sent again" not in result.out


def test_an_app_s_own_tokens_are_well_after_their_end(person: Person) -> None:
    person.keep(expires_at=over(), refresh_token=None, grant="client_credentials")
    result = person.run("status")
    assert result.code == 0, result
    assert "the app asks for another by itself" in result.out
    assert "cannot be renewed" not in person.run("doctor", "--offline").out


@pytest.mark.parametrize("by", ["option", "variable"])
def test_the_profile_that_is_asked_for_is_shown_alone(person: Person, by: str) -> None:
    person.keep()
    person.keep("other", expires_at=over(), refresh_token=None)

    def status(profile: str, *arguments: str) -> Result:
        if by == "option":
            return person.run("status", "--profile", profile, *arguments)
        return person.run("status", *arguments, env={"PINTEREST_PROFILE": profile})

    result = status("work")
    assert (result.code, result.out) == (3, "")
    assert f"the profile `work` is not logged in: there is no {person.file('work')}" in result.err
    assert "pinterest login --profile work" in result.err
    assert "HOME" in result.err
    assert status("work", "--json").json == []
    assert [profile["profile"] for profile in status("default", "--json").json] == ["default"]
    assert status("default").code == 0
    assert status("other").code == 3


def test_a_profile_of_another_app_is_shown_and_is_not_what_was_asked_for(person: Person) -> None:
    person.keep()
    for options, what in [
        (("--app-id", "9876543"), "the app"),
        (("--env", "sandbox"), "the environment"),
    ]:
        result = person.run("status", "--profile", "default", *options)
        assert (result.code, what in result.err) == (2, True), result
        assert "29 days of 30 days left" in result.out
        # As whoever would use it hears.
        assert person.run("token", "--profile", "default", *options).err == result.err
        assert person.run("status", *options, env={"PINTEREST_PROFILE": "default"}).err == result.err
        # What names less than every profile is not passed over.
        result = person.run("status", *options)
        assert (result.code, result.out, f"{options[0]} names less" in result.err) == (2, "", True), result
    # All of them are of whatever app they are.
    assert person.run("status", env={"PINTEREST_APP_ID": "9876543"}).code == 0


def test_the_json_of_a_status(person: Person) -> None:
    kept = person.keep(account="ada", app_secret=person.secret)
    person.keep("ending", expires_at=due(), refresh_token_expires_at=over())
    result = person.run("status", "--json")
    ending, default = sorted(result.json, key=lambda profile: profile["profile"], reverse=True)
    assert default["access_token"].pop("seconds_left") > 0
    assert default["refresh_token"].pop("seconds_left") > 0
    assert default == {
        "profile": "default",
        "account": "ada",
        "app_id": APP_ID,
        "host": kept["host"],
        "scopes": ["user_accounts:read", "boards:read", "ads:write"],
        "access_token": {
            "state": "valid",
            "issued_at": kept["issued_at"],
            "expires_at": kept["expires_at"],
        },
        "refresh_token": {
            "state": "valid",
            "issued_at": kept["refresh_token_issued_at"],
            "expires_at": kept["refresh_token_expires_at"],
        },
        "app_secret_kept": True,
        "store": "file",
        "file": str(person.file()),
        "key_source": None,
        "failure": None,
    }
    assert ending["access_token"]["state"] == "ending"
    assert ending["refresh_token"] | {"issued_at": 0, "expires_at": 0} == {
        "state": "expired",
        "issued_at": 0,
        "expires_at": 0,
        "seconds_left": 0,
    }


@pytest.mark.parametrize(
    ("host", "place"),
    [
        ("https://api.pinterest.com/v5", "production"),
        ("https://api-sandbox.pinterest.com/v5", "Pinterest's API Sandbox"),
        ("https://elsewhere.example/v5", "https://elsewhere.example/v5"),
    ],
)
def test_a_status_says_where_the_tokens_are_good(person: Person, host: str, place: str) -> None:
    person.keep(host=host, app_id="\x1b[31m1")
    first = person.run("status").out.splitlines()[0]
    assert first == f"default · app \\u001b[31m1 · {place}"


def test_a_status_holds_nothing_secret(person: Person) -> None:
    kept = person.keep(app_secret=person.secret)
    for arguments in (), ("--json",):
        text = str(person.run("status", *arguments))
        for secret in (kept["access_token"], kept["refresh_token"], person.secret):
            assert secret not in text


def test_one_corrupt_profile_does_not_hide_the_others(person: Person) -> None:
    person.keep("good")
    person.write("bad", '{"version": 1, "access_token": "pina_canary"')
    result = person.run("status")
    assert result.code == 6
    assert "good" in result.out
    assert "not a file of tokens" in result.out
    assert "canary" not in result.out + result.err
    as_json = person.run("status", "--json")
    assert as_json.code == 6
    assert [("error" in profile) for profile in as_json.json] == [True, False]


def test_without_profiles_there_is_an_answer_for_machines_too(person: Person) -> None:
    assert person.run("status").code == 3
    result = person.run("status", "--json")
    assert (result.code, result.json) == (3, [])
    assert "pinterest login" in result.err
    assert os.listdir(person.home) == []


@pytest.mark.parametrize("changes", [
    {"issued_at": 2**62, "expires_at": -(2**62)}, {"issued_at": -(2**63), "expires_at": 2**63 - 1},
    {"expires_at": None}, {"scope": None}, {"account": "x" * 1000},
])  # fmt: skip
def test_no_number_in_a_file_ends_in_a_panic(person: Person, changes: dict[str, object]) -> None:
    person.keep(**changes)  # type: ignore[arg-type]
    for arguments in ("status",), ("status", "--json"):
        result = person.run(*arguments)
        assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize("changes", [{"issued_at": "x"}, {"expires_at": 1.5}, {"account": 7}])
def test_a_field_of_a_wrong_type_is_said_and_the_file_stays(
    person: Person, changes: dict[str, object]
) -> None:
    person.keep(**changes)  # type: ignore[arg-type]
    before = person.file().read_bytes()
    for arguments in ("status",), ("status", "--json"):
        result = person.run(*arguments)
        assert result.code == 6
        assert "panicked" not in result.err
        assert "default" in result.out + result.err
    assert person.file().read_bytes() == before


@pytest.mark.smoke
def test_logout_forgets_one_profile_and_tells_pinterest_nothing(person: Person) -> None:
    person.keep()
    person.keep("other")
    result = person.run("logout")
    assert result.code == 0
    assert "Forgot the tokens of `default`" in result.err
    assert not person.file().exists()
    assert person.file("other").exists()
    assert person.sandbox.requests() == []
    again = person.run("logout", "--json")
    assert (again.code, again.json) == (0, {"profile": "default", "forgotten": False})


def test_logout_removes_what_an_interrupted_program_left(person: Person) -> None:
    person.keep()
    person.file().with_suffix(".json.new").write_text(person.file().read_text())
    person.write("other", "not a token")
    assert person.run("logout").code == 0
    assert person.run("logout", "--profile", "other").code == 0
    assert sorted(os.listdir(person.tokens)) == ["default.lock", "other.lock"]


def test_a_variable_that_names_no_profile_is_named(person: Person) -> None:
    result = person.run("token", env={"PINTEREST_PROFILE": "a b"})
    assert result.code == 2
    assert "PINTEREST_PROFILE" in result.err
    assert "--profile" in result.err
