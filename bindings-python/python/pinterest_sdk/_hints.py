"""What annotations name, for `typing.get_type_hints`, without the slow imports of `typing` and `types`.

Type checkers never see this: each module has the true names under ``TYPE_CHECKING``.
"""

from __future__ import annotations

Any = Default = Model = Self = object

try:
    raise LookupError  # noqa: TRY301 - as `types` finds it.
except LookupError as error:
    TracebackType = type(error.__traceback__)


class ClassVar:
    """Stands for what is in its brackets. So does `Final`, which has none."""

    def __class_getitem__(cls, held: object) -> object:
        return held


Final = ClassVar


class Generic:
    """Stands for itself, whatever is in its brackets; and for what a `ParamSpec` has."""

    args = kwargs = object

    def __class_getitem__(cls, held: object) -> type:
        return cls
