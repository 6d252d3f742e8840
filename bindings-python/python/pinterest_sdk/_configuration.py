"""`Configuration`: what a client needs to know before its first call."""

from __future__ import annotations

import os
from _operator import attrgetter

from pinterest_sdk._native import host_of_environment, settings_of_environment
from pinterest_sdk._variables import unshown
from pinterest_sdk.errors import InvalidInputException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, ClassVar, ParamSpec, TypeVar

    from typing_extensions import Self

    from pinterest_sdk._clock import ManualClock
    from pinterest_sdk.types import EnvironmentName

    P = ParamSpec("P")
    Made = TypeVar("Made")
else:  # For `typing.get_type_hints`.
    from _collections_abc import Mapping  # noqa: TC003

    from pinterest_sdk._hints import Any, ClassVar, Self  # noqa: TC001

    EnvironmentName = str
    ManualClock = object

DEFAULT_HOST = "https://api.pinterest.com/v5"
ENVIRONMENTS: tuple[EnvironmentName, ...] = ("production", "sandbox")
DEFAULT_POOL_SIZE = (os.cpu_count() or 1) * 5
SETTINGS = (
    "username",
    "password",
    "access_token",
    "authorization_url",
    "proxy",
    "no_proxy",
    "ssl_ca_cert",
    "cert_file",
    "key_file",
    "connection_pool_maxsize",
    "retries",
    "keep_rate_limits",
    "rate_limit_wait",
    "timeout",
    "max_answer_bytes",
    "clock",
)


