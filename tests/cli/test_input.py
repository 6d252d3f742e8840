"""What comes from files, standard input, variables and prompts, as editors and shells leave it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from asked import hears
from browser import decide
from program import APP_ID, LAUNCHER, Person, Result, Running, over
from test_paste import printed

if TYPE_CHECKING:
    from collections.abc import Callable

NO_SECRET: dict[str, str | None] = {"PINTEREST_APP_SECRET": None}
HARMLESS: dict[str, Callable[[str], bytes]] = {
    "a UTF-8 mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16 of PowerShell": lambda text: b"\xff\xfe" + f"{text}\r\n".encode("utf-16-le"),
    "UTF-16, big end first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "unseen characters": lambda text: f"\u200b\u00a0{text}\ufeff\u2060 \n".encode(),
}
HARMFUL = {
    "UTF-16 without a mark": ("secret".encode("utf-16-le"), "is UTF-16: save it as UTF-8"),
    "UTF-16, cut": (b"\xff\xfes\0e", "is damaged UTF-16: save it as UTF-8"),
    "UTF-32": (b"\xff\xfe\0\0s\0\0\0", "is UTF-32: save it as UTF-8"),
    "Latin-1": (b"caf\xe9", "is not text in UTF-8"),
    "NUL": (b"secret\0", "holds a NUL"),
    "nothing": (b"\xef\xbb\xbf \xe2\x80\x8b\n", "holds no secret"),
    "too much": (b"x" * 70_000, "holds more than 65536 bytes"),
}


def run(person: Person, *arguments: str, typed: bytes) -> Result:
    """Runs a command with bytes on its standard input, and no app secret."""
    done = subprocess.run(
        [*LAUNCHER, *arguments],
        env=person.variables(NO_SECRET if "--app-secret-file" in arguments else {}),
        cwd=person.folder,
        input=typed,
        capture_output=True,
        timeout=20,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def give(person: Person, option: str, way: str, content: bytes) -> tuple[tuple[str, ...], bytes]:
    """The option's arguments and standard input, for content in a file or there."""
    (person.folder / "input").write_bytes(content)
    if way == "file":
        return (option, "@input" if option == "--data" else "input"), b""
    return (option, "-"), content


@pytest.mark.parametrize("way", ["file", "standard input"])
@pytest.mark.parametrize("form", HARMLESS)
def test_a_secret_is_read_as_it_was_saved(person: Person, form: str, way: str) -> None:
    person.keep()
    arguments, typed = give(person, "--app-secret-file", way, HARMLESS[form](person.secret))
    result = run(person, "refresh", *arguments, typed=typed)
    assert result.code == 0, result


@pytest.mark.parametrize("way", ["file", "standard input"])
@pytest.mark.parametrize("form", HARMLESS)
def test_a_token_is_read_as_it_was_saved(person: Person, form: str, way: str) -> None:
    kept = person.keep(kind="system")
    arguments, typed = give(person, "--token-file", way, HARMLESS[form](kept["access_token"]))
    result = run(person, "revoke", *arguments, typed=typed)
    assert result.code == 0, result
    assert kept["access_token"] in person.sandbox.requests("/revoke")[0]["body"]


@pytest.mark.parametrize("way", ["file", "standard input"])
@pytest.mark.parametrize("form", list(HARMLESS)[:3])
def test_json_is_read_as_it_was_saved(person: Person, form: str, way: str) -> None:
    person.keep()
    person.sandbox.respond({"status": 201, "json": {"id": "1"}})
    body = {"name": "Idées ✓"}
    content = HARMLESS[form](json.dumps(body, ensure_ascii=False))
    arguments, typed = give(person, "--data", way, content)
    result = run(person, "request", "/boards", *arguments, typed=typed)
    assert result.code == 0, result
    assert json.loads(person.sandbox.requests()[-1]["body"]) == body


