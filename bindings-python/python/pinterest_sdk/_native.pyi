"""
The compiled part of `pinterest_sdk`.
"""

from _typeshed import Incomplete, SupportsGetItem
from os import PathLike
from pathlib import Path
from typing import Any, Final, SupportsFloat, SupportsIndex, final

__all__ = ["__version__", "Answer", "Authorization", "Call", "Callback", "Client", "Errand", "FileStore", "Login", "ManualClock", "MemoryStore", "PageMarks", "Pending", "Reply", "Task", "Tokens", "bare_class", "drain", "drives_calls", "failure_class", "failures_in", "fork_generation", "host_of_environment", "known_scopes", "merge_tokens", "open_browser", "operations", "settings_of_environment", "stop_background"]

__version__: Final[str]
"""
This release, the same in every language.
"""

@final
class Answer:
    """
    A successful answer. Its text form shows nothing of it.
    """
    def additional(self, /) -> str | None:
        """
        The other fields, as a JSON object; `None` if there are none, as is usual.
        """
    @property
    def body(self, /) -> bytes:
        """
        The body's bytes after decompression.
        """
    def expires_at(self, /) -> int | None:
        """
        When the access token ends, in seconds since 1970.
        """
    def fields(self, /) -> "dict[str, str | int]":
        """
        The fields that the answer has and that this release has a name for, in the answer's order.
        """
    @property
    def headers(self, /) -> list[tuple[str, str]]:
        """
        The response's headers in order of arrival, names in lower case.
        """
    def odd_fields(self, /) -> list[tuple[str, str, str]]:
        """
        What is not as documented: the field's name, what is odd about it, its value as JSON text.
        """
    @property
    def rate_limit(self, /) -> tuple[int | None, int | None, int | None]:
        """
        The limit, the requests left and the seconds until both start anew; `None` where unsaid.
        """
    @property
    def status(self, /) -> int:
        """
        The HTTP status.
        """

@final
class Authorization:
    """
    What to ask a person for.
    """
    def __new__(cls, /, redirect_uri: str, scopes: SupportsGetItem[int, str], pkce: bool, continuous_refresh: bool, comma_separated_scopes: bool, lifetime: SupportsFloat | SupportsIndex) -> Authorization:
        """
        Each of `scopes` is a scope or a list of them. `lifetime` is in seconds; one too long for a
        duration is as good as the longest.
        """

@final
class Call:
    """
    A call that has not been made yet.
    """
    @staticmethod
    def completion(pending: Pending, callback: str) -> Call:
        """
        The check of an authorization's callback, then `POST /oauth/token` with its code.
        """
    @staticmethod
    def conversion_token() -> Call:
        """
        `POST /oauth/conversion_token`.
        """
    def form(self, /) -> list[tuple[str, str]]:
        """
        The form that an operation sends, a secret among its values; empty where there is none.
        """
    @staticmethod
    def oauth_token(grant_type: str, code: str | None, redirect_uri: str | None, refresh_token: str | None, scope: str | None, continuous_refresh: bool, refresh_on: bool) -> Call:
        """
        `POST /oauth/token`. Only the fields that are given are sent.
        """
    @staticmethod
    def operation(name: str, arguments: str, body: str | None, checks: str | None) -> Call:
        """
        One of Pinterest's operations by its name, checked as far as the core knows what it takes: more with the
        checks `strict`, not at all with `off`. The arguments and the body are JSON.
        """
    @staticmethod
    def request(method: str, path: str, headers: SupportsGetItem[int, tuple[str, str]], content: tuple[str, SupportsGetItem[int, SupportsIndex]] | None, auth: str | None, parts: SupportsGetItem[int, tuple[str, str | None, str | None, SupportsGetItem[int, SupportsIndex]]] | None) -> Call:
        """
        Any request, with headers in the place of the client's. `auth` is `basic`, `bearer` or
        `None`; `path` may have a query. `parts` is a form with files: of each its name, that of its
        file, its type and its bytes.
        """
    @staticmethod
    def revoke_token(token: str, token_type_hint: str | None) -> Call:
        """
        `POST /oauth/token/revoke`. `ValueError` for a hint that Pinterest does not know.
        """
    def target(self, /) -> str:
        """
        The path of a request, with its query; empty for the others.
        """

