"""`pinterest login` through the browser."""

from __future__ import annotations

import base64
import json
import socket
import time

import pytest

from browser import decide, fetch, query, visit
from program import APP_ID, Person, Running, free_port, has_ipv6, listens


def begin(person: Person, *arguments: str, **options: object) -> tuple[Running, str]:
    """Starts a login and gives the URL that the browser was opened with."""
    login = person.start("login", *arguments, **options)  # type: ignore[arg-type]
    return login, person.browser.url()


@pytest.mark.smoke
def test_allow_keeps_the_tokens_and_greets(person: Person) -> None:
    login, url = begin(person)
    page = visit(url)
    result = login.end()
    assert result.code == 0, result
    assert page.status == 200
    assert "You are connected to Pinterest" in page.text
    assert "Hello, " in result.err
    assert "30 days of 30 days left" in result.out or "29 days of 30 days left" in result.out
    assert person.stored()["access_token"].startswith("pina_")
    assert person.run("token").out.strip() == person.stored()["access_token"]


def test_json_is_all_that_a_program_gets_on_standard_output(person: Person) -> None:
    login, url = begin(person, "--json")
    visit(url)
    result = login.end()
    assert (result.code, result.json["profile"], result.json["app_id"]) == (0, "default", APP_ID)
    assert result.json["access_token"]["state"] == "valid"


@pytest.mark.smoke
def test_deny_says_so_and_keeps_nothing(person: Person) -> None:
    login, url = begin(person)
    page = visit(url, "deny")
    result = login.end()
    assert result.code == 4
    assert "access_denied" in result.err
    assert "did not allow it" in result.err
    assert "That did not work" in page.text
    assert not person.file().exists()


def test_a_denied_login_leaves_the_old_tokens(person: Person) -> None:
    old = person.keep()
    login, url = begin(person)
    visit(url, "deny")
    assert login.end().code == 4
    assert person.stored() == old


def test_a_wrong_secret_is_explained(person: Person) -> None:
    login, url = begin(person, env={"PINTEREST_APP_SECRET": "not-the-secret"})
    visit(url)
    result = login.end()
    assert result.code == 4
    assert "code 2" in result.err
    for cause in ("base64", "line break", "access token"):
        assert cause in result.err.lower()
    assert "not-the-secret" not in result.err


def test_an_unregistered_redirect_uri_stays_on_pinterests_page(person: Person) -> None:
    person.register("http://localhost:1/")
    login, url = begin(person)
    assert fetch(url).status == 403
    assert login.process.poll() is None
    assert listens(person.port)
    login.interrupt()
    result = login.end(2)
    assert result.code == 130
    assert not listens(person.port)


