"""Secrets: where they come from, and where they never show."""

from __future__ import annotations

import base64
import json
import urllib.parse

import pytest

from browser import visit
from program import APP_ID, Person, due

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
        (f"--env={CANARY}",),
        (f"--profile=a/{CANARY}",),
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


# How Pinterest's tokens look, and how they look to whoever copies them from a URL or a file.
TOKENS = [
    f"pina_{CANARY}",
    f"pinc_{CANARY}",
    f"pinr_{CANARY}",
    f"pinr.eyJhbGciOiJSUzI1NiJ9.{CANARY}.yyy",
    f"pinr%2EeyJhbGciOiJSUzI1NiJ9%2E{CANARY}%2Eyyy",
    f"pinr%252EeyJhbGciOiJSUzI1NiJ9.{CANARY}",
    f"eyJhbGciOiJSUzI1NiJ9.{CANARY}.yyy",
    f"'pinr.eyJhbGciOiJSUzI1NiJ9.{CANARY}.yyy'",
]


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("option", ["--profile", "--app-id", "--scopes", "--redirect-uri"])
def test_a_token_in_another_option_is_not_repeated(person: Person, option: str, token: str) -> None:
    for arguments in (option, token), (f"{option}={token}",), (option, f"http://localhost/{token}"):
        result = person.run("login", *arguments, "--wait", "1")
        assert result.code == 2
        assert "not taken as an argument" in result.err
        assert CANARY not in result.out + result.err


def encoded(text: str) -> list[str]:
    """As a header or a file has it, and as a URL has that."""
    standard = base64.b64encode(text.encode()).decode()
    return [
        standard,
        standard.rstrip("="),
        base64.urlsafe_b64encode(f"{text}\n".encode()).decode(),
        urllib.parse.quote(standard, safe=""),
        f"Authorization: Basic {standard}",
    ]


@pytest.mark.parametrize("secret", [TOKENS[0], TOKENS[3], TOKENS[6], f"{APP_ID}:{'0123456789abcdef' * 3}"])
def test_a_secret_in_base64_is_a_secret(person: Person, secret: str) -> None:
    person.keep()
    for text in (*encoded(secret), secret, urllib.parse.quote(secret, safe="")):
        for arguments in (
            ("request", "/pins", "--query", f"a={text}"),
            ("request", f"/pins/{text}"),
            ("request", "POST", "/pins", "--data", json.dumps({"a": text}).replace("/", "\\/")),
            ("login", "--redirect-uri", f"http://localhost/{text}", "--wait", "1"),
            ("status", "--profile", text),
            (text,),
        ):
            result = person.run(*arguments)
            assert (result.code, result.out) == (2, ""), arguments
            assert "not taken as an argument" in result.err
            assert text not in result.err
        result = person.run("status", env={"PINTEREST_REDIRECT_URI": f"http://localhost/{text}"})
        assert result.code == 2
        assert "PINTEREST_REDIRECT_URI holds a token or secret" in result.err
        assert text not in result.err
    assert person.sandbox.requests() == []


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_is_no_command_and_no_variable(person: Person, token: str) -> None:
    for arguments in (token,), ("token", token), ("completions", token), ("--json", "help", token):
        result = person.run(*arguments)
        assert (result.code, result.out) == (2, "")
        assert CANARY not in result.err
    for name in ("PINTEREST_PROFILE", "PINTEREST_REDIRECT_URI", "PINTEREST_API_URI", "PINTEREST_OAUTH_URI"):
        for command in (("status",), ("doctor", "--offline"), ("login", "--wait", "1")):
            result = person.run(*command, env={name: f"http://localhost/{token}"})
            assert (result.code, result.out) == (2, "")
            assert f"{name} holds a token" in result.err
            assert CANARY not in result.err


@pytest.mark.parametrize("secret", ["0123abcd4567", "Secret", f"a-{CANARY}"])
def test_a_secret_in_the_place_of_a_command_or_value_is_not_repeated(person: Person, secret: str) -> None:
    for arguments in (
        (secret,),
        ("help", secret),
        ("completions", secret),
        ("login", "--wait", secret),
        ("status", "--env", secret),
        ("status", f"--json={secret}"),
        ("status", secret),
    ):
        for form in ((), ("--json",)):
            result = person.run(*form, *arguments)
            assert (result.code, result.out) == (2, ""), arguments
            assert secret not in result.err, arguments


