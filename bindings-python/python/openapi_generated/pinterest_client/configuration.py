"""`Configuration`: what a client needs to know before its first call."""

from __future__ import annotations

import sys
from _operator import attrgetter

from openapi_generated.pinterest_client._configuration_logging import LogSettings
from pinterest_sdk import _configuration
from pinterest_sdk._checks import check_type
from pinterest_sdk._native import __version__
from pinterest_sdk._variables import unshown
from pinterest_sdk.errors import ApiTypeError, ApiValueError, InvalidInputException, InvalidTypeException

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any, ClassVar

    from typing_extensions import Self

    from pinterest_sdk.types import EnvironmentName
else:  # For `typing.get_type_hints`.
    import os  # noqa: TC003
    from _collections_abc import Callable, Iterable, Mapping  # noqa: TC003

    from pinterest_sdk._hints import Any, ClassVar, Self  # noqa: TC001

    EnvironmentName = str

_HOSTS = [{"url": _configuration.DEFAULT_HOST, "description": "No description provided"}]
_VALIDATIONS = frozenset(
    (
        "multipleOf",
        "maximum",
        "exclusiveMaximum",
        "minimum",
        "exclusiveMinimum",
        "maxLength",
        "minLength",
        "pattern",
        "maxItems",
        "minItems",
    )
)
# Copies log to the same places.
_SHARED = ("_loggers", "logger_file_handler", "logger_stream_handler")


