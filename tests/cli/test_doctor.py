"""`pinterest doctor`: every finding, with its fix."""

from __future__ import annotations

import base64
import socket
from typing import Any

import pytest

from program import APP_ID, Person, due, over


def examine(person: Person, *arguments: str, code: int, **options: Any) -> list[dict[str, Any]]:
    """The findings that are not good; a fix goes with every one."""
    result = person.run("doctor", "--json", *arguments, **options)
    assert result.code == code, result
    assert "error" not in result.err
    for finding in result.json:
        assert set(finding) == {"check", "verdict", "found", "fix"}
        assert (finding["fix"] is None) is (finding["verdict"] == "good"), finding
    return [finding for finding in result.json if finding["verdict"] != "good"]


def only(findings: list[dict[str, Any]]) -> tuple[str, str, str]:
    """The one finding: its check, what was found, and the fix."""
    assert len(findings) == 1, findings
    return findings[0]["check"], findings[0]["found"], findings[0]["fix"]


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


def test_a_token_of_another_place_is_not_sent(person: Person) -> None:
    person.keep(host="https://elsewhere.example/v5")
    assert examine(person, code=0) == []
    assert len(person.sandbox.requests("/user_account")) == 1


def test_offline_asks_nobody(person: Person) -> None:
    person.keep()
    assert examine(person, "--offline", code=0) == []
    assert person.sandbox.requests() == []


def test_a_wrong_secret(person: Person) -> None:
    check, found, fix = only(examine(person, code=1, env={"PINTEREST_APP_SECRET": "wrong"}))
    assert check == "app"
    assert "does not accept the id and the secret" in found
    assert "not Base64" in fix


def test_nothing_is_set(person: Person) -> None:
    findings = examine(person, code=1, env={"PINTEREST_APP_SECRET": None, "PINTEREST_APP_ID": None})
    assert [(finding["check"], finding["verdict"]) for finding in findings] == [
        ("app id", "wrong"),
        ("app secret", "odd"),
    ]


@pytest.mark.parametrize("token", ["pina_canary", "pinr.eyJhbGciOiJSUzI1NiJ9.canary.x", "pinc_canary"])
def test_a_token_as_the_secret(person: Person, token: str) -> None:
    check, found, _ = only(examine(person, "--offline", code=1, env={"PINTEREST_APP_SECRET": token}))
    assert (check, found) == ("app secret", "it is a token")


@pytest.mark.parametrize("secret_length", [38, 39, 40])
def test_base64_as_the_secret(person: Person, secret_length: int) -> None:
    secret = base64.b64encode(f"{APP_ID}:{'5' * secret_length}".encode()).decode()
    check, found, fix = only(examine(person, "--offline", code=1, env={"PINTEREST_APP_SECRET": secret}))
    assert check == "app secret"
    assert "Base64" in found
    assert "alone" in fix


def test_the_id_and_the_secret_together(person: Person) -> None:
    both = {"PINTEREST_APP_SECRET": f"{APP_ID}:{person.secret}"}
    assert only(examine(person, "--offline", code=1, env=both))[0] == "app secret"


@pytest.mark.parametrize("quoted", ['"{}"', "'{}'", "`{}`", "“{}”", '"{}', '{}"'])
def test_a_secret_in_quotation_marks(person: Person, quoted: str) -> None:
    secret = {"PINTEREST_APP_SECRET": quoted.format(person.secret)}
    check, found, fix = only(examine(person, "--offline", code=1, env=secret))
    assert check == "app secret"
    assert "quotation mark" in found
    assert "without" in fix


def test_a_real_secret_is_not_taken_for_base64(person: Person) -> None:
    # 40 hexadecimal digits are Base64 as well.
    assert (
        examine(
            person, "--offline", code=0, env={"PINTEREST_APP_SECRET": "0123456789abcdef" * 2 + "01234567"}
        )
        == []
    )


def test_an_id_that_pinterest_does_not_give(person: Person) -> None:
    findings = examine(person, "--offline", code=0, env={"PINTEREST_APP_ID": "my-app"})
    assert only(findings)[0] == "app id"
    findings = examine(person, "--offline", code=1, env={"PINTEREST_APP_ID": "pina_canary"})
    assert only(findings)[:2] == ("app id", "it is a token")


@pytest.mark.parametrize("name", ["PINTEREST_APP_ID", "PINTEREST_APP_SECRET"])
def test_a_variable_with_a_line_break(person: Person, name: str) -> None:
    findings = examine(person, code=0, env={name: person.environment[name] + "\n"})
    check, found, _ = only(findings)
    assert check == "variables"
    assert name in found


