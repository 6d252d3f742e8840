"""From a request's arguments to the bytes that the generated client would send."""

from __future__ import annotations

from pinterest_sdk._checks import check_text, timeouts
from pinterest_sdk._client import USER_AGENT
from pinterest_sdk._native import Call
from pinterest_sdk.errors import ApiException, InvalidInputException, InvalidTypeException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from openapi_generated.pinterest_client.configuration import Configuration
    from pinterest_sdk._client import Wait
    from pinterest_sdk._connection import Connection, Times
    from pinterest_sdk._native import Answer, Client

    # Its name, that of its file, its type, its bytes.
    Part = tuple[str, str | None, str | None, bytes]

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"


def ask(connection: Connection, *arguments: Any) -> Answer:
    """Make a request on this thread; the arguments are those of `prepared`."""
    client, call, what, times = prepared(connection, *arguments)
    return connection.send(client, call, what, times)


async def ask_later(connection: Connection, wait: Wait, *arguments: Any) -> Answer:
    """Make it for asyncio, which knows how to wait."""
    client, call, what, times = prepared(connection, *arguments)
    try:
        answer = await wait(lambda deliver: connection.start(client, call, times, deliver))
    except ApiException as error:
        connection.log(f"{what} failed: {error.status} {error.message}")
        raise
    connection.log(f"{what} answered: {answer.status}")
    return answer


def prepared(
    connection: Connection,
    configuration: Configuration,
    method: str,
    url: str,
    query: Any,
    headers: dict[str, Any],
    body: Any,
    form: Any,
    timeout: Any,
) -> tuple[Client, Call, str, Times]:
    """Give a request to a whole URL: who makes it, what it is, what to call it, and its limits."""
    check_text("url", url)
    host, path = _split(url, configuration)
    if query:
        path += f"{'&' if '?' in path else '?'}{_encoded(query)}"
    texts = {_text("header", name): _text(name, value) for name, value in headers.items()}
    if "accept" not in map(str.lower, texts):
        texts["Accept"] = "*/*"  # What no `Accept` means; the core would ask for JSON.
    content = None if method in ("GET", "HEAD") else _content(method, texts, body, form)
    auth = _taken_out(texts, configuration)
    agent = next((texts.pop(name) for name in list(texts) if name.lower() == "user-agent"), USER_AGENT)
    parts = content if isinstance(content, list) else None
    whole = content if isinstance(content, tuple) else None
    call = Call.request(method, path, list(texts.items()), whole, auth, parts)
    client = connection.client("requests", configuration, host, {"User-Agent": agent})
    what = f"{method} {path.partition('?')[0]}"
    return client, call, what, timeouts(timeout, "_request_timeout")


def _split(url: str, configuration: Configuration) -> tuple[str, str]:
    """Give the base URL, the configured one if it is that, and the path."""
    host = configuration.host
    if isinstance(host, str) and url.startswith(host.rstrip("/") + "/"):
        host = host.rstrip("/")
        return host, url[len(host) :]
    start = url.find("/", url.find("://") + 3)
    return (url, "/") if start < 0 else (url[:start], url[start:])


def _taken_out(headers: dict[str, str], configuration: Configuration) -> str | None:
    """Let the core add the configuration's own credential, which it never shows."""
    given = headers.get("Authorization")
    if given is None:
        return None
    token = configuration.access_token
    if token is not None and given == f"Bearer {token}":
        del headers["Authorization"]
        return "bearer"
    if configuration.username and configuration.password and given == configuration.get_basic_auth_token():
        del headers["Authorization"]
        return "basic"
    return None


def _content(
    method: str, headers: dict[str, str], body: Any, form: Any
) -> tuple[str, bytes] | list[Part] | None:
    """Give the content type and the body, or the parts of one; a header that no body takes over stays."""
    given = next((name for name in headers if name.lower() == "content-type"), None)
    if given is None and method != "DELETE":
        headers[given := "Content-Type"] = _JSON
    kind = _JSON if given is None else headers[given]
    if "json" in kind.lower():
        if body is None:
            return None
        data = _json(body).encode()
    elif kind == _FORM:
        data = _encoded(form or {}).encode()
    elif kind == "multipart/form-data":
        headers.pop(given or "", None)
        return _parts(form or {})
    elif isinstance(body, bytes):
        data = body
    elif isinstance(body, str):
        check_text("body", body)
        data = body.encode()
    else:
        raise InvalidTypeException(f"a body of type {type(body).__name__} cannot be sent as {kind}")
    headers.pop(given or "", None)
    return kind, data


def _json(body: Any) -> str:
    from json import dumps

    try:
        return dumps(body, allow_nan=False)
    except TypeError as error:
        raise InvalidTypeException(f"the body cannot be JSON: {error}") from None
    except (ValueError, RecursionError) as error:
        raise InvalidInputException(f"the body cannot be JSON: {error}") from None


def _encoded(pairs: Any) -> str:
    """Give names and values as a query or a form has them."""
    from urllib.parse import urlencode

    listed = list(pairs.items() if isinstance(pairs, dict) else pairs)
    for name, value in listed:
        for text in (name, value):
            if isinstance(text, str):
                check_text("parameter", text)
    return urlencode(listed)


def _parts(fields: Any) -> list[Part]:
    """Give a form with files: pairs whose value is a text, a `RequestField`, or name, bytes and type."""
    parts: list[Part] = []
    for item in fields.items() if isinstance(fields, dict) else fields:
        name, value = item if isinstance(item, tuple) else (item.name, item)
        filename = kind = None
        if isinstance(value, RequestField):
            kind, value = value.headers["Content-Type"], value.data
        elif isinstance(value, tuple):
            filename, value, kind = value
        for text in (name, filename, kind):
            if text is not None:
                check_text("name", text)
        data = value if isinstance(value, bytes) else _text(name, value).encode()
        parts.append((name, filename, kind, data))
    return parts


def _quoted(text: str) -> str:
    """Escape what would end the text, as in HTML's standard for forms."""
    check_text("name", text)
    for character in '"\r\n':
        text = text.replace(character, f"%{ord(character):02X}")
    return f'"{text}"'


def _text(name: str, value: Any) -> str:
    if isinstance(value, (int, float)):
        return str(value)
    check_text(name, value)
    text: str = value
    return text


class RequestField:
    """A part of a form with a type of its own; the name is that of urllib3's class."""

    def __init__(self, name: str, data: bytes, content_type: str) -> None:
        self.name = name
        self.data = data
        self.headers = {
            "Content-Disposition": f"form-data; name={_quoted(name)}",
            "Content-Type": content_type,
        }
