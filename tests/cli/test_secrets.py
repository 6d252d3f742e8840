"""Secrets: where they come from, and where they never show."""

from __future__ import annotations

import pytest

from browser import visit
from program import Person, due

CANARY = "canary5f0c2e"
NO_SECRET: dict[str, str | None] = {"PINTEREST_APP_SECRET": None}


@pytest.mark.parametrize(
    "command", ["login", "token", "refresh", "status", "revoke", "doctor", "logout", "request"]
)
@pytest.mark.parametrize(
    "arguments",
    [
        ("--app-secret", CANARY),
        (f"--app-secret={CANARY}",),
        ("--access-token", CANARY),
        (f"--access-token={CANARY}",),
        ("--refresh-token", CANARY),
        (f"--refresh-token={CANARY}",),
        ("--token", CANARY),
        (f"--token={CANARY}",),
        ("--secret", CANARY),
        (f"--client-secret={CANARY}",),
        ("--password", CANARY),
        (f"pina_{CANARY}",),
        (CANARY, CANARY),
        (f"--profile=pinr_{CANARY}/",),
        (f"--app-secre={CANARY}",),
    ],
)
def test_no_secret_is_taken_as_an_argument_or_repeated(
    person: Person, command: str, arguments: tuple[str, ...]
) -> None:
    if command == "request":
        arguments = ("GET", "/user_account", *arguments)
    result = person.run(command, *arguments)
    assert result.code == 2, result
    assert CANARY not in result.out + result.err
    assert person.sandbox.requests() == []


def test_a_refused_secret_names_the_ways_that_are_safe(person: Person) -> None:
    result = person.run("login", "--app-secret", CANARY)
    assert "PINTEREST_APP_SECRET" in result.err
    assert "--app-secret-file" in result.err


@pytest.mark.parametrize("option", ["--profile", "--app-id", "--scopes", "--redirect-uri"])
def test_a_token_in_another_option_is_not_repeated(person: Person, option: str) -> None:
    result = person.run("login", option, f"http://localhost/pina_{CANARY}", "--wait", "0")
    assert result.code == 2
    assert "not taken as an argument" in result.err
    assert CANARY not in result.out + result.err


@pytest.mark.parametrize(
    "arguments",
    [("POST", "/pins", "--data", f'{{"token": "pinr_{CANARY}"}}'), (f"/pins?token=pinc_{CANARY}",)],
)
def test_a_token_in_a_request_is_not_taken_from_an_argument(
    person: Person, arguments: tuple[str, ...]
) -> None:
    person.keep()
    result = person.run("request", *arguments)
    assert result.code == 2
    assert "@FILE" in result.err
    assert person.sandbox.requests() == []


@pytest.mark.parametrize("command", ["token", "refresh", "status", "login", "doctor"])
def test_a_password_in_the_apis_address_is_not_shown(person: Person, command: str) -> None:
    person.keep()
    address = f"https://user:{CANARY}@api.pinterest.com/v5"
    wait = ("--wait", "0") if command == "login" else ()
    result = person.run(command, *wait, env={"PINTEREST_API_URI": address})
    assert CANARY not in result.out + result.err


def test_a_word_that_only_looks_like_a_token_is_taken(person: Person) -> None:
    person.keep("pina_colada")
    assert (
        person.run(
            "request", "/user_account", "--profile", "pina_colada", "-q", "query=spina_bifida-awareness"
        ).code
        == 0
    )


def test_a_token_as_the_app_id_is_not_sent(person: Person) -> None:
    result = person.run("login", "--wait", "0", env={"PINTEREST_APP_ID": f"pina_{CANARY}"})
    assert result.code == 2
    assert "the app id is a token" in result.err
    assert CANARY not in result.err


@pytest.mark.smoke
@pytest.mark.parametrize("way", ["variable", "file", "standard input"])
def test_where_the_app_secret_comes_from(person: Person, way: str) -> None:
    kept = person.keep()
    (person.folder / "secret").write_text(f"\n  {person.secret}\r\n")
    if way == "variable":
        result = person.run("refresh", env={"PINTEREST_APP_SECRET": f" {person.secret}\n"})
    elif way == "file":
        result = person.run("refresh", "--app-secret-file", "secret", env=NO_SECRET)
    else:
        arguments = ("--app-secret-file", "-")
        result = person.run("refresh", *arguments, env=NO_SECRET, typed=f"{person.secret}\n")
    assert result.code == 0, result
    assert person.stored()["access_token"] != kept["access_token"]


