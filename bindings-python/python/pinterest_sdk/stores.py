"""Where a `TokenManager` keeps tokens: in memory, in files, or in a store of your own.

A store of your own is an object with three methods, plain or ``async``, as `TokenStore` describes them.
"""

from __future__ import annotations

import os

from pinterest_sdk import _native
from pinterest_sdk._checks import check_type
from pinterest_sdk._failure import CallFailed
from pinterest_sdk.errors import from_failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable
    from contextlib import AbstractAsyncContextManager, AbstractContextManager
    from typing import Any, NoReturn, Protocol, TypeAlias

    class TokenStore(Protocol):
        """A store of your own: one text for each key, which means nothing to it.

        Each method may be plain, and is then called on a thread that may wait, or a coroutine function, which
        runs in the event loop that last used the manager or, when none runs, in another. What it raises
        is the ``__cause__`` of an `ApiException` of the kind ``Store``.
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

    Store: TypeAlias = "MemoryStore | FileStore | TokenStore"
else:  # For `typing.get_type_hints`, without the slow import of `typing`.
    from pinterest_sdk._hints import Any  # noqa: TC001

    NoReturn = Store = TokenStore = object

__all__ = ["FileStore", "MemoryStore", "TokenStore"]


class MemoryStore:
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


class FileStore:
    """Tokens in files, one for each account, that only their owner can read.

    The command line keeps its tokens so as well: an account is a profile there.

    Args:
        folder: made when something is kept; the command line's unless given.

    """

    __slots__ = ("_native",)

    def __init__(self, folder: str | os.PathLike[str] | None = None) -> None:
        if folder is not None:
            folder = os.fspath(folder)
            check_type("folder", folder, (str,))
        try:
            self._native = _native.FileStore(folder)
        except CallFailed as failure:
            raise from_failure(failure) from None

    @property
    def folder(self) -> str:
        """Where the files are."""
        return os.fspath(self._native.folder)

    def __repr__(self) -> str:
        return f"FileStore({self.folder!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return FileStore, (self.folder,)
