"""What a person at a terminal sees, and what a pipe does not."""

from __future__ import annotations

import base64
import json
import os
import re
import shlex
import subprocess
import termios
import time

import pexpect  # type: ignore[import-untyped]
import pytest

from browser import decide, visit
from program import LAUNCHER, Person, due, over

NO_SECRET: dict[str, str | None] = {"PINTEREST_APP_SECRET": None}
COLOUR = re.compile(r"\x1b\[\d*(;\d+)*m")
SPINNER = re.compile("[\u2800-\u28ff] asking Pinterest")


def ended(terminal: pexpect.spawn) -> str:
    """All that was said until the end."""
    terminal.expect(pexpect.EOF)
    terminal.wait()
    return str(terminal.before)


def hides(terminal: pexpect.spawn) -> bool:
    """Waits until the terminal shows no more what is typed; that is a moment after the prompt."""
    until = time.monotonic() + 5
    while echoes(terminal) and time.monotonic() < until:
        time.sleep(0.005)
    return not echoes(terminal)


def echoes(terminal: pexpect.spawn) -> bool:
    return bool(termios.tcgetattr(terminal.child_fd)[3] & termios.ECHO)


def test_the_secret_that_is_typed_is_not_shown(person: Person) -> None:
    with person.terminal("login", "--no-browser", columns=400, env=NO_SECRET) as terminal:
        terminal.expect(r"App secret \(not shown\): ")
        assert hides(terminal)
        terminal.sendline(person.secret)
        terminal.expect(r"(http://\S+).*Paste it here")
        assert echoes(terminal)
        terminal.sendline(decide(terminal.match[1]))
        said = terminal.before + ended(terminal)
        assert terminal.exitstatus == 0
    assert person.secret not in said


@pytest.mark.parametrize(
    "command",
    [
        "login --with-token",
        "revoke --token-file -",
        "revoke --token-file /dev/tty",
        "revoke --token-file /proc/self/fd/2",
        "login --wait 1 --app-secret-file -",
        "login --wait 1 --app-secret-file /dev/tty",
    ],
)
def test_a_secret_that_is_typed_in_a_file_s_place_is_not_shown(person: Person, command: str) -> None:
    secret = person.secret if "secret" in command else str(person.keep(kind="system")["access_token"])
    env = NO_SECRET if "secret" in command else {}
    with person.terminal(*command.split(), columns=400, env=env) as terminal:
        terminal.expect(r"\(not shown\): ")
        assert hides(terminal)
        terminal.sendline(secret)
        said = ended(terminal)
        assert terminal.exitstatus == (5 if "secret" in command else 0), said
    assert secret not in said


def test_the_app_id_is_asked_for_too(person: Person) -> None:
    with person.terminal("login", env={**NO_SECRET, "PINTEREST_APP_ID": None}) as terminal:
        terminal.expect("App id: ")
        terminal.sendline(f" \u200b{person.environment['PINTEREST_APP_ID']}\ufeff ")
        terminal.expect("App secret")
        assert hides(terminal)
        terminal.sendline(f" {person.secret}\u200b")
        visit(person.browser.url())
        ended(terminal)
        assert terminal.exitstatus == 0


@pytest.mark.parametrize(
    ("prompt", "missing"), [("App id", "PINTEREST_APP_ID"), ("App secret", "PINTEREST_APP_SECRET")]
)
@pytest.mark.parametrize("command", ["login", "refresh"])
def test_ctrl_c_at_a_prompt(person: Person, prompt: str, missing: str, command: str) -> None:
    kept = person.keep()
    if command == "refresh" and prompt == "App id":
        command = "login"
    with person.terminal(command, env={missing: None}) as terminal:
        terminal.expect(prompt)
        if prompt == "App secret":
            assert hides(terminal)
        terminal.send("\x03")
        said = ended(terminal)
        assert (terminal.exitstatus, terminal.signalstatus) == (130, None)
        assert "interrupted" in said
        assert echoes(terminal)
    assert person.stored() == kept


@pytest.mark.parametrize("typed", ["\x04", "\r", "  \r"])
def test_no_answer_at_the_prompt(person: Person, typed: str) -> None:
    with person.terminal("login", env=NO_SECRET) as terminal:
        terminal.expect("not shown.: ")
        assert hides(terminal)
        terminal.send(typed)
        said = ended(terminal)
        assert terminal.exitstatus == 2
        assert said.startswith("\r\n")
        assert "there is no app secret" in said
        assert echoes(terminal)


@pytest.mark.parametrize("command", ["token", "refresh"])
def test_the_spinner_leaves_the_prompt_alone(person: Person, command: str) -> None:
    person.keep(expires_at=over())
    with person.terminal(command, env=NO_SECRET) as terminal:
        terminal.expect("not shown.: ")
        time.sleep(0.35)
        assert hides(terminal)
        terminal.send(person.secret)
        time.sleep(0.1)
        terminal.send("\r")
        said = ended(terminal)
        assert terminal.exitstatus == 0
    before_enter = said.partition("\r\n")[0]
    assert before_enter == ""


