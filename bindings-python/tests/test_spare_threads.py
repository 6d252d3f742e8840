"""The threads for what a program brings along, where no others can be started."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Any, NoReturn

from kept_tokens import until
from pinterest_sdk import _threads

if TYPE_CHECKING:
    import pytest


def test_a_thread_that_did_what_was_left_counts_as_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    threads = _threads._Threads()
    threads.start()
    until(lambda: threads._idle.qsize() == _threads._SPARE)
    held = [_Held() for _ in range(_threads._SPARE + 1)]

    def refuse(*_: Any) -> NoReturn:
        raise RuntimeError("can't create new thread at interpreter shutdown")

    for each in held[:-1]:
        threads.do(each.hold, ())
        assert each.began.wait(5)
    with monkeypatch.context() as ending:
        ending.setattr(_threads, "_start", refuse)
        threads.do(held[-1].hold, ())
    assert not held[-1].began.wait(0.1)
    # The one that has time now does it, and has none for what comes next.
    held[0].may_end.set()
    assert held[-1].began.wait(5)
    done = Event()
    threads.do(done.set, ())
    assert done.wait(5)
    for each in held:
        each.may_end.set()


class _Held:
    def __init__(self) -> None:
        self.began = Event()
        self.may_end = Event()

    def hold(self) -> None:
        self.began.set()
        assert self.may_end.wait(20)
