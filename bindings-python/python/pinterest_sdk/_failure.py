"""The exception that `_native` raises; the faces raise their own in its place."""

from __future__ import annotations


class CallFailed(Exception):
    """A failed call, described field by field. No field shows a secret.

    Attributes:
        kind: what went wrong, by its name in the core: ``InvalidInput``, ``Network`` …
        outcome: ``NotSent``, ``Refused`` or ``Unknown``.
        message: what happened, in one sentence.
        phase: where a ``Network`` failure stopped.
        status: the HTTP status, if there was an answer.
        code: Pinterest's error code, if the answer held one.
        retry_after: seconds that Pinterest asks to wait.
        request_id: Pinterest's ``x-pinterest-rid``.
        hint: what to do next.
        headers: the refusing answer's, names in lower case.
        body: Pinterest's error object as JSON text.

    """

    def __init__(
        self,
        kind: str,
        outcome: str,
        message: str,
        phase: str | None = None,
        status: int | None = None,
        code: int | None = None,
        retry_after: int | None = None,
        request_id: str | None = None,
        hint: str | None = None,
        headers: list[tuple[str, str]] | None = None,
        body: str | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.outcome = outcome
        self.message = message
        self.phase = phase
        self.status = status
        self.code = code
        self.retry_after = retry_after
        self.request_id = request_id
        self.hint = hint
        self.headers = headers or []
        self.body = body
