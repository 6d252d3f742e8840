"""New tokens that are not kept yet when a process ends in another way than most: they are kept first."""

from __future__ import annotations

import json
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

from kept_tokens import log_in
from pinterest_sdk import TokenManager
from pythons import run
from test_own_store import Plain
from test_token_exit import START

if TYPE_CHECKING:
    from pathlib import Path

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

CHILD = """
    def work():
        store = Plain()
        manager = TokenManager(client, store, "shop-1", on_event=str)
        manager.adopt(answer)
        threading.Thread(target=manager.refresh, daemon=True).start()
        while not store.is_asking():
            time.sleep(0.01)
"""
PROCESS = """
    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    child.join()
    assert child.exitcode == 0
"""
POOL = """
    from concurrent.futures import ProcessPoolExecutor
    with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
        pool.submit(work).result()
"""
ENDS = {
    "multiprocessing": f"\n    import multiprocessing\n{CHILD}{PROCESS}",
    "a pool of processes": f"\n    import multiprocessing\n{CHILD}{POOL}",
    "billiard": f"\n    import billiard as multiprocessing\n{CHILD}{PROCESS}",
}
DROPPED = """
    import atexit, gc

    class Down(Plain):
        is_down = False

        def compare_and_swap(self, key, expected, new):
            if self.is_down:
                raise ConnectionError
            taken = super().compare_and_swap(key, expected, new)
            self.is_down = self.is_asking()
            return taken

    store = Down()
    manager = TokenManager(client, store, "shop-1")
    manager.adopt(answer)
    assert manager.refresh() == "pina_new"
    del manager
    gc.collect()
    # Longer than one attempt takes, and just before the next.
    time.sleep(0.3)
    atexit.register(setattr, store, "is_down", False)
"""


def _run(
    program: str, client: ApiClient, sandbox: Sandbox, folder: Path, delay: int
) -> tuple[tuple[int, str, str], str]:
    token = log_in(sandbox, client, TokenManager(client, Plain(), "shop-1"))
    answer = {"access_token": token, "refresh_token": "pinr_1", "expires_in": 100}
    fresh = {"access_token": "pina_new", "refresh_token": "pinr_2", "expires_in": 2592000}
    sandbox.stand({"json": fresh, "delay_ms": delay})
    kept = folder / "kept"
    start = START.format(host=sandbox.host, answer=json.dumps(answer), kept=str(kept))
    end = run(sys.executable, textwrap.dedent(start) + textwrap.dedent(program))
    return end, json.loads(kept.read_text())["access_token"]


@pytest.mark.parametrize("program", ENDS.values(), ids=ENDS)
def test_a_child_that_ends_during_a_renewal_keeps_it(
    program: str, client: ApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    if "billiard" in program:
        pytest.importorskip("billiard")
    end, kept = _run(program, client, sandbox, tmp_path, 300)
    assert (end, kept) == ((0, "", ""), "pina_new")


def test_the_end_waits_for_a_manager_that_nobody_has(
    client: ApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    assert _run(DROPPED, client, sandbox, tmp_path, 0) == ((0, "", ""), "pina_new")
