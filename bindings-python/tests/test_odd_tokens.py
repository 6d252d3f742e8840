"""Values that are none, and locks that are not quite: each is the caller's failure, and harms nobody else."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import FACES, Manager, log_in, result
from pinterest_sdk import ApiException, MemoryStore, RedisStore
from pinterest_sdk.errors import InvalidInputException
from test_own_store import Later, Plain

if TYPE_CHECKING:
    from typing_extensions import Self

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

both_faces = pytest.mark.parametrize("face", FACES.values(), ids=FACES)


@both_faces
def test_a_life_that_is_no_number_is_refused(face: type[Manager], client: ApiClient) -> None:
    manager = face(client, MemoryStore(), "shop-1")
    for name in ("expires_in", "expires_at", "refresh_token_expires_in", "refresh_token_expires_at"):
        with pytest.raises(InvalidInputException, match=f"`{name}` is no number"):
            result(manager.adopt({"access_token": "pina_1", name: math.nan}))
    assert result(manager.adopt({"access_token": "pina_1", "expires_in": math.inf})) == "pina_1"


@both_faces
def test_an_answer_with_half_a_character_refuses_a_token_as_any_does(
    face: type[Manager], client: ApiClient, sandbox: Sandbox
) -> None:
    manager = face(client, MemoryStore(), "shop-1")
    assert manager.refused(log_in(sandbox, client, manager), 401, '{"code": 2, "message": "\ud800"}')


class Odd:
    """A connection to Redis whose answers are not text."""

    def __init__(self, *, decodes: bool) -> None:
        self.decodes = decodes

    def evalsha(self, *_: object) -> Any:
        value = b"\xff pina_kept"
        return value.decode() if self.decodes else value

    eval = evalsha


class OddLater(Odd):
    async def evalsha(self, *_: object) -> Any:
        return Odd.evalsha(self)

    eval = evalsha


@both_faces
@pytest.mark.parametrize("decodes", [False, True], ids=["bytes", "decode_responses"])
@pytest.mark.parametrize("kind", [Odd, OddLater], ids=["redis", "redis.asyncio"])
def test_what_redis_has_that_is_not_text(
    kind: type[Odd], decodes: bool, face: type[Manager], client: ApiClient, capfd: pytest.CaptureFixture[str]
) -> None:
    manager = face(client, RedisStore(kind(decodes=decodes)), "shop-1")
    with pytest.raises(ApiException, match="Redis: a value is not UTF-8: something else has written") as told:
        result(manager.status())
    assert told.value.kind == "Store"
    assert "pina_kept" not in repr(told.value.__cause__)
    assert capfd.readouterr() == ("", "")


class Half:
    """A lock with one of the two methods."""

    def __init__(self, store: Any) -> None:
        self.store = store
        self.compare_and_swap = store.compare_and_swap

    def __enter__(self) -> Self:
        self.store.free.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.store.free.release()

    async def __aenter__(self) -> Self:
        return self.__enter__()

    async def __aexit__(self, *_: object) -> None:
        self.__exit__()


class HalfPlain(Plain):
    def lock(self, _key: str, _seconds: float) -> Any:
        lock = Half(self)

        class Entered:
            def __enter__(self) -> Half:
                return lock.__enter__()

            def __exit__(self, *_: object) -> None:
                lock.__exit__()

        return Entered()


class HalfLater(Later):
    def lock(self, _key: str, _seconds: float) -> Any:
        return Half(self)


@both_faces
@pytest.mark.parametrize("kind", [HalfPlain, HalfLater], ids=["plain", "async"])
def test_a_lock_that_cannot_be_used_is_left(
    kind: type[HalfPlain | HalfLater], face: type[Manager], client: ApiClient
) -> None:
    store = kind()
    for _ in range(2):
        with pytest.raises(ApiException, match="`lock` failed: AttributeError"):
            result(face(client, store, "shop-1", wait=3).forget())
    assert store.free.acquire(timeout=5)
