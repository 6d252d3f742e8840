"""Programs whose main thread ends long before they do: what other threads have under way goes on."""

from __future__ import annotations

import json
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

from kept_tokens import first_answer, next_second, renewals
from pythons import pythons, run
from test_ends_at_once import START

if TYPE_CHECKING:
    from pathlib import Path

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

# What one of the program's threads does, in a loop that is at rest now and then. What holds the store's lock
# is a coroutine of that loop, and has to stay.
GO_ON = """
    class Watched(Lock):
        held = 0

        async def __aenter__(self):
            await super().__aenter__()
            Watched.held += 1

    class Known(Store):
        def lock(self, key, seconds):
            return Watched(self.free)

    store = Known()

    def go_on():
        loop = asyncio.new_event_loop()
        loop.run_until_complete(begin(store))
        began.set()
        time.sleep(0.3)
        while store.is_asking() or store.free.locked():
            loop.run_until_complete(asyncio.sleep(0.01))
        # Once to adopt and once to renew, and not once more because this one was given up.
        print(Watched.held)

    began = threading.Event()
"""
THREADS = {
    "a thread": "threading.Thread(target=go_on).start()",
    "an executor": "ThreadPoolExecutor(1).submit(go_on)",
    "a thread beside an executor that rests": """
        pool = ThreadPoolExecutor(1)
        pool.submit(int).result()
        threading.Thread(target=go_on).start()
    """,
}
CHILD = """
    import multiprocessing

    def work():
        threading.Thread(target=go_on).start()
        began.wait()

    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    child.join()
    assert child.exitcode == 0
"""
# It is down until the program's other thread has gone on for a while, and for some time after.
LATE = """
    class Down(Store):
        is_down = False

        async def compare_and_swap(self, key, expected, new):
            if self.is_down:
                raise ConnectionError
            taken = await super().compare_and_swap(key, expected, new)
            self.is_down = self.is_asking()
            return taken

    store = Down()
    manager = TokenManager(client, store, "shop-1")
    manager.adopt(answer)
    manager.refresh()

    def go_on():
        time.sleep(10)
        timer = threading.Timer(4, setattr, (store, "is_down", False))
        timer.daemon = True
        timer.start()

    threading.Thread(target=go_on).start()
"""


def _kept(
    python: str, program: str, client: ApiClient, sandbox: Sandbox, folder: Path
) -> tuple[tuple[int, str, str], bool]:
    answer = first_answer(sandbox, client).to_dict()
    next_second(sandbox)
    sandbox.respond({"pass": True, "delay_ms": 600})
    kept = folder / "kept"
    start = START.format(host=sandbox.host, answer=json.dumps(answer), kept=str(kept))
    end = run(python, textwrap.dedent(start) + program)
    record = json.loads(kept.read_text())
    return end, (record["sequence"], record.get("asked")) == (2, None)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("thread", THREADS.values(), ids=THREADS)
@pytest.mark.parametrize("python", pythons())
def test_what_a_thread_has_under_way_is_left_to_it(
    python: str, thread: str, client: ApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    program = textwrap.dedent(GO_ON) + textwrap.dedent(thread) + "\nbegan.wait()\n"
    assert _kept(python, program, client, sandbox, tmp_path) == ((0, "2\n", ""), True)
    assert renewals(sandbox) == 1


@pytest.mark.timeout(120)
@pytest.mark.parametrize("python", pythons())
def test_so_it_is_in_a_child(python: str, client: ApiClient, sandbox: Sandbox, tmp_path: Path) -> None:
    program = textwrap.dedent(GO_ON) + textwrap.dedent(CHILD)
    end, is_kept = _kept(python, program, client, sandbox, tmp_path)
    assert (end[0], is_kept) == (0, True)
    assert (end[1], end[2]) == ("2\n", "")


@pytest.mark.timeout(120)
def test_the_end_has_all_of_its_time(client: ApiClient, sandbox: Sandbox, tmp_path: Path) -> None:

    assert _kept(sys.executable, textwrap.dedent(LATE), client, sandbox, tmp_path) == ((0, "", ""), True)