class Configuration:
    """Settings of an `ApiClient`. They may be changed at any time and hold from the next call on.

    Args:
        host: base URL of the API, ``https://api.pinterest.com/v5`` unless given; http only to this
            machine.
        environment: ``production`` or ``sandbox``, Pinterest's two worlds: sets ``host``, if that is not
            given. Tokens of one are not valid in the other.
        username: the app id.
        password: the app secret.
        access_token: a user's token, for calls that act for a user.
        authorization_url: the page that asks a person, Pinterest's unless given; http only to this
            machine.
        ssl_ca_cert: a PEM file of authorities to trust beside the system's and Mozilla's.
        cert_file: a PEM file with the client's certificate, for mutual TLS.
        key_file: a PEM file with that certificate's key, if ``cert_file`` does not hold it.
        proxy: URL of an HTTP proxy; without it ``HTTPS_PROXY`` and ``NO_PROXY`` decide. A host of
            plain http is on this machine, and is always reached directly.
        no_proxy: hosts to reach without a proxy, separated by commas, in place of ``NO_PROXY``.
        proxy_headers: more headers for the proxy.
        connection_pool_maxsize: how many connections to keep for the next calls.
        retries: how often to call again, within the call's time limit, when nothing could be sent; never,
            unless given.
        keep_rate_limits: whether operations wait where the last answer said that their category is used up
            for the token, and fail at once, unsent, where that is longer than ``timeout`` or
            ``rate_limit_wait``; False leaves it to Pinterest.
        rate_limit_wait: the longest such wait, in seconds; as long as ``timeout`` unless given.
        timeout: seconds for each whole call, or a pair (connect, read), where a call has no limit of
            its own; 60, of which 10 to connect, unless given.
        max_answer_bytes: how large an answer may be, after decompression; 64 MiB unless given. Answers
            with tokens have a limit of their own, 1 MiB.
        clock: what ends of tokens and authorizations are compared with in a test; the system's clock unless
            given.

    """

    _read: ClassVar[Any] = attrgetter(*SETTINGS)
    """What is compared with the last call's, quick to make."""
    _names: ClassVar[frozenset[str]] = frozenset((*SETTINGS, "host", "proxy_headers"))
    """The attributes there are."""
    _unpickled: ClassVar[Mapping[str, object]] = dict.fromkeys(
        ("password", "access_token", "proxy", "proxy_headers", "clock")
    )
    """What takes the place of what no file should hold, and of what another process could not move."""

    @unshown
    def __init__(
        self,
        *,
        host: str | None = None,
        username: str | None = None,
        password: str | None = None,
        access_token: str | None = None,
        authorization_url: str | None = None,
        ssl_ca_cert: str | os.PathLike[str] | None = None,
        cert_file: str | os.PathLike[str] | None = None,
        key_file: str | os.PathLike[str] | None = None,
        proxy: str | None = None,
        no_proxy: str | None = None,
        proxy_headers: dict[str, str] | None = None,
        connection_pool_maxsize: int | None = DEFAULT_POOL_SIZE,
        retries: int | None = None,
        timeout: float | tuple[float, float] | None = None,
        max_answer_bytes: int | None = None,
        environment: EnvironmentName | None = None,
        clock: ManualClock | None = None,
        keep_rate_limits: bool = True,
        rate_limit_wait: float | None = None,
    ) -> None:
        self.host: str = DEFAULT_HOST if host is None else host
        if environment is not None and host is None:
            self.environment = environment
        self.username: str | None = username
        self.password: str | None = password
        self.access_token: str | None = access_token
        self.authorization_url: str | None = authorization_url
        self.ssl_ca_cert: str | os.PathLike[str] | None = ssl_ca_cert
        self.cert_file: str | os.PathLike[str] | None = cert_file
        self.key_file: str | os.PathLike[str] | None = key_file
        self.proxy: str | None = proxy
        self.no_proxy: str | None = no_proxy
        self.proxy_headers: dict[str, str] | None = proxy_headers
        self.connection_pool_maxsize: int | None = connection_pool_maxsize
        self.retries: int | None = retries
        self.keep_rate_limits: bool = keep_rate_limits
        self.rate_limit_wait: float | None = rate_limit_wait
        self.timeout: float | tuple[float, float] | None = timeout
        self.max_answer_bytes: int | None = max_answer_bytes
        self.clock: ManualClock | None = clock

    if not TYPE_CHECKING:  # Or a type checker would let every name pass.

        def __setattr__(self, name: str, value: object) -> None:
            cls = type(self)
            # A program's own subclass has what it likes.
            if "_names" in cls.__dict__ and name not in cls._names and not hasattr(cls, name):
                _warn_of(name, cls._names)
            object.__setattr__(self, name, value)

    if TYPE_CHECKING:

        @classmethod
        def from_env(cls: Callable[P, Made], *_: P.args, **settings: P.kwargs) -> Made:
            """Give the settings that the environment names, as the command line reads them."""
            raise NotImplementedError

    else:

        @classmethod
        @unshown
        def from_env(cls, **settings: Any) -> Self:
            """Give the settings that the environment names, as the command line reads them.

            They are ``PINTEREST_APP_ID``, ``PINTEREST_APP_SECRET``, ``PINTEREST_ACCESS_TOKEN``,
            ``PINTEREST_API_URI`` and ``PINTEREST_OAUTH_URI``; one that is blank is not set, and an address
            without a path gets ``/v5`` or ``/oauth/``.

            Args:
                settings: what this class takes, in place of what the environment says.

            """
            found = dict(settings_of_environment(_variable))
            if settings.get("environment") is not None:
                # An environment that is asked for by name has its own addresses.
                del found["host"], found["authorization_url"]
            return cls(**{**found, **settings})

    @property
    def environment(self) -> EnvironmentName | None:
        """The environment that ``host`` is of, if it is one's; setting it sets ``host``."""
        return next((name for name in ENVIRONMENTS if host_of_environment(name) == self.host), None)

    @environment.setter
    def environment(self, name: EnvironmentName) -> None:
        host = host_of_environment(name) if name in ENVIRONMENTS else None
        if host is None:
            raise InvalidInputException(f"`environment` must be one of {', '.join(ENVIRONMENTS)}")
        self.host = host

    def _settings(self) -> dict[str, Any]:
        """Give the settings by name, after a check of those that only this class knows."""
        headers = self.proxy_headers
        settings = {name: getattr(self, name) for name in SETTINGS}
        return {**settings, "proxy_headers": tuple(headers.items()) if headers else ()}

    def __copy__(self) -> Self:
        copied = object.__new__(type(self))
        copied.__dict__.update(self.__dict__)
        return copied

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        from copy import copy, deepcopy

        copied = copy(self)
        memo[id(self)] = copied
        for name, value in self.__dict__.items():
            copied.__dict__[name] = deepcopy(value, memo)
        return copied

    def __getstate__(self) -> dict[str, Any]:
        """Leave out of a pickle what no file should hold."""
        return {**self.__dict__, **self._unpickled}


def _variable(name: str) -> str | None:
    value = os.environ.get(name)
    # What is no text holds the character that stands for that, and is refused with its name when it is used.
    return value and value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _warn_of(name: str, known: frozenset[str]) -> None:
    from difflib import get_close_matches
    from warnings import warn

    close = get_close_matches(name, known, 1)
    meant = f": is `{close[0]}` meant?" if close else ""
    warn(f"Configuration has no setting `{name}`, which has no effect{meant}", stacklevel=3)
