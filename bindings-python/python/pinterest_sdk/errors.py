"""What a call can raise.

Every failure of a call is an `ApiException`, also one that was found before anything was sent. Names and
tree are the generated client's, whose programs catch by them.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from pinterest_sdk._failure import CallFailed
    from pinterest_sdk._http import HTTPHeaderDict, RateLimit
    from pinterest_sdk.types import Kind, Outcome, Phase
else:  # For `typing.get_type_hints`, without the slow imports of `typing` and `collections`.
    from _collections_abc import Sequence  # noqa: TC003

    CallFailed = HTTPHeaderDict = RateLimit = object
    Kind = Outcome = Phase = str
    Any = object


class OpenApiException(Exception):
    """The base of them all."""


class _AtPath(OpenApiException):
    """An error about one item of some data."""

    def __init__(self, msg: str, path_to_item: Sequence[str | int] | None = None) -> None:
        self.path_to_item = path_to_item
        super().__init__(f"{msg} at {render_path(path_to_item)}" if path_to_item else msg)


class ApiTypeError(_AtPath, TypeError):
    """A value of the wrong type, or a keyword that does not exist."""

    def __init__(
        self,
        msg: str,
        path_to_item: Sequence[str | int] | None = None,
        valid_classes: tuple[type, ...] | None = None,
        key_type: bool | None = None,
    ) -> None:
        super().__init__(msg, path_to_item)
        self.valid_classes = valid_classes
        self.key_type = key_type


class ApiValueError(_AtPath, ValueError):
    """A value of the right type that cannot be used."""


class ApiAttributeError(_AtPath, AttributeError):
    """A model has no such attribute."""


class ApiKeyError(_AtPath, KeyError):
    """A model has no such key."""

    def __str__(self) -> str:
        return Exception.__str__(self)  # KeyError's shows the text in quotes.


class ApiException(OpenApiException):
    """A call that failed.

    Attributes:
        status: the HTTP status; 0 if there was no answer.
        reason: the status in words; without an answer, what happened. Of the kind ``Authorization`` it
            is one of `pinterest_sdk.types.AuthorizationReason`: ``Denied`` if the person did not allow
            it, ``Foreign`` for a callback that is forged or of another login, ``Replayed``, ``Late``,
            ``Damaged`` …; and ``NotPending`` where `PendingAuthorization.from_json` was given something
            else. Releases may add to these.
        headers: the answer's headers, or None.
        body: the refusing answer's text as it came, but for the call's own secrets and whatever looks
            like a token; None if no answer was a refusal. The text of a call's exception leaves it out.
        kind: what went wrong: ``InvalidInput``, ``Network``, ``Protocol``, ``Authentication``,
            ``InvalidGrant``, ``Authorization`` (a person's consent), ``Scope``, ``Forbidden``,
            ``RateLimited``, ``Server`` or ``Api``.
        outcome: ``NotSent``: it is safe to call again. ``Refused``: Pinterest answered and did
            nothing. ``Unknown``: it may have taken effect; a code must not be sent again.
        retryable: whether making the same call again is safe and may succeed, after ``retry_after``.
        message: what happened, in one sentence.
        code: Pinterest's error code, if the answer held one.
        phase: where a ``Network`` failure stopped: resolve, connect, tls, send, receive, timeout.
        rate_limit: what Pinterest said of the rate limit, if there was an answer.
        retry_after: seconds that Pinterest asks to wait before the next request.
        request_id: Pinterest's ``x-pinterest-rid``; its support asks for it.
        hint: what to do next, where that can be told.

    """

    kind: Kind | None = None
    outcome: Outcome | None = None
    retryable: bool = False
    message: str | None = None
    code: int | None = None
    phase: Phase | None = None
    rate_limit: RateLimit | None = None
    retry_after: int | None = None
    request_id: str | None = None
    hint: str | None = None
    # What a server said is not for every log; what a program makes an exception of is its own.
    _of_a_call = False

    def __init__(self, status: int | None = None, reason: str | None = None, http_resp: Any = None) -> None:
        Exception.__init__(self, status, reason)  # The next class may be another branch of the tree.
        self.status: int | None = http_resp.status if http_resp else status
        self.reason: str | None = http_resp.reason if http_resp else reason
        self.headers: HTTPHeaderDict | None = _headers(http_resp) if http_resp else None
        self.body: Any = http_resp.data if http_resp else None

    def __str__(self) -> str:
        # What a person needs comes before the headers, which fill a screen.
        lines = [f"({self.status})", f"Reason: {self.reason}"]
        if self.message and self.message != self.reason:
            lines.append(f"Message: {self.message}")
        if self.hint:
            lines.append(f"Hint: {self.hint}")
        if self.headers:
            lines.append(f"HTTP response headers: {self.headers}")
        if self.body and not self._of_a_call:
            lines.append(f"HTTP response body: {self.body}")
        return "\n".join([*lines, ""])


def _headers(response: Any) -> Any:
    """Give the headers of any library's answer."""
    answer = getattr(response, "urllib3_response", response)
    return answer.headers if hasattr(answer, "headers") else answer.getheaders()


class NotFoundException(ApiException):
    """HTTP 404."""


class UnauthorizedException(ApiException):
    """HTTP 401: the credentials, the grant or a scope."""


class ForbiddenException(ApiException):
    """HTTP 403."""


class ServiceException(ApiException):
    """HTTP 5xx, and Pinterest's own code for a passing failure."""


class _RefusedException(ApiException):
    """The call cannot be made as asked; nothing was sent."""

    kind: Kind | None = "InvalidInput"
    outcome: Outcome | None = "NotSent"

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(0, message)
        self.args: tuple[Any, ...] = (message, hint)
        self.message: str | None = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}. Hint: {self.hint}" if self.hint else str(self.message)


