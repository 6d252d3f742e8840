"""`pinterest api`: any operation by its name."""

from __future__ import annotations

import base64
import json
import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from program import Person


def last(person: Person) -> dict[str, object]:
    return person.sandbox.requests()[-1]


@pytest.mark.smoke
@pytest.mark.parametrize("words", [("boards", "list"), ("boards/list",), ("boards_list",)])
def test_an_operation_is_called_by_any_of_its_names(person: Person, words: tuple[str, ...]) -> None:
    person.keep()
    result = person.run("api", *words, "--page-size", "2")
    assert (result.code, result.err) == (0, "")
    assert len(result.json["items"]) == 2
    assert (last(person)["method"], last(person)["path"]) == ("GET", "/v5/boards")
    assert last(person)["query"] == "page_size=2"


@pytest.mark.parametrize("before", [(), ("--json",), ("--profile", "other")])
def test_options_of_every_command_stand_anywhere(person: Person, before: tuple[str, ...]) -> None:
    person.keep()
    person.keep("other")
    assert person.run(*before, "api", "user-account", "get").code == 0
    assert person.run("api", *before, "user-account", "get").code == 0
    assert person.run("api", "user-account", "get", *before).code == 0


def test_flags_become_parameters_and_body(person: Person) -> None:
    person.keep()
    (person.folder / "media.json").write_text(
        '{"source_type": "image_url", "url": "https://example.com/é.png"}'
    )
    person.sandbox.respond({"status": 201, "json": {"id": "1"}})
    flags = ("--board-id", "5", "--ad-account-id", "7", "--title", "-é", "--media-source", "@media.json")
    result = person.run("api", "pins", "create", *flags)
    assert (result.code, result.json) == (0, {"id": "1"})
    assert (last(person)["path"], last(person)["query"]) == ("/v5/pins", "ad_account_id=7")
    assert json.loads(str(last(person)["body"])) == {
        "board_id": "5",
        "title": "-é",
        "media_source": {"source_type": "image_url", "url": "https://example.com/é.png"},
    }


def test_a_body_is_given_whole_and_flags_replace_its_properties(person: Person) -> None:
    person.keep()
    person.sandbox.respond({"status": 201, "json": {}})
    body = json.dumps({"name": "old", "new_in_2027": [1]})
    assert person.run("api", "boards", "create", "--body", "-", "--name", "new", typed=body).code == 0
    assert json.loads(str(last(person)["body"])) == {"name": "new", "new_in_2027": [1]}


def test_a_value_may_be_like_the_name_of_an_operation(person: Person) -> None:
    person.keep()
    for words in (("boards", "create"), ("boards/create",)):
        result = person.run("api", *words, "--name", "boards/list", "--dry-run", "--json")
        assert (result.code, result.json["body"]) == (0, {"name": "boards/list"})
    assert person.run("api", "ad_accounts", "list", "--dry-run").code == 0


def test_what_cannot_be_sent_is_named(person: Person) -> None:
    person.keep()
    for value, said in (
        ("[" * 200 + "]" * 200, "is nested more than 127 levels deep, which cannot be sent"),
        ("[1e400]", "holds a number that is too large, which cannot be sent"),
        (r'{"url": "\ud83d"}', "holds half of a character (a lone surrogate), which cannot be sent"),
        ("{", "is not JSON (line 1, column 1)"),
        ("[]", "`body.media_source` of pins/create is a list, not an object"),
        ('{"source_type": 5}', "`body.media_source.source_type` of pins/create is a number, not a text"),
    ):
        result = person.run("api", "pins", "create", "--media-source", value, "--dry-run")
        assert result.code == 2
        assert said in result.err
    days = ("--start-date", "2026-02-30", "--end-date", "2026-03-01", "--metric-types", "IMPRESSION")
    result = person.run("api", "pins", "analytics", "--pin-id", "1", *days, "--dry-run")
    assert (result.code, "`start_date` of pins/analytics is not a date" in result.err) == (2, True)


