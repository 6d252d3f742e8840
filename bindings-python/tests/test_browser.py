"""The page of a login on this machine, in a browser or printed; and the example that does so."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from openapi_generated.pinterest_client import ApiClient, ApiException
from person import LIMIT, Visitor, asked, login_async
from pinterest_sdk import login, open_browser
from sandbox import ROOT

if TYPE_CHECKING:
    from sandbox import Sandbox


ALLOWS = f"""
    sys.path.insert(0, {str(Path(__file__).parent)!r})
    from person import Browser
    browser = Browser()
    open(seen, "w").write(browser.open(browser.answer(sys.argv[1]))[1])
"""


def fake_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: str, name: str = "the-browser"
) -> Path:
    """Put a script in the place of the browser; it is given a file to write to."""
    seen = tmp_path / "seen"
    program = tmp_path / name
    program.write_text(f"#!{sys.executable}\nimport sys\nseen = {str(seen)!r}\n{textwrap.dedent(lines)}")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    # By its name: in this variable a space would end a path.
    monkeypatch.setenv("BROWSER", name)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return seen


def test_the_page_is_printed_and_opened(
    client: ApiClient, redirect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    for log_in in (login, login_async):
        seen = fake_browser(tmp_path, monkeypatch, ALLOWS)
        token = log_in(client, asked(redirect))
        out, err = capfd.readouterr()
        assert out == ""
        assert err.startswith(f"To log in, open {client.configuration.authorization_url}?client_id=1234567&")
        assert err.count("\n") == 1
        deadline = time.monotonic() + LIMIT
        while not (seen.exists() and "You are connected" in seen.read_text()):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        seen.unlink()
        assert token.access_token


def test_without_a_browser_the_printed_line_is_enough(
    client: ApiClient, redirect: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BROWSER", "/nonexistent")
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(ApiException) as caught:
        open_browser("http://localhost:8085/")
    assert (caught.value.kind, caught.value.hint) == ("Authorization", "open the URL by hand")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(login, client, asked(redirect))
        line = ""
        deadline = time.monotonic() + LIMIT
        while "\n" not in line:
            assert time.monotonic() < deadline
            line += capfd.readouterr().err
            time.sleep(0.01)
        Visitor()(line.split()[-1])
        assert waiting.result(LIMIT).access_token


def test_the_url_is_one_argument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = fake_browser(tmp_path, monkeypatch, 'open(seen, "w").write(repr(sys.argv[1:]))')
    open_browser("http://localhost/?a=$(id)&b='\"`id`;id")
    deadline = time.monotonic() + LIMIT
    while not seen.exists() or not seen.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert len(seen.read_text().split(", ")) == 1
    assert "$(id)" in seen.read_text()


def test_the_browser_is_told_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PINTEREST_APP_SECRET", "PINTEREST_APP_ID", "Pinterest_Token"):
        monkeypatch.setenv(name, "canary")
    monkeypatch.setenv("KEPT", "kept")
    lines = """
        import os
        text = os.linesep.join(f"{name}={value}" for name, value in os.environ.items())
        open(f"{seen}.part", "w").write(text)
        os.replace(f"{seen}.part", seen)
    """
    for name in ("browser", "lynx"):
        seen = fake_browser(tmp_path, monkeypatch, lines, name)
        open_browser("http://localhost/")
        deadline = time.monotonic() + LIMIT
        while not seen.exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert "KEPT=kept" in seen.read_text()
        assert "canary" not in seen.read_text()
        seen.unlink()


def test_a_slow_browser_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_browser(tmp_path, monkeypatch, "import time; time.sleep(3)")
    started = time.monotonic()
    open_browser("http://localhost/")
    assert time.monotonic() - started < 2


def test_ctrl_c_is_answered_while_a_browser_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # One that runs in the terminal is waited for, for a second.
    fake_browser(tmp_path, monkeypatch, "import time; time.sleep(2)", "lynx")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    sent = []
    never = threading.Event()

    def interrupt() -> None:
        sent.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    def open_and_wait() -> None:
        open_browser("http://localhost/")
        # Ctrl-C must not come after the test, where it would end all of them.
        never.wait(5)

    timer = threading.Timer(0.2, interrupt)
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt) as caught:
            open_and_wait()
        assert time.monotonic() - sent[0] < 0.1
        assert "open_browser" in [entry.name for entry in caught.traceback]
        timer.join()
    finally:
        signal.signal(signal.SIGINT, before)


def test_the_example(
    sandbox: Sandbox, redirect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_browser(tmp_path, monkeypatch, ALLOWS)
    monkeypatch.setenv("PINTEREST_APP_ID", "1234567")
    monkeypatch.setenv("PINTEREST_APP_SECRET", "0123456789abcdef0123456789abcdef01234567")
    monkeypatch.setenv("PINTEREST_REDIRECT_URI", redirect)
    monkeypatch.setenv("PINTEREST_API_URI", sandbox.host)
    monkeypatch.setenv("PINTEREST_OAUTH_URI", f"{sandbox.addresses['http']}/oauth/")
    run = subprocess.run(
        [sys.executable, ROOT / "examples/python/login.py"],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert run.stderr.startswith("To log in, open http://")
    assert (run.returncode, run.stderr.count("\n")) == (0, 1)
    assert run.stdout.startswith("Hello, ")