def test_ctrl_c_frees_the_port_within_a_second(person: Person) -> None:
    login, _ = begin(person)
    assert listens(person.port)
    started = time.monotonic()
    login.interrupt()
    result = login.end(2)
    assert (result.code, time.monotonic() - started < 1) == (130, True)
    assert "interrupted" in result.err
    socket.create_server(("127.0.0.1", person.port)).close()


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_a_port_in_use_is_said_before_a_browser_opens(person: Person, address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    if ":" in address and not has_ipv6():
        pytest.skip("this machine has no IPv6")
    with socket.create_server((address, person.port), family=family):
        result = person.run("login")
    assert result.code == 2
    assert f"port {person.port} is in use" in result.err
    assert not (person.folder / "browser.arguments").exists()


def test_nobody_comes(person: Person) -> None:
    result = person.run("login", "--wait", "1")
    assert result.code == 5
    assert "nobody came back" in result.err
    assert not listens(person.port)


def test_any_wait_is_arithmetic_and_no_panic(person: Person) -> None:
    login = person.start("login", "--wait", str(2**64 - 1))
    login.says("http://")
    login.interrupt()
    assert login.end().code == 130


def test_no_time_at_all_opens_no_browser(person: Person) -> None:
    result = person.run("login", "--wait", "0")
    assert result.code == 2
    assert "at least 1" in result.err
    assert not (person.folder / "browser.arguments").exists()


def test_a_mistyped_scope_is_named_and_asked_for(person: Person) -> None:
    login, url = begin(person, "--scopes", "user_accounts:raed,new_thing:read")
    assert query(url)["scope"] == "user_accounts:raed new_thing:read"
    login.interrupt()
    said = login.end().err
    assert (
        "warning: the scope `user_accounts:raed` is not known here; did you mean `user_accounts:read`?"
        in said
    )
    assert "warning: the scope `new_thing:read` is not known here\n" in said


def test_scopes_with_commas_between_them(person: Person) -> None:
    login, url = begin(person, "--comma-separated-scopes", "--scopes", "pins:read ads:read")
    assert "scope=pins%3Aread%2Cads%3Aread&" in url
    login.interrupt()
    assert "warning" not in login.end().err


@pytest.mark.parametrize("changes", [{"app_id": "7654321"}, {"host": "https://elsewhere.example/v5"}, {}])
def test_a_login_that_replaces_another_apps_says_so(person: Person, changes: dict[str, str]) -> None:
    person.keep(**changes)
    login, _ = begin(person)
    login.interrupt()
    said = login.end().err
    assert ("this login replaces that of the app" in said) == bool(changes)
    assert ("--profile NAME keeps both" in said) == bool(changes)
    for value in changes.values():
        assert value in said


def test_a_slash_at_the_end_of_the_address_is_no_other_environment(person: Person) -> None:
    person.keep(host=person.environment["PINTEREST_API_URI"] + "/")
    login, _ = begin(person)
    login.interrupt()
    assert "replaces" not in login.end().err


@pytest.mark.parametrize("options", [(), ("--no-browser",)])
@pytest.mark.parametrize("half", ["PINTEREST_API_URI", "PINTEREST_OAUTH_URI"])
def test_a_page_and_an_api_of_two_places_are_refused_before_anything_opens(
    person: Person, half: str, options: tuple[str, ...]
) -> None:
    """One knows nothing of what the other gives."""
    unset: dict[str, str | None] = {half: None}
    result = person.run("login", *options, "--wait", "1", env=unset)
    assert (result.code, result.out) == (2, "")
    assert "PINTEREST_API_URI" in result.err
    assert "PINTEREST_OAUTH_URI" in result.err
    assert "Opening" not in result.err
    assert "?client_id=" not in result.err
    assert person.sandbox.requests() == []
    # Nobody is sent to a page for these.
    if half == "PINTEREST_OAUTH_URI" and not options:
        assert person.run("login", "--client-credentials", env=unset).code == 0


def test_a_port_in_use_is_no_end(person: Person) -> None:
    with socket.create_server(("127.0.0.1", person.port)):
        result = person.run("login")
        assert result.code == 2
        assert f"port {person.port} is in use" in result.err
        assert "--no-browser needs no port" in result.err
        hint = json.loads(person.run("login", "--json").err)["error"]["hint"]
        assert "--no-browser needs no port" in hint


def test_two_logins_at_once(person: Person) -> None:
    other = free_port()
    person.register(person.redirect_uri, f"http://localhost:{other}/")
    one, one_url = begin(person, "--profile", "one")
    two, two_url = begin(person, "--profile", "two", "--redirect-uri", f"http://localhost:{other}/")
    # Each other's callback first: it is refused, and neither login ends.
    stray = decide(two_url).replace(f":{other}/", f":{person.port}/")
    assert fetch(stray).status == 400
    visit(two_url)
    visit(one_url)
    assert (one.end().code, two.end().code) == (0, 0)
    assert person.file("one").exists()
    assert person.file("two").exists()


def test_the_url_holds_no_secret_and_a_state_of_256_bits(person: Person) -> None:
    login, url = begin(person)
    said = login.says(url)
    assert person.secret not in url + said
    parameters = query(url)
    assert parameters["client_id"] == APP_ID
    assert parameters["redirect_uri"] == person.redirect_uri
    assert parameters["scope"] == "user_accounts:read pins:read boards:read"
    assert len(base64.urlsafe_b64decode(parameters["state"] + "=")) == 32
    assert "code_challenge" not in parameters
    login.interrupt()
    login.end()


def test_pkce_is_verified(person: Person) -> None:
    login, url = begin(person, "--pkce")
    assert query(url)["code_challenge_method"] == "S256"
    visit(url)
    assert login.end().code == 0
    (exchange,) = person.sandbox.requests("/oauth/token")
    assert "code_verifier=" in exchange["body"]


def test_continuous_refresh_is_asked_for_only_on_demand(person: Person) -> None:
    for arguments, asked in ((), False), (("--continuous-refresh",), True):
        login, url = begin(person, *arguments)
        visit(url)
        assert login.end().code == 0
        exchange = person.sandbox.requests("/oauth/token")[-1]
        assert ("continuous_refresh=true" in exchange["body"]) is asked


def test_a_kept_secret_is_enough_for_a_renewal(person: Person) -> None:
    login, url = begin(person, "--keep-app-secret")
    visit(url)
    assert login.end().code == 0
    assert person.stored()["app_secret"] == person.secret
    person.sandbox.control("POST", "/clock", {"advance_seconds": 5})
    before = person.stored()["access_token"]
    assert person.run("refresh", env={"PINTEREST_APP_SECRET": None}).code == 0
    assert person.stored()["access_token"] != before
    assert person.stored()["app_secret"] == person.secret


@pytest.mark.parametrize(
    ("name", "kept"), [("ada", "ada"), ("a\x1b[31m\u202ed\n\x9ba", "a[31m\u202eda"), ("é" * 200, "é" * 100)]
)
def test_a_name_is_kept_without_what_steers_and_not_for_ever(person: Person, name: str, kept: str) -> None:
    login, url = begin(person)
    callback = decide(url)
    person.sandbox.respond({"pass": True}, {"status": 200, "json": {"username": name}})
    fetch(callback)
    result = login.end()
    assert result.code == 0, result
    assert person.stored()["account"] == kept
    assert f"Hello, {kept}!".replace("\u202e", "\\u202e") in result.err


def test_without_the_scope_there_is_no_name_and_no_failure(person: Person) -> None:
    login, url = begin(person, "--scopes", "boards:read")
    visit(url)
    result = login.end()
    assert result.code == 0
    assert "You are connected to Pinterest." in result.err
    assert person.stored()["account"] is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("--scopes", "pins:read,$(touch touched);touch touched|touch touched&touch touched"),
        ("--scopes", "pins:read,`touch touched`'\";touch touched;'"),
        ("--redirect-uri", "http://localhost:{port}/$(touch${{IFS}}touched)';touch${{IFS}}touched;'\"`id`"),
    ],
)
def test_the_browser_is_started_without_a_shell(person: Person, name: str, value: str) -> None:
    value = value.format(port=person.port)
    login, url = begin(person, name, value)
    asked = query(url)["scope" if name == "--scopes" else "redirect_uri"]
    # A comma parts scopes as a space does.
    assert asked == (value.replace(",", " ") if name == "--scopes" else value)
    assert not (person.folder / "touched").exists()
    login.interrupt()
    login.end()