def test_the_nearest_command_is_named_first(person: Person) -> None:
    result = person.run("api", "boards", "lst")
    assert "did you mean list, list-pins?" in result.err


def test_every_page_is_asked_for(person: Person) -> None:
    person.keep()
    result = person.run("api", "boards", "list", "--page-size", "25", "--paginate")
    pages = [json.loads(line) for line in result.out.splitlines()]
    assert (result.code, sum(len(page["items"]) for page in pages)) == (0, 60)


def test_a_bookmark_that_comes_again_ends_it(person: Person) -> None:
    person.keep()
    pages: list[dict[str, object]] = [{"json": {"items": [], "bookmark": mark}} for mark in ("a", "b", "a")]
    person.sandbox.respond(*pages)
    result = person.run("api", "boards", "list", "--paginate")
    assert (result.code, len(result.out.splitlines())) == (5, 3)
    assert "leads to one that came before" in result.err


def test_pages_that_lead_back_to_their_beginning_end(person: Person) -> None:
    person.keep()
    for call in (["api", "boards", "list", "--bookmark", "b/1"], ["request", "/boards?bookmark=b%2F1"]):
        person.sandbox.respond({"json": {"items": [], "bookmark": "b/1"}})
        result = person.run(*call, "--paginate")
        assert (result.code, len(result.out.splitlines())) == (5, 1)
        assert "leads to one that came before" in result.err


@pytest.mark.parametrize("call", ["api boards list", "request /boards"])
def test_no_page_is_asked_for_that_nobody_reads(person: Person, call: str) -> None:
    """As `… --paginate | head -1` has it."""
    person.keep()
    person.sandbox.respond(*({"json": {"items": [], "bookmark": f"b{page}"}} for page in range(9)))
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as closed:
        result = person.start(*call.split(), "--paginate", stdout=closed).end()
    assert (result.code, result.err) == (0, "")
    assert len(person.sandbox.requests("/boards")) == 1


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_dry_run_shows_the_request_and_sends_nothing(person: Person, form: str) -> None:
    kept = person.keep()
    words = (
        "api",
        "boards",
        "create",
        "--name",
        "Ideas",
        "--dry-run",
        *(["--json"] if form == "json" else []),
    )
    before = len(person.sandbox.requests())
    result = person.run(*words)
    assert result.code == 0
    assert len(person.sandbox.requests()) == before
    assert str(kept["access_token"]) not in result.out
    if form == "json":
        assert result.json["method"] == "POST"
        assert str(result.json["url"]).endswith("/v5/boards")
        assert result.json["body"] == {"name": "Ideas"}
    else:
        first, _, rest = result.out.partition("\n")
        assert first.startswith("POST http")
        assert json.loads(rest) == {"name": "Ideas"}


def test_a_dry_run_shows_where_it_would_go_and_no_password(person: Person) -> None:
    call = ("api", "boards", "get", "--board-id", "1", "--dry-run")
    host = person.environment["PINTEREST_API_URI"]
    assert person.run(*call, env={"PINTEREST_API_URI": f"{host}/"}).out == f"GET {host}/boards/1\n"
    result = person.run(*call, env={"PINTEREST_API_URI": host.replace("://", "://ada:canary@")})
    assert (result.code, result.out) == (2, "")
    assert "PINTEREST_API_URI holds a user name or password" in result.err
    assert "canary" not in result.err


@pytest.mark.smoke
def test_a_dry_run_and_the_list_need_no_login(person: Person) -> None:
    assert person.run("api", "boards", "get", "--board-id", "1", "--dry-run").code == 0
    everything = person.run("api")
    assert (everything.code, everything.err) == (0, "")
    assert len(everything.out.splitlines()) > 200
    boards = person.run("api", "boards").out
    assert {line.split("  ")[0].strip() for line in boards.splitlines()} >= {
        "boards list",
        "boards create",
    }
    listed = person.run("api", "boards", "--json").json
    assert {"name", "method", "path", "parameters", "scopes"} <= set(listed[0])


