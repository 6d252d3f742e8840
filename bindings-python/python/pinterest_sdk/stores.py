"""Where a `TokenManager` keeps tokens: in memory, in files, in Redis, or in a store of your own.

A store of your own is an object with three methods, plain or ``async``, as `TokenStore` describes them.
"""

from __future__ import annotations

import os

from pinterest_sdk import _native
from pinterest_sdk._checks import check_text, check_type
from pinterest_sdk._errands import done
from pinterest_sdk._failure import CallFailed
from pinterest_sdk._variables import unshown
from pinterest_sdk.errors import InvalidTypeException, from_failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from contextlib import AbstractAsyncContextManager, AbstractContextManager
    from typing import Any, NoReturn, Protocol, TypeAlias

    from typing_extensions import Self

    from pinterest_sdk._native import Errand

    class TokenStore(Protocol):
        """A store of your own: one text for each key, which means nothing to it.

        Each method may be plain, and is then called on a thread that may wait, or a coroutine function, which
        runs in the event loop that last used the manager or, when none runs, in another. What it raises
        is the ``__cause__`` of an `ApiException` of the kind ``Store``.
        At most 64 threads are in a store's plain methods at a time.
        """

        def load(self, key: str, /) -> str | Awaitable[str | None] | None:
            """Give what is kept for a key, whoever has it locked."""

        def compare_and_swap(
            self, key: str, expected: str | None, new: str | None, /
        ) -> bool | Awaitable[bool]:
            """Keep ``new``, or nothing for None, if ``expected`` is what is kept; say whether it was.

            It is kept for good when this returns: a database has committed it.
            """

        def lock(
            self, key: str, seconds: float, /
        ) -> (
            AbstractContextManager[object]
            | AbstractAsyncContextManager[object]
            | Awaitable[AbstractContextManager[object] | AbstractAsyncContextManager[object]]
        ):
            """Give what locks the key, for every process, when it is entered; it waits up to ``seconds``.

            All of a plain lock's life is on one thread, and between its beginning and its end `load` and
            `compare_and_swap` are called there; that of an async one in one task. If what it gives when it
            is entered, or it itself, has methods of these names, those are called in place of the store's,
            without the key.
            """

    Key: TypeAlias = bytes | str
    Store: TypeAlias = "MemoryStore | FileStore | RedisStore | TokenStore"
else:  # For `typing.get_type_hints`, without the slow import of `typing`.
    from _collections_abc import Callable, Sequence  # noqa: TC003

    from pinterest_sdk._hints import Any  # noqa: TC001

    Key = object

    NoReturn = Self = Store = TokenStore = object

__all__ = ["FileStore", "MemoryStore", "RedisStore", "TokenStore", "key_file", "key_variable", "keyring_key"]

_NO_KEY: Any = object()
"""Of files that are not sealed."""


class _Shared:
    """What is itself in a copy of a program's settings: there it has the same tokens, and connections."""

    __slots__ = ()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class MemoryStore(_Shared):
    """Tokens that live as long as the process, and that no other process sees.

    A forked child begins with an empty one: with a copy it would use up its parent's refresh tokens.
    """

    __slots__ = ("_native",)

    def __init__(self) -> None:
        self._native = _native.MemoryStore()

    def __repr__(self) -> str:
        return "MemoryStore()"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a MemoryStore cannot be pickled: another process would use up its refresh tokens")