@pytest.mark.parametrize("way", ["file", "standard input"])
@pytest.mark.parametrize("option", ["--app-secret-file", "--token-file"])
@pytest.mark.parametrize("form", HARMFUL)
def test_what_is_no_secret_is_named_and_not_sent(person: Person, form: str, option: str, way: str) -> None:
    person.keep()
    content, why = HARMFUL[form]
    arguments, typed = give(person, option, way, content)
    command = "revoke" if option == "--token-file" else "refresh"
    result = run(person, command, *arguments, typed=typed)
    assert (result.code, result.out) == (2, ""), result
    assert result.err.startswith(f"error: {'input' if way == 'file' else way} {why}"), result.err
    assert "hint:" in result.err
    assert person.sandbox.requests() == []


def test_as_much_as_may_be_is_no_byte_too_much(person: Person) -> None:
    person.keep()
    for size, code in ((64 * 1024, 4), (64 * 1024 + 1, 2)):
        (person.folder / "input").write_text("x" * size)
        result = run(person, "refresh", "--app-secret-file", "input", typed=b"")
        assert result.code == code, result
        assert ("holds more than" in result.err) == (code == 2)


@pytest.mark.parametrize("form", ["UTF-16 without a mark", "Latin-1", "NUL"])
def test_what_is_no_json_is_named_and_not_sent(person: Person, form: str) -> None:
    person.keep()
    content, why = HARMFUL[form]
    arguments, typed = give(person, "--data", "standard input", content)
    result = run(person, "request", "/boards", *arguments, typed=typed)
    assert result.code == 2
    assert f"the data is not JSON: standard input {why}" in result.err


@pytest.mark.parametrize("value", ["\ufeff{}", "{}\u200b\n", "\u00a0{} "])
def test_variables_and_options_are_trimmed_alike(person: Person, value: str) -> None:
    person.keep(expires_at=over())
    secret, app_id = value.format(person.secret), value.format(APP_ID)
    assert person.run("refresh", env={"PINTEREST_APP_SECRET": secret}).code == 0
    assert person.run("refresh", env={"PINTEREST_APP_ID": app_id}).code == 0
    assert person.run("refresh", "--app-id", app_id).code == 0
    result = person.run("doctor", "--offline", env={"PINTEREST_APP_ID": app_id})
    assert "PINTEREST_APP_ID has white space, a line break or an unseen character" in result.out


@pytest.mark.parametrize(
    "name", ["PINTEREST_APP_SECRET", "PINTEREST_ACCESS_TOKEN", "PINTEREST_APP_ID", "PINTEREST_PROFILE"]
)
def test_a_variable_that_is_no_text_is_not_taken_for_unset(person: Person, name: str) -> None:
    person.keep(expires_at=over())
    result = person.run("token", env={name: "caf\udce9"})
    assert (result.code, result.out) == (2, "")
    assert f"{name} is not text in UTF-8" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--token-file", "absent"),
        ("--token-file", "."),
        ("--app-secret-file", "absent", "--token-file", "input"),
    ],
)
def test_an_input_that_cannot_be_read_is_no_trouble_with_the_output(
    person: Person, arguments: tuple[str, ...]
) -> None:
    (person.folder / "input").write_text("x")
    result = run(person, "revoke", *arguments, typed=b"")
    assert result.code == 2
    assert "cannot be read" in result.err
    assert "output" not in result.err