@pytest.mark.parametrize("token", TOKENS[:4])
@pytest.mark.parametrize("way", ["variable", "file", "kept"])
def test_a_token_is_no_app_secret(person: Person, token: str, way: str) -> None:
    kept = person.keep(app_secret=token if way == "kept" else None, expires_at=due())
    (person.folder / "secret").write_text(token)
    arguments = ("--app-secret-file", "secret") if way == "file" else ()
    env = {"PINTEREST_APP_SECRET": token if way == "variable" else None}
    result = person.run("refresh", *arguments, env=env)
    assert (result.code, result.out) == (2, "")
    assert "the app secret is a token" in result.err
    # Nor where the renewal can wait.
    result = person.run("token", *arguments, env=env)
    assert (result.code, result.out.strip()) == (0, kept["access_token"])
    assert "the app secret is a token" in result.err
    assert person.sandbox.requests() == []
    result = person.run("doctor", "--offline", *arguments, env=env)
    assert result.code == 1
    assert "it is a token" in result.out
    assert CANARY not in result.out + result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("POST", "/pins", "--data", f'{{"token": "pinr_{CANARY}"}}'),
        ("POST", "/pins", "--data", f'{{"token": "pinr\\u002eeyJhbGciOiJSUzI1NiJ9.{CANARY}"}}'),
        ("POST", "/pins", "--data", f'{{"token": "{TOKENS[3]}"}}'),
        ("/pins", "--query", f"token={TOKENS[3]}"),
        ("/pins", "-q", f"token={TOKENS[4]}"),
        (f"/pins?token=pinc_{CANARY}",),
    ],
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
    wait = ("--wait", "1") if command == "login" else ()
    result = person.run(command, *wait, env={"PINTEREST_API_URI": address})
    assert CANARY not in result.out + result.err


def test_a_word_that_only_looks_like_a_token_is_taken(person: Person) -> None:
    person.keep("pina_colada")
    assert (
        person.run(
            *("request", "/user_account", "--profile", "pina_colada"),
            *("-q", "query=spina_bifida-awareness", "-q", "a=pinrose", "-q", "b=pina_colada_recipes_2024"),
            *(
                "-q",
                "bookmark=eyJpZCI6MSwicGFnZSI6Mn0",
                "-q",
                "link=https://pinterest.example/pincushion_flowers",
                "-q",
                f"cursor={base64.b64encode(b'12345|pina_colada:0123456789abcdef|NEW').decode()}",
            ),
        ).code
        == 0
    )


@pytest.mark.parametrize("token", TOKENS[:4])
def test_a_token_as_the_app_id_is_not_sent(person: Person, token: str) -> None:
    result = person.run("login", "--wait", "1", env={"PINTEREST_APP_ID": token})
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


@pytest.mark.parametrize(
    "secret", [f"pina_{CANARY}{CANARY}", f"pinr.{CANARY}", "0123456789abcdef01234567" * 2]
)
@pytest.mark.parametrize(
    "command", ["token", "refresh", "revoke", "logout", "login --with-token", "doctor --offline"]
)
def test_a_secret_in_the_app_id_s_place_is_not_shown(person: Person, secret: str, command: str) -> None:
    person.keep()
    result = person.run(*command.split(), typed="pina_x", env={"PINTEREST_APP_ID": secret})
    assert result.code != 0
    assert "the app id" in result.err or "app id" in result.out
    assert secret not in result.out + result.err
    assert person.file().exists()
    assert person.sandbox.requests() == []


@pytest.mark.parametrize("secret", ["0123456789abcdef01234567" * 2])
@pytest.mark.parametrize("command", ["login --client-credentials", "doctor --offline", "revoke"])
def test_a_secret_in_the_place_of_its_file_s_name_is_not_shown(
    person: Person, secret: str, command: str
) -> None:
    person.keep()
    name, *rest = command.split()
    option = "--token-file" if name == "revoke" else "--app-secret-file"
    result = person.run(name, option, secret, *rest)
    assert result.code == 2
    assert secret not in result.out + result.err
    assert "name a file" in result.err


def test_a_secret_behind_the_id_is_not_repeated(person: Person) -> None:
    person.keep()
    pair = f"{APP_ID}:{person.secret}"
    for text in (pair, base64.b64encode(pair.encode()).decode()):
        for command in (("token",), ("doctor", "--offline"), ("login", "--wait", "1")):
            result = person.run(*command, env={"PINTEREST_APP_ID": text})
            assert result.code != 0
            assert "looks like the app secret" in result.out + result.err
            assert text not in result.out + result.err
