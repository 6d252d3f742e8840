"""What `requests` takes as ``auth``; that library itself is never loaded."""

from __future__ import annotations

from pinterest_sdk._foreign_address import refusal
from pinterest_sdk.errors import ApiException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    class Tokens(Protocol):
        """An account's tokens."""

        @property
        def name(self) -> str:
            """Whose they are."""

        def access_token(self) -> str:
            """Give a valid one."""

        def refused(self, token: str, status: int, body: bytes) -> bool:
            """Say how a request with one was answered, and hear whether another one may help."""

        def _foreign(self, url: str) -> tuple[str, str | None] | None:
            """Say why a request there is not to have one, and what to do."""
else:  # For `typing.get_type_hints`.
    from pinterest_sdk._hints import Any  # noqa: TC001

    Tokens = object

# The status of an answer that may be its token's fault; of another one the body is not read.
_UNAUTHORIZED = 401


class RequestsAuth:
    """Puts a valid access token on requests to the API: ``requests.get(url, auth=tokens.auth())``.

    An answer 401 has the token renewed, once, and the request sent again, once. One serves any number of
    sessions and threads.

    Args:
        tokens: the account's; they go to the API alone.

    """

    __slots__ = ("_tokens",)

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def __call__(self, request: Any) -> Any:
        """Put the header on a prepared request, and look at its answer."""
        foreign = self._tokens._foreign(request.url)
        if foreign is not None:
            from requests.exceptions import InvalidURL

            raise refusal(foreign, InvalidURL, request)
        request.headers["Authorization"] = f"Bearer {self._tokens.access_token()}"
        start = _position(request.body)

        def look(answer: Any, **how: Any) -> Any:
            return self._look(answer, start, how)

        request.register_hook("response", look)
        return request

    def _look(self, answer: Any, start: int | None, how: dict[str, Any]) -> Any:
        request = answer.request
        # A redirection may have led elsewhere, and something else may have set another header.
        if answer.status_code != _UNAUTHORIZED or self._tokens._foreign(request.url) is not None:
            return answer
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or not token:
            return answer
        # Read so that its connection can be used again, too.
        may_help = self._tokens.refused(token, answer.status_code, answer.content)
        if not may_help or not _rewind(request.body, start):
            return answer
        try:
            new = self._tokens.access_token()
        except ApiException:
            return answer  # Who asks for a token next hears why.
        if new == token:
            return answer
        answer.close()
        again = request.copy()
        again.headers["Authorization"] = f"Bearer {new}"
        second = answer.connection.send(again, **how)
        second.history.append(answer)
        second.request = again
        return second

    def __repr__(self) -> str:
        return f"RequestsAuth({self._tokens!r})"


def _position(body: Any) -> int | None:
    """Say where a body begins that can be sent again; a text can be always."""
    if body is None or isinstance(body, (str, bytes)):
        return 0
    try:
        position: int = body.tell()
    except (AttributeError, OSError):
        return None
    return position


def _rewind(body: Any, start: int | None) -> bool:
    if body is None or isinstance(body, (str, bytes)):
        return True
    if start is None:
        return False
    try:
        body.seek(start)
    except (AttributeError, OSError):
        return False
    return True
