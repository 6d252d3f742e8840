"""A store of one's own, plain and async, and how it misbehaves."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import FACES, Manager, log_in, log_in_and_expire, renewals, result, until
from pinterest_sdk import ApiException, TokenManager, aio
from pinterest_sdk.errors import InvalidTypeException

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from typing_extensions import Self

    from openapi_generated.pinterest_client import ApiClient
    from pinterest_sdk.stores import TokenStore
    from sandbox import Sandbox

both_faces = pytest.mark.parametrize("face", FACES.values(), ids=FACES)


class Texts:
    """What a database would be; each method may be told to do something else first."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.free = threading.Lock()
        self.threads: list[int] = []
        self.instead: dict[str, Callable[[], Any]] = {}
        self.ends: list[type[BaseException] | None] = []

    def read(self, key: str) -> Any:
        self.threads.append(threading.get_ident())
        if "load" in self.instead:
            return self.instead["load"]()
        return self.texts.get(key)

    def write(self, key: str, expected: str | None, new: str | None) -> Any:
        self.threads.append(threading.get_ident())
        if "compare_and_swap" in self.instead:
            return self.instead["compare_and_swap"]()
        if self.texts.get(key) != expected:
            return False
        if new is None:
            del self.texts[key]
        else:
            self.texts[key] = new
        return True


class Plain(Texts):
    def load(self, key: str) -> Any:
        return self.read(key)

    def compare_and_swap(self, key: str, expected: str | None, new: str | None) -> Any:
        return self.write(key, expected, new)

    @contextmanager
    def lock(self, _key: str, seconds: float) -> Iterator[None]:
        if "lock" in self.instead:
            self.instead["lock"]()
        if not self.free.acquire(timeout=seconds):
            raise TimeoutError
        self.threads.append(threading.get_ident())
        try:
            yield
        except BaseException as error:
            self.ends.append(type(error))
            raise
        else:
            self.ends.append(None)
        finally:
            self.threads.append(threading.get_ident())
            self.free.release()


class Later(Texts):
    async def load(self, key: str) -> Any:
        await asyncio.sleep(0)
        return self.read(key)

    async def compare_and_swap(self, key: str, expected: str | None, new: str | None) -> Any:
        await asyncio.sleep(0)
        return self.write(key, expected, new)

    @asynccontextmanager
    async def lock(self, _key: str, seconds: float) -> AsyncIterator[None]:
        if "lock" in self.instead:
            self.instead["lock"]()
        # Which another task than the one that entered could not leave.
        async with asyncio.timeout(seconds) if hasattr(asyncio, "timeout") else _nothing():
            while not self.free.acquire(blocking=False):  # noqa: ASYNC110 - of threads.
                await asyncio.sleep(0.01)
            self.threads.append(threading.get_ident())
            try:
                yield
            finally:
                self.free.release()


@asynccontextmanager
async def _nothing() -> AsyncIterator[None]:
    yield


class LockedLater(Later):
    """`lock` itself is awaited."""

    async def lock(self, key: str, seconds: float) -> Any:  # type: ignore[override]
        await asyncio.sleep(0)
        return super().lock(key, seconds)


class Mixed(Later):
    """Its lock is plain, and the rest is async."""

    lock = Plain.lock  # type: ignore[assignment]


class Transaction:
    """A lock with methods of its own, as a database's transaction has them."""

    def __init__(self, store: Texts, key: str) -> None:
        self.store, self.key = store, key

    def __enter__(self) -> Self:
        self.store.free.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.store.free.release()

    def load(self) -> Any:
        return self.store.read(self.key)

    def compare_and_swap(self, expected: str | None, new: str | None) -> Any:
        return self.store.write(self.key, expected, new)


class Transactions(Plain):
    def lock(self, key: str, _seconds: float) -> Any:  # type: ignore[override]
        return Transaction(self, key)

    def compare_and_swap(self, *_: Any) -> Any:
        raise AssertionError("the transaction has one")


STORES: list[type[Any]] = [Plain, Later, LockedLater, Mixed, Transactions]
each_store = pytest.mark.parametrize("kind", STORES, ids=lambda kind: kind.__name__)