class Configuration(LogSettings, _configuration.Configuration):
    """Settings of an `ApiClient`. They may be changed at any time and hold from the next call on.

    Args:
        host: base URL of the API, ``https://api.pinterest.com/v5`` unless given; http only to this
            machine.
        access_token: a user's token, for calls that act for a user.
        username: the app id.
        password: the app secret.
        ssl_ca_cert: a PEM file of authorities to trust beside the system's and Mozilla's.
        api_key: kept for old programs; Pinterest has no API keys. So is ``api_key_prefix``.
        discard_unknown_keys: kept; unknown fields of an answer are additional properties.
        disabled_client_side_validations: keywords of JSON Schema, separated by commas.
        server_index: which of `get_host_settings` to use; there is one.
        server_variables: values for the variables of that host, which has none.
        server_operation_index: the same by operation. So is ``server_operation_variables``.
        authorization_url: the page that asks a person, Pinterest's unless given; http only to this
            machine.
        environment: ``production`` or ``sandbox``, Pinterest's two worlds: sets ``host``, if that is not
            given.

    Attributes:
        proxy: URL of an HTTP proxy; without it ``HTTPS_PROXY`` and ``NO_PROXY`` decide. A host of
            plain http is on this machine, and is always reached directly.
        no_proxy: hosts to reach without a proxy, separated by commas, in place of ``NO_PROXY``.
        proxy_headers: more headers for the proxy.
        cert_file: a PEM file with the client's certificate, for mutual TLS.
        key_file: a PEM file with that certificate's key, if ``cert_file`` does not hold it.
        connection_pool_maxsize: how many connections to keep for the next calls.
        retries: how often to call again, within the call's time limit, when nothing could be sent; never,
            unless given.
        timeout: seconds for each whole call, or a pair (connect, read), where a call has no
            ``_request_timeout``; 60, of which 10 to connect, unless given.
        max_answer_bytes: how large an answer may be, after decompression; 64 MiB unless given. Answers
            with tokens have a limit of their own, 1 MiB.
        clock: None, or a `pinterest_sdk.ManualClock` that ends of tokens and authorizations are compared
            with, in a test.
        assert_hostname: None or True: certificates must be for the host that is called.
        socket_options: None, or options that connections have: ``TCP_NODELAY``, ``SO_KEEPALIVE``.
        safe_chars_for_path_param: characters of path parameters that are sent as they are.
        temp_folder_path: where answers that are files are saved.
        refresh_api_key_hook: called with the configuration before an API key is read.
        client_side_validation: False checks only the types of what operations and models are given; what
            cannot be sent is always refused.

    """

    _default: ClassVar[Configuration | None] = None
    _read: ClassVar[Any] = attrgetter(*_configuration.SETTINGS, "assert_hostname", "socket_options")
    _names: ClassVar[frozenset[str]] = _configuration.Configuration._names.union(
        _SHARED,
        (
            "api_key",
            "api_key_prefix",
            "assert_hostname",
            "client_side_validation",
            "discard_unknown_keys",
            "refresh_api_key_hook",
            "safe_chars_for_path_param",
            "server_index",
            "server_operation_index",
            "server_operation_variables",
            "server_variables",
            "socket_options",
            "temp_folder_path",
            "_base_path",
            "_debug",
            "_disabled_client_side_validations",
            "_logger_file",
            "_logger_format",
        ),
    )
    # What belongs to this process is left out of a pickle too.
    _unpickled: ClassVar[Mapping[str, object]] = {
        **_configuration.Configuration._unpickled,
        **dict.fromkeys((*_SHARED, "refresh_api_key_hook")),
    }

    @unshown
    def __init__(
        self,
        host: str | None = None,
        api_key: dict[str, str] | None = None,
        api_key_prefix: dict[str, str] | None = None,
        access_token: str | None = None,
        username: str | None = None,
        password: str | None = None,
        discard_unknown_keys: bool = False,
        disabled_client_side_validations: str = "",
        server_index: int | None = None,
        server_variables: dict[str, str] | None = None,
        server_operation_index: dict[str, int] | None = None,
        server_operation_variables: dict[str, dict[str, str]] | None = None,
        ssl_ca_cert: str | os.PathLike[str] | None = None,
        *,
        authorization_url: str | None = None,
        environment: EnvironmentName | None = None,
    ) -> None:
        LogSettings.__init__(self)
        _configuration.Configuration.__init__(
            self,
            host=host,
            username=username,
            password=password,
            access_token=access_token,
            authorization_url=authorization_url,
            ssl_ca_cert=ssl_ca_cert,
        )
        self.server_index: int | None = 0 if server_index is None and host is None else server_index
        self.server_variables: dict[str, str] = server_variables or {}
        self.server_operation_index: dict[str, int] = server_operation_index or {}
        self.server_operation_variables: dict[str, dict[str, str]] = server_operation_variables or {}
        self.api_key: dict[str, str] = api_key or {}
        self.api_key_prefix: dict[str, str] = api_key_prefix or {}
        self.discard_unknown_keys: bool = discard_unknown_keys
        self.disabled_client_side_validations = disabled_client_side_validations
        if environment is not None and host is None:
            self.environment = environment
        self.assert_hostname: bool | None = None
        self.socket_options: list[tuple[int, int, int]] | None = None
        self.safe_chars_for_path_param: str = ""
        self.temp_folder_path: str | os.PathLike[str] | None = None
        self.refresh_api_key_hook: Callable[[Configuration], object] | None = None
        self.client_side_validation: bool = True

    @property
    def host(self) -> str:
        """The base URL of the API."""
        return self.get_host_from_settings(self.server_index, self.server_variables)

    @host.setter
    def host(self, value: str) -> None:
        self._base_path = value
        self.server_index = None

    @property
    def verify_ssl(self) -> bool:
        """Always true: over an unverified connection anyone could take the app secret."""
        return True

    @verify_ssl.setter
    def verify_ssl(self, value: bool) -> None:
        if not value:
            raise ApiValueError(
                "verify_ssl cannot be switched off: the app secret and the tokens would go to whoever "
                "answers. To trust a private certificate authority, set ssl_ca_cert to its PEM file"
            )

    @property
    def disabled_client_side_validations(self) -> str:
        """Keywords of JSON Schema that are not checked, separated by commas."""
        return self._disabled_client_side_validations

    @disabled_client_side_validations.setter
    def disabled_client_side_validations(self, value: str) -> None:
        for keyword in filter(None, value.split(",")):
            if keyword not in _VALIDATIONS:
                raise ApiValueError(f"Invalid keyword: '{keyword}''")
        self._disabled_client_side_validations = value

    def get_api_key_with_prefix(self, identifier: str, alias: str | None = None) -> str | None:
        """Give an API key with its prefix, if it has one."""
        if self.refresh_api_key_hook is not None:
            self.refresh_api_key_hook(self)
        key = self.api_key.get(identifier, self.api_key.get(alias) if alias is not None else None)
        prefix = self.api_key_prefix.get(identifier)
        return f"{prefix} {key}" if key and prefix else key or None

    @unshown
    def get_basic_auth_token(self) -> str:
        """Give the Authorization header of the app id and secret."""
        from base64 import b64encode

        plain = f"{_text('username', self.username)}:{_text('password', self.password)}"
        return f"Basic {b64encode(plain.encode()).decode()}"

    @unshown
    def auth_settings(self) -> dict[str, dict[str, Any]]:
        """Give the credentials that there are, by the names that operations have for them."""
        header = {"in": "header", "key": "Authorization"}
        found: dict[str, dict[str, Any]] = {}
        if self.username is not None and self.password is not None:
            found["basic"] = {"type": "basic", **header, "value": self.get_basic_auth_token()}
        if self.access_token is not None:
            bearer = {**header, "value": f"Bearer {_text('access_token', self.access_token)}"}
            for name, kind in _BEARER.items():
                found[name] = {"type": kind, **bearer}
        return found

    def to_debug_report(self) -> str:
        """Give what a bug report needs: systems and versions, no credentials."""
        return (
            f"Python SDK Debug Report:\nOS: {sys.platform}\nPython Version: {sys.version}\n"
            f"Version of the API: 5\nSDK Package Version: {__version__}"
        )

    def get_host_settings(self) -> list[dict[str, Any]]:
        """Give the known hosts. A subclass may know others."""
        return [dict(host) for host in _HOSTS]

    def get_host_from_settings(
        self,
        index: int | None,
        variables: Mapping[str, str] | None = None,
        servers: list[dict[str, Any]] | None = None,
    ) -> str:
        """Give a known host's base URL, or with ``None`` the configured one."""
        if index is None:
            return self._base_path
        known = self.get_host_settings() if servers is None else servers
        try:
            server = known[index]
        except IndexError:
            raise ValueError(
                f"Invalid index {index} when selecting the host settings. Must be less than {len(known)}"
            ) from None
        url: str = server["url"]
        for name, variable in server.get("variables", {}).items():
            value = (variables or {}).get(name, variable["default_value"])
            if value not in variable.get("enum_values", (value,)):
                raise ValueError(
                    f"The variable `{name}` in the host URL has invalid value {value}. "
                    f"Must be {variable['enum_values']}."
                )
            url = url.replace(f"{{{name}}}", value)
        return url

    @classmethod
    def set_default(cls, default: Configuration | None) -> None:
        """Set what clients without a configuration copy."""
        from copy import deepcopy

        if default is not None:
            refuse_other_classes(default)
        cls._default = deepcopy(default)

    @classmethod
    def get_default_copy(cls) -> Configuration:
        """Give a copy of what `set_default` was given, or else a new configuration."""
        from copy import deepcopy

        return Configuration() if cls._default is None else deepcopy(cls._default)

    def _settings(self) -> dict[str, Any]:
        _refuse_what_would_be_ignored(self.assert_hostname, self.socket_options)
        return super()._settings()

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        from copy import copy

        shared = {name: self.__dict__[name] for name in _SHARED}
        # Whoever has a number here is not copied.
        memo.update({id(value): value for value in shared.values()})
        copied = super().__deepcopy__(memo)
        copied._loggers = copy(self._loggers)
        return copied

    def __getstate__(self) -> dict[str, Any]:
        """Leave out of a pickle what no file should hold, and what belongs to this process."""
        return {**super().__getstate__(), "api_key": {}}


