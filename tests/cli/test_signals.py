"""Every way of asking a program to end: no token is lost, and nothing that blocks holds it up."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import pty
import signal
import socket
import subprocess
import termios
import threading
import time
from signal import SIGALRM, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR2, Signals

import pytest

from asked import asked, eventually, hears, slow
from browser import decide, fetch
from program import LAUNCHER, PATIENCE, Person, Running, due, over

NO_SECRET: dict[str, str | None] = {"PINTEREST_APP_SECRET": None}
ALL = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM, SIGUSR2]


@pytest.mark.smoke
@pytest.mark.parametrize("asking", ALL)
@pytest.mark.parametrize("command", ["token", "refresh"])
def test_a_renewal_ends_with_its_token_on_the_disk(person: Person, asking: Signals, command: str) -> None:
    kept = person.keep(expires_at=over())
    slow(person)
    renewal = person.start(command)
    asked(person)
    renewal.process.send_signal(asking)
    result = renewal.end(5)
    assert (result.code, result.out) == (128 + asking, "")
    assert "interrupted" in result.err
    assert person.stored()["access_token"] != kept["access_token"]
    assert person.run("token").code == 0
    assert len(person.sandbox.requests("/oauth/token")) == 1


@pytest.mark.smoke
@pytest.mark.parametrize("apart", [0, 0.03])
@pytest.mark.parametrize(("first", "second"), [(SIGTERM, SIGHUP), (SIGINT, SIGINT), (SIGHUP, SIGHUP)])
def test_signals_that_come_together_are_one(
    person: Person, first: Signals, second: Signals, apart: float
) -> None:
    """Systemd sends two, and a starter passes on what the terminal has sent as well."""
    kept = person.keep(expires_at=over())
    slow(person)
    renewal = person.start("token")
    asked(person)
    renewal.process.send_signal(first)
    time.sleep(apart)
    renewal.process.send_signal(second)
    assert renewal.end(5).code in (128 + first, 128 + second)
    assert person.stored()["access_token"] != kept["access_token"]


@pytest.mark.smoke
@pytest.mark.parametrize("second", [SIGINT, SIGTERM, SIGHUP])
def test_the_second_ends_at_once(person: Person, second: Signals) -> None:
    kept = person.keep(expires_at=over())
    slow(person, 15_000)
    renewal = person.start("token")
    asked(person)
    renewal.process.send_signal(SIGTERM)
    time.sleep(0.3)
    assert renewal.process.poll() is None
    renewal.process.send_signal(second)
    assert renewal.end(5).code == 128 + second
    assert person.stored() == kept


def test_the_second_leaves_no_trace_on_the_terminal(person: Person) -> None:
    person.keep(expires_at=over())
    slow(person, 15_000)
    with person.terminal("token") as terminal:
        asked(person)
        terminal.kill(SIGTERM)
        time.sleep(0.3)
        terminal.kill(SIGTERM)
        terminal.expect("interrupted")
        said = terminal.before
        assert terminal.wait() == 143
    assert "asking Pinterest" in said
    assert "asking Pinterest" not in said.rpartition("\x1b[2K")[2]


def test_a_failed_renewal_is_said_even_to_whoever_stops_it(person: Person) -> None:
    person.keep(expires_at=over())
    person.sandbox.respond(
        {"status": 400, "json": {"code": 1, "message": "Invalid request."}, "delay_ms": 500}
    )
    renewal = person.start("token")
    asked(person)
    renewal.process.send_signal(SIGTERM)
    result = renewal.end(5)
    assert result.code == 4
    assert "code 1" in result.err


def test_timeout_ends_it_as_it_ends_others(person: Person) -> None:
    kept = person.keep(expires_at=over())
    slow(person, 2500)
    done = subprocess.run(
        ["timeout", "--preserve-status", "2", *LAUNCHER, "token"],
        env=person.environment,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 143
    assert person.stored()["access_token"] != kept["access_token"]


def visited(url: str) -> None:
    """A browser goes there, whether or not it gets a page."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        fetch(url)


