"""What models have in common."""

from __future__ import annotations

from openapi_generated.pinterest_client.exceptions import ApiAttributeError, ApiTypeError, ApiValueError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, ClassVar, TypeVar

    from typing_extensions import Self

    Default = TypeVar("Default")

none_type = type(None)


def _additional_types() -> tuple[type, ...]:
    """Give what an additional property may be."""
    from datetime import date, datetime

    return (bool, date, datetime, dict, float, int, list, str, none_type)


class OpenApiModel:
    """An object of Pinterest's API: named fields, and any others as additional properties.

    Fields are read as attributes or as items; one that is absent raises `ApiAttributeError`, an
    ``AttributeError``. Unlike everything else in this package, a model prints its values.
    """

    __slots__ = ("_data_store",)

    openapi_types: ClassVar[Mapping[str, tuple[type, ...]]] = {}
    """The named fields and their types."""
    required: ClassVar[tuple[str, ...]] = ()
    """The fields that the constructor needs; a plain model takes them by position too."""
    allowed_values: ClassVar[Mapping[str, tuple[Any, ...]]] = {}
    """What a field may hold, where that is a closed set."""
    defaults: ClassVar[Mapping[str, Any]] = {}
    """Values of fields that the constructor was not given."""

    _data_store: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if len(args) > len(self.required):
            raise ApiTypeError(
                f"{type(self).__name__} takes {len(self.required)} positional arguments, not {len(args)}"
            )
        object.__setattr__(self, "_data_store", {})
        fields = {**self.defaults, **dict(zip(self.required, args, strict=False)), **kwargs}
        missing = [name for name in self.required if name not in fields]
        if missing:
            raise ApiTypeError(f"{type(self).__name__} needs {' and '.join(missing)}")
        for name, value in fields.items():
            self[name] = value

    @classmethod
    def _from_wire(cls, fields: dict[str, Any]) -> Self:
        """Make a model of fields as received."""
        model = cls.__new__(cls)
        object.__setattr__(model, "_data_store", fields)
        return model

    def __setitem__(self, name: str, value: Any) -> None:
        types = self.openapi_types.get(name) or _additional_types()
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            names = sorted(kind.__name__ for kind in types)
            wanted = names[0] if len(names) == 1 else f"one of [{', '.join(names)}]"
            raise ApiTypeError(
                f"Invalid type for variable '{name}'. Required value type is {wanted} and "
                f"passed type was {type(value).__name__}",
                path_to_item=[name],
                valid_classes=types,
                key_type=False,
            )
        allowed = self.allowed_values.get(name)
        if allowed is not None and value not in allowed:
            raise ApiValueError(f"Invalid value for `{name}` ({value}), must be one of {list(allowed)}")
        self._data_store[name] = value

    def __getitem__(self, name: str) -> Any:
        try:
            return self._data_store[name]
        except KeyError:
            raise ApiAttributeError(f"{type(self).__name__} has no attribute '{name}'", [name]) from None

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def __getattr__(self, name: str) -> Any:
        # Python itself asks for names like __deepcopy__, also of a model that is still empty.
        if name.startswith("__") or name == "_data_store":
            raise ApiAttributeError(f"{type(self).__name__} has no attribute '{name}'", [name])
        return self[name]

    def get(self, name: str, default: Default | None = None) -> Any | Default | None:
        """Give a field's value, or the default where it is absent."""
        return self._data_store.get(name, default)

    def __contains__(self, name: object) -> bool:
        return name in self._data_store

    def to_dict(self) -> dict[str, Any]:
        """Give the fields as a plain dict."""
        return dict(self._data_store)

    def to_str(self) -> str:
        """Give the fields as text."""
        from pprint import pformat

        return pformat(self.to_dict())

    def __repr__(self) -> str:
        return self.to_str()

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, OpenApiModel)
            and type(other) is type(self)
            and self._data_store == other._data_store
        )

    __hash__ = None  # type: ignore[assignment]

    def __copy__(self) -> Self:
        return self._from_wire(dict(self._data_store))

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        from copy import deepcopy

        return self._from_wire(deepcopy(self._data_store, memo))

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self._data_store)


def _restore(cls: type[OpenApiModel], fields: dict[str, Any]) -> OpenApiModel:
    """Make a model of a pickle."""
    return cls._from_wire(fields)