def test_a_standard_input_that_cannot_be_read_is_no_trouble_with_the_output(person: Person) -> None:
    person.keep()
    shell = " ".join(f"'{word}'" for word in LAUNCHER)
    for command in (
        "request /boards --data -",
        "revoke --token-file -",
        "refresh --app-secret-file -",
        "login --no-browser",
    ):
        done = subprocess.run(
            # A folder is opened, and cannot be read.
            ["/bin/sh", "-c", f"{shell} {command} < ."],
            env=person.environment,
            cwd=person.folder,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        assert done.returncode == 2, done
        assert "standard input cannot be read" in done.stderr
        assert "output" not in done.stderr


@pytest.mark.parametrize("name", ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"])
@pytest.mark.parametrize(
    ("command", "other"),
    [
        (("login", "--no-browser"), "--no-browser"),
        (("request", "/boards", "--data", "-"), "--data"),
        (("request", "/boards", "--data", "@/dev/stdin"), "--data"),
        (("revoke", "--token-file", "-"), "--token-file"),
        (("revoke", "--token-file", "/dev/fd/0"), "--token-file"),
    ],
)
def test_two_readers_of_one_input_are_refused_before_either_reads(
    person: Person, command: tuple[str, ...], other: str, name: str
) -> None:
    person.keep()
    running = person.start(*command, "--app-secret-file", name)
    # Its input stays open.
    assert running.process.wait(5) == 2
    result = running.end()
    assert result.out == ""
    assert "--app-secret-file" in result.err.splitlines()[0]
    assert other in result.err.splitlines()[0]
    assert person.sandbox.requests() == []


@pytest.mark.parametrize(
    ("secret", "other"),
    [
        ("/dev/fd/{pipe}", "/dev/fd/{pipe}"),
        ("/dev/fd/{pipe}", "/proc/self/fd/{pipe}"),
        ("/dev/fd/{pipe}", "/dev/fd/{again}"),
        ("-", "/dev/fd/{input}"),
        ("/proc/thread-self/fd/0", "-"),
        ("fifo", "./fifo"),
        ("link", "fifo"),
    ],
)
@pytest.mark.parametrize(("command", "option"), [("revoke", "--token-file"), ("request", "--data")])
def test_two_names_of_one_stream_are_no_two_streams(
    person: Person, command: str, option: str, secret: str, other: str
) -> None:
    person.keep()
    os.mkfifo(person.folder / "fifo")
    (person.folder / "link").symlink_to("fifo")
    (given, writing), (pipe, filling) = os.pipe(), os.pipe()
    again, standard = os.dup(pipe), os.dup(given)
    names = {"pipe": pipe, "again": again, "input": standard}
    secret, other = secret.format(**names), other.format(**names)
    running = person.start(
        *(command, "/boards") if command == "request" else (command,),
        *(option, other if command == "revoke" or other == "-" else f"@{other}"),
        *("--app-secret-file", secret),
        stdin=given,
        pass_fds=(pipe, again, standard),
    )
    # Nothing ends: whatever is read is waited for.
    code = running.process.wait(5)
    for end in (given, writing, pipe, filling, again, standard):
        os.close(end)
    result = running.end()
    assert (code, result.out) == (2, ""), result
    shown = "standard input" if "-" in (secret, other) else secret
    assert f"--app-secret-file and {option} would both read {shown}" in result.err
    assert person.sandbox.requests() == []


@pytest.mark.parametrize("name", ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"])
@pytest.mark.parametrize(
    ("words", "reader"),
    [
        (("token", "--app-secret-file", "-"), "--app-secret-file"),
        (("login", "--no-browser"), "--no-browser"),
        (("login", "--with-token"), "--with-token"),
        (("revoke", "--token-file", "-"), "--token-file"),
        (("request", "/boards", "--data", "-"), "--data"),
        (("api", "boards", "create", "--body", "-"), "--body"),
        (("mcp",), "mcp"),
    ],
)
def test_the_key_of_the_tokens_and_something_else_are_not_read_from_one_input(
    person: Person, words: tuple[str, ...], reader: str, name: str
) -> None:
    given, writing = os.pipe()
    running = person.start(*words, env={"PINTEREST_TOKEN_KEY_FILE": name}, stdin=given)
    # Nothing ends: whatever is read is waited for.
    code = running.process.wait(5)
    os.close(given)
    os.close(writing)
    result = running.end()
    assert (code, result.out) == (2, ""), result
    said = f"{reader} and PINTEREST_TOKEN_KEY_FILE would both read standard input"
    assert said in result.err
    assert person.sandbox.requests() == []


def test_two_streams_and_one_file_twice_are_read(person: Person) -> None:
    kept = person.keep(kind="system")
    ends = [os.pipe(), os.pipe()]
    for (_, writing), text in zip(ends, (person.secret, kept["access_token"]), strict=True):
        os.write(writing, text.encode())
        os.close(writing)
    secret, token = (reading for reading, _ in ends)
    result = person.run(
        *("revoke", "--app-secret-file", f"/dev/fd/{secret}", "--token-file", f"/dev/fd/{token}"),
        env=NO_SECRET,
        pass_fds=(secret, token),
    )
    os.close(secret)
    os.close(token)
    assert result.code == 0, result
    (person.folder / "both").write_text(person.secret)
    result = person.run("revoke", "--app-secret-file", "both", "--token-file", "both", env=NO_SECRET)
    assert "would both read" not in result.err
    result = person.run(
        *("revoke", "--app-secret-file", "both", "--token-file", "-"),
        env=NO_SECRET,
        typed=kept["access_token"],
    )
    assert "would both read" not in result.err
    assert len(person.sandbox.requests("/revoke")) == 3


def test_the_same_names_without_a_second_reader_are_read(person: Person) -> None:
    person.keep()
    for name in ("/dev/stdin", "/dev/fd/0"):
        result = run(person, "refresh", "--app-secret-file", name, typed=person.secret.encode())
        assert result.code == 0, result


def pipe_that_does_not_wait(end: int) -> tuple[int, int]:
    """As a program leaves it that reads or writes it itself when it can, such as Node."""
    pipe = os.pipe()
    os.set_blocking(pipe[end], False)
    return pipe


def works(command: Running) -> float:
    """How many seconds of a processor it takes within a third of a second."""

    def taken() -> float:
        fields = Path(f"/proc/{command.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    before = taken()
    time.sleep(0.33)
    return taken() - before


@pytest.mark.parametrize("what", ["secret", "data", "address"])
def test_an_input_that_does_not_wait_is_waited_for(person: Person, what: str) -> None:
    person.keep()
    read, write = pipe_that_does_not_wait(0)
    arguments = {
        "secret": ["refresh", "--app-secret-file", "-"],
        "data": ["request", "POST", "/boards", "--data", "-"],
        "address": ["login", "--no-browser"],
    }[what]
    command = person.start(*arguments, stdin=read)
    os.close(read)
    if what == "address":
        typed = decide(printed(command.says("Paste it here"))) + "\n"
    else:
        typed = person.secret if what == "secret" else "{}"
        hears(command)
    assert works(command) < 0.06
    os.write(write, typed.encode())
    os.close(write)
    result = command.end()
    assert "cannot be read" not in result.err
    assert result.code == (4 if what == "data" else 0), result


def test_an_output_that_does_not_wait_gets_all_of_an_answer(person: Person) -> None:
    person.keep()
    body = json.dumps(["x" * 1000] * 1000)
    person.sandbox.respond({"status": 200, "body": body})
    read, write = pipe_that_does_not_wait(1)
    command = person.start("request", "/user_account", stdout=write)
    os.close(write)
    time.sleep(0.5)
    assert works(command) < 0.06
    with open(read, encoding="utf-8") as pipe:
        assert pipe.read() == body
    assert command.end().code == 0


@pytest.mark.parametrize("arguments", [["--help"], ["login", "--help"], ["--version"], ["status"]])
def test_an_output_that_does_not_wait_and_is_full(person: Person, arguments: list[str]) -> None:
    person.keep()
    read, write = pipe_that_does_not_wait(1)
    full = 0
    with contextlib.suppress(BlockingIOError):
        while True:
            full += os.write(write, b" " * 4096)
    command = person.start(*arguments, stdout=write)
    os.close(write)
    time.sleep(0.3)
    with open(read, encoding="utf-8") as pipe:
        assert pipe.read()[full:] == person.run(*arguments).out
    assert command.end().code == 0