@both_faces
@each_store
def test_tokens_in_a_store_of_ones_own(
    face: type[Manager], kind: type[Any], client: ApiClient, sandbox: Sandbox
) -> None:
    sandbox.control("PATCH", "/_sandbox/switches", {"rotation": "invalidate_on_use"})
    store = kind()
    manager = face(client, store, "shop-1")
    old = log_in_and_expire(sandbox, client, manager)
    assert list(store.texts) == [f"{client.configuration.host} 1234567 shop-1"]
    new = result(manager.access_token())
    assert new != old
    # Its text is the record, in the form that every language reads.
    (text,) = store.texts.values()
    record = json.loads(text)
    assert (record["version"], record["access_token"]) == (1, new)
    assert result(face(client, store, "shop-1").access_token()) == new
    assert renewals(sandbox) == 1
    assert result(manager.status()).store == kind.__name__
    assert threading.get_ident() not in store.threads or kind not in (Plain, Transactions)
    assert result(manager.forget()) is True
    assert store.texts == {}
    assert store.free.acquire(timeout=5)


def test_a_plain_locks_life_is_on_one_thread(client: ApiClient, sandbox: Sandbox) -> None:
    store = Plain()
    manager = TokenManager(client, store, "shop-1")
    log_in(sandbox, client, manager)
    store.threads.clear()
    manager.refresh()
    assert manager.close()
    # The lock's beginning and end, and what was read and written between them.
    until(lambda: len(store.threads) == 5)
    assert len(set(store.threads)) == 1


def test_an_async_store_runs_in_the_loop_that_uses_it(client: ApiClient, sandbox: Sandbox) -> None:
    store = Later()
    manager = aio.TokenManager(client, store, "shop-1")
    log_in(sandbox, client, manager)
    assert set(store.threads) == {threading.get_ident()}
    # One that has ended does not: there is another.
    store.threads.clear()
    TokenManager(client, store, "shop-1").refresh()
    assert threading.get_ident() not in store.threads


