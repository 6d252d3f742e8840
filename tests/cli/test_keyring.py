"""`pinterest login --keyring`: the key of the tokens in a real keyring, on a bus of its own."""

from __future__ import annotations

import json
import shlex
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from program import PATIENCE, Result, due

if TYPE_CHECKING:
    from program import Person

BESIDE = Path(__file__).parents[1] / "keyring/beside"


def in_session(person: Person, script: str, keyring: str = "unlocked") -> Result:
    """Runs commands beside a keyring, whose files are in the person's home."""
    (person.home / ".local/share").mkdir(parents=True, exist_ok=True)
    lines = f'set -e\npinterest() {{ {shlex.join(person.launcher)} "$@"; }}\n{script}'
    # Sockets have short names.
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="keyring-") as runtime:
        done = subprocess.run(
            [BESIDE, keyring, "sh", "-c", lines],
            env=person.variables({"XDG_RUNTIME_DIR": runtime}),
            cwd=person.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    return Result(done.returncode, done.stdout, done.stderr)


def on_disk(person: Person) -> str:
    return "".join(path.read_text(errors="replace") for path in person.tokens.iterdir())


def token_made_elsewhere(person: Person, profile: str) -> str:
    token = str(person.keep(profile)["access_token"])
    person.file(profile).unlink()
    (person.folder / f"{profile}.token").write_text(token)
    return token


def log_in(person: Person, profile: str = "other") -> str:
    """A login that seals, as a line of a script."""
    token_made_elsewhere(person, profile)
    return f"pinterest login --keyring --with-token --profile {profile} <{profile}.token >said"


@pytest.mark.smoke
def test_every_profile_is_sealed_with_a_key_in_the_keyring(person: Person) -> None:
    kept = person.keep()
    result = in_session(
        person,
        f"{log_in(person)}\npinterest token; pinterest token --profile other; pinterest status",
    )
    assert result.code == 0, result
    token, other, *status = result.out.splitlines()
    assert token == kept["access_token"]
    assert other == (person.folder / "other.token").read_text()
    assert "key            system's keyring" in "\n".join(status)
    for profile in ("default", "other"):
        assert json.loads(person.file(profile).read_text())["sealed"] == "ChaCha20-Poly1305"
    assert "pina_" not in on_disk(person)
    # A later session has the same keyring; it renews, and a second login makes no other key.
    script = "pinterest refresh; pinterest token; pinterest request /user_account >answer"
    later = in_session(person, f"{log_in(person)}\n{script}")
    assert later.code == 0, later
    assert later.out.splitlines()[-1].startswith("pina_")
    assert (
        json.loads(person.file("default").read_text())["key"]
        == json.loads(person.file("other").read_text())["key"]
    )


def test_a_profile_that_cannot_be_sealed_keeps_no_other_and_no_login(
    person: Person,
) -> None:
    person.keep("another")
    kept = person.keep("work")
    person.file("another").chmod(0o644)
    result = in_session(
        person,
        f"{log_in(person)}\npinterest token --profile work; pinterest token --profile other",
    )
    assert result.code == 0, result
    assert result.out.splitlines() == [
        kept["access_token"],
        (person.folder / "other.token").read_text(),
    ]
    assert "`another` is not sealed" in result.err
    assert f"chmod 600 '{person.file('another')}'" in result.err
    # One's own is what the login is for.
    result = in_session(person, log_in(person, "another2").replace("another2", "another", 1))
    assert (result.code, "mode 644" in result.err) == (6, True), result


def test_without_the_key_nothing_is_read_and_nothing_written(person: Person) -> None:
    person.keep(expires_at=due())
    first = in_session(person, log_in(person))
    assert first.code == 0, first
    before = on_disk(person)
    # No session, and so no keyring.
    result = person.run("token")
    assert (result.code, result.out) == (6, "")
    assert "the system's keyring cannot be used" in result.err
    assert "PINTEREST_TOKEN_KEY_FILE" in result.err
    # Another one.
    keyrings = person.home / "data/keyrings"
    keyrings.rename(keyrings.with_name("elsewhere"))
    result = in_session(person, "pinterest token")
    assert (result.code, result.out) == (6, "")
    assert "there is no key of this program's in the system's keyring" in result.err
    assert "pinterest logout --all" in result.err
    assert on_disk(person) == before
    assert person.sandbox.requests("/oauth/token") == []


def test_logins_at_once_make_one_key(person: Person) -> None:
    names = ["a", "b", "c", "d"]
    logins = " & ".join(log_in(person, name) for name in names)
    tokens = "\n".join(f"pinterest token --profile {name}" for name in names)
    result = in_session(person, f"{logins} & wait\n{tokens}")
    assert result.code == 0, result
    assert len({json.loads(person.file(name).read_text())["key"] for name in names}) == 1


def test_a_keyring_that_nobody_opens_is_an_error_and_no_wait(person: Person) -> None:
    person.keep()
    first = in_session(person, log_in(person))
    assert first.code == 0, first
    result = in_session(person, "pinterest token", "locked")
    assert (result.code, result.out) == (6, ""), result
    assert "system's keyring" in result.err


def test_a_login_without_a_keyring_writes_nothing_plain(person: Person) -> None:
    token_made_elsewhere(person, "other")
    with (person.folder / "other.token").open() as token:
        result = person.start("login", "--keyring", "--with-token", stdin=token).end()
    assert (result.code, "the system's keyring cannot be used" in result.err) == (
        6,
        True,
    )
    assert "PINTEREST_TOKEN_KEY_FILE" in result.err
    assert list(person.tokens.glob("*")) == []
    result = person.run("login", "--keyring", env={"PINTEREST_TOKEN_KEY": "AA=="})
    assert (result.code, "would be used in place of the keyring" in result.err) == (
        2,
        True,
    )
    # Where another session has sealed.
    person.tokens.mkdir(mode=0o700, parents=True, exist_ok=True)
    (person.tokens / "keyring").touch(mode=0o600)
    result = person.run("login", "--wait", "1")
    assert (result.code, "the system's keyring cannot be used" in result.err) == (
        6,
        True,
    )


def test_who_is_stopped_while_the_keyring_asks_has_sealed_nothing(
    person: Person,
) -> None:
    kept = person.keep()
    token_made_elsewhere(person, "other")
    # A bus that takes connections, and never says a word.
    with (
        tempfile.TemporaryDirectory(dir="/tmp", prefix="bus-") as folder,
        socket.socket(socket.AF_UNIX) as bus,
    ):
        bus.settimeout(PATIENCE)
        bus.bind(f"{folder}/bus")
        bus.listen()
        with (person.folder / "other.token").open() as token:
            variables = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/bus"}
            login = person.start("login", "--keyring", "--with-token", stdin=token, env=variables)
        with bus.accept()[0]:
            login.interrupt()
            assert login.end().code == 130
    result = person.run("token")
    assert (result.code, result.out.strip()) == (0, kept["access_token"]), result