@pytest.mark.parametrize("value", ["--dry-run", "--json", "-i", "--profile"])
def test_an_option_is_no_value_of_the_one_before(person: Person, value: str) -> None:
    """As where a shell's variable is empty: nothing is changed at Pinterest then."""
    person.keep()
    result = person.run("api", "boards", "create", "--name", value)
    assert result.code == 2
    assert "`--name <TEXT>`" in result.err
    assert f"`{value}` is an option" in result.err
    assert person.sandbox.requests() == []
    body = json.dumps({"name": value})
    assert person.run("api", "boards", "create", "--body", body, "--dry-run", "--json").json["body"] == {
        "name": value
    }


def test_a_dry_run_guesses_no_place(person: Person) -> None:
    person.keep(host="https://elsewhere.example/v5")
    call, none = ("api", "boards", "get", "--board-id", "1", "--dry-run"), {"PINTEREST_API_URI": None}
    assert person.run(*call, env=none).out == "GET https://elsewhere.example/v5/boards/1\n"
    person.file().chmod(0o644)
    result = person.run(*call, env=none)
    assert (result.code, result.out) == (6, "")
    assert "mode 644" in result.err
    person.file().chmod(0o600)
    result = person.run(*call, "--app-id", "7654321", env=none)
    assert (result.code, result.out) == (2, "")
    assert "is logged in to the app" in result.err


def test_help_says_what_an_operation_takes(person: Person) -> None:
    shown = person.run("api", "pins", "analytics", "--help")
    assert shown.code == 0
    for words in ("--pin-id", "--metric-types", "required", "with commas between them", "org_analytics"):
        assert words in shown.out
    assert "--metric-types" not in person.run("api", "boards", "list", "--help").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("boards", "get"), "`board_id` of boards/get is missing"),
        (("boards", "get", "--board-id", "../x", "--unchecked"), "cannot be a part of a path"),
        (("boards", "list", "--page-size", "251"), "`page_size` of boards/list is above 250"),
        (("boards", "list", "--page-size", "many"), "--page-size is not a number"),
        (("boards", "create", "--body", "[]", "--name", "x"), "--body is no object"),
        (("boards", "create", "--body", "{"), "--body is not JSON"),
        (
            ("pins", "create", "--media-source", "{}"),
            "`body.media_source.source_type` of pins/create is missing",
        ),
        (("boards", "lits"), "there is no command `lits`"),
        (("boads",), "there is no command `boads`"),
        (("boards", "list", "--page-sze", "5"), "`--page-sze` is not understood"),
        (("pins", "create", "--media-source", "-", "--body", "-"), "would both read standard input"),
    ],
)
def test_what_does_not_fit_is_said_before_anything_is_sent(
    person: Person, words: tuple[str, ...], said: str
) -> None:
    person.keep()
    before = len(person.sandbox.requests())
    result = person.run("api", *words)
    assert result.code == 2
    assert said in result.err
    assert len(person.sandbox.requests()) == before


def test_what_does_not_fit_is_sent_if_that_is_asked_for(person: Person) -> None:
    person.keep()
    person.sandbox.respond({"json": {"items": []}})
    assert person.run("api", "boards", "list", "--page-size", "9999", "--unchecked").code == 0
    assert last(person)["query"] == "page_size=9999"


def test_the_help_says_where_to_look(person: Person) -> None:
    shown = person.run("api", "pins", "create", "--help").out
    assert "The token needs the scopes boards:read, boards:write, pins:read, pins:write." in shown
    assert "required unless flags give its properties" in " ".join(shown.split())
    assert "`pinterest api pins create --help` says what it takes" in person.run("api", "pins", "create").err


