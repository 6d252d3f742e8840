"""`pinterest doctor` asks: the API, the app, the login page, the token."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from findings import examine, only

if TYPE_CHECKING:
    from program import Person


@pytest.mark.smoke
def test_all_is_well(person: Person) -> None:
    person.keep()
    result = person.run("doctor")
    assert result.code == 0
    assert result.out.endswith("All is well.\n")
    assert "✗" not in result.out
    assert "!" not in result.out
    assert examine(person, code=0) == []
    asked = {request["path"] for request in person.sandbox.requests()}
    assert asked == {"/v5/user_account", "/v5/oauth/token", "/oauth/"}
    # A stranger's, and the profile's.
    asked_by = [
        dict(r["headers"]).get("authorization", "")[:7] for r in person.sandbox.requests("/user_account")
    ]
    assert asked_by == ["", "Bearer "] * 2


def test_addresses_may_have_no_path(person: Person) -> None:
    """As Pinterest's quickstart has them."""
    person.keep()
    bare = person.sandbox.addresses["http"]
    for address in (bare, bare + "/"):
        env = {"PINTEREST_API_URI": address, "PINTEREST_OAUTH_URI": address}
        assert examine(person, code=0, env=env) == []


def test_a_base_url_without_the_api(person: Person) -> None:
    """Neither the secret nor the token is said to be known there, and neither is sent."""
    env = {
        "PINTEREST_API_URI": person.sandbox.addresses["http"] + "/v4",
        "PINTEREST_APP_SECRET": "wrong",
    }
    check, found, fix = only(examine(person, code=1, env=env))
    assert check == "network"
    assert "has no API of Pinterest's (HTTP 404)" in found
    assert "/v5" in fix
    assert person.sandbox.requests("/oauth/token") == []


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ({"status": 200, "json": {}}, "wrong"),
        ({"status": 401, "json": {"message": "Unauthorized"}}, "odd"),
        ({"status": 403, "body": "<html>"}, "odd"),
        ({"status": 503, "body": ""}, "odd"),
    ],
)
def test_something_else_answers(person: Person, answer: dict[str, Any], verdict: str) -> None:
    person.keep()
    person.sandbox.respond(answer)
    result = person.run("doctor", "--json")
    assert [f["verdict"] for f in result.json if f["check"] == "network"] == [verdict]
    assert [f for f in result.json if f["check"] in ("app", "access token")] == []


@pytest.mark.parametrize(
    ("page", "found", "fix"),
    [
        ("/oath/", "does not exist (HTTP 404)", "/oauth/"),
        ("/oauth/", "refuses this app or redirect URI", "register http://localhost:1/"),
    ],
)
def test_a_login_page_that_does_not_work(person: Person, page: str, found: str, fix: str) -> None:
    person.register("http://localhost:2/")
    address = person.sandbox.addresses["http"] + page
    redirect = "http://localhost:1/" if page == "/oauth/" else "http://localhost:2/"
    env = {"PINTEREST_OAUTH_URI": address}
    findings = examine(person, "--redirect-uri", redirect, code=1, env=env)
    (finding,) = (finding for finding in findings if finding["check"] == "login page")
    assert found in finding["found"]
    assert fix in finding["fix"]


def test_a_login_page_whose_codes_the_api_does_not_know(person: Person) -> None:
    check, found, fix = only(examine(person, code=1, env={"PINTEREST_OAUTH_URI": None}))
    assert (check, fix) == ("login page", "set both, or neither; nothing was opened or sent")
    assert "PINTEREST_OAUTH_URI and PINTEREST_API_URI do not belong together" in found


@pytest.mark.parametrize("status", [429, 503])
def test_a_login_page_that_fails_for_now(person: Person, status: int) -> None:
    person.sandbox.respond({"pass": True}, {"pass": True}, {"status": status, "body": ""})
    check, found, fix = only(examine(person, code=0))
    assert check == "login page"
    assert found.endswith(f"fails (HTTP {status})")
    assert fix == "try again later"


def test_a_token_that_pinterest_has_forgotten(person: Person) -> None:
    person.keep(access_token="pina_forgotten")
    check, found, fix = only(examine(person, code=1))
    assert check == "access token"
    assert "does not accept that of `default`" in found
    assert "pinterest login --profile default" in fix
    assert "pinterest refresh --profile default" in fix


def test_a_token_that_may_not_ask_is_known(person: Person) -> None:
    person.keep(scope="boards:read")
    assert examine(person, code=0) == []


@pytest.mark.parametrize(
    ("kept", "what"),
    [({"host": "https://elsewhere.example/v5"}, "environment"), ({"app_id": "7654321"}, "app")],
)
def test_what_is_kept_for_another_place_or_app_is_not_sent(
    person: Person, kept: dict[str, str], what: str
) -> None:
    """Neither the token nor the secret; every other command refuses the profile, and so it is said."""
    person.keep(app_secret="0123456789abcdef" * 2 + "89abcdef", **kept)
    findings = examine(person, code=0, env={"PINTEREST_APP_SECRET": None})
    assert [finding["check"] for finding in findings] == ["profile", "app secret"]
    assert (
        f"`default` is logged in to the {what} {next(iter(kept.values()))}, not to " in findings[0]["found"]
    )
    assert "--profile" in findings[0]["fix"]
    assert len(person.sandbox.requests("/user_account")) == 1
    assert person.sandbox.requests("/oauth/token") == []