@final
class Callback:
    """
    A callback that came, from a browser that waits for a page. `close` it in any case: the port is
    free afterwards.
    """
    def close(self, /) -> None:
        """
        Answers the browser no more, if it has had no answer yet.
        """
    def redeem(self, /) -> tuple[Call, list[tuple[str, str]]]:
        """
        Checks the callback, which counts as used then, and gives the call that exchanges its code, and
        the fields of its form, secrets among them; nothing is sent.
        """
    def start_telling(self, /, why: str | None, deliver: Any) -> Task:
        """
        Tells it in the background, after `Login.start_waiting_for_callback`. `deliver` is called with
        something and the exception, one of which is `None`, on another thread.
        """
    def tell(self, /, why: str | None) -> None:
        """
        Tells the person's browser how it went, in `why` it did not; after `Login.wait_for_callback`.
        Raises also what a signal handler raises meanwhile.
        """

@final
class Client:
    """
    Makes calls with one set of settings.
    """
    def __new__(cls, /, settings: "dict[str, object]", like: Client | None) -> Client:
        """
        `settings` holds the core's settings by name, `None` for the default, and the `headers` of
        every call. Uses the connections of `like`, an earlier client, where the settings allow.
        """
    def authorize(self, /, request: Authorization) -> Pending:
        """
        Starts an authorization; nothing is sent.
        """
    @property
    def host(self, /) -> str:
        """
        Base URL of the API.
        """
    def listen(self, /, request: Authorization) -> Login:
        """
        Starts a login on this machine: it listens when this returns.
        """
    def redeem(self, /, pending: Pending, callback: str) -> list[tuple[str, str]]:
        """
        Checks an authorization's callback, which counts as used then, and gives the fields of the
        form that has its code, secrets among them; nothing is sent.
        """
    def send(self, /, call: Call, timeout: SupportsFloat | SupportsIndex | None, connect_timeout: SupportsFloat | SupportsIndex | None) -> Answer:
        """
        Makes a call on this thread and waits for its answer. Times are in seconds, `None` for the
        default. Raises also what a signal handler raises meanwhile.
        """
    def start(self, /, call: Call, timeout: SupportsFloat | SupportsIndex | None, connect_timeout: SupportsFloat | SupportsIndex | None, deliver: Any) -> Task:
        """
        Makes a call in the background; `deliver` is called with the answer and the exception, one
        of which is `None`, on another thread.
        """

@final
class Errand:
    """
    Something that is done in the background, whoever stops waiting for it. Wait for it, or start it, once.
    """
    def begun(self, /) -> Errand:
        """
        Begins it at once, and gives it back: whoever stops waiting before it has had its first turn ends nothing. Not for
        threads that wait: those of gevent hear of a store of theirs only once they do.
        """
    def start(self, /, deliver: Any) -> Task:
        """
        Does it; `deliver` is called with what comes of it and the exception, one of which is `None`, on
        another thread.
        """
    def wait(self, /) -> Incomplete:
        """
        Waits on this thread for what comes of it. Raises also what a signal handler raises meanwhile.
        """

@final
class FileStore:
    """
    Tokens in files of a folder, one for each account, sealed if there are keys.
    """
    def __new__(cls, /, folder: str | PathLike[str] | None, keys: tuple[Any, str] | None) -> FileStore:
        """
        In the command line's folder for `None`. `keys` is a list of keys, or an object that asks a program
        for them, and what describes it.
        """
    @property
    def folder(self, /) -> Path:
        """
        Where the files are.
        """
    def reseal(self, /, account: str | None) -> Errand:
        """
        Seals an account's files with the current key, or everybody's; the accounts whose it changed.
        """

