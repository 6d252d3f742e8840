"""What arrived at the sandbox, as lines of text."""

from typing import Any

# These say which library sends, not what a program asked for. The probe `wire/every header` looks
# at them, so that each is one listed difference and not one in every probe.
LIBRARY_HEADERS = {
    "accept-encoding",
    "connection",
    "content-length",
    "host",
    "user-agent",
    "x-pinterest-app-type-detailed",
}


def requests_as_lines(requests: list[dict[str, Any]], *, everything: bool = False) -> list[str]:
    """One line for a request, one for each of its headers by name, one for its body."""
    return [line for request in requests for line in _request(request, everything)]


def _is_librarys(name: str, value: str) -> bool:
    # `Accept: */*` is what no `Accept` means.
    return name in LIBRARY_HEADERS or (name, value) == ("accept", "*/*")


def _request(request: dict[str, Any], everything: bool) -> list[str]:
    query = f"?{request['query']}" if request.get("query") else ""
    headers = sorted((name.lower(), value) for name, value in request["headers"])
    body = request.get("body") or request.get("body_base64")
    return [
        f"> {request['method']} {request['path']}{query}",
        *(f"> {name}: {value}" for name, value in headers if everything or not _is_librarys(name, value)),
        *([f"> {body}"] if body else []),
    ]
