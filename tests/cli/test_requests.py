"""`pinterest request`, `revoke` and `conversion-token`."""

from __future__ import annotations

import json
import os
import resource
import signal
from signal import SIGHUP, SIGINT, SIGTERM, Signals

import pytest

from asked import asked, eventually
from beside import renewals
from program import Person, due, over


def last(person: Person) -> dict[str, object]:
    return person.sandbox.requests()[-1]


def bearer(person: Person) -> str:
    return next(
        str(value) for name, value in person.sandbox.requests()[-1]["headers"] if name == "authorization"
    )


@pytest.mark.smoke
@pytest.mark.parametrize("path", ["/user_account", "user_account", "/v5/user_account", "v5/user_account"])
def test_get_with_the_profiles_token(person: Person, path: str) -> None:
    kept = person.keep()
    result = person.run("request", path)
    assert (result.code, result.err) == (0, "")
    assert "username" in result.json
    assert (last(person)["method"], last(person)["path"]) == ("GET", "/v5/user_account")
    assert bearer(person) == f"Bearer {kept['access_token']}"


def test_a_query_is_encoded(person: Person) -> None:
    person.keep()
    result = person.run("request", "get", "/boards", "--query", "page_size=1", "-q", "bookmark=a b&c=d/é")
    assert last(person)["query"] in (
        "page_size=1&bookmark=a+b%26c%3Dd%2F%C3%A9",
        "page_size=1&bookmark=a%20b%26c%3Dd%2F%C3%A9",
    )
    assert result.code in (0, 4)


@pytest.mark.parametrize("way", ["argument", "file", "standard input", "no method"])
def test_post_sends_json(person: Person, way: str) -> None:
    person.keep()
    body = {"name": "Ideas ✓"}
    person.sandbox.respond({"status": 201, "json": {"id": "1"}})
    text, typed = json.dumps(body), ""
    if way == "file":
        (person.folder / "board.json").write_text(text)
        text = "@board.json"
    elif way == "standard input":
        text, typed = "-", text
    method = [] if way == "no method" else ["POST"]
    result = person.run("request", *method, "/boards", "--data", text, typed=typed)
    assert (result.code, result.json) == (0, {"id": "1"})
    assert last(person)["method"] == "POST"
    assert json.loads(str(last(person)["body"])) == body


@pytest.mark.parametrize("command", ["request", "api"])
def test_numbers_are_sent_with_all_their_digits(person: Person, command: str) -> None:
    person.keep()
    person.sandbox.respond({"status": 201, "json": {"id": "1"}})
    text = '{"name": "x", "of": [12345678901234567890123, 0.10]}'
    call = ("request", "/boards", "--data") if command == "request" else ("api", "boards", "create", "--body")
    assert person.run(*call, "-", typed=text).code == 0
    assert last(person)["body"] == text


@pytest.mark.parametrize(
    "arguments",
    [
        ("https://evil.example/v5/user_account",),
        ("GET", "http://127.0.0.1/"),
        ("HTTPS://evil.example/v5/user_account?a=b",),
        ("/boards", "--query", "page_size"),
        ("POST", "/boards", "--data", "{"),
        ("POST", "/boards", "--data", "@/nonexistent"),
        ("G T", "/boards"),
        ("GET", "/boards\r\nHost: evil.example"),
        (),
        ("GET", "/a", "/b"),
    ],
)
def test_what_cannot_be_sent_is_refused_before_anything_is(
    person: Person, arguments: tuple[str, ...]
) -> None:
    person.keep()
    result = person.run("request", *arguments)
    assert (result.code, result.out) == (2, ""), result
    assert person.sandbox.requests() == []


def test_data_that_is_not_text_is_not_json(person: Person) -> None:
    person.keep()
    (person.folder / "bytes").write_bytes(b'"\xff\xfe"')
    result = person.run("request", "POST", "/boards", "--data", "@bytes")
    assert result.code == 2
    assert "is not JSON" in result.err
    with (person.folder / "bytes").open() as bytes_:
        result = person.start("request", "POST", "/boards", "--data", "-", stdin=bytes_).end()
    assert result.code == 2
    assert "is not JSON" in result.err


def test_a_header_that_is_given_twice_is_not_passed_over(person: Person) -> None:
    person.keep()
    result = person.run("request", "/user_account", "-H", "X-Trace: a", "-H", "x-trace: b")
    assert (result.code, "`x-trace` is given twice" in result.err) == (2, True)
    assert person.sandbox.requests() == []


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        (("/pins?link=https://example.com/a?b=c",), "link=https://example.com/a?b=c"),
        (("pins?link=https://example.com",), "link=https://example.com"),
        (("/pins", "-q", "link=https://example.com/"), "link=https%3A%2F%2Fexample.com%2F"),
    ],
)
def test_an_address_in_the_query_is_a_value_as_others_are(
    person: Person, arguments: tuple[str, ...], query: str
) -> None:
    person.keep()
    person.sandbox.stand({"status": 200, "json": {}})
    result = person.run("request", *arguments)
    assert result.code == 0, result
    assert (last(person)["path"], last(person)["query"]) == ("/v5/pins", query)


