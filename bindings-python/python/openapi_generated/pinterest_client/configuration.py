"""`Configuration`: what a client needs to know before its first call."""

from __future__ import annotations

import os
from operator import attrgetter

from openapi_generated.pinterest_client.exceptions import ApiValueError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_HOSTS = [{"url": "https://api.pinterest.com/v5", "description": "No description provided"}]
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


class Configuration:
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
        server_variables: kept; the host has no variables.
        server_operation_index: kept. So is ``server_operation_variables``.

    Attributes:
        proxy: URL of an HTTP proxy; without it ``HTTPS_PROXY`` and ``NO_PROXY`` decide.
        no_proxy: hosts to reach without ``proxy``, separated by commas.
        proxy_headers: more headers for the proxy.
        cert_file: a PEM file with the client's certificate, for mutual TLS.
        key_file: a PEM file with that certificate's key, if ``cert_file`` does not hold it.
        connection_pool_maxsize: how many connections to keep for the next calls.

    """

    _default: Configuration | None = None

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
    ) -> None:
        self._base_path: str = _HOSTS[0]["url"] if host is None else host
        self.server_index = 0 if server_index is None and host is None else server_index
        self.server_variables = server_variables or {}
        self.server_operation_index = server_operation_index or {}
        self.server_operation_variables = server_operation_variables or {}
        self.access_token = access_token
        self.username = username
        self.password = password
        self.api_key = api_key or {}
        self.api_key_prefix = api_key_prefix or {}
        self.discard_unknown_keys = discard_unknown_keys
        self.disabled_client_side_validations = disabled_client_side_validations
        self.ssl_ca_cert = ssl_ca_cert
        self.cert_file: str | os.PathLike[str] | None = None
        self.key_file: str | os.PathLike[str] | None = None
        self.connection_pool_maxsize = DEFAULT_POOL_SIZE
        self.proxy: str | None = None
        self.no_proxy: str | None = None
        self.proxy_headers: dict[str, str] | None = None

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

    def get_host_settings(self) -> list[dict[str, str]]:
        """Give the known hosts."""
        return [dict(host) for host in _HOSTS]

    def get_host_from_settings(
        self,
        index: int | None,
        variables: Mapping[str, str] | None = None,  # noqa: ARG002 - no host has a variable.
        servers: list[dict[str, str]] | None = None,
    ) -> str:
        """Give a known host's base URL, or with ``None`` the configured one."""
        if index is None:
            return self._base_path
        known = _HOSTS if servers is None else servers
        try:
            return known[index]["url"]
        except IndexError:
            raise ValueError(
                f"Invalid index {index} when selecting the host settings. Must be less than {len(known)}"
            ) from None

    @classmethod
    def set_default(cls, default: Configuration | None) -> None:
        """Set what clients without a configuration copy."""
        from copy import deepcopy

        cls._default = deepcopy(default)

    @classmethod
    def get_default_copy(cls) -> Configuration:
        """Give a copy of what `set_default` was given, or else a new configuration."""
        from copy import deepcopy

        return Configuration() if cls._default is None else deepcopy(cls._default)

    def _values(self, host_index: int | None) -> tuple[Any, ...]:
        """Give the values of `SETTINGS`, quick to make and to compare with those of the last call."""
        host = self.host if host_index is None else self.get_host_from_settings(host_index)
        headers = self.proxy_headers
        return host, tuple(headers.items()) if headers else (), *_read(self)


_PLAIN = (
    "username",
    "password",
    "access_token",
    "proxy",
    "no_proxy",
    "ssl_ca_cert",
    "cert_file",
    "key_file",
    "connection_pool_maxsize",
)
_read = attrgetter(*_PLAIN)
SETTINGS = ("host", "proxy_headers", *_PLAIN)
DEFAULT_POOL_SIZE = (os.cpu_count() or 1) * 5
