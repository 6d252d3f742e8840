"""Sealed files that change their key: a rotation, and what may happen meanwhile."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import log_in, renewals
from pinterest_sdk import ApiException, FileStore, TokenManager, aio
from pinterest_sdk.errors import InvalidInputException, InvalidTypeException

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

OLD, NEW, STRANGER = (os.urandom(32) for _ in range(3))


def _awaited(store: FileStore, *account: str) -> list[str]:
    return asyncio.run(aio.reseal(store, *account))


both = pytest.mark.parametrize("reseal", [FileStore.reseal, _awaited], ids=["threads", "asyncio"])


def keep(client: ApiClient, store: FileStore, *accounts: str) -> None:
    """Give each account tokens of its own name."""
    manager = TokenManager(client, store, "nobody")
    for account in accounts:
        manager.account(account).adopt({"access_token": f"pina_{account}", "expires_in": 2592000})


def token(client: ApiClient, folder: Path, account: str, key: Any) -> str:
    return TokenManager(client, FileStore(folder, key=key), account).access_token()


@both
def test_another_key_takes_the_place_of_the_old_one(
    reseal: Callable[..., list[str]], client: ApiClient, tmp_path: Path
) -> None:
    keep(client, FileStore(tmp_path, key=OLD), "a", "b", "c")
    both_keys = FileStore(tmp_path, key=[NEW, OLD])
    assert reseal(both_keys, "b") == ["b"]
    assert reseal(both_keys, "nobody") == []
    assert reseal(both_keys) == ["a", "c"]
    assert reseal(both_keys) == []
    for account in "abc":
        assert token(client, tmp_path, account, NEW) == f"pina_{account}"
        with pytest.raises(ApiException, match="is sealed with another key") as caught:
            token(client, tmp_path, account, OLD)
        assert caught.value.kind == "Store"


@both
def test_plain_files_are_sealed(reseal: Callable[..., list[str]], client: ApiClient, tmp_path: Path) -> None:
    keep(client, FileStore(tmp_path), "a")
    with pytest.raises(ApiException, match="is not sealed"):
        token(client, tmp_path, "a", NEW)
    assert reseal(FileStore(tmp_path, key=NEW)) == ["a"]
    assert "pina_" not in (tmp_path / "a.json").read_text()
    assert token(client, tmp_path, "a", NEW) == "pina_a"


@both
def test_without_the_right_keys_a_file_stays_as_it_is_and_the_others_are_sealed(
    reseal: Callable[..., list[str]], client: ApiClient, tmp_path: Path
) -> None:
    keep(client, FileStore(tmp_path, key=STRANGER), "b")
    keep(client, FileStore(tmp_path, key=OLD), "a", "c")
    before = (tmp_path / "b.json").read_bytes()
    with pytest.raises(ApiException, match=r"b\.json is sealed with another key") as caught:
        reseal(FileStore(tmp_path, key=[NEW, OLD]))
    assert (caught.value.kind, caught.value.status) == ("Store", 0)
    assert (tmp_path / "b.json").read_bytes() == before
    assert [token(client, tmp_path, account, NEW) for account in "ac"] == ["pina_a", "pina_c"]
    assert reseal(FileStore(tmp_path, key=[NEW, STRANGER])) == ["b"]

    with pytest.raises(ApiException, match="no keys to seal with"):
        reseal(FileStore(tmp_path))

    def fail() -> bytes:
        raise ConnectionError("canary")

    with pytest.raises(ApiException) as failed:
        reseal(FileStore(tmp_path, key=fail))
    assert failed.value.kind == "Store"
    assert isinstance(failed.value.__cause__, ConnectionError)
    with pytest.raises(InvalidInputException):
        reseal(FileStore(tmp_path, key=NEW), "no name/")
    mistaken: Any = 5
    with pytest.raises(InvalidTypeException):
        reseal(FileStore(tmp_path, key=NEW), mistaken)


def test_a_function_is_asked_anew_and_managers_go_on(
    client: ApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    keys = [OLD]
    store = FileStore(tmp_path, key=lambda: list(keys))
    manager = TokenManager(client, store, "shop-1")
    log_in(sandbox, client, manager)
    keys.insert(0, NEW)
    ended = threading.Event()
    tokens: list[str] = []

    def renew() -> None:
        other = TokenManager(client, FileStore(tmp_path, key=[NEW, OLD]), "shop-1")
        while not ended.is_set():
            tokens.append(other.refresh())

    thread = threading.Thread(target=renew)
    thread.start()
    assert store.reseal() in ([], ["shop-1"])
    ended.set()
    thread.join()
    assert store.reseal() == []
    assert token(client, tmp_path, "shop-1", NEW) == tokens[-1]
    assert renewals(sandbox) >= 1


def test_whoever_is_killed_leaves_files_that_one_of_both_keys_opens(
    client: ApiClient, tmp_path: Path
) -> None:
    accounts = [f"shop-{number}" for number in range(40)]
    keys = [os.urandom(32) for _ in range(9)]
    keep(client, FileStore(tmp_path, key=keys[0]), *accounts)
    program = """
import sys
from pinterest_sdk import FileStore
store = FileStore(sys.argv[1], key=[bytes.fromhex(key) for key in sys.argv[2:]])
print("begins", flush=True)
store.reseal()
"""
    moments = random.Random(7)
    cut = 0
    for old, new in itertools.pairwise(keys):
        child = subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path), new.hex(), old.hex()], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(moments.uniform(0, 0.06))
        child.send_signal(signal.SIGKILL)
        child.communicate(timeout=10)
        for account in accounts:
            assert token(client, tmp_path, account, [new, old]) == f"pina_{account}"
        left = FileStore(tmp_path, key=[new, old]).reseal()
        cut += 0 < len(left) < len(accounts)
        for account in accounts:
            assert token(client, tmp_path, account, new) == f"pina_{account}"
    assert cut, "no one was killed in the middle"