@final
class Login:
    """
    A login that listens. Use one of the waits, once, and `close` in any case.
    """
    def close(self, /) -> None:
        """
        Ends the login if it has not ended by itself. The port is free afterwards.
        """
    def start(self, /, deliver: Any) -> Task:
        """
        Waits in the background; `deliver` is called with the answer and the exception, one of which
        is `None`, on another thread.
        """
    def start_waiting_for_callback(self, /, deliver: Any) -> Task:
        """
        Waits in the background for the person; `deliver` gets what they brought, for
        `Callback.start_telling`, or the exception. Nothing is sent.
        """
    @property
    def url(self, /) -> str:
        """
        Where to send the person. Holds no secret.
        """
    def wait(self, /) -> Answer:
        """
        Waits on this thread for the person and gives the token. Raises also what a signal handler
        raises meanwhile.
        """
    def wait_for_callback(self, /) -> Callback:
        """
        Waits on this thread for the person and gives what they brought, for `Callback.tell`; nothing is
        sent. Raises also what a signal handler raises meanwhile.
        """

@final
class ManualClock:
    """
    A clock that stands still until it is moved. Times are in seconds since 1970.
    """
    def __new__(cls, /, now: SupportsFloat | SupportsIndex | None) -> ManualClock:
        """
        At the present time for `None`.
        """
    def advance(self, /, seconds: SupportsFloat | SupportsIndex) -> None:
        """
        Moves it forward.
        """
    def now(self, /) -> float:
        """
        The time at which it stands.
        """
    def set(self, /, now: SupportsFloat | SupportsIndex) -> None:
        """
        Sets it, forward or back.
        """

@final
class MemoryStore:
    """
    Tokens that live as long as the process. A forked child has none of its parent's.
    """
    def __new__(cls, /) -> MemoryStore: ...

@final
class PageMarks:
    """
    The bookmarks of pages.
    """
    def __new__(cls, /, first: str | None) -> PageMarks:
        """
        Those of pages that are asked for from this bookmark on.
        """
    def after(self, /, page: str) -> str | None:
        """
        The bookmark of the page after this one, which is JSON and needs no items; `None` after the last.
        """

@final
class Pending:
    """
    An authorization between its URL and its callback. Holds no secret.
    """
    @property
    def expires_at(self, /) -> int:
        """
        When it ends, in seconds since 1970.
        """
    @staticmethod
    def from_json(text: str) -> Pending:
        """
        Restores what `to_json` gave.
        """
    def give_back(self, /) -> None:
        """
        Lets the callback count once more, after `Client.redeem` and a request that did not leave.
        """
    @property
    def redirect_uri(self, /) -> str:
        """
        Where the person comes back to, byte for byte as it was given.
        """
    @property
    def state(self, /) -> str:
        """
        What the callback must bring back.
        """
    def to_json(self, /) -> str:
        """
        Everything, for a person's session.
        """
    @property
    def url(self, /) -> str:
        """
        Where to send the person.
        """

@final
class Reply:
    """
    Where a method's outcome goes. If it is dropped, there is none.
    """
    def fail(self, /, exception: Any) -> bool:
        """
        What it raised.
        """
    def give(self, /, value: Any) -> bool:
        """
        What the method gave; whether anybody still waits for it.
        """

@final
class Task:
    """
    A call that is on its way.
    """
    def cancel(self, /) -> None:
        """
        Ends the call and its connection, if it has not ended by itself.
        """

