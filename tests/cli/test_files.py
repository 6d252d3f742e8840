"""The files: private, whole, and nobody else's."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import shutil
import signal
import stat
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pexpect  # type: ignore[import-untyped]
import pytest

from browser import visit
from program import Person, due, over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sandbox import Sandbox

NOBODY = 65534
needs_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")


def spoil(person: Person, how: str) -> None:
    """Puts something else in the place of the profile's file."""
    path = person.file()
    text = path.read_text()
    path.unlink()
    texts = {
        "empty": "",
        "corrupt": "\x00\xff pina_canary",
        "truncated": text[: len(text) // 2],
        "newer": text.replace('"version": 1', '"version": 2'),
        "huge": " " * 15_000_000 + text,
    }
    if how == "link":
        person.write("elsewhere", text)
        path.symlink_to(person.file("elsewhere"))
    elif how == "folder":
        path.mkdir(mode=0o700)
    elif how == "pipe":
        os.mkfifo(path, 0o600)
    else:
        person.write("default", texts.get(how, text))
    if how == "others can read it":
        path.chmod(0o640)
    if how == "somebody else's":
        os.chown(path, NOBODY, NOBODY)


SPOILED = {
    "empty": "it is empty",
    "corrupt": "not a file of tokens",
    "truncated": "not a file of tokens",
    "newer": "a newer release",
    "huge": "it is empty",
    "link": "is a symbolic link",
    "folder": "is not a file",
    "pipe": "is not a file",
    "others can read it": "can be read by others (mode 640)",
    "somebody else's": "belongs to another user",
}
WAYS_TO_SPOIL = [pytest.param(how, marks=needs_root) if how == "somebody else's" else how for how in SPOILED]


@pytest.mark.parametrize("how", WAYS_TO_SPOIL)
def test_a_spoiled_file_is_explained_and_left_alone(person: Person, how: str) -> None:
    kept = person.keep()
    spoil(person, how)
    before = person.file().lstat()
    for command in ("token", "refresh", "revoke", "conversion-token", "status"):
        result = person.run(command)
        assert result.code == 6, (command, result)
        told = result.out if command == "status" else result.err
        assert SPOILED[how] in told
        assert str(person.file()) in told
        assert "canary" not in result.err
        for secret in (kept["access_token"], kept["refresh_token"]):
            assert secret not in result.out + result.err
    after = person.file().lstat()
    assert (after.st_ino, after.st_size, after.st_mode) == (before.st_ino, before.st_size, before.st_mode)
    assert person.sandbox.requests() == []


@pytest.mark.parametrize("how", WAYS_TO_SPOIL)
def test_a_login_replaces_a_spoiled_file_and_loses_nothing(person: Person, how: str) -> None:
    kept = person.keep()
    spoil(person, how)
    before = person.file().lstat().st_ino
    login = person.start("login")
    visit(person.browser.url())
    result = login.end()
    assert result.code == 0, result
    assert stat.S_IMODE(person.file().lstat().st_mode) == 0o600
    assert person.file().lstat().st_uid == os.getuid()
    assert person.run("token").out.strip() == person.stored()["access_token"]
    if how in ("others can read it", "somebody else's"):
        return
    (aside,) = person.tokens.glob("default.json.corrupt-*")
    assert aside.lstat().st_ino == before
    assert str(aside) in result.err
    assert person.run("logout").code == 0
    assert (aside.is_symlink() or aside.exists()) == (how == "folder")
    if how == "link":
        assert person.stored("elsewhere")["access_token"] == kept["access_token"]


def test_everything_is_private_under_any_umask(person: Person) -> None:
    login = person.start("login", umask=0)
    visit(person.browser.url())
    assert login.end().code == 0
    assert stat.S_IMODE(person.tokens.stat().st_mode) == 0o700
    for file in person.tokens.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert person.run("refresh", umask=0).code == 0
    assert stat.S_IMODE(person.file().stat().st_mode) == 0o600


def test_nothing_is_written_outside_the_data_folder(person: Person) -> None:
    login = person.start("login")
    visit(person.browser.url())
    login.end()
    for command in ("token", "refresh", "status", "doctor", "revoke", "conversion-token"):
        person.run(command)
    files = [path.relative_to(person.home) for path in person.home.rglob("*") if not path.is_dir()]
    assert sorted(map(str, files)) == ["data/pinterest-sdk/default.json", "data/pinterest-sdk/default.lock"]


def test_the_home_folder_is_enough(person: Person) -> None:
    login = person.start("login", env={"XDG_DATA_HOME": None})
    visit(person.browser.url())
    assert login.end().code == 0
    assert (person.home / ".local/share/pinterest-sdk/default.json").exists()


def test_a_relative_data_folder_does_not_count(person: Person) -> None:
    login = person.start("login", env={"XDG_DATA_HOME": "relative"})
    visit(person.browser.url())
    assert login.end().code == 0
    assert not (person.folder / "relative").exists()


# Runs a command as somebody without rights.
AS_NOBODY: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": [], "cwd": "/"}


def for_everybody() -> str:
    """A folder for temporary files that every user can reach."""
    for folder in map(Path, (tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm")):
        if folder.is_dir() and all(place.stat().st_mode & 0o001 for place in (folder, *folder.parents)):
            return str(folder)
    raise AssertionError("every folder for temporary files is below a private one")


@pytest.fixture
def reachable(sandbox: Sandbox) -> Iterator[Person]:
    """A person whose folder others can enter and whose program they can start: this clone may lie where
    nobody else comes."""
    with tempfile.TemporaryDirectory(dir=for_everybody()) as folder:
        person = Person(Path(folder), sandbox)
        for place in (person.folder, person.home):
            place.chmod(0o711)
        program = person.folder / "pinterest"
        shutil.copy(person.launcher[0], program)
        program.chmod(0o755)
        person.launcher = [str(program)]
        yield person
        person.close()


@needs_root
def test_somebody_without_a_home_is_told(reachable: Person) -> None:
    env: dict[str, str | None] = {"HOME": None, "XDG_DATA_HOME": None}
    # This number is in no list of users, so that the system knows no home either.
    result = reachable.run("token", env=env, **{**AS_NOBODY, "user": 54321})
    assert result.code == 6
    assert "there is no home folder" in result.err
    assert "XDG_DATA_HOME" in result.err


@needs_root
@pytest.mark.parametrize("threads", [1, 2, 3])
def test_where_no_thread_can_be_started_nothing_turns_and_nothing_breaks(
    reachable: Person, threads: int
) -> None:
    kept = reachable.keep(expires_at=over())
    for path in (reachable.tokens, reachable.file()):
        os.chown(path, NOBODY, NOBODY)
    reachable.data.chmod(0o711)
    reachable.sandbox.respond({"pass": True, "delay_ms": 500})

    def limit() -> None:
        os.setgroups([])
        os.setgid(NOBODY)
        # Nobody else is this user, so that no thread but the program's is counted.
        os.setuid(NOBODY)
        resource.setrlimit(resource.RLIMIT_NPROC, (threads, threads))

    terminal = pexpect.spawn(
        reachable.launcher[0],
        [*reachable.launcher[1:], "refresh"],
        env=reachable.variables({}),
        cwd="/",
        timeout=20,
        encoding="utf-8",
        preexec_fn=limit,
    )
    terminal.expect(pexpect.EOF)
    code, said = terminal.wait(), str(terminal.before)
    assert "panicked" not in said
    if threads == 1:
        # Without the one that hears signals nothing is begun.
        assert code == 5
        assert "the system refuses what this program needs" in said
        assert json.loads(reachable.file().read_text()) == kept
        return
    assert code == 0, said
    assert ("asking Pinterest" in said) == (threads == 3)
    assert json.loads(reachable.file().read_text())["access_token"] != kept["access_token"]


@pytest.mark.parametrize("mode", [0o000, 0o500])
def test_a_folder_without_rights_is_said_before_anything_is_asked(reachable: Person, mode: int) -> None:
    reachable.keep(expires_at=over())
    nobody = AS_NOBODY if os.getuid() == 0 else {}
    for path in (reachable.tokens, reachable.file()) if nobody else ():
        os.chown(path, NOBODY, NOBODY)
    reachable.data.chmod(0o711)
    reachable.tokens.chmod(mode)
    for command in ("refresh", "login"):
        result = reachable.run(command, **nobody)
        assert result.code == 6, result
        assert "ermission denied" in result.err
        assert str(reachable.tokens) in result.err
    assert reachable.sandbox.requests() == []


@pytest.mark.parametrize("what", ["no rights", "a file"])
def test_a_folder_that_cannot_be_made_is_not_called_good(reachable: Person, what: str) -> None:
    if what == "a file":
        reachable.data.write_text("")
    reachable.home.chmod(0o555)
    nobody = AS_NOBODY if os.getuid() == 0 else {}
    login = reachable.run("login", **nobody)
    assert login.code == 6
    result = reachable.run("doctor", "--offline", "--json", **nobody)
    assert result.code == 1
    (folder,) = (finding for finding in result.json if finding["check"] == "folder")
    assert folder["verdict"] == "wrong"
    assert str(reachable.tokens) in folder["found"]
    assert "XDG_DATA_HOME" in folder["fix"]


def test_a_file_in_the_place_of_the_folder(person: Person) -> None:
    person.data.mkdir()
    person.tokens.write_text("")
    for command in ("status", "token", "login", "logout"):
        result = person.run(command)
        assert result.code == 6, (command, result)
        assert str(person.tokens) in result.err


@needs_root
def test_somebody_elses_folder_is_not_used(person: Person) -> None:
    kept = person.keep(expires_at=over())
    os.chown(person.tokens, NOBODY, NOBODY)
    result = person.run("refresh")
    assert result.code == 6
    assert "belongs to another user" in result.err
    assert person.stored() == kept
    assert person.sandbox.requests() == []


@pytest.fixture
def full(person: Person) -> Iterator[Callable[[], dict[str, Any]]]:
    """Fills the disk: a small one of its own or, where none can be made, a limit on files."""
    kept = person.keep(expires_at=due())
    text = person.file().read_text()
    mounted = (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", str(person.tokens)],
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )
    person.write("default", text)

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    def fill() -> dict[str, Any]:
        if not mounted:
            return {"preexec_fn": limit}
        with contextlib.suppress(OSError), (person.tokens / "filler").open("wb") as filler:
            while True:
                filler.write(bytes(4096))
                filler.flush()
        return {}

    yield fill
    if mounted:
        subprocess.run(["umount", str(person.tokens)], check=True)
    assert kept


def test_a_full_disk_is_seen_before_a_token_is_asked_for(
    person: Person, full: Callable[[], dict[str, Any]]
) -> None:
    options = full()
    kept = person.stored()
    token = person.run("token", **options)
    assert (token.code, token.out.strip()) == (0, kept["access_token"])
    assert "could not be renewed" in token.err
    for command in ("refresh", "login"):
        result = person.run(command, **options)
        assert result.code == 6, result
        assert "cannot be written" in result.err
    assert person.sandbox.requests() == []
    assert person.stored() == kept
    assert not list(person.tokens.glob("*.new"))


def test_a_disk_that_fills_while_pinterest_answers_does_not_matter(
    person: Person, full: Callable[[], dict[str, Any]]
) -> None:
    before = person.stored()
    person.sandbox.respond({"pass": True, "delay_ms": 600})
    renewal = person.start("refresh")
    while not person.sandbox.requests("/oauth/token"):
        assert renewal.process.poll() is None
    full()
    result = renewal.end()
    assert result.code == 0, result
    assert person.stored()["access_token"] != before["access_token"]


@pytest.mark.parametrize("handling", [signal.SIG_IGN, signal.SIG_DFL])
def test_a_token_that_cannot_be_kept_is_printed_and_the_error_says_that_pinterest_answered(
    person: Person, handling: signal.Handlers
) -> None:
    """Also where the system sends SIGXFSZ for a file that grows too large, which ends others."""
    kept = person.keep(expires_at=over())
    person.sandbox.respond({"pass": True, "delay_ms": 700})
    renewal = person.start("token", preexec_fn=lambda: signal.signal(signal.SIGXFSZ, handling))
    while not person.sandbox.requests("/oauth/token"):
        assert renewal.process.poll() is None
    # From now on every write to a file fails, also in the room that was made.
    resource.prlimit(renewal.process.pid, resource.RLIMIT_FSIZE, (0, 0))
    result = renewal.end()
    assert result.code == 6
    assert "Pinterest gave new tokens, but they could not be kept" in result.err
    token = result.out.strip()
    assert token not in ("", kept["access_token"])
    (request,) = person.sandbox.requests("/oauth/token")
    assert request["status"] == 200
    assert person.stored() == kept


def test_a_lock_that_is_a_link_is_not_followed(person: Person) -> None:
    person.keep(expires_at=over())
    target = person.folder / "target"
    (person.tokens / "default.lock").symlink_to(target)
    assert person.run("token").code == 6
    assert not target.exists()


def test_room_that_is_a_link_is_not_followed(person: Person) -> None:
    person.keep(expires_at=over())
    target = person.folder / "target"
    target.write_text("precious")
    person.file().with_suffix(".json.new").symlink_to(target)
    assert person.run("token").code == 6
    assert target.read_text() == "precious"


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "a\nb", "ä", "x" * 65, "-x"])
def test_a_profiles_name_cannot_lead_out_of_the_folder(person: Person, name: str) -> None:
    result = person.run("status", f"--profile={name}")
    assert result.code in ((2, 3) if name == "-x" else (2,))
    assert "panicked" not in result.err