@pytest.mark.parametrize(("seconds", "word"), [(86400, "behind"), (-86400, "ahead")])
def test_a_clock_that_is_wrong(person: Person, seconds: int, word: str) -> None:
    person.sandbox.control("POST", "/clock", {"advance_seconds": seconds})
    check, found, fix = only(examine(person, code=1))
    assert check == "clock"
    assert word in found
    assert "set the clock" in fix


def test_a_proxy_that_cannot_be_used(person: Person) -> None:
    proxy = f"http://user:canary@{person.sandbox.addresses['refused']}"
    env = {"PINTEREST_API_URI": "https://api.pinterest.com/v5", "HTTPS_PROXY": proxy}
    result = person.run("doctor", env=env)
    assert result.code == 1
    assert "✗ network" in result.out
    assert person.sandbox.addresses["refused"] in result.out
    assert "canary" not in result.out + result.err


PRODUCTION = {"PINTEREST_API_URI": "https://api.pinterest.com/v5"}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("http://user:qzcxjw@proxy.example:1", 0),
        ("user:qzcxjw@proxy.example:1", 0),
        ("http://user:qzc@xjw@proxy.example:1", 0),
        ("http://user:qzc#xjw@proxy.example:1", 1),
        ("http://user:qzc/xjw@proxy.example:1", 1),
        ("http://user:qzc?xjw@proxy.example:1", 1),
        ("http://user:12#qzcxjw@proxy.example:1", 1),
        ("socks5://user:qzcxjw@proxy.example:1", 1),
        ("qzcxjw", 1),
        ("user:qzcxjw", 1),
    ],
)
def test_a_proxys_password_is_not_shown(person: Person, value: str, code: int) -> None:
    result = person.run("doctor", "--offline", env=PRODUCTION | {"HTTPS_PROXY": value, "ALL_PROXY": value})
    assert result.code == code
    assert "HTTPS_PROXY is " in result.out
    assert ("is reached through proxy.example:1" in result.out) == (code == 0)
    for secret in ("qzc", "xjw", "user:1"):
        assert secret not in result.out.replace("user:password@host:3128", "")


def test_a_proxy_that_is_not_used_does_not_matter(person: Person) -> None:
    env = PRODUCTION | {"ALL_PROXY": "socks5h://canary:1", "NO_PROXY": "*"}
    findings = examine(person, "--offline", code=0, env=env)
    assert findings == []


def test_a_variable_in_any_letter_case_is_found(person: Person) -> None:
    env = PRODUCTION | {
        "Https_Proxy": "http://proxy.example:1",
        "No_Proxy": "*",
        "Ssl_Cert_File": "/nonexistent",
    }
    result = person.run("doctor", "--offline", env=env)
    for said in (
        "Https_Proxy is set",
        "No_Proxy is *",
        "Ssl_Cert_File is /nonexistent, which does not exist",
    ):
        assert said in result.out


def test_certificates_that_are_not_there(person: Person) -> None:
    findings = examine(person, "--offline", code=1, env={"SSL_CERT_FILE": "/nonexistent"})
    assert only(findings)[0] == "variables"


def test_of_several_folders_of_certificates_the_absent_one_is_named(person: Person) -> None:
    folders = f"{person.folder}:/nonexistent/one:{person.home}"
    findings = examine(person, "--offline", code=1, env={"SSL_CERT_DIR": folders, "SSL_CERT_FILE": ""})
    assert only(findings)[:2] == ("variables", "SSL_CERT_DIR is /nonexistent/one, which does not exist")


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


@pytest.mark.parametrize(("seconds", "agrees"), [(50, True), (-50, True), (75, False), (-75, False)])
def test_a_clock_may_be_a_minute_wrong(person: Person, seconds: int, agrees: bool) -> None:
    person.sandbox.control("POST", "/clock", {"advance_seconds": seconds})
    findings = examine(person, code=0 if agrees else 1)
    if agrees:
        assert findings == []
    else:
        found = only(findings)[1]
        assert abs(int(found.split()[0]) - 75) < 5, found


def test_the_profile_that_the_command_is_about_is_the_one_that_is_asked_with(person: Person) -> None:
    person.keep("other", host="https://elsewhere.example/v5", app_id="7654321", app_secret="kept")
    person.keep("this", app_id="2222222", app_secret=person.secret)
    none = dict.fromkeys(("PINTEREST_APP_ID", "PINTEREST_APP_SECRET", "PINTEREST_API_URI"))
    result = person.run("doctor", "--json", "--profile", "this", env=none)
    assert "2222222" in [finding["found"] for finding in result.json if finding["check"] == "app id"]
    network = next(finding["found"] for finding in result.json if finding["check"] == "network")
    assert network.startswith(person.environment["PINTEREST_API_URI"])


def test_a_port_in_use(person: Person) -> None:
    with socket.create_server(("127.0.0.1", person.port)):
        check, found, fix = only(examine(person, code=1))
    assert check == "redirect URI"
    assert f"port {person.port} is in use" in found
    assert "--no-browser" in fix


