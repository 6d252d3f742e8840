"""What a program observes, as lines of text that are the same in every run."""

import hashlib
import inspect
import re
import traceback
from collections.abc import Callable
from typing import Any

LONGEST_LINE = 600

# What differs from run to run without meaning anything. A version keeps its meaning where a probe
# looks at it: it spells the version in another way.
_ALWAYS_DIFFERENT = (
    (re.compile(r"(127\.0\.0\.1|localhost):\d+"), r"\1:<port>"),
    (re.compile(r"port=\d+"), "port=<port>"),
    (re.compile(r"pinterest-sdk/\d+\.\d+\.\d+"), "pinterest-sdk/<version>"),
    (re.compile(r"0x[0-9a-f]{6,}"), "0x<id>"),
    (re.compile(r"(?:/[\w.+-]+)+/(site-packages|tests/dropin/python)/"), r"<\1>/"),
    (re.compile(r"(?:/[\w.+-]+)*/dropin-probe-\w+"), "<folder>"),
    (re.compile(r"\d+\.\d+\.\d+ \(main, .*", re.DOTALL), "<python>"),
)


def describe(value: Any) -> list[str]:
    """A probe's result as lines: an entry each for a dict or list, one for everything else."""
    if isinstance(value, dict):
        return [line for name, part in value.items() for line in _labelled(str(name), part)]
    if isinstance(value, list):
        return [line for part in value for line in _one(part)]
    return _one(value)


def describe_exception(error: BaseException) -> str:
    """Its public classes as far as `Exception`, and its text.

    The text of another library's exception is that library's, and changes with its version.
    """
    chain = " < ".join(public_classes(type(error)))
    package = type(error).__module__.partition(".")[0]
    if isinstance(error, RecursionError):  # worded by where the limit happens to be met
        return f"raises {chain}"
    if package in ("builtins", "openapi_generated", "pinterest_sdk"):
        return f"raises {chain}: {error}"
    return f"raises {package}'s {type(error).__name__}"


def public_classes(error: type[BaseException]) -> list[str]:
    """The names of an exception's classes as far as `Exception`, without those that begin with `_`."""
    names = [cls.__name__ for cls in error.__mro__ if cls not in (BaseException, object)]
    return [name for name in names if not name.startswith("_")]


def stable(text: str) -> str:
    """`text` without ports, addresses in memory and folders."""
    for pattern, replacement in _ALWAYS_DIFFERENT:
        text = pattern.sub(replacement, text)
    return text


def lines(text: str) -> list[str]:
    """The lines of a text, stable and of bounded length."""
    return [_short(line) for line in stable(text).splitlines()]


def signature(function: Callable[..., Any]) -> list[str]:
    """Its parameters and their defaults, without types."""
    parameters = inspect.signature(function).parameters.values()
    return [str(each.replace(annotation=each.empty)) for each in parameters]


def where(error: BaseException) -> str:
    """The traceback, for whoever looks into a probe."""
    return "".join(traceback.format_exception(error))


def _labelled(label: str, value: Any) -> list[str]:
    first, *rest = _one(value) or [""]
    return [f"{label}: {first}", *(f"{label}| {line}" for line in rest)]


def _one(value: Any) -> list[str]:
    return lines(_text(value)) or ["(empty)"]


def _text(value: Any) -> str:
    if isinstance(value, BaseException):
        return describe_exception(value)
    if hasattr(value, "to_dict"):  # a model; some probes look at the order of its fields
        return f"{type(value).__name__} {dict(sorted(value.to_dict().items()))!r}"
    return value if isinstance(value, str) else repr(value)


def _short(line: str) -> str:
    if len(line) <= LONGEST_LINE:
        return line
    digest = hashlib.sha256(line.encode(errors="surrogatepass")).hexdigest()[:12]
    return f"{line[:200]}… ({len(line)} characters, SHA-256 {digest}…)"
