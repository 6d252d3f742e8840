"""Files that are sealed with keys, which a program or a keyring gives."""

from __future__ import annotations

import asyncio
import base64
import os
import pickle
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import FACES, Manager, log_in, log_in_and_expire, renewals, result
from pinterest_sdk import ApiException, FileStore, TokenManager
from pinterest_sdk.errors import InvalidInputException, InvalidTypeException
from pinterest_sdk.stores import key_file, key_variable, keyring_key
from test_processes import in_child

if TYPE_CHECKING:
    from pathlib import Path

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

KEY = os.urandom(32)
TEXT = base64.b64encode(KEY).decode()
OTHER = os.urandom(32)
LINES = f"{TEXT}\n{base64.b64encode(OTHER).decode()}\n"


@pytest.mark.parametrize(
    "key",
    [KEY, TEXT, bytearray(KEY), [KEY, OTHER], LINES, LINES.encode(), lambda: KEY, lambda: (TEXT, OTHER)],
    ids=["bytes", "text", "bytearray", "list", "lines", "a file's bytes", "function", "function of several"],
)
@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_tokens_in_sealed_files(
    face: type[Manager], key: Any, client: ApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    manager = face(client, FileStore(tmp_path, key=key), "shop-1")
    old = log_in_and_expire(sandbox, client, manager)
    new = result(manager.access_token())
    assert new != old
    assert renewals(sandbox) == 1
    sealed = (tmp_path / "shop-1.json").read_text()
    assert new not in sealed
    assert "pinr" not in sealed
    # With the same key in another form, and as an older one.
    for other in (KEY, [OTHER, TEXT]):
        assert result(face(client, FileStore(tmp_path, key=other), "shop-1").access_token()) == new


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_a_thousand_at_expiry_renew_once(
    face: type[Manager], client: ApiClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.control("PATCH", "/_sandbox/switches", {"rotation": "invalidate_on_use"})
    manager = face(client, FileStore(tmp_path, key=lambda: KEY), "shop-1")
    log_in_and_expire(sandbox, client, manager)
    if isinstance(manager, TokenManager):
        with ThreadPoolExecutor(1000) as pool:
            barrier = threading.Barrier(1000)
            given = list(pool.map(lambda _: (barrier.wait(), manager.access_token())[1], range(1000)))
    else:

        async def all_of_them() -> list[str]:
            return list(await asyncio.gather(*(manager.access_token() for _ in range(1000))))

        given = asyncio.run(all_of_them())
    assert len(set(given)) == 1
    assert renewals(sandbox) == 1


def test_keys_of_a_file_and_of_a_variable(
    client: ApiClient, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "keys"
    file.write_text(LINES)
    monkeypatch.setenv("PINTEREST_TOKEN_KEY", f"{TEXT},{base64.b64encode(OTHER).decode()}")
    store = FileStore(tmp_path / "tokens", key=key_file(file))
    token = log_in(sandbox, client, TokenManager(client, store, "shop-1"))
    for key in (key_variable(), key_variable("PINTEREST_TOKEN_KEY"), KEY):
        manager = TokenManager(client, FileStore(tmp_path / "tokens", key=key), "shop-1")
        assert manager.access_token() == token
    told = TokenManager(client, store, "shop-1").status().store
    assert told == f"file {tmp_path / 'tokens'}, sealed; keys: file {file}"
    for missing in (key_file(tmp_path / "none"), key_variable("PINTEREST_NO_SUCH")):
        store = FileStore(tmp_path / "tokens", key=missing)
        with pytest.raises(ApiException, match=r"none|PINTEREST_NO_SUCH") as caught:
            TokenManager(client, store, "shop-1").access_token()
        assert isinstance(caught.value.__cause__, (OSError, LookupError))


def test_a_lost_key_is_one_sentence(client: ApiClient, sandbox: Sandbox, tmp_path: Path) -> None:
    token = log_in(sandbox, client, TokenManager(client, FileStore(tmp_path, key=KEY), "shop-1"))
    sealed = (tmp_path / "shop-1.json").read_text()
    for wrong in (OTHER, None):
        store = FileStore(tmp_path) if wrong is None else FileStore(tmp_path, key=wrong)
        with pytest.raises(ApiException) as caught:
            TokenManager(client, store, "shop-1").access_token()
        assert caught.value.kind == "Store"
        assert "key" in str(caught.value)
    assert (tmp_path / "shop-1.json").read_text() == sealed
    assert TokenManager(client, FileStore(tmp_path, key=KEY), "shop-1").access_token() == token


def test_what_is_no_key_is_refused_and_not_repeated(tmp_path: Path) -> None:
    for wrong in (b"canary", "canary", "x" * 44, bytes(32)):
        with pytest.raises(InvalidInputException) as caught:
            FileStore(tmp_path, key=wrong)
        assert "canary" not in str(caught.value)
    mistaken: list[Any] = [5, [5], object(), None]
    for mistake in mistaken:
        with pytest.raises(InvalidTypeException):
            FileStore(tmp_path, key=mistake)
    store = FileStore(tmp_path, key=TEXT)
    assert TEXT not in repr(store)
    with pytest.raises(TypeError, match="a FileStore with a key cannot be pickled"):
        pickle.dumps(store)


def test_a_function_that_gives_the_keys(client: ApiClient, sandbox: Sandbox, tmp_path: Path) -> None:
    asked: list[int] = []

    def give() -> bytes:
        asked.append(threading.get_ident())
        return KEY

    manager = TokenManager(client, FileStore(tmp_path, key=give), "shop-1")
    assert asked == []
    log_in(sandbox, client, manager)
    manager.refresh()
    assert len(asked) == 1
    assert asked != [threading.get_ident()]

    def fail() -> bytes:
        raise ConnectionError(f"no answer to {part_of_key}")

    part_of_key = base64.b64encode(OTHER).decode()[:40]
    for bad, kind in ((fail, ConnectionError), (lambda: 5, TypeError), (lambda: "canary", type(None))):
        broken: Any = bad
        with pytest.raises(ApiException) as caught:
            TokenManager(client, FileStore(tmp_path, key=broken), "shop-1").access_token()
        assert caught.value.kind == "Store"
        assert isinstance(caught.value.__cause__, kind)
        assert "canary" not in str(caught.value)
        assert part_of_key not in str(caught.value)
        assert ("no answer to [redacted]" in str(caught.value)) == (bad is fail)


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_a_forked_child_asks_for_the_key_itself(client: ApiClient, sandbox: Sandbox, tmp_path: Path) -> None:
    manager = TokenManager(client, FileStore(tmp_path, key=lambda: KEY), "shop-1")
    token = log_in(sandbox, client, manager)

    def work() -> None:
        assert manager.access_token() == token

    in_child(work)
    assert manager.access_token() == token


def test_a_key_of_the_keyring(
    client: ApiClient, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {("pinterest-sdk", "token key"): TEXT}
    keyring = SimpleNamespace(get_password=lambda service, name: kept.get((service, name)))
    monkeypatch.setitem(sys.modules, "keyring", keyring)  # type: ignore[arg-type]
    store = FileStore(tmp_path, key=keyring_key())
    token = log_in(sandbox, client, TokenManager(client, store, "shop-1"))
    assert TokenManager(client, FileStore(tmp_path, key=KEY), "shop-1").access_token() == token
    kept.clear()
    with pytest.raises(ApiException) as caught:
        TokenManager(client, FileStore(tmp_path, key=keyring_key()), "shop-1").access_token()
    assert isinstance(caught.value.__cause__, LookupError)
    assert str(caught.value.__cause__).startswith("the keyring has no `token key` of `pinterest-sdk`: put ")