@pytest.mark.smoke
def test_what_a_body_holds_is_a_schema(person: Person) -> None:
    schema = person.run("api", "boards", "update", "--schema").json
    assert schema["required"] == ["board_id", "body"]
    assert "name" in schema["properties"]["body"]["properties"]
    assert "pages" not in person.run("api", "boards", "list", "--schema").json["properties"]


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_answer_of_success_with_failures_is_printed_and_a_failure(person: Person, form: str) -> None:
    person.keep()
    failed = {"code": 2301, "message": "no such campaign"}
    answer = {"items": [{"data": {"id": "1"}}, {"data": {}, "exceptions": [failed]}]}
    person.sandbox.respond({"json": answer})
    body = json.dumps([{"id": "1", "ad_account_id": "5"}, {"id": "2", "ad_account_id": "5"}])
    more = ["--json"] if form == "json" else []
    result = person.run("api", "campaigns", "update", "--ad-account-id", "5", "--body", body, *more)
    assert (result.code, result.json) == (4, answer)
    assert "items[1].exceptions[0]: no such campaign" in result.err
    if form == "json":
        assert json.loads(result.err)["error"]["kind"] == "Api"


def test_a_list_that_tells_of_failures_is_no_failure(person: Person) -> None:
    person.keep()
    listed = {"items": [{"id": "1", "exceptions": {"message": "the file was empty"}}]}
    person.sandbox.respond({"json": listed})
    result = person.run("api", "customer-lists", "list", "--ad-account-id", "5")
    assert (result.code, result.json) == (0, listed)
    assert "the file was empty" in result.err


@pytest.mark.parametrize("words", [("campaigns", "update"), ("customer-lists", "list")])
def test_what_is_said_of_items_that_failed_holds_no_token(person: Person, words: tuple[str, ...]) -> None:
    token = str(person.keep()["access_token"])
    coded = base64.b64encode(f"Bearer {token}".encode()).decode()
    failures = [{"code": 2, "message": f"not {token}"}, {"code": 2, "message": f"nor {coded}"}]
    person.sandbox.respond({"json": {"items": [{"id": "1", "exceptions": failures}]}})
    body = ("--body", json.dumps([{"id": "1", "ad_account_id": "5"}])) if "update" in words else ()
    result = person.run("api", *words, "--ad-account-id", "5", *body)
    assert result.code == (4 if body else 0), result
    assert "not [redacted]" in result.err
    assert token not in result.err
    assert coded not in result.err


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("more", [(), ("--paginate",)])
def test_a_page_of_a_gateway_s_is_no_answer(person: Person, form: str, more: tuple[str, ...]) -> None:
    """As of a network that wants a login, or a proxy that is in the way: nothing was done."""
    person.keep()
    page = "<html>Log in to this network</html>"
    json_too = ("--json",) if form == "json" else ()
    person.sandbox.respond({"body": page})
    result = person.run("api", "boards", "list", *more, *json_too)
    assert (result.code, result.out) == (5, page)
    assert "is not JSON" in result.err
    assert "PINTEREST_API_URI" in result.err
    if form == "json":
        assert json.loads(result.err)["error"]["kind"] == "Protocol"
    person.sandbox.respond({"body": page}, {"status": 204})
    delete = ("api", "boards", "delete", "--board-id", "1", *json_too)
    assert [person.run(*delete).code for _ in range(2)] == [5, 0]
    # Any endpoint may answer with anything.
    person.sandbox.respond({"body": page})
    assert person.run("request", "/boards", *json_too).code == 0


def test_an_answer_is_printed_as_it_came(person: Person) -> None:
    person.keep()
    odd = {"id": 5, "privacy": "HOLOGRAPHIC", "added": None}
    person.sandbox.respond({"status": 201, "json": odd})
    result = person.run("api", "boards", "create", "--name", "x")
    assert (result.code, result.json) == (0, odd)


def test_a_secret_in_a_flag_is_refused(person: Person) -> None:
    kept = person.keep()
    result = person.run("api", "boards", "list", "--bookmark", str(kept["access_token"]))
    assert result.code == 2
    assert str(kept["access_token"]) not in result.err + result.out
