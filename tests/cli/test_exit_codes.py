"""The exit codes that the help promises, and what has no place of its own."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess

import pytest

from browser import decide, fetch
from program import Person, due, over


def prepare(person: Person, how: str) -> None:
    match how:
        case "fresh":
            person.keep()
        case "due":
            person.keep(expires_at=due())
        case "over":
            person.keep(expires_at=over(), refresh_token=None)
        case "refused":
            person.keep(expires_at=over(), refresh_token="pinr.eyJhbGciOiJSUzI1NiJ9.unknown.x")
        case "corrupt":
            person.keep()
            person.write("default", "{")
        case "unreachable":
            host = f"http://{person.sandbox.addresses['refused']}/v5"
            person.environment["PINTEREST_API_URI"] = host
            person.keep(expires_at=over())
        case "down":
            person.keep()
            person.sandbox.stand({"status": 500, "json": {"code": 1, "message": "down"}})
        case "slow down":
            person.keep()
            person.sandbox.stand(
                {"status": 429, "json": {"code": 8, "message": "slow"}, "headers": {"Retry-After": "3600"}}
            )


@pytest.mark.smoke
@pytest.mark.parametrize(
    ("code", "how", "command"),
    [
        (0, "none", "--help"),
        (0, "none", "--version"),
        (0, "none", "help token"),
        (0, "none", "logout"),
        (0, "fresh", "token"),
        (0, "fresh", "status"),
        (0, "due", "token"),
        (0, "fresh", "request /user_account"),
        (0, "none", "doctor --offline"),
        (0, "none", "completions bash"),
        (0, "corrupt", "logout"),
        (1, "corrupt", "doctor --offline"),
        (1, "over", "doctor --offline"),
        (1, "unreachable", "doctor"),
        (2, "none", ""),
        (2, "none", "nonsense"),
        (2, "none", "token --nonsense"),
        (2, "none", "token extra"),
        (2, "fresh", "token --app-id 7"),
        (2, "none", "login --redirect-uri nonsense"),
        (2, "none", "login --wait -1"),
        (2, "fresh", "request GET"),
        (3, "over", "status"),
        (3, "fresh", "status --profile other"),
        (2, "none", "completions nonsense"),
        (2, "none", "token --env nonsense"),
        (2, "none", "login --scopes ,"),
        (2, "none", "token --profile a/b"),
        (2, "fresh", "request"),
        (2, "none", "login --app-secret x"),
        (3, "none", "status"),
        (3, "none", "token"),
        (3, "none", "request /user_account"),
        (3, "over", "token"),
        (3, "over", "refresh"),
        (3, "refused", "token"),
        (3, "refused", "conversion-token"),
        (4, "fresh", "revoke"),
        (4, "fresh", "request /missing"),
        (5, "slow down", "request /user_account"),
        (5, "unreachable", "token"),
        (5, "unreachable", "refresh"),
        (5, "down", "refresh"),
        (5, "down", "revoke"),
        (5, "down", "conversion-token"),
        (5, "none", "login --wait 1"),
        (6, "corrupt", "token"),
        (6, "corrupt", "status"),
        (6, "corrupt", "refresh"),
        (6, "corrupt", "revoke"),
    ],
)
def test_exit_codes(person: Person, code: int, how: str, command: str) -> None:
    prepare(person, how)
    result = person.run(*command.split())
    assert result.code == code, result
    if code > 1:
        assert result.out == "" or command in ("status", ""), result
        assert result.err.startswith(("error: ", "Opening Pinterest", "Pinterest's OAuth"))
    if how != "down" and code in (2, 3, 6):
        assert person.sandbox.requests("/oauth/token") == [] or how == "refused"


@pytest.mark.parametrize(
    ("code", "how", "command"),
    [
        (2, "fresh", "token --app-id 7"),
        (3, "none", "token"),
        (4, "fresh", "revoke"),
        (5, "unreachable", "token"),
        (6, "corrupt", "token"),
    ],
)
def test_failures_as_json_carry_the_code(person: Person, code: int, how: str, command: str) -> None:
    prepare(person, how)
    result = person.run(*command.split(), "--json")
    assert (result.code, result.out) == (code, "")
    error = json.loads(result.err)
    assert error["exit_code"] == code
    assert error["error"]["message"]
    assert "kind" in error["error"]


def test_a_value_that_is_missing_has_no_list_of_none(person: Person) -> None:
    result = person.run("token", "--profile")
    assert "`--profile <PROFILE>` has no value" in result.err
    assert "it is one of" not in result.err


@pytest.mark.parametrize("command", ["nonsense -- --json", "sandbox --nonsense true --json"])
def test_an_option_of_another_program_asks_us_for_nothing(person: Person, command: str) -> None:
    result = person.run(*command.split())
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("error: ")


@pytest.mark.parametrize(
    "command",
    [
        "--env sandbox --json api boards",
        "api boards --env sandbox --json",
        "--profile sandbox api boards --json",
        "api boards create --name sandbox --dry-run --json",
    ],
)
def test_a_value_that_is_called_as_another_program_takes_no_option_away(person: Person, command: str) -> None:
    result = person.run(*command.split())
    assert result.code == 0, result
    assert isinstance(result.json, list | dict)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("--json", "there is no command"),
        ("--json nonsense", "no command `nonsense`"),
        ("--json logn", "no command `logn`"),
        ("token --json --nonsense", "`--nonsense` is not understood"),
        ("token --json extra", "an argument too many"),
        ("token extra --json", "an argument too many"),
        ("login --wait 1s --json", "--wait"),
        ("login --json --wait x", "--wait"),
        ("completions nonsense --json", "SHELL"),
        ("completions --json", "SHELL"),
        ("token --json --env nonsense", "--env"),
        ("token --json --env", "`--env <ENVIRONMENT>` has no value"),
        ("token --profile a/b --json", "--profile"),
        ("request --json", "PATH"),
        ("--json login --app-secret x", "a secret is not taken"),
        ("--json token pina_0123456789abcdef", "a secret is not taken"),
    ],
)
def test_what_is_not_understood_is_json_too(person: Person, command: str, said: str) -> None:
    result = person.run(*command.split())
    assert (result.code, result.out) == (2, "")
    error = json.loads(result.err)
    assert (error["exit_code"], error["error"]["kind"]) == (2, "InvalidInput")
    assert said in error["error"]["message"]
    assert error["error"]["hint"]


@pytest.mark.parametrize(
    ("command", "near"),
    [("logn", "login"), ("token --profle x", "--profile"), ("token --env nonsense", "sandbox")],
)
def test_a_mistyped_word_is_put_right(person: Person, command: str, near: str) -> None:
    result = person.run(*command.split())
    assert result.code == 2
    assert near in result.err.splitlines()[1]


def test_every_command_is_in_the_help_and_has_one_of_its_own(person: Person) -> None:
    text = person.run("--help").out
    commands = [
        "login",
        "token",
        "refresh",
        "status",
        "revoke",
        "conversion-token",
        "request",
        "api",
        "mcp",
        "logout",
        "profiles",
        "doctor",
        "sandbox",
        "completions",
    ]
    for command in commands:
        assert f"\n  {command} " in text
        result = person.run(command, "--help")
        assert (result.code, result.err) == (0, ""), command
        assert "Usage: pinterest" in result.out
    assert "Exit codes:" in text
    assert os.listdir(person.home) == []


def test_help_shows_nothing_of_the_environment(person: Person) -> None:
    env = {name: "canary" for name in person.environment if name.startswith("PINTEREST_")}
    for command in ((), ("login",), ("doctor",)):
        result = person.run(*command, "--help", env={**env, "PINTEREST_PROFILE": "canary"})
        assert result.code == 0
        assert "canary" not in result.out + result.err


@pytest.mark.parametrize(
    ("shell", "check"),
    [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute"), ("elvish", ""), ("powershell", "")],
)
def test_completions_are_scripts(person: Person, shell: str, check: str) -> None:
    result = person.run("completions", shell)
    assert result.code == 0
    assert "PINTEREST_COMPLETE" in result.out
    # It is read whenever a shell starts.
    assert len(result.out) < 4000
    # Where the shell is not installed, its script was made at least.
    if check and (program := shutil.which(shell)):
        script = person.folder / "script"
        script.write_text(result.out)
        subprocess.run([program, check, str(script)], check=True, timeout=10)


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("conv", ["conversion-token"]),
        ("token --app-s", ["--app-secret-file"]),
        ("token --acc", []),
        ("token --profile", ["--profile"]),
        ("token --profile ''", []),
        ("token --app-secret-file scr", ["script-of-mine"]),
        ("api boa", ["board-sections", "boards", "boards-user-follows"]),
        ("api boards list-", ["list-pins"]),
        ("api boards list --pag", ["--page-size", "--paginate"]),
        ("api boards list --page-size ''", []),
        ("--json api boards create --privacy S", ["SECRET"]),
        ("api boards create --is-ads-only t", ["true"]),
        ("mcp --wr", ["--write"]),
    ],
)
def test_bash_completes_what_is_taken(person: Person, words: str, completed: list[str]) -> None:
    (person.folder / "script-of-mine").touch()
    script = person.run("completions", "bash").out
    given = words.split(" ")
    before = given[-2] if len(given) > 1 else "pinterest"
    program = f'pinterest() {{ {shlex.join(person.launcher)} "$@"; }}'
    asked = f"COMP_WORDS=(pinterest {words}); COMP_CWORD={len(given)}; COMP_TYPE=9"
    complete = f"_clap_complete_pinterest pinterest {given[-1]} {before}"
    lines = f'{asked}; {complete}; printf "%s\\n" "${{COMPREPLY[@]}}"'
    done = subprocess.run(
        ["bash", "-c", f"{program}\n{script}\n{lines}"],
        env=person.environment,
        cwd=person.folder,
        capture_output=True,
        text=True,
        timeout=10,
        check=True,
    )
    assert sorted(done.stdout.split()) == completed
    assert person.sandbox.requests() == []


@pytest.mark.smoke
def test_a_sandbox_of_ones_own(person: Person) -> None:
    sandbox = person.start(
        "sandbox", "--port", "0", "--json", "--code", "pina_like_a_token_but_a_code", "--until-stdin-closes"
    )
    address = json.loads(sandbox.says("}\n"))["http"]
    assert fetch(f"{address}/_sandbox/addresses").status == 200
    assert sandbox.end().code == 0


def test_ctrl_c_ends_the_sandbox(person: Person) -> None:
    sandbox = person.start("sandbox")
    sandbox.says("http://127.0.0.1:")
    sandbox.process.send_signal(signal.SIGINT)
    assert sandbox.process.wait(2) in (0, 130)


def test_a_wrong_option_of_the_sandbox(person: Person) -> None:
    result = person.run("sandbox", "--nonsense")
    assert (result.code, result.out) == (2, "")


def test_environments_are_pinterests_own(person: Person) -> None:
    """Nobody comes, so nothing is sent; the URL tells where it would have been."""
    result = person.run("login", "--env", "sandbox", "--wait", "1", env={"PINTEREST_OAUTH_URI": None})
    assert "https://www.pinterest.com/oauth/?client_id=" in result.err
    person.keep("s", host="https://api-sandbox.pinterest.com/v5")
    assert "Pinterest's API Sandbox" in person.run("status").out
    assert person.run("token", "--profile", "s", "--env", "sandbox").code == 0
    assert person.run("token", "--profile", "s", "--env", "production").code == 2


def test_profiles_by_variable(person: Person) -> None:
    kept = person.keep("work")
    assert person.run("token", env={"PINTEREST_PROFILE": "work"}).out.strip() == kept["access_token"]
    assert person.run("token", "--profile", "other", env={"PINTEREST_PROFILE": "work"}).code == 3
    assert person.run("token", env={"PINTEREST_PROFILE": "../x"}).code == 2


def test_a_sigterm_ends_a_login_and_frees_the_port(person: Person) -> None:
    login = person.start("login")
    decide(person.browser.url())
    login.process.terminate()
    assert login.end(2).code in (143, -signal.SIGTERM)
