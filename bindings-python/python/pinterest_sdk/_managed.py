"""What the token managers for threads and for asyncio have in common."""

from __future__ import annotations

from _weakref import ref

from pinterest_sdk._checks import check_seconds, check_text, check_type, field
from pinterest_sdk._client import ApiClient
from pinterest_sdk._failure import CallFailed
from pinterest_sdk._listener import Listener
from pinterest_sdk._loops import Loops
from pinterest_sdk._native import Tokens
from pinterest_sdk._process import watch_end_of_pools
from pinterest_sdk._variables import unshown
from pinterest_sdk.errors import InvalidInputException, InvalidTypeException, from_failure
from pinterest_sdk.stores import FileStore, MemoryStore, RedisStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, NoReturn

    from typing_extensions import Self

    from pinterest_sdk._native import Errand
    from pinterest_sdk._token_facts import TokenEvent
    from pinterest_sdk.models import OauthAccessTokenResponse
    from pinterest_sdk.stores import Store
else:  # For `typing.get_type_hints`, without the slow import of `typing`.
    from _collections_abc import Callable, Sequence  # noqa: TC003

    from pinterest_sdk._hints import Any, Self  # noqa: TC001

    NoReturn = OauthAccessTokenResponse = Store = TokenEvent = object

_TEXTS = ("access_token", "refresh_token", "scope", "response_type")
_NUMBERS = ("expires_in", "expires_at", "refresh_token_expires_in", "refresh_token_expires_at")


class Managed:
    """Valid tokens for many accounts, renewed in time by one of all processes.

    Args:
        client: has the app id and secret, and the settings of this moment count; any `ApiClient`.
        store: a `MemoryStore`, a `FileStore`, a `RedisStore`, or one of your own: see `pinterest_sdk.stores`.
        account: the name that you give to one person's tokens, such as a user's id in your database:
            letters, digits, ``-``, ``_``, ``@``, ``+`` and ``.``; at most 64.
        wait: how many seconds a caller waits for a token that has to be renewed first; zero is no
            limit. The renewal itself goes on after that.
        client_credentials: the scopes to ask for with the app's own credentials where the store has no
            tokens, or the app's own that were asked for without one of these; without them a person has
            to authorize.
        on_event: is called with each `TokenEvent`: in the event loop that uses the manager, or on a
            thread that has nothing else to do. It may be a coroutine function.

    """

    # With the last two a test can put something in a method's place, and know one weakly.
    __slots__ = ("__dict__", "__weakref__", "_client", "_fresh", "_listener", "_loops", "_native", "_store")

    @unshown
    def __init__(
        self,
        client: ApiClient,
        store: Store,
        account: str,
        *,
        wait: float = 60,
        client_credentials: str | Sequence[str] | None = None,
        on_event: Callable[[TokenEvent], object] | None = None,
    ) -> None:
        check_type("client", client, (ApiClient,))
        self._client = client
        self._check_client()
        check_text("account", account)
        if on_event is not None and not callable(on_event):
            raise InvalidTypeException(f"`on_event` is a {type(on_event).__name__}: it is to be a function")
        loops = self._loops = Loops()
        # The core has no hold on it: an object that listens and has the manager is collected with it.
        listener = self._listener = None if on_event is None else Listener(on_event, loops)
        connected = client._connected()
        self._store: Store = store
        if not isinstance(store, (MemoryStore, FileStore)):
            watch_end_of_pools()
        if isinstance(store, (MemoryStore, FileStore)):
            keeper: Any = store._native
        elif isinstance(store, RedisStore):
            from pinterest_sdk._own_redis import Scripts

            keeper = Scripts(store.connection, loops)
        else:
            from pinterest_sdk._own_store import Keeper

            keeper = Keeper(store, loops)
        try:
            self._use(
                Tokens(
                    connected,
                    (keeper, store.describe() if isinstance(store, RedisStore) else type(store).__name__),
                    account,
                    check_seconds("wait", wait),
                    _scopes(client_credentials),
                    None if listener is None else ref(listener),
                )
            )
        except CallFailed as failure:
            raise from_failure(failure) from None

    def _use(self, native: Tokens) -> None:
        self._native = native
        self._fresh = native.fresh

    def _check_client(self) -> None:
        """Refuse one whose requests a program's own code must see, also since the manager was made."""
        if self._client._is_overridden():
            raise InvalidInputException(
                "a token manager renews tokens by itself, past what this client's requests go through",
                "give it a client whose `call_api` and `rest_client` are its own",
            )

    def _asking(self, how: Callable[[Tokens], Errand]) -> Errand:
        """Begin what may send a request."""
        self._check_client()
        return how(self._native)

    if not TYPE_CHECKING:  # Or a type checker would let every name pass.

        def __setattr__(self, name: str, value: object) -> None:
            cls = type(self)
            # A program's own subclass has what it likes.
            if "__slots__" in cls.__dict__ and not hasattr(cls, name):
                raise AttributeError(f"{cls.__name__!r} object has no attribute {name!r}")
            object.__setattr__(self, name, value)

    @property
    def name(self) -> str:
        """The account's name."""
        return self._native.account

    def account(self, name: str) -> Self:
        """Give the manager of another account, with the same client, store and options.

        It costs little: one for each request will do.
        """
        check_text("name", name)
        other = object.__new__(type(self))
        for shared in ("_client", "_listener", "_loops", "_store"):
            setattr(other, shared, getattr(self, shared))
        try:
            other._use(self._native.of_account(name))
        except CallFailed as failure:
            raise from_failure(failure) from None
        return other

    @unshown
    def invalidate(self, token: str) -> None:
        """Say that the API refused a token: it is not given out again, and one renewal takes its place.

        A token that is not the current one counts for nothing.
        """
        check_text("token", token)
        self._native.invalidate(token)

    @unshown
    def refused(self, token: str, status: int, body: str | bytes) -> bool:
        """Say how the API answered a request with a token, and hear whether another one may help.

        The token was invalidated then. A 401 is its fault, unless Pinterest says that it lacks a scope or
        that the app may not do this, or it took a refused one's place within the last minute. Nothing is
        asked for here.

        Args:
            token: the one that the request had.
            status: of the answer.
            body: of the answer; that of another status than 401 need not be read.

        """
        check_text("token", token)
        check_type("status", status, (int,))
        check_type("body", body, (str, bytes))
        return self._native.refused(
            token, status, body.encode(errors="replace") if isinstance(body, str) else body
        )

    async def _valid_later(self) -> str:
        """Give a valid token in an event loop."""
        token = self._fresh()
        if token is None:
            from asyncio import get_running_loop

            from pinterest_sdk._awaited import done

            self._loops.use(get_running_loop())
            token = await done(lambda: self._asking(Tokens.access_token))
        return token

    def _foreign(self, url: str) -> tuple[str, str | None] | None:
        """Say why a request there is not to have a token, and what to do."""
        return self._native.foreign(url)

    def _adoption(self, response: Any) -> Errand:
        return self._native.adopt(*_fields(response))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(account={self.name!r}, store={self._store!r})"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a TokenManager cannot be pickled: it has connections and credentials; make one in each process, "
            "over the same store"
        )