def refuse_other_classes(configuration: object) -> None:
    """Refuse what is no configuration, at once and not in a later call."""
    if not isinstance(configuration, Configuration):
        raise ApiTypeError(f"a configuration is a Configuration, not a {type(configuration).__name__}")


def _text(name: str, value: object) -> str:
    if value is not None and not isinstance(value, str):
        raise InvalidTypeException(f"`{name}` is a text, not of type {type(value).__name__}")
    return value or ""


# Names of operations' credentials, and their types.
_BEARER = {"client_credentials": "oauth2", "conversion_token": "bearer", "pinterest_oauth2": "oauth2"}


def _refuse_what_would_be_ignored(assert_hostname: object, options: Any) -> None:
    """Refuse settings of urllib3 that this client cannot do."""
    if assert_hostname not in (None, True):
        raise InvalidInputException(
            "`assert_hostname` can only be None or True: a certificate must be for the host that is called, "
            "or the app secret and the tokens would go to whoever answers"
        )
    check_type("socket_options", options, (type(None), list, tuple))
    if options and not _has_effect(options):
        raise InvalidInputException(
            "`socket_options` can only switch on what connections have anyway, (IPPROTO_TCP, TCP_NODELAY, 1) "
            "and (SOL_SOCKET, SO_KEEPALIVE, 1): others would have no effect"
        )


def _has_effect(options: Iterable[Any]) -> bool:
    """Say whether connections have these options, as all do: small pieces at once, and signs of life."""
    import socket

    had = ((socket.IPPROTO_TCP, socket.TCP_NODELAY, 1), (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1))
    return all(option in had for option in options)
