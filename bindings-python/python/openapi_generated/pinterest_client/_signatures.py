"""Functions that name their arguments as the published client's do."""

from __future__ import annotations

from pinterest_sdk._variables import unshown, unshown_later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

_CONSTRUCTOR = """\
def __init__(self, {0}*args, **kwargs):
    self._fill(({0}), args, kwargs)
"""
_Function: Any = type(lambda: None)
# By the number of arguments.
_constructors: dict[int, CodeType] = {}


def constructor(cls: str, names: tuple[str, ...]) -> Any:
    """Give an ``__init__`` that takes these by position or by name, and others by name."""
    count = len(names)
    if count not in _constructors:
        space: dict[str, Any] = {}
        exec(_CONSTRUCTOR.format("".join(f"a{number}, " for number in range(count))), space)  # noqa: S102
        _constructors[count] = space["__init__"].__code__
    function = _Function(_constructors[count], {"__name__": __name__})
    return unshown(_named(function, f"{cls}.__init__", (*names, "args", "kwargs")))


def method(cls: str, name: str, names: tuple[str, ...], call: Callable[..., Any]) -> Any:
    """Give a method that takes these by position or by name, and hands all to a function."""
    return unshown(_named(_METHODS[len(names)](call), f"{cls}.{name}", (*names, "kwargs")))


def method_later(cls: str, name: str, names: tuple[str, ...], call: Callable[..., Any]) -> Any:
    """Give the same, to be awaited, for a coroutine function."""
    return unshown_later(_named(_METHODS[len(names)](call), f"{cls}.{name}", (*names, "kwargs")))


def _named(function: Any, name: str, arguments: tuple[str, ...]) -> Any:
    code: CodeType = function.__code__
    function.__name__ = name.rpartition(".")[2]
    function.__qualname__ = name
    function.__annotations__ = {}
    function.__code__ = code.replace(co_varnames=("self", *arguments), co_name=function.__name__)
    return function


# Written out, not made: an import of one API should not wait for Python's compiler.


def _of_none(call: Any) -> Any:
    def method(self: Any, **kwargs: Any) -> Any:
        return call(self, (), kwargs)

    return method


def _of_one(call: Any) -> Any:
    def method(self: Any, a: Any, **kwargs: Any) -> Any:
        return call(self, (a,), kwargs)

    return method


def _of_two(call: Any) -> Any:
    def method(self: Any, a: Any, b: Any, **kwargs: Any) -> Any:
        return call(self, (a, b), kwargs)

    return method


def _of_three(call: Any) -> Any:
    def method(self: Any, a: Any, b: Any, c: Any, **kwargs: Any) -> Any:
        return call(self, (a, b, c), kwargs)

    return method


def _of_four(call: Any) -> Any:
    def method(self: Any, a: Any, b: Any, c: Any, d: Any, **kwargs: Any) -> Any:
        return call(self, (a, b, c, d), kwargs)

    return method


def _of_five(call: Any) -> Any:
    def method(self: Any, a: Any, b: Any, c: Any, d: Any, e: Any, **kwargs: Any) -> Any:
        return call(self, (a, b, c, d, e), kwargs)

    return method


def _of_six(call: Any) -> Any:
    def method(self: Any, a: Any, b: Any, c: Any, d: Any, e: Any, f: Any, **kwargs: Any) -> Any:
        return call(self, (a, b, c, d, e, f), kwargs)

    return method


def _of_seven(call: Any) -> Any:
    def method(self: Any, a: Any, b: Any, c: Any, d: Any, e: Any, f: Any, g: Any, **kwargs: Any) -> Any:
        return call(self, (a, b, c, d, e, f, g), kwargs)

    return method


_METHODS = (_of_none, _of_one, _of_two, _of_three, _of_four, _of_five, _of_six, _of_seven)
