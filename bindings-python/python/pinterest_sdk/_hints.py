"""What annotations name, for `typing.get_type_hints`, without the slow import of `typing`.

Type checkers never see this: each module has the true names under ``TYPE_CHECKING``.
"""

from __future__ import annotations

Any = Default = Model = Self = object


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