def test_a_file_counts_more_than_the_variable(person: Person) -> None:
    person.keep()
    (person.folder / "secret").write_text(person.secret)
    arguments = ("refresh", "--app-secret-file", "secret")
    assert person.run(*arguments, env={"PINTEREST_APP_SECRET": "wrong"}).code == 0


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe", "folder", b"pina_" + CANARY.encode()])
def test_a_secret_file_without_a_secret(person: Person, content: object) -> None:
    person.keep()
    path = person.folder / "secret"
    if content == "folder":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    result = person.run("refresh", "--app-secret-file", str(path), env=NO_SECRET)
    assert result.code == 2
    assert CANARY not in result.err
    assert "hint:" in result.err
    assert person.sandbox.requests() == []


def test_an_endless_secret_file_has_an_end(person: Person) -> None:
    person.keep()
    assert person.run("refresh", "--app-secret-file", "/dev/zero", env=NO_SECRET).code in (2, 4)


def test_without_a_terminal_nobody_is_asked(person: Person) -> None:
    person.keep()
    for command in ("login", "refresh", "revoke"):
        result = person.run(command, env=NO_SECRET)
        assert result.code == 2
        assert "there is no app secret" in result.err
    result = person.run("login", env={"PINTEREST_APP_ID": None})
    assert result.code == 2
    assert "there is no app id" in result.err


def test_empty_variables_are_unset(person: Person) -> None:
    person.keep()
    empty = {name: "" for name in person.environment if name.startswith("PINTEREST_")} | {
        "PINTEREST_PROFILE": ""
    }
    assert person.run("token", env=empty).code == 0
    assert "http://localhost:8085/" in person.run("doctor", "--offline", env=empty).out


def test_no_secret_shows_anywhere_in_a_whole_life(person: Person) -> None:
    """Unique secrets everywhere; only what prints a token may show one, and only that one."""
    outputs = []
    login = person.start("login", "--keep-app-secret", "--scopes", "user_accounts:read,ads:write")
    page = visit(person.browser.url())
    outputs.append(str(login.end()) + page.text + str(page.headers))
    secrets = {person.secret, *tokens(person)}
    for arguments in (
        ("refresh",),
        ("refresh", "--json"),
        ("status",),
        ("status", "--json"),
        ("doctor",),
        ("doctor", "--json"),
        ("revoke",),
        ("revoke", "--json"),
        ("request", "/user_account"),
        ("request", "/missing", "--json"),
        ("conversion-token", "--profile", "absent"),
    ):
        person.sandbox.control("POST", "/clock", {"advance_seconds": 2})
        outputs.append(str(person.run(*arguments)))
        secrets |= tokens(person)
    person.sandbox.stand({"status": 400, "json": {"code": 1, "message": "Invalid."}})
    outputs += [
        str(person.run(*arguments)) for arguments in (("refresh",), ("refresh", "--json"), ("doctor",))
    ]
    person.sandbox.stand(None)
    (person.tokens / "torn.json").write_text(person.file().read_text()[:-40])
    (person.tokens / "torn.json").chmod(0o600)
    outputs += [
        str(person.run(*arguments))
        for arguments in (("token", "--profile", "torn"), ("status",), ("doctor",))
    ]
    outputs += [person.run(command).err for command in ("token", "conversion-token", "logout")]
    codes = [
        request["body"].partition("code=")[2].partition("&")[0]
        for request in person.sandbox.requests("/oauth/token")
    ]
    secrets |= {code for code in codes if code}
    assert len(secrets) >= 8
    for text in outputs:
        for secret in secrets:
            assert secret not in text


def tokens(person: Person) -> set[str]:
    stored = person.stored()
    return {stored["access_token"], stored["refresh_token"]}


def test_nothing_that_prints_a_token_prints_another(person: Person) -> None:
    kept = person.keep(expires_at=due(), app_secret=person.secret)
    result = person.run("token")
    assert result.out.strip() == person.stored()["access_token"]
    for secret in (
        kept["access_token"],
        kept["refresh_token"],
        person.stored()["refresh_token"],
        person.secret,
    ):
        assert secret not in result.out + result.err
