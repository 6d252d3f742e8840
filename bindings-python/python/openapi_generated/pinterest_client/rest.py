"""The HTTP part of a call: `RESTClientObject` asks, `RESTResponse` is what came back."""

from __future__ import annotations

import io

from openapi_generated.pinterest_client._configuration_logging import LOGGER
from pinterest_sdk._connection import Connection
from pinterest_sdk._http import HTTPHeaderDict, RateLimit, reason_phrase
from pinterest_sdk._variables import unshown
from pinterest_sdk.errors import (
    ApiAttributeError,
    ApiException,
    ApiValueError,
    ForbiddenException,
    InvalidInputException,
    NotFoundException,
    ServiceException,
    UnauthorizedException,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any, TypeVar, overload

    from openapi_generated.pinterest_client.configuration import Configuration
    from pinterest_sdk._native import Answer

    Default = TypeVar("Default")
else:  # For `typing.get_type_hints`.
    from pinterest_sdk._hints import Any, Default  # noqa: TC001

    Answer = Configuration = object

__all__ = [
    "ApiException",
    "ApiValueError",
    "ForbiddenException",
    "HTTPHeaderDict",
    "HTTPResponse",
    "NotFoundException",
    "RESTClientObject",
    "RESTResponse",
    "RateLimit",
    "ServiceException",
    "UnauthorizedException",
    "should_bypass_proxies",
]

_NO_POOL = (
    "urllib3 makes no requests here: put a mock in the place of `request` or `POST`, not of `pool_manager`"
)
_METHODS = ("GET", "HEAD", "DELETE", "POST", "PUT", "PATCH", "OPTIONS")


class HTTPResponse:
    """An answer as it came, where the generated client has urllib3's object of that name."""

    __slots__ = ("_answer", "headers")

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.headers: HTTPHeaderDict = HTTPHeaderDict(answer.headers)

    def __reduce__(self) -> tuple[Any, ...]:
        from types import SimpleNamespace

        answer = self._answer
        names = ("status", "headers", "body", "rate_limit")
        return type(self), (SimpleNamespace(**{name: getattr(answer, name) for name in names}),)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self._answer.status

    @property
    def reason(self) -> str:
        """The status in words."""
        return reason_phrase(self.status)

    @property
    def data(self) -> bytes:
        """The body after decompression."""
        return self._answer.body

    @property
    def rate_limit(self) -> RateLimit:
        """How much more may be asked for."""
        return RateLimit(*self._answer.rate_limit)


class RESTResponse(io.IOBase):
    """A whole answer. Its text form shows nothing of the body, which may hold a token; its pickle has all.

    Attributes:
        status: the HTTP status.
        reason: the status in words.
        data: the body after decompression; text after a call that reads it as such.
        urllib3_response: what came; the name is the generated client's.

    """

    def __init__(self, resp: Any) -> None:
        self.urllib3_response: Any = resp
        self.status: int = resp.status
        self.reason: str = resp.reason
        self.data: Any = resp.data
        self._position = 0

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.urllib3_response,), self.__dict__

    @property
    def headers(self) -> Any:
        """The headers."""
        return self.urllib3_response.headers

    @property
    def rate_limit(self) -> RateLimit | None:
        """How much more may be asked for; None of an answer that is not ours."""
        limit: RateLimit | None = getattr(self.urllib3_response, "rate_limit", None)
        return limit

    def getheaders(self) -> Any:
        """Give the headers."""
        return self.headers

    if TYPE_CHECKING:

        @overload
        def getheader(self, name: str) -> str | None: ...
        @overload
        def getheader(self, name: str, default: Default) -> str | Default: ...

    def getheader(self, name: str, default: Any = None) -> Any:
        """Give one header's value, or the default."""
        return self.headers.get(name, default)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, amt: int | None = None) -> Any:
        """Give the next bytes of the body, all that are left unless told how many."""
        start = self._position
        part = self.data[start:] if amt is None or amt < 0 else self.data[start : start + amt]
        self._position += len(part)
        return part

    def release_conn(self) -> None:
        """Do nothing: the connection is free already."""

    def __repr__(self) -> str:
        return f"<RESTResponse: {self.status} {self.reason}>"