@both_faces
@pytest.mark.parametrize("kind", [Plain, Later], ids=["plain", "async"])
def test_a_thousand_at_expiry_renew_once(
    face: type[Manager], kind: type[Any], client: ApiClient, sandbox: Sandbox
) -> None:
    manager = face(client, kind(), "shop-1")
    log_in_and_expire(sandbox, client, manager)
    if isinstance(manager, TokenManager):
        threads = [threading.Thread(target=manager.access_token) for _ in range(1000)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    else:

        async def all_of_them() -> None:
            await asyncio.gather(*(manager.access_token() for _ in range(1000)))

        asyncio.run(all_of_them())
    assert renewals(sandbox) == 1


def throw() -> None:
    raise ConnectionError("pina_canary is not kept")


@both_faces
@pytest.mark.parametrize("method", ["load", "compare_and_swap", "lock"])
@pytest.mark.parametrize("kind", [Plain, Later], ids=["plain", "async"])
def test_a_store_that_raises(
    face: type[Manager], kind: type[Any], method: str, client: ApiClient, sandbox: Sandbox
) -> None:
    store = kind()
    manager = face(client, store, "shop-1")
    log_in(sandbox, client, manager)
    store.instead[method] = throw
    with pytest.raises(ApiException) as caught:
        result(manager.refresh())
    error = caught.value
    assert (error.kind, error.outcome) == ("Store", "NotSent")
    assert error.message is not None
    assert error.message.startswith(f"the store's `{method}` failed: ConnectionError")
    assert isinstance(error.__cause__, ConnectionError)
    assert "canary" not in str(error)
    assert renewals(sandbox) == 0
    store.instead.clear()
    assert result(manager.refresh())
    assert store.free.acquire(timeout=5)


@both_faces
def test_a_store_that_does_not_take_new_tokens(
    face: type[Manager], client: ApiClient, sandbox: Sandbox
) -> None:
    store = Plain()
    events: list[Any] = []
    manager = face(client, store, "shop-1", on_event=events.append)
    old = log_in(sandbox, client, manager)
    kept = dict(store.texts)
    tried = []

    def full() -> None:
        tried.append(1)
        if len(tried) > 1:
            throw()

    # The intent is kept, and the new tokens are not.
    store.instead["compare_and_swap"] = lambda: full() or True
    new = result(manager.refresh())
    assert result(manager.access_token()) == new != old
    until(lambda: "NotKept" in {event.kind for event in events})
    (error,) = [event.error for event in events if event.kind == "NotKept"]
    assert isinstance(error.__cause__, ConnectionError)
    assert result(manager.status()).unsaved is True
    store.instead.clear()
    # They are as soon as it can be, and nobody asks Pinterest again.
    until(lambda: store.texts != kept)
    assert result(manager.close())
    assert result(manager.status()).unsaved is False
    assert result(face(client, store, "shop-1").access_token()) == new
    assert renewals(sandbox) == 1


@both_faces
@pytest.mark.parametrize(
    ("method", "gives", "said"),
    [
        ("load", 5, "the store's `load` gave int, not a text or None"),
        ("load", b"{}", "the store's `load` gave bytes, not a text or None"),
        ("load", "{}", "what the store keeps cannot be used"),
        ("compare_and_swap", None, "the store's `compare_and_swap` gave NoneType, not True or False"),
        ("compare_and_swap", 1, "the store's `compare_and_swap` gave int, not True or False"),
    ],
)
def test_a_store_that_gives_something_else(
    face: type[Manager], method: str, gives: object, said: str, client: ApiClient, sandbox: Sandbox
) -> None:
    store = Plain()
    manager = face(client, store, "shop-1")
    log_in(sandbox, client, manager)
    store.instead[method] = lambda: gives
    with pytest.raises(ApiException, match=said) as caught:
        result(manager.refresh())
    assert caught.value.kind == "Store"
    assert renewals(sandbox) == 0


@both_faces
def test_what_is_no_record_is_forgotten_and_says_how(
    face: type[Manager], client: ApiClient, sandbox: Sandbox
) -> None:
    store = Plain()
    log_in(sandbox, client, face(client, store, "shop-1"))
    store.texts = dict.fromkeys(store.texts, "damaged")
    manager = face(client, store, "shop-1")
    with pytest.raises(ApiException, match="call `forget`"):
        result(manager.access_token())
    assert set(store.texts.values()) == {"damaged"}
    assert result(manager.forget())
    assert not store.texts


@both_faces
@pytest.mark.parametrize("kind", [Plain, Later], ids=["plain", "async"])
def test_a_store_that_blocks_keeps_nobody_else_waiting(
    face: type[Manager], kind: type[Any], client: ApiClient, sandbox: Sandbox
) -> None:
    store = kind()
    log_in_and_expire(sandbox, client, face(client, store, "shop-1"))
    blocked = face(client, store, "shop-1", wait=0.2)
    others = face(client, Plain(), "shop-2")
    other = log_in(sandbox, client, others)
    go_on = threading.Event()
    store.instead["lock"] = lambda: go_on.wait(5) if kind is Plain else None
    if kind is Later:
        store.free.acquire()
    started = time.monotonic()
    with pytest.raises(ApiException) as caught:
        result(blocked.access_token())
    assert caught.value.phase == "timeout"
    assert result(others.refresh()) != other
    assert time.monotonic() - started < 3
    go_on.set()
    if kind is Later:
        store.free.release()
    assert result(blocked.close())


def test_a_transaction_hears_how_it_went(client: ApiClient, sandbox: Sandbox) -> None:
    store = Plain()
    manager = TokenManager(client, store, "shop-1")
    log_in(sandbox, client, manager)
    store.instead["compare_and_swap"] = throw
    with pytest.raises(ApiException):
        manager.refresh()
    until(lambda: len(store.ends) == 2)
    assert store.ends == [None, ConnectionError]


@both_faces
def test_what_is_no_store_is_refused(face: type[Manager], client: ApiClient) -> None:
    class Half:
        def load(self, _key: str) -> None:
            return None

    wrong: list[Any] = [Half(), Plain, object(), {}]
    for store in wrong:
        with pytest.raises(InvalidTypeException, match="load, compare_and_swap, lock"):
            face(client, store, "shop-1")


if TYPE_CHECKING:
    # A type checker takes all of them for stores.
    _plain: TokenStore = Plain()
    _later: TokenStore = Later()
    _transactions: TokenStore = Transactions()
