"""Functions that name their arguments as the published client's do."""

from __future__ import annotations

from pinterest_sdk._variables import unshown, unshown_later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

_Function: Any = type(lambda: None)
# Of how many arguments a constructor of ours is written out; of more one is made.
_CONSTRUCTOR = """\
def __init__(self, {0}*args, **kwargs):
    self._fill(({0}), args, kwargs)
"""


def constructor(cls: str, names: tuple[str, ...]) -> Any:
    """Give an ``__init__`` that takes these by position or by name, and others by name."""
    code = _constructors.get(len(names)) or _made_constructor(len(names))
    function = _Function(code, _SPACE)
    return unshown(_named(function, f"{cls}.__init__", (*names, "args", "kwargs")))


def _made_constructor(count: int) -> CodeType:
    space: dict[str, Any] = {}
    exec(_CONSTRUCTOR.format("".join(f"a{number}, " for number in range(count))), space)  # noqa: S102
    code: CodeType = space["__init__"].__code__
    return _constructors.setdefault(count, code)


def method(cls: str, name: str, names: tuple[str, ...], call: Callable[..., Any], of: Any) -> Any:
    """Give a method that takes these by position or by name, and hands all to a function, after ``of``."""
    return unshown(_named(_METHODS[len(names)](call, of), f"{cls}.{name}", (*names, "kwargs")))


def method_later(cls: str, name: str, names: tuple[str, ...], call: Callable[..., Any], of: Any) -> Any:
    """Give the same, to be awaited, for a coroutine function."""
    return unshown_later(_named(_METHODS[len(names)](call, of), f"{cls}.{name}", (*names, "kwargs")))


def _named(function: Any, name: str, arguments: tuple[str, ...]) -> Any:
    code: CodeType = function.__code__
    function.__name__ = name.rpartition(".")[2]
    function.__qualname__ = name
    function.__annotations__ = {}
    function.__code__ = code.replace(co_varnames=("self", *arguments), co_name=function.__name__)
    return function


# Written out, not made: an import of one API should not wait for Python's compiler.


def _of_none(call: Any, of: Any) -> Any:
    def method(self: Any, **kwargs: Any) -> Any:
        return call(of, self, (), kwargs)

    return method


def _of_one(call: Any, of: Any) -> Any:
    def method(self: Any, a: Any, **kwargs: Any) -> Any:
        return call(of, self, (a,), kwargs)

    return method


def _of_two(call: Any, of: Any) -> Any:
    def method(self: Any, a: Any, b: Any, **kwargs: Any) -> Any:
        return call(of, self, (a, b), kwargs)

    return method


def _of_three(call: Any, of: Any) -> Any:
    def method(self: Any, a: Any, b: Any, c: Any, **kwargs: Any) -> Any:
        return call(of, self, (a, b, c), kwargs)

    return method


def _of_four(call: Any, of: Any) -> Any:
    def method(self: Any, a: Any, b: Any, c: Any, d: Any, **kwargs: Any) -> Any:
        return call(of, self, (a, b, c, d), kwargs)

    return method


def _of_five(call: Any, of: Any) -> Any:
    def method(self: Any, a: Any, b: Any, c: Any, d: Any, e: Any, **kwargs: Any) -> Any:
        return call(of, self, (a, b, c, d, e), kwargs)

    return method


def _of_six(call: Any, of: Any) -> Any:
    def method(self: Any, a: Any, b: Any, c: Any, d: Any, e: Any, f: Any, **kwargs: Any) -> Any:
        return call(of, self, (a, b, c, d, e, f), kwargs)

    return method


def _of_seven(call: Any, of: Any) -> Any:
    def method(self: Any, a: Any, b: Any, c: Any, d: Any, e: Any, f: Any, g: Any, **kwargs: Any) -> Any:
        return call(of, self, (a, b, c, d, e, f, g), kwargs)

    return method


_METHODS = (_of_none, _of_one, _of_two, _of_three, _of_four, _of_five, _of_six, _of_seven)


def _init_of_one(self: Any, a: Any, *args: Any, **kwargs: Any) -> None:
    self._fill((a,), args, kwargs)


def _init_of_two(self: Any, a: Any, b: Any, *args: Any, **kwargs: Any) -> None:
    self._fill((a, b), args, kwargs)


def _init_of_three(self: Any, a: Any, b: Any, c: Any, *args: Any, **kwargs: Any) -> None:
    self._fill((a, b, c), args, kwargs)


def _init_of_four(self: Any, a: Any, b: Any, c: Any, d: Any, *args: Any, **kwargs: Any) -> None:
    self._fill((a, b, c, d), args, kwargs)


_SPACE = {"__name__": __name__}
_INITS = (_init_of_one, _init_of_two, _init_of_three, _init_of_four)
_constructors: dict[int, CodeType] = {count: init.__code__ for count, init in enumerate(_INITS, 1)}