def test_without_a_browser_the_url_is_printed_and_the_login_works(person: Person) -> None:
    login = person.start("login", env={"PATH": "/nonexistent", "BROWSER": None})
    said = login.says("no browser can be opened here")
    assert "--no-browser" in login.says("--no-browser")
    url = next(line.strip() for line in said.splitlines() if line.strip().startswith("http"))
    visit(url)
    assert login.end().code == 0
    assert person.file().exists()


def test_a_browser_that_never_returns_holds_nothing_up(person: Person) -> None:
    person.browser.program.write_text(person.browser.program.read_text() + "exec /bin/sleep 10\n")
    login, url = begin(person)
    visit(url)
    assert login.end(5).code == 0


def test_tokens_that_cannot_be_kept_are_not_asked_for(person: Person) -> None:
    person.data.write_text("in the way")
    result = person.run("login")
    assert result.code == 6
    assert person.sandbox.requests() == []
    assert not (person.folder / "browser.arguments").exists()


def test_a_waiting_login_shows_no_secret_to_other_programs(person: Person) -> None:
    secret = person.folder / "secret"
    secret.write_text(person.secret + "\n")
    secret.chmod(0o600)
    login, _ = begin(person, "--app-secret-file", str(secret), env={"PINTEREST_APP_SECRET": None})
    with open(f"/proc/{login.process.pid}/cmdline", "rb") as arguments:
        assert person.secret.encode() not in arguments.read()
    with open(f"/proc/{login.process.pid}/environ", "rb") as variables:
        assert person.secret.encode() not in variables.read()
    login.interrupt()
    login.end()
