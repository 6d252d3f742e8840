"""`ApiClient`: connections and headers that API objects share, and calls to any endpoint."""

from __future__ import annotations

from sys import modules

from openapi_generated.pinterest_client import _seam
from openapi_generated.pinterest_client._configuration_logging import LOGGER
from openapi_generated.pinterest_client._conversions import Conversions
from openapi_generated.pinterest_client._endpoint import Endpoint
from openapi_generated.pinterest_client._options import DEFAULT_OPTIONS, Options
from openapi_generated.pinterest_client._results import shape
from openapi_generated.pinterest_client.configuration import Configuration, refuse_other_classes
from pinterest_sdk import _client
from pinterest_sdk._native import Answer, fork_generation
from pinterest_sdk._variables import unshown
from pinterest_sdk.errors import InvalidInputException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from multiprocessing.pool import ThreadPool
    from typing import Any

    from openapi_generated.pinterest_client.rest import RESTClientObject, RESTResponse
    from pinterest_sdk._bearer import Tokens
    from pinterest_sdk._client import Asked, Wait
    from pinterest_sdk._connection import Times
    from pinterest_sdk._native import Client
    from pinterest_sdk._operations import Operation
else:  # For `typing.get_type_hints`.
    from pinterest_sdk._hints import Any  # noqa: TC001

    Asked = Client = Operation = RESTClientObject = RESTResponse = ThreadPool = Times = Tokens = Wait = object

__all__ = ["ApiClient", "Endpoint"]

_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PATCH", "PUT", "DELETE")
_WITHOUT_BODY = ("GET", "HEAD")