def test_a_spinner_and_colour_on_a_terminal(person: Person) -> None:
    person.keep()
    person.sandbox.respond({"pass": True, "delay_ms": 300})
    with person.terminal("refresh") as terminal:
        said = ended(terminal)
    assert SPINNER.search(said)
    assert COLOUR.search(said)
    # Nothing of it stays.
    assert not SPINNER.search(said.rpartition("\x1b[2K")[2])


def test_the_waiting_login_spins_and_leaves_no_trace(person: Person) -> None:
    with person.terminal("login") as terminal:
        terminal.expect("waiting for your answer")
        visit(person.browser.url())
        said = ended(terminal)
    rest = said.rpartition("\x1b[2K")[2]
    assert "Hello" in COLOUR.sub("", rest)
    assert "waiting for" not in rest


@pytest.mark.parametrize("command", ["status", "refresh", "doctor"])
def test_no_colour_when_asked(person: Person, command: str) -> None:
    person.keep()
    with person.terminal(command, env={"NO_COLOR": "1"}) as terminal:
        said = ended(terminal)
        assert terminal.exitstatus == 0
    assert not COLOUR.search(said)


@pytest.mark.smoke
@pytest.mark.parametrize("command", ["status", "refresh", "doctor", "token", "revoke", "logout"])
def test_neither_colour_nor_movement_in_a_pipe(person: Person, command: str) -> None:
    person.keep(expires_at=due())
    result = person.run(command, env={"CLICOLOR": "1", "COLORTERM": "truecolor"})
    assert "\x1b" not in result.out + result.err
    assert "\r" not in result.out + result.err
    assert not SPINNER.search(result.err)


@pytest.mark.parametrize("command", ["status", "doctor", "refresh", "--help", "login --help"])
def test_a_narrow_terminal_is_readable(person: Person, command: str) -> None:
    person.keep()
    with person.terminal(*command.split(), columns=40, env={"NO_COLOR": "1"}) as terminal:
        said = ended(terminal)
        assert terminal.exitstatus == 0
    for line in said.splitlines():
        for frame in line.split("\r"):
            if SPINNER.search(frame):
                assert len(frame.removeprefix("\x1b[2K")) <= 40
            elif "█" in frame:
                # A bar is never broken, and a label stands before it.
                assert frame.index("█") + frame.count("█") + frame.count("░") <= 40


def test_a_narrow_spinner_is_cut_and_not_wrapped(person: Person) -> None:
    with person.terminal("login", columns=40) as terminal:
        terminal.expect("stops")
        time.sleep(0.35)
        terminal.sendintr()
        said = ended(terminal)
        assert terminal.exitstatus == 130
    frames = [
        frame.removesuffix("^C").strip()
        for frame in re.split("[\u2800-\u28ff]|\r", said)
        if "waiting" in frame
    ]
    assert frames
    assert max(map(len, frames)) <= 38
    assert "\x1b[1A" not in said


@pytest.mark.parametrize(
    "command",
    [
        "status",
        "token",
        "--help",
        "completions bash",
        "sandbox --help",
        "doctor --offline",
        "status --json",
        "request /user_account",
        "api user-account get",
        "--version",
    ],
)
def test_a_reader_that_has_seen_enough(person: Person, command: str) -> None:
    person.keep()
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as closed:
        result = person.start(*command.split(), stdout=closed).end()
    assert result.code == 0, result
    assert result.err == ""


def test_a_full_output_is_a_failure(person: Person) -> None:
    person.keep()
    with open("/dev/full", "w") as full:
        for command in (
            ("token",),
            ("status",),
            ("request", "/user_account"),
            ("completions", "bash"),
            ("--help",),
        ):
            result = person.start(*command, stdout=full).end()
            assert result.code == 5, command
            assert "panicked" not in result.err


def test_closed_standard_streams_end_in_no_panic(person: Person) -> None:
    person.keep()
    shell = shlex.join(LAUNCHER)
    for redirection in (">&-", "2>&-", "<&-", ">&- 2>&- <&-"):
        for command in ("token", "refresh"):
            done = subprocess.run(
                ["/bin/sh", "-c", f"{shell} {command} {redirection}"],
                env=person.environment,
                timeout=20,
                capture_output=True,
                encoding="utf-8",
                check=False,
                stdin=subprocess.DEVNULL,
            )
            assert done.returncode in (0, 5), (redirection, done)
            assert "panicked" not in done.stderr


# Colours, a title, C1's colours and title, a line drawn over, and letters that change sides.
HOSTILE = "a\x1b[31mb\x1b]0;t\x07c\x9b31md\x9d0;t\x9ce\rf\x08g\x7f\u202eh\u2066i\u200bj\u2028k\ufdd5l"
HARMFUL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u200b\u2028\u202e\u2066]|\r(?!\n)")
OURS = re.compile(r"\x1b\[(0|1|2|31|32|33)m|\x1b\[2K|\x1b\[\?25[hl]|\x1b\[\d*[AG]|\r?\x1b\[2K")


