"""What the person's browser is told, and when: not before it is true."""

from __future__ import annotations

import resource
import signal
import threading
import time
from signal import SIGTERM
from typing import TYPE_CHECKING

import pytest

from asked import asked, eventually, slow
from beside import locked
from browser import Page, decide, fetch, visit

if TYPE_CHECKING:
    from program import Person


class Visit:
    """A visit that goes on beside the test."""

    def __init__(self, url: str) -> None:
        self._pages: list[Page] = []
        self._thread = threading.Thread(target=lambda: self._pages.append(fetch(url)), daemon=True)
        self._thread.start()

    def is_over(self) -> bool:
        return not self._thread.is_alive()

    def page(self) -> Page:
        self._thread.join(10)
        return self._pages[0]


def test_nobody_is_connected_before_the_tokens_are_on_the_disk(person: Person) -> None:
    login = person.start("login", "--scopes", "boards:read")
    page = visit(person.browser.url())
    # In their place, and not only somewhere beside it.
    assert person.file().exists()
    assert "You are connected to Pinterest" in page.text
    assert login.end().code == 0


def test_a_browser_does_not_wait_for_long(person: Person) -> None:
    with locked(person):
        login = person.start("login")
        url = decide(person.browser.url())
        started = time.monotonic()
        page = fetch(url)
        assert 1.5 < time.monotonic() - started < 5
        assert not person.file().exists()
        assert "Pinterest has answered" in page.text
        assert "connected" not in page.text
        assert login.process.poll() is None
    assert login.end().code == 0
    assert person.file().exists()


@pytest.mark.parametrize("lock", [False, True])
def test_tokens_that_cannot_be_kept_connect_nobody(person: Person, lock: bool) -> None:
    login = person.start("login", preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN))
    callback = decide(person.browser.url())
    if lock:
        (person.tokens / "default.lock").unlink()
        (person.tokens / "default.lock").symlink_to("elsewhere")
    else:
        resource.prlimit(login.process.pid, resource.RLIMIT_FSIZE, (0, 0))
    page = fetch(callback)
    result = login.end()
    assert result.code == 6, result
    assert "could not be kept" in result.err
    assert "That did not work" in page.text
    assert "could not be kept" in page.text
    assert not person.file().exists()


def test_a_login_that_is_ended_tells_the_browser(person: Person) -> None:
    with locked(person):
        login = person.start("login")
        visiting = Visit(decide(person.browser.url()))
        asked(person)
        eventually(lambda: [path for path in person.tokens.glob("*.new-*") if path.read_text().strip()])
        assert not visiting.is_over()
        login.process.send_signal(SIGTERM)
        page = visiting.page()
        assert login.end(5).code == 128 + SIGTERM
    assert "This login was ended" in page.text


def test_whoever_ends_a_login_ends_it_with_its_page(person: Person) -> None:
    """The token is kept all the same, and the page says so."""
    login = person.start("login")
    callback = decide(person.browser.url())
    slow(person)
    visiting = Visit(callback)
    asked(person)
    login.process.send_signal(SIGTERM)
    assert login.end(5).code == 128 + SIGTERM
    assert "You are connected to Pinterest" in visiting.page().text
    assert person.stored()["access_token"]