class ApiClient(Conversions, _client.ApiClient):
    """Makes the calls of API objects, over connections that are kept for the next call.

    One client serves any number of threads, event loops and forked children. Use it in a ``with``
    statement, or `close` it, to close its connections at once.

    Args:
        configuration: the settings; a copy of the default ones unless given.
        header_name: a header to send with each call, if given, with ``header_value``.
        header_value: that header's value.
        cookie: sent as ``Cookie``, if given.
        pool_threads: how many calls with ``async_req=True`` run at a time.
        user_agent: sent as ``User-Agent``.
        tokens: a `pinterest_sdk.TokenManager`, whose token calls carry in place of the configuration's
            ``access_token``; one that Pinterest refuses is renewed, once, and the call made again.

    Attributes:
        default_headers: sent with each call, in the place of `call_api`'s ``header_params`` of the same
            name; a call's ``_headers`` replace them.
        rest_client: makes the requests of `call_api`; a test may put another in its place.
        last_response: the last answer that was no refusal; absent before the first.
        tokens: as above; `with_tokens` gives a client for another account.

    """

    app_type_detailed = "12"
    """Kept from the generated client, which sends it as a header."""
    _logger = LOGGER
    configuration: Configuration

    @unshown
    def __init__(
        self,
        configuration: Configuration | None = None,
        header_name: str | None = None,
        header_value: str | None = None,
        cookie: str | None = None,
        pool_threads: int = 1,
        user_agent: str = _client.USER_AGENT,
        *,
        tokens: Tokens | None = None,
    ) -> None:
        if configuration is None:
            configuration = Configuration.get_default_copy()
        refuse_other_classes(configuration)
        super().__init__(configuration, user_agent=user_agent, tokens=tokens)
        self.pool_threads: int = pool_threads
        if header_name is not None and header_value is not None:
            # Before the others, as the generated client sends them.
            self.default_headers: dict[str, Any] = {header_name: header_value, **self.default_headers}
        self.cookie: str | None = cookie
        self._rest_client: RESTClientObject | None = None
        self._last: Answer | RESTResponse | None = None
        # By process: a forked child has none of its parent's threads.
        self._pools: dict[int, ThreadPool] = {}

    def close(self) -> None:
        """Wait for the calls with ``async_req=True`` and close the connections."""
        pool = self._pools.pop(fork_generation(), None)
        if pool is not None:
            from atexit import unregister

            pool.close()
            pool.join()
            unregister(self.close)
        super().close()

    @property
    def pool(self) -> ThreadPool:
        """The threads for calls with ``async_req=True``; started when first asked for."""
        pool = self._pools.get(fork_generation())
        if pool is None:
            from atexit import register
            from multiprocessing.pool import ThreadPool

            made = ThreadPool(self.pool_threads)
            pool = self._pools.setdefault(fork_generation(), made)
            if pool is made:
                register(self.close)
            else:
                made.terminate()  # Another thread was first.
        return pool

    @property
    def user_agent(self) -> str:
        """Sent as ``User-Agent``."""
        agent: str = self.default_headers["User-Agent"]
        return agent

    @user_agent.setter
    def user_agent(self, value: str) -> None:
        self.default_headers["User-Agent"] = value

    def set_default_header(self, header_name: str, header_value: str) -> None:
        """Send a header with each call."""
        self.default_headers[header_name] = header_value

    @property
    def rest_client(self) -> Any:
        """Makes the requests of `call_api`."""
        if self._rest_client is None:
            from openapi_generated.pinterest_client import rest

            self._rest_client = rest.RESTClientObject(self.configuration, _connection=self._connection)
        return self._rest_client

    @rest_client.setter
    def rest_client(self, value: Any) -> None:
        self._rest_client = value

    @property
    def last_response(self) -> Any:
        """The last answer that was no refusal."""
        last = self._last
        if last is None:
            raise AttributeError("there is no last_response before the first answer")
        if isinstance(last, Answer):
            from openapi_generated.pinterest_client.rest import HTTPResponse, RESTResponse

            last = self._last = RESTResponse(HTTPResponse(last))
            last.data = last.data.decode(errors="replace")
        return last

    @last_response.setter
    def last_response(self, value: Any) -> None:
        self._last = value

    @unshown
    def call_api(
        self,
        resource_path: str,
        method: str,
        path_params: dict[str, Any] | None = None,
        query_params: Any = None,
        header_params: dict[str, Any] | None = None,
        body: Any = None,
        post_params: Any = None,
        files: dict[str, list[Any]] | None = None,
        response_type: Any = None,
        auth_settings: list[str] | None = None,
        async_req: bool | None = None,
        _return_http_data_only: bool | None = None,
        collection_formats: dict[str, str] | None = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
        _host: str | None = None,
        _check_type: bool | None = None,
    ) -> Any:
        """Call any endpoint.

        Args:
            resource_path: under the configured host: ``/boards/{board_id}``.
            method: in capitals.
            path_params: values for the braces of the path.
            query_params: pairs, or a dict.
            header_params: more headers; ``default_headers`` of the same name replace them.
            body: sent as JSON, unless ``Content-Type`` says otherwise.
            post_params: the pairs of a form, for a ``Content-Type`` that is one.
            files: open files by name, for ``multipart/form-data``.
            response_type: what to make of the answer, for example ``(dict,)``; without it, None.
            auth_settings: names of credentials: ``pinterest_oauth2`` for the access token, ``basic``
                for the app id and secret.
            async_req: True returns at once; ``.get()`` on the result waits for what the call returns.
            _return_http_data_only: True gives the data alone.
            collection_formats: how to send lists, by parameter: multi, csv, ssv, tsv or pipes.
            _preload_content: False gives the answer itself, a `rest.RESTResponse`.
            _request_timeout: seconds for the whole call, or a pair (connect, read).
            _host: in the place of the configured host.
            _check_type: False keeps the fields of models as they were received.

        Returns:
            The data, the HTTP status and the headers.

        Raises:
            ApiException: the call failed.

        """
        from openapi_generated.pinterest_client._call_api import call_api

        arguments = (
            self, resource_path, method, path_params, query_params, header_params, body, post_params, files,
            response_type, auth_settings, _return_http_data_only, collection_formats, _preload_content,
            _request_timeout, _host, _check_type,
        )  # fmt: skip
        if not async_req:
            return call_api(*arguments)

        def call() -> Any:
            return call_api(*arguments)

        # In the pool without arguments, which the pool's own frames would show.
        return self.pool.apply_async(unshown(call))

    async def _call_api_later(self, *given: Any, **named: Any) -> Any:
        """Make a call of `call_api` for asyncio."""
        from openapi_generated.pinterest_client._call_api import call_api_later
        from openapi_generated.pinterest_client.rest import requests_later

        arguments = (
            *given, named["body"], named["post_params"], named["files"], named["response_type"],
            named["auth_settings"], named["_return_http_data_only"], named["collection_formats"],
            named["_preload_content"], named["_request_timeout"], named["_host"], named["_check_type"],
        )  # fmt: skip
        return await call_api_later(self, requests_later(self._connection, self.configuration), *arguments)

    @unshown
    def request(
        self,
        method: str,
        url: str,
        query_params: Any = None,
        headers: dict[str, Any] | None = None,
        post_params: Any = None,
        body: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> Any:
        """Make a request to a whole URL, without credentials or default headers.

        Raises:
            ApiException: the call failed; its ``body`` is bytes.

        """
        if method not in _METHODS:
            raise InvalidInputException(
                "http method must be `GET`, `HEAD`, `OPTIONS`, `POST`, `PATCH`, `PUT` or `DELETE`."
            )
        options: dict[str, Any] = {
            "query_params": query_params,
            "headers": headers,
            "_preload_content": _preload_content,
            "_request_timeout": _request_timeout,
        }
        if method not in _WITHOUT_BODY:
            options["body"] = body
            if method != "DELETE":
                options["post_params"] = post_params
        return getattr(self.rest_client, method)(url, **options)

    def _is_overridden(self) -> bool:
        """Say whether a program's own code must see requests: a subclass, a mock, a subclass's settings."""
        rest = modules.get("openapi_generated.pinterest_client.rest")
        return (
            _CLIENT.differ(self)
            or _SETTINGS.differ(self.configuration)
            or (rest is not None and rest.is_replaced(self._rest_client))
        )

    def _call(self, operation: Operation, options: Options) -> Any:
        """Make an OAuth call on this thread."""
        host = options.host(self.configuration, operation.name)
        return shape(self._ask(operation, options.times, options.headers, host), operation, options)

    async def _call_later(self, operation: Operation, wait: Wait, options: Options) -> Any:
        """Make it for asyncio."""
        host = options.host(self.configuration, operation.name)
        answer = await self._ask_later(operation, wait, options.times, options.headers, host)
        return shape(answer, operation, options)

    # What `pinterest_sdk` calls, knowing nothing of the generated client.

    def _make(
        self, operation: Operation, times: Times = _client.UNLIMITED, headers: dict[str, str] | None = None
    ) -> Any:
        if self._is_overridden():
            return _seam.call(self, operation, Options.limited(times, headers))
        return super()._make(operation, times, headers)

    async def _make_later(
        self,
        operation: Operation,
        wait: Wait,
        times: Times = _client.UNLIMITED,
        headers: dict[str, str] | None = None,
    ) -> Any:
        if self._is_overridden():
            return await _seam.call_later(self, operation, Options.limited(times, headers))
        return await super()._make_later(operation, wait, times, headers)

    def _ask(
        self, asked: Asked, times: Times, headers: dict[str, str] | None, host: str | None = None
    ) -> Answer:
        answer = self._last = super()._ask(asked, times, self._with_cookie(headers), host)
        return answer

    async def _ask_later(
        self,
        asked: Asked,
        wait: Wait,
        times: Times,
        headers: dict[str, str] | None,
        host: str | None = None,
    ) -> Answer:
        answer = self._last = await super()._ask_later(asked, wait, times, self._with_cookie(headers), host)
        return answer

    def _host(self) -> str:
        return DEFAULT_OPTIONS.host(self.configuration, "oauth_token")

    def _connected(self) -> Client:
        return self._core(self._host(), self._with_cookie(None), None)

    def _with_cookie(self, headers: dict[str, str] | None) -> dict[str, str] | None:
        return {"Cookie": self.cookie, **(headers or {})} if self.cookie else headers


def is_replaced(client: object, of: type = ApiClient) -> bool:
    """Say whether a program has put a mock in a client's place, or something of its own into one."""
    return not isinstance(client, of) or client._is_overridden()  # type: ignore[attr-defined]


# What makes requests, or decides what is in them.
_CLIENT = _seam.Originals(
    ApiClient,
    "call_api",
    "request",
    "update_params_for_auth",
    "parameters_to_tuples",
    "deserialize",
    "sanitize_for_serialization.__func__",
    "rest_client!",
)
_SETTINGS = _seam.Originals(Configuration, "auth_settings", "get_basic_auth_token")