@final
class Tokens:
    """
    An account's tokens.
    """
    def __new__(cls, /, client: Client, store: tuple[Any, str], account: str, wait: SupportsFloat | SupportsIndex, client_credentials: str | None, listener: Any | None) -> Tokens:
        """
        `store` is a store of this module, or a `Keeper` and what describes its store. `wait` is in seconds.
        `listener` is a weak reference to what gets kind, account, exception or `None`, and moment or `None`, on
        another thread.
        """
    def access_token(self, /) -> Errand:
        """
        A valid access token.
        """
    @property
    def account(self, /) -> str:
        """
        Whose they are.
        """
    def adopt(self, /, texts: tuple[str, str | None, str | None, str | None], numbers: tuple[tuple[SupportsIndex | None, SupportsIndex | None], tuple[SupportsIndex | None, SupportsIndex | None]]) -> Errand:
        """
        Keeps the tokens of an answer: its access and refresh token, scope and type; the seconds that the
        access token lives and its end, and the same of the refresh token.
        """
    def close(self, /, seconds: SupportsFloat | SupportsIndex | None) -> Errand:
        """
        Waits until everything is kept, as long as the core does for `None`; whether that is so.
        """
    def foreign(self, /, url: str) -> tuple[str, str | None] | None:
        """
        Why a request there is not to have a token, and what to do; `None` if it is.
        """
    def forget(self, /) -> Errand:
        """
        Forgets the tokens; whether there were any.
        """
    def fresh(self, /) -> str | None:
        """
        The token in memory, if it is valid and nothing is to be done.
        """
    def invalidate(self, /, token: str) -> None:
        """
        Says that the API refused a token.
        """
    def of_account(self, /, account: str) -> Tokens:
        """
        Those of another account.
        """
    def refresh(self, /) -> Errand:
        """
        A new one.
        """
    def refused(self, /, token: str, status: int, body: bytes) -> bool:
        """
        Whether another token may help a request that was answered so; this one is invalidated then.
        """
    def revoke(self, /) -> Errand:
        """
        Ends the tokens at Pinterest.
        """
    def status(self, /) -> Errand:
        """
        How the tokens stand: state, scope, issue and end of the access token, those of the refresh token,
        the failure, whether tokens are asked for, whether they are unsaved, the store.
        """

def bare_class(name: str, bases: "tuple[type, ...]", module: str, text: str) -> type:
    """
    A class with a name, a module and a text of its own, and else what its bases have.

    `type` looks for each of Python's some 90 special methods in the class and in all of its bases. One that has
    none of its own may take those of its bases as they are, as classes of C do.
    """

def drain(is_over: Any | None) -> None:
    """
    Waits until nothing is being renewed and everything is kept, up to a signal and ten seconds: for all ends of the
    process together, since one begins before its executors end and another after that, to which a little is left.

    `is_over` is given for the first of them, and says whether the program ends then. While threads of it go on, that
    wait is not one of its end, which has all of the time later.
    """

def drives_calls() -> bool:
    """
    Whether this thread drives calls, and so can wait for none. Python code may find itself there: what the garbage
    collector calls, or a method of a program's own event loop.
    """

def failure_class(offered: type) -> type:
    """
    The class of failures: the one that is given first, also for a package that is imported once more.
    """

def failures_in(operation: str, answer: str) -> list[tuple[str, int | None, int | None, str | None, str]]:
    """
    What failed as an answer of success of an operation says. The answer is JSON.
    """

def fork_generation() -> int:
    """
    How many forks lie between this process and the one that loaded this library. A child's number is
    never its parent's.
    """

def host_of_environment(name: str) -> str | None:
    """
    The base URL of an environment, `production` or `sandbox`; `None` for another name.
    """

def known_scopes() -> list[str]:
    """
    The scopes that have constants.
    """

def merge_tokens(fresh: tuple[tuple[str, str | None, str | None, str | None], tuple[tuple[SupportsIndex | None, SupportsIndex | None], tuple[SupportsIndex | None, SupportsIndex | None]]], old: tuple[tuple[str, str | None, str | None, str | None], tuple[tuple[SupportsIndex | None, SupportsIndex | None], tuple[SupportsIndex | None, SupportsIndex | None]]]) -> tuple[str | None, str | None, int | None, int | None]:
    """
    What a refresh keeps: the refresh token, the scope, the seconds that the former lives, and its end.
    """

def open_browser(url: str) -> None:
    """
    Opens a URL in the browser that `BROWSER` names, or in the system's own. Takes a second at most;
    raises also what a signal handler raises meanwhile.
    """

def operations() -> list[tuple[str, str, str, list[str], list[str], bool | None]]:
    """
    Every operation of the core's table.
    """

def settings_of_environment(value: Any) -> list[tuple[str, str | None]]:
    """
    The settings that the environment names, by their names; `value` gives a variable's value.
    """

def stop_background() -> None:
    """
    To be called before the interpreter ends: waits, not for long, until tokens that are being renewed are kept;
    then ends the calls in the background, where none can be started any more, and waits for the last delivery.
    """