@pytest.mark.parametrize("asking", [SIGINT, SIGTERM, SIGHUP])
@pytest.mark.parametrize("way", ["browser", "paste"])
def test_a_login_that_has_sent_its_code_keeps_the_token(person: Person, asking: Signals, way: str) -> None:
    login = person.start("login", *(["--no-browser"] if way == "paste" else []))
    if way == "paste":
        said = login.says("Paste it here")
        url = next(line.strip() for line in said.splitlines() if line.strip().startswith("http"))
        callback = decide(url)
        slow(person)
        login.type(callback + "\n")
    else:
        callback = decide(person.browser.url())
        slow(person)
        threading.Thread(target=visited, args=(callback,), daemon=True).start()
    asked(person)
    login.process.send_signal(asking)
    assert login.end(5).code == 128 + asking
    assert person.stored()["access_token"].startswith("pina_")
    assert person.run("token").code == 0


def test_a_login_that_has_kept_its_token_does_not_wait_for_a_name(person: Person) -> None:
    login = person.start("login")
    callback = decide(person.browser.url())
    person.sandbox.respond({"pass": True}, {"pass": True, "delay_ms": 9000})
    fetch(callback)
    asked(person, "/user_account")
    login.process.send_signal(SIGTERM)
    assert login.end(3).code == 143
    assert person.stored()["access_token"]


@pytest.mark.parametrize("asking", [SIGINT, SIGTERM])
def test_what_is_revoked_is_also_forgotten(person: Person, asking: Signals) -> None:
    person.keep(kind="system")
    person.sandbox.respond({"pass": True}, {"pass": True, "delay_ms": 700})
    revocation = person.start("revoke")
    asked(person, "/oauth/token/revoke", 2)
    revocation.process.send_signal(asking)
    revocation.end(5)
    assert not person.file().exists()


@pytest.mark.parametrize("asking", [SIGINT, SIGTERM])
def test_a_conversion_token_that_was_asked_for_is_printed(person: Person, asking: Signals) -> None:
    """It lives long, and nobody else has it."""
    person.keep()
    slow(person)
    running = person.start("conversion-token")
    asked(person, "/oauth/conversion_token")
    running.process.send_signal(asking)
    result = running.end(5)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("pin")


@pytest.mark.smoke
@pytest.mark.parametrize("command", ["token", "refresh"])
def test_a_terminal_that_closes_loses_no_token(person: Person, command: str) -> None:
    kept = person.keep(expires_at=over())
    slow(person)
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(LAUNCHER[0], [*LAUNCHER, command], person.environment)
    try:
        asked(person)
        # It gets SIGHUP, and whatever it writes from now on fails.
        os.close(terminal)
        assert os.waitstatus_to_exitcode(ended(pid)) in (129, -SIGHUP)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert person.stored()["access_token"] != kept["access_token"]


