"""What people know from other programs: gh, gcloud, aws, curl."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from beside import copies, new, private
from program import due

if TYPE_CHECKING:
    from program import Person


def last(person: Person) -> dict[str, Any]:
    return person.sandbox.requests()[-1]


def header(person: Person, name: str) -> list[str]:
    return [value for key, value in last(person)["headers"] if key == name]


def minted(person: Person, scope: str = "user_accounts:read") -> str:
    token = person.sandbox.control("POST", "/tokens", {"kind": "user", "scope": scope})
    return str(token["access_token"])


def test_a_token_from_standard_input_is_kept(person: Person) -> None:
    token = minted(person)
    result = person.run(
        "login", "--with-token", "--json", typed=token + "\n", env={"PINTEREST_APP_SECRET": None}
    )
    assert (result.code, result.err) == (0, "")
    assert result.json["account"]
    assert result.json["refresh_token"] is None
    assert person.run("token").out.strip() == token
    assert person.stored()["expires_at"] is None
    assert re.search("scopes +not known", person.run("status").out)
    # It follows what was there.
    other = minted(person)
    assert person.run("login", "--with-token", typed=other).code == 0
    assert person.run("token").out.strip() == other


def test_a_token_that_may_not_ask_whose_it_is_is_kept_too(person: Person) -> None:
    token = minted(person, "ads:read")
    assert person.run("login", "--with-token", typed=token).code == 0
    assert person.run("token").out.strip() == token


def test_a_token_from_standard_input_loses_no_other(person: Person) -> None:
    person.keep()
    private(new(person), " " * 100)
    kept = person.stored()
    broken = json.dumps(kept)[:-60]
    private(person.file(), broken)
    result = person.run("login", "--with-token", typed=minted(person))
    assert result.code == 0, result
    (copy,) = copies(person)
    assert str(copy) in result.err
    assert copy.read_text() == broken
    # What a renewal may have lost is of no more interest.
    assert not new(person).exists()


def test_a_token_from_standard_input_says_whose_it_replaces(person: Person) -> None:
    person.keep(app_id="7654321")
    result = person.run("login", "--with-token", typed=minted(person))
    assert result.code == 0, result
    assert "this login replaces that of the app 7654321" in result.err


@pytest.mark.parametrize(
    ("typed", "env", "code", "said"),
    [
        ("pina_forgotten", {}, 4, "access token is expired, revoked"),
        ("", {}, 2, "standard input holds no secret"),
        ("pinr.x", {}, 2, "a refresh token"),
        ("pina_x", {"PINTEREST_APP_ID": None}, 2, "there is no app id"),
    ],
)
def test_what_is_no_token_is_not_kept(
    person: Person, typed: str, env: dict[str, str | None], code: int, said: str
) -> None:
    kept = person.keep()
    result = person.run("login", "--with-token", typed=typed, env=env)
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert person.stored() == kept


def test_a_token_is_not_kept_because_a_firewall_refused_it(person: Person) -> None:
    person.sandbox.respond({"status": 403, "body": "<html>blocked</html>"})
    result = person.run("login", "--with-token", typed="pina_x")
    assert (result.code, result.out) == (4, "")
    assert person.run("profiles").out == ""


def test_a_token_of_another_app_replaces_a_login_with_a_word(person: Person) -> None:
    person.keep()
    result = person.run("login", "--with-token", typed=minted(person), env={"PINTEREST_APP_ID": "7654321"})
    assert result.code == 0
    assert "this login replaces that of the app 1234567" in result.err


def test_a_given_token_comes_after_what_an_ended_program_left(person: Person) -> None:
    left = person.tokens / "default.json.new-1"
    kept = person.keep()
    left.write_text(json.dumps({**kept, "refresh_token": "pinr.left", "sequence": 9}))
    left.chmod(0o600)
    token = minted(person)
    assert person.run("login", "--with-token", typed=token).code == 0
    assert person.run("token").out.strip() == token
    assert [path.name for path in person.tokens.glob("*.new-*")] == []


def test_a_request_says_who_asks(person: Person) -> None:
    person.keep()
    assert person.run("request", "/user_account", "-H", "User-Agent: mine").code == 0
    assert header(person, "user-agent") == ["mine"]


@pytest.mark.parametrize("option", ["--no-browser", "--client-credentials", "--keep-app-secret"])
def test_with_a_token_nothing_else_is_asked(person: Person, option: str) -> None:
    assert person.run("login", "--with-token", option, typed="x").code == 2
    assert person.sandbox.requests() == []


def test_an_app_logs_in_without_a_person(person: Person) -> None:
    result = person.run("login", "--client-credentials", "--scopes", "user_accounts:read,ads:read", "--json")
    assert result.code == 0, result
    assert result.json["scopes"] == ["user_accounts:read", "ads:read"]
    assert result.json["refresh_token"] is None
    (asked,) = person.sandbox.requests("/oauth/token")
    assert asked["body"].startswith("grant_type=client_credentials&scope=user_accounts%3Aread+ads%3Aread")
    assert not (person.folder / "browser.arguments").exists()
    assert person.run("request", "/user_account").code == 0
    refused = person.run("login", "--client-credentials", env={"PINTEREST_APP_SECRET": "wrong"})
    assert refused.code == 4
    assert "the secret came from PINTEREST_APP_SECRET" in refused.err


def test_an_app_s_token_is_renewed_whatever_the_answer_leaves_out(person: Person) -> None:
    person.sandbox.respond({"json": {"access_token": "pina_own", "expires_in": 2592000}})
    assert person.run("login", "--client-credentials", "--scopes", "ads:read").code == 0
    kept = json.loads(person.file().read_text("utf-8"))
    assert (kept["grant"], kept["scope"]) == ("client_credentials", "ads:read")


@pytest.mark.parametrize("kind", ["pinr.", "pinr_"])
def test_a_refresh_token_is_never_sent_in_place_of_an_access_token(person: Person, kind: str) -> None:
    person.keep()
    env: dict[str, str | None] = {"PINTEREST_ACCESS_TOKEN": f"{kind}canary5f0c2e0123456789"}
    for command in (
        ("request", "/user_account"),
        ("api", "user-account", "get"),
        ("conversion-token",),
    ):
        result = person.run(*command, env=env)
        assert (result.code, result.out) == (2, "")
        assert "is a refresh token" in result.err
        assert "PINTEREST_ACCESS_TOKEN" in result.err
        assert "canary" not in result.err
    assert person.sandbox.requests() == []


def test_a_token_of_the_environment_is_for_one_command(person: Person) -> None:
    kept = person.keep(expires_at=due())
    env = {"PINTEREST_ACCESS_TOKEN": minted(person)}
    assert person.run("request", "/user_account", env=env).code == 0
    assert header(person, "authorization") == [f"Bearer {env['PINTEREST_ACCESS_TOKEN']}"]
    # Nothing is renewed for it, and no profile is needed.
    assert person.sandbox.requests("/oauth/token") == []
    person.file().unlink()
    assert person.run("request", "/user_account", env=env).code == 0
    ads = {"PINTEREST_ACCESS_TOKEN": minted(person, "ads:write")}
    assert person.run("conversion-token", env=ads).code == 0
    # A profile that is named is meant.
    person.keep("work")
    assert person.run("request", "/user_account", "--profile", "work", env=env).code == 0
    assert header(person, "authorization") == [f"Bearer {person.stored('work')['access_token']}"]
    assert kept["access_token"] != person.stored("work")["access_token"]


@pytest.mark.parametrize("arguments", [("-X", "PATCH", "/boards/1"), ("/boards/1", "--method", "patch")])
def test_a_method_as_curl_has_it(person: Person, arguments: tuple[str, ...]) -> None:
    person.keep()
    person.sandbox.respond({"status": 200, "json": {}})
    assert person.run("request", *arguments).code == 0
    assert (last(person)["method"], last(person)["path"]) == ("PATCH", "/v5/boards/1")
    result = person.run("request", "GET", *arguments)
    assert result.code == 2
    assert "two methods" in result.err


def test_headers_of_ones_own(person: Person) -> None:
    person.keep()
    result = person.run("request", "/user_account", "-H", "X-One: a b", "-H", "accept:text/plain")
    assert result.code == 0
    assert header(person, "x-one") == ["a b"]
    assert header(person, "accept") == ["text/plain"]
    before = len(person.sandbox.requests())
    for wrong in ("Authorization: Basic x", "nothing", "Content-Type: text/plain"):
        result = person.run("request", "/user_account", "-H", wrong)
        assert (result.code, result.out) == (2, "")
        assert "hint:" in result.err
    assert len(person.sandbox.requests()) == before


@pytest.mark.parametrize("way", ["file", "standard input"])
def test_a_file_is_sent_as_it_is(person: Person, way: str) -> None:
    person.keep()
    text = "id,name\n1,a\n"
    (person.folder / "list.csv").write_text(text)
    person.sandbox.respond({"status": 200, "json": {}})
    name, typed = ("list.csv", "") if way == "file" else ("-", text)
    result = person.run("request", "/catalogs", "--input", name, "-H", "Content-Type: text/csv", typed=typed)
    assert result.code == 0, result
    assert (last(person)["method"], last(person)["body"]) == ("POST", text)
    assert header(person, "content-type") == ["text/csv"]
    both = person.run("request", "/x", "--input", "-", "--app-secret-file", "-")
    assert both.code == 2
    assert "--input would both read standard input" in both.err


def test_status_and_headers_are_shown_if_asked_for(person: Person) -> None:
    person.keep()
    result = person.run("request", "-i", "/user_account")
    head, body = result.out.split("\n\n", 1)
    assert head.startswith("HTTP 200\n")
    assert "content-type: application/json" in head
    assert "username" in json.loads(body)
    result = person.run("request", "-i", "/missing")
    assert result.code == 4
    assert result.out.startswith("HTTP 404\n")
    assert result.err.startswith("error: ")


def test_every_page_is_asked_for(person: Person) -> None:
    person.keep()
    person.sandbox.respond(
        {"status": 200, "json": {"items": [1], "bookmark": "b1"}},
        {"status": 200, "json": {"items": [2], "bookmark": "b 2"}},
        {"status": 200, "json": {"items": [3], "bookmark": None}},
    )
    result = person.run("request", "/boards", "--paginate", "-q", "page_size=1", "-q", "bookmark=b0")
    assert (result.code, result.err) == (0, "")
    assert [json.loads(page)["items"] for page in result.out.splitlines()] == [[1], [2], [3]]
    asked = [request["query"].replace("+", "%20") for request in person.sandbox.requests("/boards")]
    assert asked == [f"page_size=1&bookmark={bookmark}" for bookmark in ("b0", "b1", "b%202")]
    assert len({request["connection"] for request in person.sandbox.requests("/boards")}) == 1


def test_pages_end_where_they_lead_nowhere(person: Person) -> None:
    person.keep()
    person.sandbox.stand({"status": 200, "json": {"items": [], "bookmark": "b"}})
    result = person.run("request", "/boards", "--paginate")
    assert (result.code, len(result.out.splitlines())) == (5, 2)
    person.sandbox.stand(None)
    person.sandbox.respond(
        {"status": 200, "json": {"items": [1], "bookmark": "b"}},
        {"status": 429, "json": {"code": 8, "message": "slow"}},
    )
    result = person.run("request", "/boards", "--paginate")
    assert (result.code, len(result.out.splitlines())) == (5, 1)
    assert person.run("request", "POST", "/boards", "--paginate").code == 2
    ring = [{"status": 200, "json": {"items": [], "bookmark": bookmark}} for bookmark in "aba"]
    person.sandbox.respond(*ring, {"status": 200, "json": {"items": []}})
    result = person.run("request", "/boards", "--paginate")
    assert (result.code, len(result.out.splitlines())) == (5, 3)


def test_pages_that_lead_in_a_circle_or_do_not_say_where_are_no_end(person: Person) -> None:
    person.keep()
    pages = [{"status": 200, "json": {"items": [], "bookmark": bookmark}} for bookmark in ("b", "c", "b")]
    for answers in (
        pages,
        [{"status": 200, "json": {"items": [], "bookmark": 7}}],
        [{"status": 200, "body": '{"items": [NaN], "bookmark": "b"}'}],
    ):
        person.sandbox.respond(*answers)
        result = person.run("request", "/boards", "--paginate")
        assert (result.code, len(result.out.splitlines())) == (5, 3 if answers is pages else 1)


def test_a_page_is_a_line_as_it_came(person: Person) -> None:
    person.keep()
    page = '{"z": 12345678901234567890123,\r\n "a": 1.10, "bookmark": "b"}\n'
    person.sandbox.respond({"status": 200, "body": page}, {"status": 200, "json": {}})
    result = person.run("request", "/boards?bookmark=a&page_size=1", "--paginate")
    assert result.out == '{"z": 12345678901234567890123,   "a": 1.10, "bookmark": "b"}\n{}\n'
    asked = [request["query"] for request in person.sandbox.requests("/boards")]
    assert asked == ["bookmark=a&page_size=1", "page_size=1&bookmark=b"]


@pytest.mark.parametrize(
    "words",
    [
        "--with-token --redirect-uri x",
        "--with-token --wait 9",
        "--with-token --comma-separated-scopes",
        "--client-credentials --redirect-uri x",
        "--client-credentials --wait 9",
    ],
)
def test_an_option_that_a_login_has_no_use_for_is_refused(person: Person, words: str) -> None:
    result = person.run("login", *words.split(), typed="pina_harmless")
    assert result.code == 2
    assert words.split()[1] in result.err
    assert person.sandbox.requests() == []


def test_everybody_is_logged_out_of_every_app_whatever_fails(person: Person) -> None:
    for name in ("a", "b", "c"):
        person.keep(name)
    assert person.run("logout", "--all", env={"PINTEREST_APP_ID": "7654321"}).code == 0
    assert person.run("profiles").out == ""


def test_an_option_that_contradicts_the_commands_is_refused_wherever_it_stands(person: Person) -> None:
    for option, command, says in [
        (["--app-secret-file", "/dev/null"], ["login", "--with-token"], "--app-secret-file gives one"),
        (["--json"], ["refresh", "--quiet"], "--json prints what there is to say"),
        (["--profile", "work"], ["revoke", "--token-file", "-"], "--profile names another"),
        # A shell's variable that is not set.
        (["--app-id", ""], ["status"], "`--app-id` has no value"),
    ]:
        for words in ([*command, *option], [*option, *command]):
            result = person.run(*words)
            assert result.code == 2
            assert says in result.err


def test_everybody_is_logged_out(person: Person) -> None:
    person.keep()
    person.keep("work")
    assert person.run("profiles").out.splitlines() == ["default", "work"]
    assert person.run("profiles", "--json").json == ["default", "work"]
    # Less would be meant than every profile.
    for option in ("--profile work", "--env sandbox", "--app-id 1234567"):
        for words in (["logout", "--all", *option.split()], [*option.split(), "logout", "--all"]):
            result = person.run(*words)
            assert result.code == 2
            assert f"{option.split()[0]} names less" in result.err
        listed = person.run("profiles", *option.split())
        assert (listed.code, listed.out) == (2, "")
        assert f"{option.split()[0]} names less" in listed.err
    assert person.run("profiles").out.splitlines() == ["default", "work"]
    result = person.run("logout", "--all", "--json")
    assert result.json == [
        {"profile": "default", "forgotten": True},
        {"profile": "work", "forgotten": True},
    ]
    nobody = person.run("profiles")
    assert (nobody.code, nobody.out, nobody.err) == (0, "", "")
    with person.terminal("profiles") as terminal:
        terminal.expect("No profile is logged in")
    result = person.run("logout", "--all")
    assert (result.code, result.out, result.err) == (0, "", "Nobody was logged in.\n")
    person.keep("work")
    result = person.run("logout", "--all")
    assert (result.code, result.out) == (0, "")
    assert "`work`" in result.err
    assert "Nobody" not in result.err


def test_a_profile_that_cannot_be_forgotten_keeps_no_other(person: Person) -> None:
    person.keep("another")
    person.keep("work")
    lock = person.tokens / "another.lock"
    lock.touch()
    lock.chmod(0o644)
    result = person.run("logout", "--all", "--json")
    assert result.code == 6
    assert result.json == [{"profile": "work", "forgotten": True}]
    assert "chmod 600" in result.err
    assert person.file("another").exists()
    assert not person.file("work").exists()
    # Two failures are two lines of JSON.
    person.keep("third")
    (person.tokens / "third.lock").touch()
    (person.tokens / "third.lock").chmod(0o644)
    result = person.run("logout", "--all", "--json")
    assert [json.loads(line)["exit_code"] for line in result.err.splitlines()] == [6, 6]
    # One alone is no list that is empty.
    result = person.run("logout", "--profile", "another", "--json")
    assert (result.code, result.out) == (6, "")


def test_the_two_sandboxes_are_told_apart(person: Person) -> None:
    text = " ".join(person.run("login", "--help").out.split())
    assert "Pinterest's API Sandbox, which `pinterest sandbox` is not" in text
    text = " ".join(person.run("--help").out.split())
    assert "on this machine, to test against; Pinterest's own is --env sandbox" in text