def test_a_redirect_uri_of_a_web_server_needs_no_port_here(person: Person) -> None:
    check, _, fix = only(examine(person, "--offline", "--redirect-uri", "https://example.com/", code=0))
    assert check == "redirect URI"
    assert "--no-browser" in fix


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


def test_a_file_that_others_can_read(person: Person) -> None:
    person.keep()
    person.file().chmod(0o644)
    check, found, fix = only(examine(person, "--offline", code=1))
    assert check == "tokens"
    assert "mode 644" in found
    assert fix == f"run `chmod 600 '{person.file()}'`"


def test_a_folder_that_others_can_change(person: Person) -> None:
    person.keep()
    person.tokens.chmod(0o777)
    check, _, fix = only(examine(person, "--offline", code=1))
    assert check == "folder"
    assert fix == f"run `chmod 700 '{person.tokens}'`"


@pytest.mark.parametrize("name", ["default.lock", "default.json.new", "default.json.new-1"])
@pytest.mark.parametrize("kept", [True, False])
def test_what_no_token_can_be_kept_beside(person: Person, name: str, kept: bool) -> None:
    person.keep("default" if kept else "other")
    (person.tokens / name).mkdir()
    check, found, fix = only(examine(person, "--offline", code=1))
    assert check == "tokens"
    assert found.endswith(f"{name} is not a file")
    assert fix == "move it away"
    (person.tokens / name).rmdir()
    assert examine(person, "--offline", code=0) == []
    assert not list(person.tokens.glob("*.new*"))


def test_a_corrupt_file(person: Person) -> None:
    person.keep()
    person.write("other", "{")
    check, found, _ = only(examine(person, "--offline", code=1))
    assert check == "tokens"
    assert "other.json" in found


def test_a_secret_file_that_others_can_read(person: Person) -> None:
    secret = person.folder / "secret"
    secret.write_text(person.secret)
    secret.chmod(0o644)
    none = {"PINTEREST_APP_SECRET": None}
    check, _, fix = only(examine(person, "--app-secret-file", str(secret), code=0, env=none))
    assert (check, fix) == ("secret file", f"run `chmod 600 '{secret}'`")


def test_the_secret_from_standard_input_is_asked_for_once(person: Person) -> None:
    findings = examine(
        person, "--app-secret-file", "-", code=0, typed=person.secret, env={"PINTEREST_APP_SECRET": None}
    )
    assert findings == []
    assert len(person.sandbox.requests("/oauth/token")) == 1


@pytest.mark.parametrize("secret", ["a secret", "secret\u200bs", "secret\tpart"])
def test_a_secret_with_something_in_it_that_no_secret_has(person: Person, secret: str) -> None:
    findings = examine(person, "--offline", code=1, env={"PINTEREST_APP_SECRET": secret})
    assert only(findings)[:2] == ("app secret", "it holds white space or a control character")


def test_what_is_good_is_counted_and_what_is_not(person: Person) -> None:
    person.keep()
    result = person.run("doctor", "--offline")
    assert f"app secret    {len(person.secret)} characters" in result.out
    odd = person.run("doctor", "--offline", env={"PINTEREST_APP_ID": "my-app"})
    assert (odd.code, "Nothing is wrong; 1 to look at." in odd.out) == (0, True)
    wrong = person.run("doctor", "--offline", env={"PINTEREST_APP_ID": "pina_canary"})
    assert (wrong.code, "All is well" in wrong.out, "Nothing is wrong" in wrong.out) == (1, False, False)


def test_a_secret_file_of_ones_own_is_good(person: Person) -> None:
    secret = person.folder / "secret"
    secret.write_text(person.secret)
    secret.chmod(0o600)
    result = person.run("doctor", "--json", "--offline", "--app-secret-file", str(secret))
    assert "secret file" not in [finding["check"] for finding in result.json]


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"expires_at": over(), "refresh_token": None}, 1, "has expired, and cannot be renewed"),
        ({"expires_at": over(), "refresh_token_expires_at": 1}, 1, "has expired, and cannot be renewed"),
        ({"refresh_token": None}, 0, "cannot be renewed"),
        ({"refresh_token_expires_at": due()}, 0, "can be renewed for"),
    ],
)
def test_tokens_that_end(person: Person, changes: dict[str, object], code: int, words: str) -> None:
    person.keep(**changes)  # type: ignore[arg-type]
    check, found, fix = only(examine(person, "--offline", code=code))
    assert check == "tokens"
    assert words in found
    assert "log in" in fix or "pinterest" in fix


def test_nothing_is_made_and_nothing_secret_is_said(person: Person) -> None:
    result = person.run("doctor")
    assert result.code == 0
    assert not person.data.exists()
    assert person.secret not in result.out + result.err
