"""The wait of asyncio for an answer, which comes on another thread."""

from __future__ import annotations

from asyncio import get_running_loop
from functools import partial

from pinterest_sdk._failure import CallFailed
from pinterest_sdk._outcome import Outcome
from pinterest_sdk.errors import ApiException, from_failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Future
    from collections.abc import Callable
    from typing import Any

    from pinterest_sdk._native import Answer, Errand, Task


async def answer_to(start: Callable[[Callable[..., object]], Task]) -> Answer:
    """Start something in the background and wait for its answer; when cancelled, give it up."""
    loop = get_running_loop()
    settled: Future[Outcome] = loop.create_future()
    # The answer comes on another thread.
    task = start(partial(_deliver, loop, settled))
    try:
        answer: Answer = (await settled).given
    finally:
        task.cancel()
    return answer


async def done(make: Callable[[], Errand]) -> Any:
    """Have the core do something, and wait for what comes of it; when cancelled, nobody waits any more."""

    def start(deliver: Callable[..., object]) -> Task:
        try:
            return make().start(deliver)
        except CallFailed as failure:
            raise from_failure(failure) from None

    return await answer_to(start)


def _deliver(
    loop: AbstractEventLoop, settled: Future[Outcome], answer: Answer | None, failure: BaseException | None
) -> None:
    """Bring what came from another thread to the loop; a closed one raises, and nobody waits there."""
    loop.call_soon_threadsafe(_settle, settled, Outcome(answer, failure))


def _settle(settled: Future[Outcome], outcome: Outcome) -> None:
    """End the wait for a call, unless it has been cancelled."""
    if settled.done():
        return
    failure = outcome.error
    if isinstance(failure, CallFailed):
        settled.set_exception(from_failure(failure))
    elif outcome.given is None:
        settled.set_exception(ApiException(0, "the call was given up"))
    else:
        settled.set_result(outcome)
