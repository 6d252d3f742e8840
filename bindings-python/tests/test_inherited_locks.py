"""The file's lock of a renewal that a forked child inherits: it lets it go, and disturbs nobody."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kept_tokens import log_in
from pinterest_sdk import FileStore, TokenManager
from test_processes import run_program
from test_token_processes import program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

FRESH = {"access_token": "pina_new", "refresh_token": "pinr_2", "expires_in": 2592000}
RENEWS = """
    import subprocess

    manager = TokenManager(client, files, "shop-1")
    renewal = threading.Thread(target=manager.refresh, daemon=True)
    renewal.start()
    while not os.path.exists(files.folder + "/shop-1.json.new"):
        time.sleep(0.01)
    time.sleep(0.05)
"""
CHILDREN = {
    "forked": """
    child = os.fork()
    if child == 0:
        time.sleep(60)
        os._exit(0)
""",
    "forked of a fork": """
    if os.fork() == 0:
        child = os.fork()
        if child == 0:
            time.sleep(60)
        else:
            print(child, flush=True)
        os._exit(0)
    time.sleep(60)
""",
    "executed": """
    child = subprocess.Popen(["sleep", "60"], close_fds=False).pid
""",
}
TELLS = """
    print(child, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "tokens")


@pytest.fixture
def started() -> Iterator[list[int]]:
    """Numbers of processes that are to end with the test."""
    numbers: list[int] = []
    yield numbers
    for number in numbers:
        os.kill(number, signal.SIGKILL)


@pytest.mark.parametrize("child", CHILDREN.values(), ids=CHILDREN)
def test_a_child_of_a_killed_parent_keeps_nobody_waiting(
    child: str, client: ApiClient, sandbox: Sandbox, files: FileStore, started: list[int]
) -> None:
    log_in(sandbox, client, TokenManager(client, files, "shop-1"))
    sandbox.respond({"fault": "hang"})
    text = RENEWS + child + TELLS
    arguments = [sys.executable, "-c", program(sandbox, files, text)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        started.append(int(parent.stdout.readline()))
        assert _is_locked(files)
        parent.kill()
    sandbox.stand({"json": FRESH})
    begun = time.monotonic()
    assert TokenManager(client, files, "shop-1").refresh() == "pina_new"
    assert time.monotonic() - begun < 5


def test_a_child_that_ends_takes_no_lock_away(client: ApiClient, sandbox: Sandbox, files: FileStore) -> None:
    log_in(sandbox, client, TokenManager(client, files, "shop-1"))
    sandbox.respond({"json": FRESH, "delay_ms": 2000})
    text = """
    import fcntl, gc

    def is_locked():
        with open(files.folder + "/shop-1.lock", "r+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    child = os.fork()
    if child == 0:
        del manager, renewal
        gc.collect()
        sys.exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert renewal.is_alive() and is_locked()
    renewal.join()
    assert not is_locked()
    """
    run_program("import warnings\nwarnings.simplefilter('ignore')\n" + program(sandbox, files, RENEWS + text))
    assert TokenManager(client, files, "shop-1").access_token() == "pina_new"


def test_processes_with_one_number_are_told_apart(
    client: ApiClient, sandbox: Sandbox, files: FileStore
) -> None:
    """A number is free again once its process has ended: a child's may be that of its grandparent."""
    log_in(sandbox, client, TokenManager(client, files, "shop-1"))
    text = """
    from test_own_store import Later, Plain

    store = (Plain, Later)[len(sys.argv) > 1]()
    heard = []
    manager = TokenManager(client, store, "shop-1", on_event=lambda event: heard.append(event.kind))
    manager.adopt({"access_token": "pina_1", "refresh_token": "pinr_1", "expires_in": 100})
    for _ in range(2):
        child = os.fork()
        if child:
            assert os.waitpid(child, 0)[1] == 0
            os._exit(0)
        heard.clear()
        assert manager.forget()
        manager.adopt({"access_token": "pina_1", "refresh_token": "pinr_1", "expires_in": 100})
        while not heard:
            time.sleep(0.01)
    """
    start = "import os, sys, warnings\nwarnings.simplefilter('ignore')\nos.getpid = lambda: 7\n"
    start += f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    run_program(start + program(sandbox, files, text))
    run_program(start + "sys.argv.append('async')\n" + program(sandbox, files, text))


def _is_locked(files: FileStore) -> bool:
    with open(Path(files.folder) / "shop-1.lock", "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