def _scopes(given: str | Sequence[str] | None) -> str | None:
    if given is None:
        return None
    if isinstance(given, str):
        check_text("client_credentials", given)
        return given
    check_type("client_credentials", given, (list, tuple, set, frozenset))
    for scope in given:
        check_text("client_credentials", scope)
    return ",".join(given)


def _fields(response: Any) -> tuple[Any, Any]:
    """Give the texts and the numbers of a model, a dict, or an object that has them as attributes."""
    access_token = field(response, "access_token")
    if access_token is None:
        raise InvalidTypeException(
            f"`response` is a {type(response).__name__} without `access_token`: give what `oauth_token`, "
            "`complete` or `login` returned, or a dict of such fields"
        )
    texts = [field(response, name) for name in _TEXTS]
    for name, text in zip(_TEXTS, texts, strict=True):
        if text is not None:
            check_text(name, text)
    life, end, refresh_life, refresh_end = (_number(name, field(response, name)) for name in _NUMBERS)
    return tuple(texts), ((life, end), (refresh_life, refresh_end))


def _number(name: str, number: Any) -> int | None:
    if number is None:
        return None
    if name.endswith("_at") and hasattr(number, "utcoffset"):
        if number.utcoffset() is None:
            raise InvalidInputException(
                f"`{name}` has no time zone", "give it the one that it is of: `replace(tzinfo=…)`"
            )
        number = number.timestamp()
    if not isinstance(number, int) and hasattr(number, "as_integer_ratio"):
        number = float(number)  # Such as a database's `Decimal`.
    check_type(name, number, (int, float))
    if number != number:  # noqa: PLR0124 - the only one that is not itself.
        raise InvalidInputException(f"`{name}` is no number")
    # The core's numbers end somewhere.
    return int(max(min(number, 2**53), -(2**53)))
