"""`pinterest login --no-browser`: the address is pasted."""

from __future__ import annotations

import os
import re
import time

import pytest

from browser import decide
from program import PATIENCE, Person, listens


def printed(said: str) -> str:
    """The URL among what was said."""
    found = re.search(r"http://\S+", said)
    assert found
    return found[0]


@pytest.mark.smoke
def test_a_right_paste_through_a_pipe(person: Person) -> None:
    login = person.start("login", "--no-browser")
    url = printed(login.says("Paste it here"))
    assert not listens(person.port)
    login.type(decide(url) + "\n")
    assert login.end().code == 0
    assert person.file().exists()
    assert not (person.folder / "browser.arguments").exists()


def test_a_right_paste_on_a_terminal(person: Person) -> None:
    with person.terminal("login", "--no-browser", columns=400) as terminal:
        terminal.expect("Paste it here")
        # A person takes a while.
        time.sleep(1.5)
        terminal.sendline(decide(printed(terminal.before)))
        terminal.expect("You are connected")
        terminal.expect("access token")
        assert terminal.wait() == 0


@pytest.mark.parametrize("part", ["query", "path"])
def test_a_part_of_the_address_is_enough(person: Person, part: str) -> None:
    login = person.start("login", "--no-browser")
    callback = decide(printed(login.says("Paste it here")))
    login.type(f"  {callback.partition('?' if part == 'query' else str(person.port))[2]}  \r\n")
    assert login.end().code == 0


def test_a_wrong_paste_can_be_put_right(person: Person) -> None:
    login = person.start("login", "--no-browser")
    callback = decide(printed(login.says("Paste it here")))
    login.type("http://localhost/?code=stolen&state=forged\n")
    assert "not the one of this authorization" in login.says("Paste the whole address")
    login.type("\n")
    login.says("no `state`")
    login.type(callback + "\n")
    assert login.end().code == 0


@pytest.mark.parametrize("given", [b"caf\xe9\n", b"\0\n", b"\xff\xfe\n"])
def test_a_paste_that_is_no_text_can_be_put_right(person: Person, given: bytes) -> None:
    login = person.start("login", "--no-browser")
    callback = decide(printed(login.says("Paste it here")))
    assert login.process.stdin is not None
    os.write(login.process.stdin.fileno(), given)
    login.says("Paste the whole address")
    login.type(callback + "\n")
    assert login.end().code == 0


def test_a_wrong_paste_on_a_terminal_can_be_put_right(person: Person) -> None:
    with person.terminal("login", "--no-browser", columns=400) as terminal:
        terminal.expect("Paste it here")
        callback = decide(printed(terminal.before))
        terminal.sendline("what?")
        terminal.expect("Paste the whole address")
        terminal.sendline(callback)
        terminal.expect("You are connected")
        terminal.expect("access token")
        assert terminal.wait() == 0


def test_an_address_that_was_broken_into_lines(person: Person) -> None:
    login = person.start("login", "--no-browser")
    callback = decide(printed(login.says("Paste it here")))
    login.type(f"'{callback[:-20]}\n")
    assert "was cut" in login.says("Paste the whole address")
    login.type(f"  {callback[-20:]}'\n")
    assert login.end().code == 0


def test_an_address_as_a_mail_breaks_it(person: Person) -> None:
    login = person.start("login", "--no-browser")
    callback = decide(printed(login.says("Paste it here"))).replace("=", "=3D")
    for line in (f"{callback[:60]}=", f"{callback[60:120]}=", callback[120:]):
        login.type(line + "\n")
    assert login.end().code == 0


def test_an_address_without_an_answer_can_be_put_right(person: Person) -> None:
    login = person.start("login", "--no-browser")
    callback = decide(printed(login.says("Paste it here")))
    login.type(callback.replace("code=", "cod=") + "\n")
    assert "holds no `code`" in login.says("Paste the whole address")
    login.type(f"{callback}\n")
    assert login.end().code == 0


def test_what_was_pasted_is_called_what_it_is(person: Person) -> None:
    login = person.start("login", "--no-browser")
    url = printed(login.says("Paste it here"))
    for text, says in ((url, "Pinterest's page"), ("0a1b2c3d4e", "code alone"), ("http://localhost", "cut")):
        login.type(f"{text}\n")
        login.says(says)
    login.type(f"\x1b[200~<{decide(url).replace('&', '&amp;')}>.\x1b[201~\n")
    assert login.end().code == 0


def test_five_wrong_pastes_are_enough(person: Person) -> None:
    result = person.run("login", "--no-browser", typed="http://localhost/?state=wrong\n" * 9)
    assert result.code == 4
    assert result.err.count("Paste the whole address") == 4
    assert person.sandbox.requests("/oauth/token") == []
    assert not person.file().exists()


def test_the_end_of_the_input_is_said(person: Person) -> None:
    result = person.run("login", "--no-browser")
    assert result.code == 2
    assert "input ended" in result.err


def test_a_denied_paste(person: Person) -> None:
    login = person.start("login", "--no-browser")
    login.type(decide(printed(login.says("Paste it here")), "deny") + "\n")
    result = login.end()
    assert result.code == 4
    assert "did not allow it" in result.err


def test_nobody_pastes(person: Person) -> None:
    login = person.start("login", "--no-browser", "--wait", "1")
    login.says("Paste it here")
    code = login.process.wait(PATIENCE)
    assert code == 5
    assert "nobody" in login.end().err


def test_ctrl_c_instead_of_a_paste(person: Person) -> None:
    with person.terminal("login", "--no-browser") as terminal:
        terminal.expect("Paste it here")
        terminal.sendintr()
        terminal.expect("interrupted")
        assert terminal.wait() == 130


def test_any_registered_address_will_do(person: Person) -> None:
    person.register("https://example.com/callback")
    login = person.start("login", "--no-browser", "--redirect-uri", "https://example.com/callback")
    login.type(decide(printed(login.says("Paste it here"))) + "\n")
    assert login.end().code == 0


def test_a_megabyte_is_a_wrong_paste(person: Person) -> None:
    result = person.run("login", "--no-browser", typed="x" * 1_000_000)
    assert result.code in (2, 4)
    assert len(result.err) < 10_000
