"""What the core does in the background, and a thread waits for."""

from __future__ import annotations

from pinterest_sdk import _waiting
from pinterest_sdk._failure import CallFailed
from pinterest_sdk.errors import from_failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pinterest_sdk._native import Errand


def done(make: Callable[[], Errand]) -> Any:
    """Have it done, and wait for what comes of it."""
    try:
        errand = make()
        return _waiting.wait(errand.wait, errand.start)
    except CallFailed as failure:
        error = from_failure(failure)
        # What a store of one's own raised.
        raise error from failure.__cause__
