"""The exception that `_native` raises; the faces raise their own in its place."""

from __future__ import annotations

from pinterest_sdk._native import failure_class

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from pinterest_sdk.types import Kind, Outcome, Phase

    Failure: TypeAlias = tuple[
        Kind, Outcome, str, Phase | None, int | None, int | None, int | None, str | None, str | None,
        list[tuple[str, str]], str | None,
        tuple[bool, tuple[int | None, int | None, int | None], str | None],
    ]  # fmt: skip


class CallFailed(Exception):
    """A failed call, described by its arguments. None of them shows a secret.

    It is made where no Python code may run, so none makes it. Its arguments are: kind, outcome,
    message, phase, HTTP status, Pinterest's code, seconds to wait, request id, hint, headers, body,
    and three more: whether the same call may be made again and succeed; of the rate limit: the limit, the
    requests left, the seconds until both start anew; and why an authorization gave no token.
    """

    args: Failure

    def __str__(self) -> str:
        # The arguments hold the answer's body, which no text form of a failure shows.
        return self.args[2]

    def __repr__(self) -> str:
        return f"CallFailed({self.args[0]!r}, {self.args[2]!r})"


if not TYPE_CHECKING:
    # After a second import, as by tests that empty `sys.modules`: that of the first.
    CallFailed = failure_class(CallFailed)
