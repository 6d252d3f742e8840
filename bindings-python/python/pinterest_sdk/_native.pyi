"""
The compiled part of `pinterest_sdk`.
"""

from _typeshed import SupportsGetItem
from typing import Any, Final, SupportsFloat, SupportsIndex, final

__all__ = ["__version__", "Answer", "Authorization", "Call", "Callback", "Client", "Login", "Pending", "Task", "failure_class", "host_of_environment", "known_scopes", "open_browser", "settings_of_environment", "stop_background"]

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
class Task:
    """
    A call that is on its way.
    """
    def cancel(self, /) -> None:
        """
        Ends the call and its connection, if it has not ended by itself.
        """

def failure_class(offered: type) -> type:
    """
    The class of failures: the one that is given first. A package that is imported once more has the
    same class as what is left of the first.
    """

def host_of_environment(name: str) -> str | None:
    """
    The base URL of an environment, `production` or `sandbox`; `None` for another name.
    """

def known_scopes() -> list[str]:
    """
    The scopes that have constants.
    """

def open_browser(url: str) -> None:
    """
    Opens a URL in the browser that `BROWSER` names, or in the system's own. Takes a second at most;
    raises also what a signal handler raises meanwhile.
    """

def settings_of_environment(value: Any) -> list[tuple[str, str | None]]:
    """
    The settings that the environment names, by their names; `value` gives a variable's value.
    """

def stop_background() -> None:
    """
    Ends the calls in the background and waits for the delivery in progress; no call can be started
    there afterwards. To be called before the interpreter ends.
    """
