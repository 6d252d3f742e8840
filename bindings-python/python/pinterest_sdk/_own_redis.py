"""A program's own connection to Redis, used for the core, which may not wait: on threads, in event loops."""

from __future__ import annotations

from inspect import isawaitable

from pinterest_sdk._loops import Loops, is_end
from pinterest_sdk._places import Hangs, places_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pinterest_sdk._native import Reply

# Words that redis-py takes away from the beginning of what Redis says, by the exceptions that it raises.
_WORDS = {
    "NoPermissionError": "NOPERM",
    "AuthenticationError": "WRONGPASS",
    "AuthenticationWrongNumberOfArgsError": "WRONGPASS",
    "ReadOnlyError": "READONLY",
    "OutOfMemoryError": "OOM",
    "ClusterCrossSlotError": "CROSSSLOT",
}


class Scripts:
    """Runs scripts, and returns at once.

    Args:
        connection: a `Redis` or `RedisCluster` of redis-py or of its asyncio part.
        loops: which event loop the program uses.

    """

    __slots__ = ("_connection", "_loops", "_places")

    def __init__(self, connection: Any, loops: Loops) -> None:
        self._connection = connection
        self._loops = loops
        self._places = places_of(connection, "it does not answer")

    def eval(self, text: str, name: str, keys: list[str], args: list[str], reply: Reply) -> None:
        """Run one, by its name if Redis knows it."""
        try:
            self._places.call(self._run, text, name, keys, args, reply)
        except Hangs as error:
            reply.fail(RuntimeError(f"{error}: give the connection a `socket_timeout`"))

    def _run(self, text: str, name: str, keys: list[str], args: list[str], reply: Reply) -> None:
        try:
            given = self._connection.evalsha(name, len(keys), *keys, *args)
            if isawaitable(given):
                self._loops.start(self._finish(given, text, keys, args, reply), reply)
            else:
                reply.give(_text(given))
        except BaseException as error:  # noqa: BLE001 - it is the manager's caller's.
            if not _is_unknown(error):
                del args  # The exception shows this frame, and they are tokens.
                _fail(reply, error)
                return
        else:
            return
        try:
            reply.give(_text(self._connection.eval(text, len(keys), *keys, *args)))
        except BaseException as error:  # noqa: BLE001 - as above.
            del args
            _fail(reply, error)

    async def _finish(self, given: Any, text: str, keys: list[str], args: list[str], reply: Reply) -> None:
        try:
            try:
                answer = await given
            except Exception as error:
                if not _is_unknown(error):
                    raise
                answer = await self._connection.eval(text, len(keys), *keys, *args)
            reply.give(_text(answer))
        except BaseException as error:
            del args
            _fail(reply, error)
            if is_end(error):
                raise


def _is_unknown(error: BaseException) -> bool:
    return type(error).__name__ == "NoScriptError" or str(error).startswith("NOSCRIPT")


def _text(given: Any) -> Any:
    return given.decode() if isinstance(given, bytes) else given


def _fail(reply: Reply, error: BaseException) -> None:
    if isinstance(error, UnicodeDecodeError):  # It shows what it could not read, which may be tokens.
        reply.fail(RuntimeError("a value is not UTF-8: something else has written it"))
        return
    kinds = [kind.__name__ for kind in type(error).__mro__]
    word = next((_WORDS[kind] for kind in kinds if kind in _WORDS), None)
    # Redis's own words, which quote no argument; of others the name will do.
    is_redis = any(kind in ("ResponseError", "ConnectionError", "TimeoutError") for kind in kinds)
    said = str(error) if is_redis else type(error).__name__
    told = RuntimeError(said if word is None or said.startswith(word) else f"{word} {said}")
    told.__cause__ = error
    reply.fail(told)