@pytest.mark.parametrize(
    "path",
    ["//evil.example/x", "\\\\evil.example\\x", "@evil.example", ":80@evil.example", "/../../x", "?x=1"],
)
def test_the_token_goes_to_the_profiles_host_only(person: Person, path: str) -> None:
    person.keep()
    result = person.run("request", path)
    assert result.code in (2, 4), result
    assert "evil.example:" not in result.err
    assert result.code == 2 or len(person.sandbox.requests()) == 1


@pytest.mark.parametrize(("status", "code"), [(404, 4), (403, 4), (401, 4), (429, 5), (500, 5), (503, 5)])
def test_an_error_of_the_api_is_said(person: Person, status: int, code: int) -> None:
    person.keep()
    person.sandbox.stand({"status": status, "json": {"code": 77, "message": "Because of \u001b[31mthis"}})
    result = person.run("request", "DELETE", "/boards/1")
    assert (result.code, result.out) == (code, "")
    assert "code 77" in result.err
    assert "Because of" in result.err
    assert "\x1b" not in result.err


def test_an_error_as_json(person: Person) -> None:
    person.keep()
    person.sandbox.stand({"status": 404, "json": {"code": 50, "message": "No."}})
    result = person.run("request", "/boards/1", "--json")
    error = json.loads(result.err)
    assert error["exit_code"] == result.code == 4
    assert (error["error"]["status"], error["error"]["code"]) == (404, 50)


def test_a_due_token_is_renewed_before_it_is_used(person: Person) -> None:
    kept = person.keep(expires_at=due())
    assert person.run("request", "/user_account").code == 0
    assert bearer(person) == f"Bearer {person.stored()['access_token']}" != f"Bearer {kept['access_token']}"


def test_an_answer_is_indented_for_people_only(person: Person) -> None:
    person.keep()
    answer = '{"a":1,"b":[2]}'
    person.sandbox.stand({"status": 200, "body": answer})
    assert person.run("request", "/x").out == answer
    with person.terminal("request", "/x") as terminal:
        terminal.expect_exact('{\r\n  "a": 1,\r\n  "b": [\r\n    2\r\n  ]\r\n}')
        assert terminal.wait() == 0


def test_a_system_users_tokens_are_revoked_and_forgotten(person: Person) -> None:
    kept = person.keep(kind="system")
    result = person.run("revoke")
    assert result.code == 0, result
    assert not person.file().exists()
    revoked = "".join(request["body"] for request in person.sandbox.requests("/oauth/token/revoke"))
    assert kept["access_token"] in revoked
    assert person.run("status").code == 3


def test_a_persons_tokens_stay_when_pinterest_refuses(person: Person) -> None:
    kept = person.keep()
    result = person.run("revoke")
    assert result.code == 4
    assert "code 29" in result.err
    assert person.stored() == kept


@pytest.mark.parametrize("way", ["-", "file"])
def test_another_token_is_revoked(person: Person, way: str) -> None:
    kept = person.keep(kind="system")
    person.run("logout")
    token, typed = "-", f"{kept['access_token']}\n"
    if way == "file":
        (person.folder / "token").write_text(typed)
        token, typed = "token", ""
    result = person.run("revoke", "--token-file", token, "--json", typed=typed)
    assert (result.code, result.json) == (0, {"revoked": True})
    assert kept["access_token"] in person.sandbox.requests("/revoke")[0]["body"]
    assert kept["access_token"] not in result.err


def test_a_token_file_that_holds_nothing(person: Person) -> None:
    result = person.run("revoke", "--token-file", "-", typed=" \n")
    assert result.code == 2
    assert "holds no secret" in result.err


@pytest.mark.smoke
def test_a_conversion_token_is_printed_and_not_kept(person: Person) -> None:
    kept = person.keep()
    result = person.run("conversion-token")
    assert (result.code, result.err) == (0, "")
    assert result.out.strip() not in ("", kept["access_token"])
    assert person.stored() == kept
    assert person.run("conversion-token", "--json").json["token_type"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("conversion-token",),
        ("conversion-token", "--json"),
        ("request", "POST", "/oauth/conversion_token"),
        ("request", "POST", "/boards", "--data", '{"name": "b"}', "-i"),
        ("api", "boards", "create", "--name", "b"),
    ],
)
def test_what_nobody_can_ask_for_again_and_nobody_read_is_a_failure(
    person: Person, arguments: tuple[str, ...]
) -> None:
    person.keep(scope="user_accounts:read,boards:read,boards:write,ads:write")
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as closed:
        result = person.start(*arguments, stdout=closed).end()
    assert result.code == 5
    assert "Broken pipe" in result.err


@pytest.mark.parametrize("asking", [SIGINT, SIGTERM, SIGHUP])
@pytest.mark.parametrize(
    "arguments",
    [
        ("conversion-token",),
        ("request", "POST", "/oauth/conversion_token"),
        ("api", "oauth", "conversion-token"),
    ],
)
def test_a_token_for_conversions_is_printed_before_the_end(
    person: Person, arguments: tuple[str, ...], asking: Signals
) -> None:
    person.keep()
    token = {"access_token": "pinc_only_copy", "token_type": "bearer"}
    person.sandbox.respond({"status": 200, "json": token, "delay_ms": 800})
    running = person.start(*arguments)
    asked(person, "/oauth/conversion_token")
    running.process.send_signal(asking)
    assert "pinc_only_copy" in running.end().out