def ended(pid: int) -> int:
    """Waits for a process's end; its status."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return status
        time.sleep(0.01)
    raise AssertionError("it has not ended")


@pytest.mark.parametrize("pipe", ["stdout", "stderr"])
def test_a_reader_that_left_loses_no_token(person: Person, pipe: str) -> None:
    kept = person.keep(expires_at=over())
    slow(person)
    process = subprocess.Popen(
        [*LAUNCHER, "refresh"],
        env=person.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    asked(person)
    (process.stdout if pipe == "stdout" else process.stderr).close()
    assert process.wait(PATIENCE) == 0
    rest = process.stderr if pipe == "stdout" else process.stdout
    assert b"panicked" not in rest.read()
    rest.close()
    assert person.stored()["access_token"] != kept["access_token"]


def reading(person: Person, what: str) -> Running:
    """A command that waits for an input that does not come."""
    person.keep(kind="system")
    fifo = person.folder / "fifo"
    os.mkfifo(fifo)
    commands = {
        "secret from standard input": ("refresh", "--app-secret-file", "-"),
        "secret from a FIFO": ("refresh", "--app-secret-file", str(fifo)),
        "secret for a login": ("login", "--app-secret-file", "-"),
        "secret for the doctor": ("doctor", "--app-secret-file", "-"),
        "data from standard input": ("request", "POST", "/boards", "--data", "-"),
        "data from a FIFO": ("request", "POST", "/boards", "--data", f"@{fifo}"),
        "token from standard input": ("revoke", "--token-file", "-"),
        "token from a FIFO": ("revoke", "--token-file", str(fifo)),
    }
    env = NO_SECRET if "secret" in what else {}
    running = person.start(*commands[what], env=env)
    hears(running)
    return running


@pytest.mark.parametrize("asking", [SIGINT, SIGTERM, SIGHUP])
@pytest.mark.parametrize(
    "what",
    [
        "secret from standard input",
        "secret from a FIFO",
        "secret for a login",
        "secret for the doctor",
        "data from standard input",
        "data from a FIFO",
        "token from standard input",
        "token from a FIFO",
    ],
)
def test_an_input_that_never_comes_holds_nothing_up(person: Person, what: str, asking: Signals) -> None:
    running = reading(person, what)
    running.process.send_signal(asking)
    # Its standard input stays open.
    assert running.process.wait(5) == 128 + asking
    result = running.end()
    assert result.err == "error: interrupted\n"
    assert person.sandbox.requests() == []


def test_an_interruption_as_json(person: Person) -> None:
    person.keep()
    running = person.start("request", "/boards", "--data", "-", "--json")
    hears(running)
    running.interrupt()
    assert running.process.wait(5) == 130
    error = json.loads(running.end().err)
    assert (error["exit_code"], error["error"]["kind"]) == (130, "Interrupted")


@pytest.mark.parametrize("asking", [SIGINT, SIGTERM])
def test_an_output_that_nobody_takes_holds_nothing_up(person: Person, asking: Signals) -> None:
    person.keep()
    person.sandbox.stand({"status": 200, "body": "x" * 1_000_000})
    process = subprocess.Popen(
        [*LAUNCHER, "request", "/x"],
        env=person.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        asked(person, "/x")
        time.sleep(0.4)
        assert process.poll() is None
        process.send_signal(asking)
        assert process.wait(5) == 128 + asking


def is_as_it_was(terminal: int) -> bool:
    """Whether it shows what is typed, by lines, and knows Ctrl-C."""
    wanted = termios.ECHO | termios.ICANON | termios.ISIG
    return bool(termios.tcgetattr(terminal)[3] & wanted == wanted)


@pytest.mark.parametrize("asking", [SIGINT, SIGTERM, SIGHUP])
def test_a_prompt_that_is_cut_off_leaves_the_terminal_as_it_was(person: Person, asking: Signals) -> None:
    person.keep(expires_at=over())
    with person.terminal("token", env=NO_SECRET) as terminal:
        terminal.expect("not shown.: ")
        eventually(lambda: not is_as_it_was(terminal.child_fd))
        terminal.kill(asking)
        terminal.expect("interrupted")
        assert terminal.wait() == 128 + asking
        assert is_as_it_was(terminal.child_fd)


def test_ctrl_c_at_the_prompt_prints_no_token(person: Person) -> None:
    kept = person.keep(expires_at=over())
    with person.terminal("token", env=NO_SECRET) as terminal:
        terminal.expect("not shown.: ")
        eventually(lambda: not is_as_it_was(terminal.child_fd))
        terminal.send("\x03")
        terminal.expect("interrupted")
        assert terminal.wait() == 130
        assert kept["access_token"] not in terminal.before
    assert person.sandbox.requests() == []


def test_a_renewal_that_can_wait_asks_nobody_for_the_secret(person: Person) -> None:
    kept = person.keep(expires_at=due())
    with person.terminal("token", env=NO_SECRET) as terminal:
        terminal.expect("there is no app secret")
        terminal.expect(kept["access_token"])
        assert terminal.wait() == 0


def test_what_nohup_ignores_stays_ignored(person: Person) -> None:
    kept = person.keep(expires_at=over())
    slow(person)
    process = subprocess.Popen(
        ["nohup", *LAUNCHER, "token"],
        env=person.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        asked(person)
        process.send_signal(SIGHUP)
        out, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
    assert out.strip() == person.stored()["access_token"] != kept["access_token"]


@pytest.mark.smoke
@pytest.mark.parametrize("asking", [SIGINT, SIGTERM])
def test_a_doctor_that_is_sent_away(person: Person, asking: Signals) -> None:
    """It starts the program differently in one of the packages."""
    person.sandbox.stand({"pass": True, "delay_ms": 9000})
    doctor = person.start("doctor")
    asked(person, "/user_account")
    doctor.process.send_signal(asking)
    assert doctor.end(5).code == 128 + asking


@pytest.mark.parametrize("asking", ALL)
def test_a_waiting_login_ends_at_once_and_frees_the_port(person: Person, asking: Signals) -> None:
    login = person.start("login")
    decide(person.browser.url())
    started = time.monotonic()
    login.process.send_signal(asking)
    assert login.end(5).code == 128 + asking
    assert time.monotonic() - started < 2
    socket.create_server(("127.0.0.1", person.port)).close()