@pytest.mark.parametrize("name", ["PINTEREST_APP_ID", "PINTEREST_APP_SECRET"])
def test_a_token_in_the_place_of_the_id_or_the_secret_is_not_sent(person: Person, name: str) -> None:
    findings = examine(person, code=1, env={name: "pina_canary0123456789abcdef"})
    assert [finding["check"] for finding in findings] == [name[10:].lower().replace("_", " ")]
    asked = person.sandbox.requests()
    assert asked
    assert "canary" not in json.dumps(asked)
    assert person.sandbox.requests("/oauth/token") == []


def test_a_page_of_a_gateway_s_proves_no_token(person: Person) -> None:
    person.keep()
    person.sandbox.respond(
        *[{"pass": True}] * 3, {"status": 200, "body": "<html>Log in to this network</html>"}
    )
    check, found, _ = only(examine(person, code=0))
    assert (check, "not proven" in found) == ("access token", True)


def test_a_token_of_the_environment_is_named_and_tried(person: Person) -> None:
    """It is used in the profile's place: whoever wonders why a login changes nothing sees it here."""
    kept = person.keep()
    check, found, fix = only(examine(person, code=0, env={"PINTEREST_ACCESS_TOKEN": kept["access_token"]}))
    assert (check, "PINTEREST_ACCESS_TOKEN is set" in found, "unset it" in fix) == ("variables", True, True)
    findings = examine(person, code=1, env={"PINTEREST_ACCESS_TOKEN": "pina_forgotten"})
    assert [finding["check"] for finding in findings] == ["variables", "access token"]
    assert "does not accept that of PINTEREST_ACCESS_TOKEN" in findings[1]["found"]
    assert "pinterest login" not in findings[1]["fix"]


def test_a_wrong_secret(person: Person) -> None:
    check, found, fix = only(examine(person, code=1, env={"PINTEREST_APP_SECRET": "wrong"}))
    assert check == "app"
    assert "does not accept the id and the secret" in found
    assert "not Base64" in fix


@pytest.mark.parametrize("absent", ["PINTEREST_APP_ID", "PINTEREST_APP_SECRET"])
def test_without_an_id_or_a_secret_neither_is_tried(person: Person, absent: str) -> None:
    result = person.run("doctor", "--json", env={absent: None})
    assert [finding for finding in result.json if finding["check"] == "app"] == []
    assert person.sandbox.requests("/oauth/token") == []


def test_where_nothing_is_reached_nothing_is_tried(person: Person) -> None:
    person.sandbox.stand({"fault": "reset"})
    assert only(examine(person, code=1))[0] == "network"
    assert person.sandbox.requests("/oauth/token") == []


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ({"status": 403, "json": {"code": 3, "message": "no trial for you"}}, "good"),
        ({"status": 500, "json": {"code": 0, "message": "broken"}}, "odd"),
        ({"status": 429, "json": {"code": 8, "message": "slow"}}, "odd"),
        ({"status": 404, "body": "nothing here"}, "odd"),
        ({"status": 400, "json": {"error": "invalid_request"}}, "odd"),
        ({"status": 400, "json": {"error": "invalid_client"}}, "wrong"),
        ({"fault": "reset"}, "wrong"),
    ],
)
def test_a_trial_that_fails_for_another_reason(person: Person, answer: dict[str, Any], verdict: str) -> None:
    person.sandbox.respond({"pass": True}, answer)
    result = person.run("doctor", "--json")
    assert result.code == (1 if verdict == "wrong" else 0), result
    (finding,) = (finding for finding in result.json if finding["check"] == "app")
    assert finding["verdict"] == verdict
    assert ("knows it (and refused a trial: " in finding["found"]) == (verdict == "good"), finding


def test_the_profile_that_the_command_is_about_is_the_one_that_is_asked_with(person: Person) -> None:
    person.keep("other", host="https://elsewhere.example/v5", app_id="7654321", app_secret="kept")
    person.keep("this", app_id="2222222", app_secret=person.secret)
    none = dict.fromkeys(("PINTEREST_APP_ID", "PINTEREST_APP_SECRET", "PINTEREST_API_URI"))
    result = person.run("doctor", "--json", "--profile", "this", env=none)
    assert "2222222" in [finding["found"] for finding in result.json if finding["check"] == "app id"]
    network = next(finding["found"] for finding in result.json if finding["check"] == "network")
    assert network.startswith(person.environment["PINTEREST_API_URI"])


@pytest.mark.parametrize("where", ["refused", "slam", "plain"])
def test_a_host_that_is_not_reached(person: Person, where: str) -> None:
    scheme = "https" if where == "plain" else "http"
    host = f"{scheme}://{person.sandbox.addresses[where]}/v5"
    check, found, _ = only(examine(person, code=1, env={"PINTEREST_API_URI": host}))
    assert check == "network"
    assert person.sandbox.addresses[where] in found


def test_a_host_with_a_certificate_of_its_own(person: Person) -> None:
    host = f"https://{person.sandbox.addresses['tls_self_signed']}/v5"
    check, found, _ = only(examine(person, code=1, env={"PINTEREST_API_URI": host}))
    assert (check, "ertificate" in found or "tls" in found.lower()) == ("network", True)


@pytest.mark.parametrize(
    "host", ["nonsense", "http://api.pinterest.com/v5", "https://user:canary@api.pinterest.com"]
)
def test_a_setting_that_is_none(person: Person, host: str) -> None:
    findings = examine(person, code=1, env={"PINTEREST_API_URI": host})
    assert only(findings)[0] == "network"
    assert "canary" not in str(findings)