class FileStore(_Shared):
    """Tokens in files, one for each account, that only their owner can read.

    The command line keeps its tokens so as well: an account is a profile there.

    Args:
        folder: made when something is kept; the command line's unless given.
        key: seals the files: 32 random bytes, or the same in Base64; a list of such, or a text with commas or
            white space between them, of which the first seals and the others only open; or a function that
            gives one of these, which may take its time, as `key_file`, `key_variable` and `keyring_key` do.

    Raises:
        ApiTypeError: if `key` is None, or something else than these.

    """

    __slots__ = ("_is_sealed", "_native")

    @unshown
    def __init__(
        self,
        folder: str | os.PathLike[str] | None = None,
        *,
        key: Key | Sequence[Key] | Callable[[], Key | Sequence[Key]] = _NO_KEY,
    ) -> None:
        self._is_sealed = key is not _NO_KEY
        if key is None:  # Such as a variable that is not set: no wish for plain files.
            raise InvalidTypeException(
                "`key` is None: give a key, or leave it out for files that are not sealed"
            )
        if folder is not None:
            folder = os.fspath(folder)
            check_type("folder", folder, (str,))
        try:
            self._native = _native.FileStore(folder, _keys(key) if self._is_sealed else None)
        except CallFailed as failure:
            raise from_failure(failure) from None

    @property
    def folder(self) -> str:
        """Where the files are."""
        return os.fspath(self._native.folder)

    @unshown
    def reseal(self, account: str | None = None) -> list[str]:
        """Seal the files of all accounts, or of one, with the first key; give those that it changed.

        To change the key, give the store ``key=[new, old]``, reseal, and take the old one away. What is plain
        is sealed as well; until then a store with a key refuses it. A function is asked for the keys
        anew. Each file is replaced as a whole or not at all: after an interruption do it again. Managers may
        use the files meanwhile, if they have both keys. `pinterest_sdk.aio.reseal` is the same for asyncio.

        Raises:
            ApiException: of the kind ``Store`` if the store has no key, a file cannot be opened with any
                of its keys, read or replaced, or an account is in use for longer than a minute; once
                the other accounts are sealed.

        """
        changed: list[str] = done(lambda: self._resealing(account))
        return changed

    def _resealing(self, account: str | None) -> Errand:
        if account is not None:
            check_text("account", account)
        return self._native.reseal(account)

    def __repr__(self) -> str:
        return f"FileStore({self.folder!r}{', key=…' if self._is_sealed else ''})"

    def __reduce__(self) -> tuple[Any, ...]:
        if self._is_sealed:
            raise TypeError("a FileStore with a key cannot be pickled: make one in each process")
        return FileStore, (self.folder,)


class RedisStore(_Shared):
    """Tokens in Redis, for processes of many machines, over your own connection.

    Who renews has a lease there, which ends by itself; one who lost it changes nothing any more. Redis must
    not evict keys without a time to live: the policies ``noeviction`` and ``volatile-…`` do not.

    Args:
        connection: a ``Redis`` or ``RedisCluster`` of redis-py, blocking or of ``redis.asyncio``, to where is
            written. One of asyncio is used in the event loop that last used the manager. Any other object
            with their ``evalsha`` and ``eval`` will do.

    """

    __slots__ = ("connection",)

    def __init__(self, connection: Any) -> None:
        lacks = [name for name in ("evalsha", "eval") if not callable(getattr(connection, name, None))]
        if lacks or isinstance(connection, type):
            raise InvalidTypeException(
                f"`connection` is a {type(connection).__name__}: it is to be such as `redis.Redis()` gives"
            )
        self.connection: Any = connection

    def describe(self) -> str:
        """Say where the tokens are, and no password."""
        pool = getattr(self.connection, "connection_pool", None)
        settings = getattr(pool, "connection_kwargs", {})
        host = settings.get("host") or settings.get("path")
        if host is None:
            return "Redis"
        port = f":{settings['port']}" if "port" in settings else ""
        return f"Redis at {host}{port}, database {settings.get('db', 0)}"

    def __repr__(self) -> str:
        return f"RedisStore({self.describe()!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a RedisStore cannot be pickled: it has a connection; make one in each process")


def key_file(path: str | os.PathLike[str]) -> Callable[[], bytes]:
    """Give a function that reads the keys from a file: one of 32 bytes, or one a line in Base64.

    The command line's is named by ``PINTEREST_TOKEN_KEY_FILE``.
    """
    name = os.fspath(path)

    def read() -> bytes:
        with open(name, "rb") as file:  # noqa: PTH123 - `pathlib` is slow to import.
            return file.read(8192)

    read.__qualname__ = f"file {name}"
    return read


def key_variable(name: str = "PINTEREST_TOKEN_KEY") -> Callable[[], str]:
    """Give a function that reads the keys from an environment variable: in Base64, with commas between.

    The command line's is the default.
    """

    def read() -> str:
        keys = os.environ.get(name)
        if not keys:
            raise LookupError(f"the variable {name} is not set")
        return keys

    read.__qualname__ = f"variable {name}"
    return read


def keyring_key(service: str = "pinterest-sdk", name: str = "token key") -> Callable[[], str]:
    """Give a function that reads a key from the system's keyring, with the library ``keyring``.

    The key has to be there: ``openssl rand -base64 32 | keyring set pinterest-sdk "token key"`` puts one
    there, and so does the command line with ``pinterest login --keyring``.
    """

    def read() -> str:
        import keyring

        key: str | None = keyring.get_password(service, name)
        if key is None:
            raise LookupError(
                f"the keyring has no `{name}` of `{service}`: put the key there that tokens are sealed with, "
                "or, where none are yet, a new one"
            )
        return key

    read.__qualname__ = "the system's keyring"
    return read


def _keys(key: Any) -> tuple[Any, str]:
    from pinterest_sdk._own_keys import Keys, listed

    if callable(key):
        return Keys(key), getattr(key, "__qualname__", type(key).__name__)
    return listed(key), ""