def test_a_conversion_token_without_the_scope(person: Person) -> None:
    person.keep(scope="boards:read")
    result = person.run("conversion-token")
    assert (result.code, result.out) == (4, "")


def test_a_token_that_is_refused_is_told_with_the_commands_that_get_another(person: Person) -> None:
    person.keep("work", access_token="pina_forgotten")
    result = person.run("request", "/user_account", "--profile", "work")
    assert result.code == 4
    assert "`pinterest refresh --profile work`" in result.err
    assert "`pinterest login --profile work`" in result.err


def test_a_missing_scope_is_told_with_the_command_that_asks_for_it(person: Person) -> None:
    person.keep("work", scope="boards:read")
    for command in ("conversion-token",), ("request", "/pins", "--data", "{}"):
        result = person.run(*command, "--profile", "work")
        assert result.code == 4
        assert "`pinterest login --profile work --scopes …`" in result.err
    token = person.stored("work")["access_token"]
    result = person.run("request", "/pins", "--data", "{}", env={"PINTEREST_ACCESS_TOKEN": token})
    assert result.code == 4
    assert "pinterest login" not in result.err
    assert "the token is that of PINTEREST_ACCESS_TOKEN" in result.err


def test_a_token_of_the_environment_that_is_refused_is_named(person: Person) -> None:
    """Another login changes nothing as long as the variable is set."""
    person.keep()
    for command in ("conversion-token",), ("request", "/user_account"), ("api", "user-account", "get"):
        result = person.run(*command, env={"PINTEREST_ACCESS_TOKEN": "pina_forgotten"})
        assert result.code == 4
        assert "the token is that of PINTEREST_ACCESS_TOKEN" in result.err
        assert "unset it" in result.err


def test_a_secret_that_is_refused_is_told_with_where_it_came_from(person: Person) -> None:
    env = {"PINTEREST_APP_SECRET": "wrong"}
    result = person.run("revoke", "--token-file", "-", typed="pina_any", env=env)
    assert result.code == 4
    assert "the secret came from PINTEREST_APP_SECRET" in result.err


def test_an_expired_login_is_said_before_the_question(person: Person) -> None:
    person.keep(expires_at=over(), refresh_token=None)
    for command in ("conversion-token",), ("request", "/user_account"):
        assert person.run(*command).code == 3
    assert person.sandbox.requests() == []


def test_a_token_that_cannot_be_kept_is_used_for_every_page(person: Person) -> None:
    person.sandbox.switch(rotation="invalidate_on_use")
    person.keep(expires_at=over())
    page = {"json": {"items": [], "bookmark": "b"}}
    person.sandbox.respond({"pass": True, "delay_ms": 700}, page, {"json": {"items": [], "bookmark": None}})
    running = person.start(
        "request", "/boards", "--paginate", preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    )
    asked(person)
    # From now on every write to a file fails.
    resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (0, 0))
    result = running.end()
    assert (result.code, len(result.out.splitlines())) == (0, 2)
    assert renewals(person) == 1
    assert "they could not be kept" in result.err


@pytest.mark.parametrize(
    ("command", "code"),
    [(("request", "/user_account"), 0), (("request", "/user_account"), 143), (("conversion-token",), 0)],
)
def test_a_token_that_could_not_be_kept_is_kept_before_the_end(
    person: Person, command: tuple[str, ...], code: int
) -> None:
    person.sandbox.switch(rotation="invalidate_on_use")
    kept = person.keep(expires_at=over())
    slow = {"pass": True, "delay_ms": 1500}
    person.sandbox.respond({**slow, "delay_ms": 700}, slow)
    running = person.start(*command, preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN))
    asked(person)
    pid, (_, most) = running.process.pid, resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, most))
    eventually(lambda: len(person.sandbox.requests()) > 1)
    assert person.stored() == kept
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))
    if code == 143:
        running.process.terminate()
    result = running.end()
    assert result.code == code
    assert "they could not be kept" in result.err
    result = person.run("token")
    assert (result.code, result.out.strip()) == (0, person.stored()["access_token"])
    assert renewals(person) == 1


def test_a_secret_from_a_stream_is_good_for_every_page(person: Person) -> None:
    person.keep(expires_at=over())
    minted = {"json": {"access_token": "pina_short", "expires_in": 1, "refresh_token": "pinr.short"}}
    page = {"json": {"items": [], "bookmark": "b"}, "delay_ms": 1500}
    person.sandbox.respond(minted, page, minted, {"json": {"items": [], "bookmark": None}})
    result = person.run(
        "request",
        "/boards",
        "--paginate",
        "--app-secret-file",
        "-",
        typed=person.secret,
        env={"PINTEREST_APP_SECRET": None},
    )
    assert (result.code, renewals(person)) == (0, 2), result
