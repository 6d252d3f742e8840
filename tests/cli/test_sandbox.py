"""`pinterest sandbox`: what it says on a terminal, to a shell, and to a command inside it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pexpect  # type: ignore[import-untyped]
import pytest

from browser import visit
from program import LAUNCHER, PATIENCE, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

# As a person's shell has it: nothing of these tests' own app and sandbox.
FRESH: dict[str, str | None] = {
    f"PINTEREST_{name}": None for name in ("API_URI", "OAUTH_URI", "REDIRECT_URI", "APP_ID", "APP_SECRET")
}
EXPORT = re.compile(r"export (\w+)=(\S*)")


@pytest.fixture
def front_door(person: Person) -> Iterator[Any]:
    uri = f"http://localhost:{person.port}/"
    with person.terminal("sandbox", "--redirect-uri", uri, columns=200, env=FRESH) as terminal:
        terminal.expect("is often better:")
        yield terminal


def test_whoever_copies_what_it_says_is_logged_in(person: Person, front_door: Any) -> None:
    said = str(front_door.before)
    copied = dict(EXPORT.findall(said))
    assert set(copied) == set(FRESH), said
    assert "  pinterest login\r\n" in said
    running = person.start("login", env=copied)
    visit(person.browser.url())
    result = running.end()
    assert result.code == 0, result
    assert copied["PINTEREST_REDIRECT_URI"] == f"http://localhost:{person.port}/"
    request = person.run("request", "/user_account", env=copied)
    assert "sandbox_user" in request.out, request


def test_programs_keep_their_own_usual_redirect_uri(person: Person) -> None:
    """Web applications have the path /callback, and / is their home."""
    with person.terminal("sandbox", columns=200, env=FRESH) as terminal:
        terminal.expect("is often better:")
        assert "PINTEREST_REDIRECT_URI" not in terminal.before
    name = "${PINTEREST_REDIRECT_URI:-none}"
    another = {**FRESH, "PINTEREST_REDIRECT_URI": "https://my.example/of-another-app"}
    inside = person.run("sandbox", "--", "sh", "-c", f"echo {name}", env=another)
    assert inside.out == "none\n"
    script = f'eval "$({shlex.join(LAUNCHER)} sandbox --env)" && echo {name} && kill $PINTEREST_SANDBOX_PID'
    shell = subprocess.check_output(
        ["sh", "-c", script], env=person.variables(another), text=True, timeout=60
    )
    assert shell == "none\n"


def test_the_second_block_leads_programs_that_know_pinterest_only(
    front_door: Any,
) -> None:
    front_door.expect("NODE_EXTRA_CA_CERTS=\\S+\\s")
    copied = dict(EXPORT.findall(front_door.before + front_door.after))
    assert copied["REQUESTS_CA_BUNDLE"] == copied["NODE_EXTRA_CA_CERTS"]
    script = """
import urllib.error, urllib.request
try:
    urllib.request.urlopen("https://api.pinterest.com/v5/boards")
except urllib.error.HTTPError as error:
    print(error.code, error.headers["Pinterest-Generated-By"])
"""
    output = subprocess.check_output(
        [sys.executable, "-c", script],
        env={"PATH": os.environ["PATH"], **copied},
        text=True,
        timeout=PATIENCE,
    )
    assert output == "401 pinterest-sandbox\n"
    front_door.sendintr()
    front_door.expect(pexpect.EOF)
    front_door.wait()
    assert front_door.exitstatus == 0
    assert not os.path.exists(copied["SSL_CERT_FILE"])


def test_a_command_runs_inside_it_and_its_exit_code_is_ours(person: Person) -> None:
    script = "echo $PINTEREST_APP_ID --port; exit 5"
    result = person.run("sandbox", "--app", "77:ab", "--", "sh", "-c", script, env=FRESH)
    assert (result.code, result.out, result.err) == (5, "77 --port\n", "")


def test_ctrl_c_reaches_the_command_once(person: Person) -> None:
    script = "trap 'echo heard' INT; echo ready; for i in 1 2 3 4; do sleep 0.3; done; exit 9"
    with person.terminal("sandbox", "--", "sh", "-c", script, env=FRESH) as terminal:
        terminal.expect("dashboard is at")
        terminal.expect("ready")
        terminal.sendintr()
        terminal.expect(pexpect.EOF)
        terminal.wait()
        assert terminal.exitstatus == 9
        assert terminal.before.count("heard") == 1


def test_a_shell_takes_its_variables(person: Person) -> None:
    program = shlex.join(LAUNCHER)
    script = f'eval "$({program} sandbox --env)" && echo $PINTEREST_APP_ID && kill $PINTEREST_SANDBOX_PID'
    environment = person.variables(FRESH)
    output = subprocess.check_output(["sh", "-c", script], env=environment, text=True, timeout=PATIENCE)
    assert output == "1234567\n"


def test_a_port_in_use_has_a_code_of_its_own(person: Person) -> None:
    port = person.sandbox.addresses["http"].rpartition(":")[2]
    for option in ((), ("--env",)):
        result = person.run("sandbox", "--port", port, *option)
        assert (result.code, result.out) == (7, "")
        assert port in result.err
        assert "--port" in result.err


@pytest.mark.parametrize("option", ["--json", "--profile work"])
def test_an_option_before_it_is_not_passed_over(person: Person, option: str) -> None:
    result = person.run(*option.split(), "sandbox", "--port", "0")
    assert (result.code, result.out) == (2, "")
    assert f"{option.split(maxsplit=1)[0]} stands before it" in result.err