class InvalidInputException(_RefusedException, ApiValueError):
    """A value or a setting cannot be used; nothing was sent."""

    path_to_item = None


class InvalidTypeException(_RefusedException, ApiTypeError):
    """A keyword does not exist, or its value has the wrong type; nothing was sent."""

    path_to_item = None
    valid_classes = None
    key_type = None


class UnexpectedAnswerException(ApiException, ApiTypeError):
    """The answer is not what the call's ``response_type`` says; ``path_to_item`` says where."""

    kind: Kind | None = "Protocol"
    outcome: Outcome | None = "Unknown"
    valid_classes = None
    key_type = None

    def __init__(self, status: int, message: str, path_to_item: Sequence[str | int] | None = None) -> None:
        super().__init__(status, message)
        self.args: tuple[Any, ...] = (status, message, path_to_item)
        self.message: str | None = message
        self.path_to_item = path_to_item


class UnexpectedValueException(UnexpectedAnswerException, ApiValueError):
    """A value in the answer has the right type and cannot be read as what it should be: a date, say."""


def render_path(path_to_item: Sequence[str | int]) -> str:
    """Give a path as Python would write it: ``['items'][0]``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f"['{part}']" for part in path_to_item)


_BY_STATUS: dict[int, type[ApiException]] = {
    401: UnauthorizedException,
    403: ForbiddenException,
    404: NotFoundException,
}
# Where the status says nothing: Pinterest has sent error objects with other statuses.
_BY_KIND: dict[str, type[ApiException]] = {
    "Authentication": UnauthorizedException,
    "InvalidGrant": UnauthorizedException,
    "Scope": UnauthorizedException,
    "Forbidden": ForbiddenException,
    "Server": ServiceException,
}


def from_failure(failure: CallFailed) -> ApiException:
    """Give the exception for a failed call."""
    kind, outcome, message, phase, answered, code, retry_after, request_id, hint, headers, body, more = (
        failure.args
    )
    retryable, limit, reason = more
    if kind == "InvalidInput":
        refused = InvalidInputException(message, hint)
        refused.reason = reason or message
        return refused
    status = answered or 0
    if status >= 500:  # noqa: PLR2004 - the class of statuses.
        chosen: type[ApiException] = ServiceException
    elif status < 300:  # noqa: PLR2004
        chosen = _BY_KIND.get(kind, ApiException)
    else:
        chosen = _BY_STATUS.get(status, ApiException)
    error = chosen(status, reason or message)
    error.__cause__ = failure.__cause__
    if status:
        from pinterest_sdk._http import HTTPHeaderDict, RateLimit, reason_phrase

        error.reason = reason_phrase(status)
        error.headers = HTTPHeaderDict(headers)
        error.body = body
        error.rate_limit = RateLimit(*limit)
    error._of_a_call = True
    error.kind = kind
    error.outcome = outcome
    error.retryable = retryable
    error.message = message
    error.code = code
    error.phase = phase
    error.retry_after = retry_after
    error.request_id = request_id
    error.hint = hint
    return error
