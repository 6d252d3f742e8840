"""`pinterest doctor`: every finding, with its fix."""

from __future__ import annotations

import base64
import socket

import pytest

from findings import examine, only
from program import APP_ID, Person, due, over


def test_offline_asks_nobody(person: Person) -> None:
    person.keep()
    assert examine(person, "--offline", code=0) == []
    assert person.sandbox.requests() == []


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


@pytest.mark.parametrize(("seconds", "agrees"), [(50, True), (-50, True), (75, False), (-75, False)])
def test_a_clock_may_be_a_minute_wrong(person: Person, seconds: int, agrees: bool) -> None:
    person.sandbox.control("POST", "/clock", {"advance_seconds": seconds})
    findings = examine(person, code=0 if agrees else 1)
    if agrees:
        assert findings == []
    else:
        found = only(findings)[1]
        assert abs(int(found.split()[0]) - 75) < 5, found


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


@pytest.mark.parametrize("what", ["file", "link to nowhere"])
def test_what_is_in_the_folders_place_is_named(person: Person, what: str) -> None:
    person.data.mkdir()
    if what == "file":
        person.tokens.write_text("")
    else:
        person.tokens.symlink_to(person.folder / "nowhere")
    said = f"{person.tokens} is no folder, or leads to none"
    folder = next(found for found in examine(person, "--offline", code=1) if found["check"] == "folder")
    assert folder["found"] == said
    login = person.run("login")
    assert (login.code, f"hint:  {said}: move it" in login.err) == (6, True), login.err


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
    assert (odd.code, "Nothing is wrong; 2 to look at." in odd.out) == (0, True)
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


def test_a_proxy_that_is_not_used_harms_no_redirect_uri(person: Person) -> None:
    assert examine(person, "--offline", code=0, env={"HTTPS_PROXY": "http://user:a#b@host:9"}) == []


def test_nothing_is_made_and_nothing_secret_is_said(person: Person) -> None:
    result = person.run("doctor")
    assert result.code == 0
    assert not person.data.exists()
    assert person.secret not in result.out + result.err