def harmless(said: str) -> bool:
    """Whether nothing in it steers a terminal but what the program itself draws."""
    rest = OURS.sub("", said)
    return "\x1b" not in rest and not HARMFUL.search(rest)


@pytest.mark.parametrize("json_", [(), ("--json",)])
@pytest.mark.parametrize("kind", ["JSON", "text", "bytes"])
def test_an_answer_steers_no_terminal(person: Person, kind: str, json_: tuple[str, ...]) -> None:
    person.keep()
    body = json.dumps({"name": HOSTILE}, ensure_ascii=False) if kind == "JSON" else f"{HOSTILE}\r\nnext"
    if kind == "bytes":
        person.sandbox.stand(
            {"status": 200, "body_base64": base64.b64encode(b"\x9b31m\xff\x1b[31mx").decode()}
        )
    else:
        person.sandbox.stand({"status": 200, "body": body})
    with person.terminal("request", "/x", *json_, env={"NO_COLOR": "1"}) as terminal:
        said = ended(terminal)
        assert terminal.exitstatus == 0
    assert harmless(said), said
    assert "\\u001b[31m" in said
    if kind == "JSON":
        assert "\\u009b31m" in said
        assert json.loads(OURS.sub("", said.rpartition("\x1b[2K")[2])) == {"name": HOSTILE}
    if kind == "text":
        assert "\nnext" in said


@pytest.mark.parametrize("call", ["request /boards", "api boards list"])
@pytest.mark.parametrize("json_", [(), ("--json",)])
def test_nor_does_one_of_many_pages(person: Person, call: str, json_: tuple[str, ...]) -> None:
    person.keep()
    hostile = HOSTILE.replace("\x1b", "")
    page = {"items": [hostile], "bookmark": "b"}
    pages = (json.dumps(one, ensure_ascii=False) for one in (page, {**page, "bookmark": None}))
    person.sandbox.respond(*({"status": 200, "body": body} for body in pages))
    with person.terminal(*call.split(), "--paginate", *json_, env={"NO_COLOR": "1"}) as terminal:
        said = ended(terminal)
        assert terminal.exitstatus == 0
    assert harmless(said), said
    assert said.count("\\u009b31m") == 2


def test_an_answer_stays_as_it_came_in_a_pipe(person: Person) -> None:
    person.keep()
    for body in (HOSTILE, json.dumps({"name": HOSTILE}, ensure_ascii=False), "no line break"):
        person.sandbox.stand({"status": 200, "body": body})
        done = subprocess.run(
            [*LAUNCHER, "request", "/x"], env=person.environment, capture_output=True, timeout=20, check=True
        )
        assert done.stdout == body.encode()


@pytest.mark.parametrize("command", ["status", "status --json", "refresh", "doctor --offline"])
def test_what_is_stored_steers_no_terminal(person: Person, command: str) -> None:
    person.keep(account=f"{HOSTILE}\n✓ all is well", scope=f"pins:read,{HOSTILE}".replace("\u2028", ""))
    stored = person.stored()
    if command != "refresh":
        person.write(
            "other", json.dumps({**stored, "app_id": HOSTILE, "host": f"http://127.0.0.1/{HOSTILE}"})
        )
    env = {"PINTEREST_APP_ID": HOSTILE.replace("\x00", "")} if "doctor" in command else {}
    with person.terminal(*command.split(), columns=2000, env=env) as terminal:
        said = ended(terminal)
    assert harmless(said), said
    assert "\n✓ all is well" not in said
    assert "\\u202eh" in said or "doctor" not in command


@pytest.mark.parametrize("json_", [(), ("--json",)])
def test_an_error_steers_no_terminal(person: Person, json_: tuple[str, ...]) -> None:
    person.keep()
    person.sandbox.stand({"status": 404, "json": {"code": 50, "message": f"{HOSTILE}\nhint: all is well"}})
    with person.terminal("request", "/x", *json_, columns=2000) as terminal:
        said = ended(terminal)
        assert terminal.exitstatus == 4
    assert harmless(said), said
    assert "\nhint: all is well" not in said


def test_a_files_name_steers_no_terminal(person: Person) -> None:
    person.keep()
    folder = person.home / f"x{HOSTILE}"
    for command in (
        ("refresh", "--app-secret-file", f"{folder}/secret"),
        ("request", "/x", "--data", f"@{folder}/data"),
        ("doctor", "--offline"),
        ("status",),
    ):
        with person.terminal(*command, columns=2000, env={"XDG_DATA_HOME": str(folder)}) as terminal:
            said = ended(terminal)
        assert harmless(said), (command, said)