class RESTClientObject:
    """Makes requests to whole URLs, with a configuration's connections and no credentials of it.

    Args:
        configuration: the settings.
        pools_size: kept from the generated client; so is ``maxsize``.

    """

    def __init__(
        self,
        configuration: Configuration,
        pools_size: int = 4,  # noqa: ARG002
        maxsize: int | None = None,  # noqa: ARG002
        _connection: Connection | None = None,
    ) -> None:
        self.configuration: Configuration = configuration
        self._connection = Connection(LOGGER) if _connection is None else _connection

    @property
    def pool_manager(self) -> Any:
        """There is none: a mock in its place would see no request."""
        raise ApiAttributeError(_NO_POOL)

    @pool_manager.setter
    def pool_manager(self, _: object) -> None:
        raise ApiAttributeError(_NO_POOL)

    @unshown
    def request(
        self,
        method: str,
        url: str,
        query_params: Any = None,
        headers: dict[str, Any] | None = None,
        body: Any = None,
        post_params: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> RESTResponse:
        """Make a request.

        Raises:
            ApiException: the call failed; its ``body`` is bytes.

        """
        from openapi_generated.pinterest_client._request import ask

        method = str(method).upper()
        if method not in _METHODS:
            raise InvalidInputException(f"http method must be one of {', '.join(_METHODS)}")
        if post_params and body:
            raise InvalidInputException("body parameter cannot be used with post_params parameter.")
        try:
            answer = ask(
                self._connection, self.configuration, method, url,
                query_params, headers or {}, body, post_params, _request_timeout,
            )  # fmt: skip
        except ApiException as error:
            if isinstance(error.body, str):
                error.body = error.body.encode()
            raise
        return RESTResponse(HTTPResponse(answer))

    @unshown
    def GET(self, url: str, headers: Any = None, query_params: Any = None, **options: Any) -> RESTResponse:
        """`request` with GET."""
        return self.request("GET", url, query_params, headers, **options)

    @unshown
    def HEAD(self, url: str, headers: Any = None, query_params: Any = None, **options: Any) -> RESTResponse:
        """`request` with HEAD."""
        return self.request("HEAD", url, query_params, headers, **options)

    @unshown
    def OPTIONS(
        self, url: str, headers: Any = None, query_params: Any = None, **options: Any
    ) -> RESTResponse:
        """`request` with OPTIONS."""
        return self.request("OPTIONS", url, query_params, headers, **options)

    @unshown
    def DELETE(self, url: str, headers: Any = None, query_params: Any = None, **options: Any) -> RESTResponse:
        """`request` with DELETE."""
        return self.request("DELETE", url, query_params, headers, **options)

    @unshown
    def POST(self, url: str, headers: Any = None, query_params: Any = None, **options: Any) -> RESTResponse:
        """`request` with POST."""
        return self.request("POST", url, query_params, headers, **options)

    @unshown
    def PUT(self, url: str, headers: Any = None, query_params: Any = None, **options: Any) -> RESTResponse:
        """`request` with PUT."""
        return self.request("PUT", url, query_params, headers, **options)

    @unshown
    def PATCH(self, url: str, headers: Any = None, query_params: Any = None, **options: Any) -> RESTResponse:
        """`request` with PATCH."""
        return self.request("PATCH", url, query_params, headers, **options)


def requests_later(connection: Connection, configuration: Configuration) -> Callable[..., Awaitable[Any]]:
    """Give what makes requests for asyncio, as `RESTClientObject.request` does on a thread."""
    from openapi_generated.pinterest_client._request import ask_later
    from pinterest_sdk._awaited import answer_to

    async def request(method: str, url: str, **options: Any) -> RESTResponse:
        answer = await ask_later(
            connection, answer_to, configuration, method, url, options["query_params"], options["headers"],
            options["body"], options["post_params"], options["_request_timeout"],
        )  # fmt: skip
        return RESTResponse(HTTPResponse(answer))

    return request


_original = RESTClientObject
_request = RESTClientObject.request
_post = RESTClientObject.POST


def is_replaced(client: Any) -> bool:
    """Say whether a program has put something of its own in the place of a client's requests."""
    kind = RESTClientObject if client is None else type(client)
    own = () if client is None else vars(client)
    return (
        kind is not _original
        or kind.request is not _request
        or kind.POST is not _post
        or "request" in own
        or "POST" in own
    )


def should_bypass_proxies(url: str, no_proxy: str | None = None) -> bool:
    """Say whether ``no_proxy``, names and networks separated by commas, names the URL's host."""
    from ipaddress import ip_address, ip_network
    from urllib.parse import urlsplit
    from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

    host = urlsplit(url).hostname
    if not host:
        return True
    entries = [entry.strip().lower() for entry in (no_proxy or "").split(",") if entry.strip()]
    if not entries or "*" in entries:
        return bool(entries)
    for entry in entries:
        try:
            if ip_address(host) in ip_network(entry):
                return True
        except ValueError:
            continue  # A name, not a network.
    return bool(proxy_bypass_environment(host, {"no": ",".join(entries)}))
