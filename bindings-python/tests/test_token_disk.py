"""Files of tokens on a disk that takes nothing: full, or not to be written to."""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kept_tokens import FACES, Manager, log_in, log_in_and_expire, renewals, result
from pinterest_sdk import ApiException, FileStore, MemoryStore, TokenManager
from test_processes import in_child

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
KEY = os.urandom(32)
NOBODY = 65534


@pytest.fixture
def folder(sandbox: Sandbox) -> Iterator[Path]:
    """One that every user can reach."""
    sandbox.control("PATCH", "/_sandbox/switches", {"rotation": "invalidate_on_use"})
    folder = Path(tempfile.mkdtemp(prefix="pinterest-tokens-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def set_size(limit: int) -> None:
    """Bound a file's size, as a disk does that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))


def refused(call: Callable[[], object]) -> ApiException:
    with pytest.raises(ApiException) as caught:
        result(call())
    assert (caught.value.kind, caught.value.outcome) == ("Store", "NotSent")
    return caught.value


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "sealed"])
def test_a_full_disk(
    face: type[Manager], key: bytes | None, client: ApiClient, sandbox: Sandbox, folder: Path
) -> None:
    first = face(client, FileStore(folder / "tokens", **({"key": key} if key else {})), "shop-1")
    old = log_in(sandbox, client, first)
    kept = (folder / "tokens/shop-1.json").read_bytes()

    def work() -> None:
        manager = face(client, FileStore(folder / "tokens", **({"key": key} if key else {})), "shop-1")
        set_size(0)
        # What is kept can be read; Pinterest is not asked for what could not be kept.
        assert result(manager.access_token()) == old
        refused(manager.refresh)
        assert (folder / "tokens/shop-1.json").read_bytes() == kept
        assert sorted(path.name for path in (folder / "tokens").glob("*.json*")) == ["shop-1.json"]
        assert result(manager.access_token()) == old
        assert renewals(sandbox) == 0
        set_size(resource.RLIM_INFINITY)
        assert result(manager.refresh()) != old
        assert result(manager.status()).unsaved is False

    in_child(work)
    assert renewals(sandbox) == 1
    assert result(first.refresh()) != old


def test_a_disk_that_is_full_from_the_beginning(client: ApiClient, sandbox: Sandbox, folder: Path) -> None:
    other = TokenManager(client, MemoryStore(), "shop-1")
    token = log_in(sandbox, client, other)

    def work() -> None:
        manager = TokenManager(client, FileStore(folder / "tokens"), "shop-1")
        set_size(0)
        with pytest.raises(ApiException) as caught:
            manager.adopt({"access_token": token, "expires_in": 1000})
        # They are used all the same, and kept when they can be.
        assert (caught.value.kind, caught.value.outcome) == ("Store", "Unknown")
        assert manager.access_token() == token
        assert manager.close(0.2) is False
        set_size(resource.RLIM_INFINITY)
        assert manager.close()

    in_child(work)
    assert TokenManager(client, FileStore(folder / "tokens"), "shop-1").access_token() == token


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_a_folder_that_is_not_to_be_written_to(
    face: type[Manager], client: ApiClient, sandbox: Sandbox, folder: Path
) -> None:
    old = log_in(sandbox, client, face(client, FileStore(folder / "tokens"), "shop-1"))
    ended = log_in_and_expire(sandbox, client, face(client, FileStore(folder / "tokens"), "shop-2"))
    if os.geteuid() == 0:
        for path in (folder / "tokens").iterdir():
            os.chown(path, NOBODY, NOBODY)
        os.chown(folder / "tokens", NOBODY, NOBODY)
    (folder / "tokens").chmod(0o500)
    for path in (folder / "tokens").glob("*.lock"):
        path.unlink()

    def work() -> None:
        if os.geteuid() == 0:
            # Whom nothing keeps from writing.
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        manager = face(client, FileStore(folder / "tokens"), "shop-1")
        assert result(manager.access_token()) == old
        assert str(folder) in str(refused(manager.refresh))
        assert result(manager.access_token()) == old
        other = manager.account("shop-2")
        refused(other.access_token)
        assert result(other.status()).state == "Expired"
        refused(face(client, FileStore(folder / "none/tokens"), "shop-1").refresh)

    try:
        in_child(work)
    finally:
        (folder / "tokens").chmod(0o700)
    assert renewals(sandbox) == 0
    assert face(client, FileStore(folder / "tokens"), "shop-2")
    assert ended
