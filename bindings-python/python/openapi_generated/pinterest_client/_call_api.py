"""`ApiClient.call_api`: what it does, apart from its long signature."""

from __future__ import annotations

from openapi_generated.pinterest_client._read import Readable
from pinterest_sdk._bearer import with_token, with_token_later
from pinterest_sdk._checks import check_text
from pinterest_sdk._http import OwnHeaders
from pinterest_sdk.errors import (
    ApiException,
    ApiTypeError,
    ApiValueError,
    InvalidInputException,
    UnexpectedAnswerException,
    UnexpectedValueException,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator
    from typing import Any, Protocol

    from openapi_generated.pinterest_client.configuration import Configuration
    from pinterest_sdk._bearer import Tokens

    class Calls(Protocol):
        """What is used of an `ApiClient`, whose parts a program may have overridden."""

        configuration: Configuration
        tokens: Tokens | None
        default_headers: dict[str, Any]
        cookie: str | None

        @property
        def sanitize_for_serialization(self) -> Callable[..., Any]: ...
        @property
        def parameters_to_tuples(self) -> Callable[..., Any]: ...
        @property
        def parameters_to_multipart(self) -> Callable[..., Any]: ...
        @property
        def files_parameters(self) -> Callable[..., Any]: ...
        @property
        def update_params_for_auth(self) -> Callable[..., Any]: ...
        @property
        def request(self) -> Callable[..., Any]: ...
        @property
        def deserialize(self) -> Callable[..., Any]: ...
        @property
        def last_response(self) -> Any: ...
        @last_response.setter
        def last_response(self, value: Any) -> None: ...


def call_api(client: Calls, *arguments: Any) -> Any:
    """Make the call on this thread; the arguments are those of `steps`."""
    made = steps(client, *arguments)
    method, url, options, tokens = next(made)

    def ask(token: str | None) -> Any:
        _carry(token, options)
        try:
            return client.request(method, url, **options)
        except ApiException as error:
            if isinstance(error.body, bytes):
                error.body = error.body.decode(errors="replace")
            raise

    return end(made, ask(None) if tokens is None else with_token(tokens, url, ask))


async def call_api_later(client: Calls, ask: Callable[..., Awaitable[Any]], *arguments: Any) -> Any:
    """Make it as `ask` makes requests; the other arguments are those of `steps`."""
    made = steps(client, *arguments)
    method, url, options, tokens = next(made)

    async def asked(token: str | None) -> Any:
        _carry(token, options)
        return await ask(method, url, **options)

    return end(made, await (asked(None) if tokens is None else with_token_later(tokens, url, asked)))


def _carry(token: str | None, options: dict[str, Any]) -> None:
    if token is not None:
        options["headers"]["Authorization"] = _Unshown(f"Bearer {token}")


def end(made: Generator[Any, Any, Any], response: Any) -> Any:
    """Give what is made of the response."""
    try:
        made.send(response)
    except StopIteration as done:
        return done.value
    raise AssertionError("a call asks once")


def steps(
    client: Calls,
    path: str,
    method: str,
    path_params: dict[str, Any] | None,
    query_params: Any,
    header_params: dict[str, Any] | None,
    body: Any,
    post_params: Any,
    files: dict[str, list[Any]] | None,
    response_type: Any,
    auth_settings: list[str] | None,
    data_only: bool | None,
    formats: dict[str, str] | None,
    preload: bool,
    timeout: Any,
    host: str | None,
    check_type: bool | None,
) -> Generator[tuple[str, str, dict[str, Any], Tokens | None], Any, Any]:
    """Prepare each kind of parameter, have the request made with a token of these, read the answer."""
    check_text("resource_path", path)
    sanitize, to_tuples = client.sanitize_for_serialization, client.parameters_to_tuples
    # A caller's own dict is updated, as the generated client does, whose default headers come first.
    headers = header_params if header_params is not None else {}
    own = {name.lower() for name in headers} if isinstance(headers, OwnHeaders) else ()
    cookie = {"Cookie": client.cookie} if client.cookie else {}
    headers.update(
        (name, value)
        for name, value in {**client.default_headers, **cookie}.items()
        if str(name).lower() not in own
    )
    headers = dict(to_tuples(sanitize(headers), formats))
    for name, value in to_tuples(sanitize(path_params or {}), formats):
        path = path.replace(f"{{{name}}}", _quoted(value, client.configuration.safe_chars_for_path_param))
    query = to_tuples(sanitize(query_params or []), formats)
    if post_params or files:
        post_params = to_tuples(sanitize(post_params or []), formats) + client.files_parameters(files)
        if headers.get("Content-Type", "").startswith("multipart"):
            post_params = client.parameters_to_multipart(post_params, dict)
    if body:
        body = sanitize(body)
    tokens = client.tokens if any(name != "basic" for name in auth_settings or ()) else None
    if tokens is None:
        _add_credentials(client, headers, query, auth_settings, path, method, body)
    headers = {name: _Unshown(value) if isinstance(value, str) else value for name, value in headers.items()}
    base = client.configuration.host if host is None else host
    check_text("host", base)
    if not path.startswith("/") and "/" not in base.partition("://")[2]:
        base += "/"  # Or the path's first characters would be the end of the host's name.
    response = yield (
        method,
        base + path,
        {
            "query_params": query,
            "headers": headers,
            "post_params": post_params,
            "body": body,
            "_preload_content": preload,
            "_request_timeout": timeout,
        },
        tokens,
    )
    client.last_response = response
    if not preload:
        return response
    data = None
    if response_type:
        data = _read(client, response, response_type, check_type)
    return data if data_only else (data, response.status, response.urllib3_response.headers)


def _quoted(value: Any, safe: str) -> str:
    from urllib.parse import quote

    text = str(value)
    check_text("path", text)
    return quote(text, safe=safe)


def _add_credentials(
    client: Calls,
    headers: dict[str, Any],
    query: Any,
    names: list[str] | None,
    path: str,
    method: str,
    body: Any,
) -> None:
    if not names:
        return
    before = dict(headers), len(query)
    client.update_params_for_auth(headers, query, names, path, method, body)
    if before == (headers, len(query)) and "Authorization" not in headers:
        setting, variables = "`access_token`", "PINTEREST_ACCESS_TOKEN"
        if names == ["basic"]:
            setting, variables = "`username` and `password`", "PINTEREST_APP_ID and PINTEREST_APP_SECRET"
        raise InvalidInputException(
            f"none of the credentials that the call may carry is set: {', '.join(names)}",
            f"set {setting} in the configuration, or {variables} where the environment is read; "
            "nothing was sent",
        )


class _Unshown(str):
    """A header's value, which a traceback that shows variables leaves out: it may be a credential."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'[redacted]'"


def _read(client: Calls, response: Any, response_type: Any, check_type: bool | None) -> Any:
    import io
    import re

    if response_type != (io.IOBase,) and isinstance(response.data, bytes):
        kind = response.urllib3_response.headers.get("content-type") or ""
        charset = re.search(r"charset=[\"']?([a-zA-Z\-\d_]+)", kind)
        encoding = charset[1] if charset else "utf-8"
        try:
            response.data = response.data.decode(encoding)
        except (LookupError, ValueError):
            if isinstance(response_type, Readable):
                return response.data
            message = f"the answer is no text of the charset {encoding}"
            raise UnexpectedAnswerException(response.status, message) from None
    try:
        return client.deserialize(response, response_type, check_type)
    except RecursionError:
        if isinstance(response_type, Readable):
            return response.data
        raise UnexpectedAnswerException(response.status, "the answer is nested too deeply") from None
    except ApiValueError as error:
        raise UnexpectedValueException(response.status, str(error), error.path_to_item) from None
    except ApiTypeError as error:
        raise UnexpectedAnswerException(response.status, str(error), error.path_to_item) from None
