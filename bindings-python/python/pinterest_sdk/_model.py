"""What models have in common: named fields, and any others beside them."""

from __future__ import annotations

from pinterest_sdk._variables import unshown
from pinterest_sdk.errors import ApiAttributeError, ApiTypeError, ApiValueError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, ClassVar, TypeVar, overload

    from typing_extensions import Self

    Default = TypeVar("Default")
    Model = TypeVar("Model", bound="OpenApiModel")
else:  # For `typing.get_type_hints`.
    from _collections_abc import Callable, Mapping, Sequence  # noqa: TC003

    from pinterest_sdk._hints import Any, ClassVar, Default, Model, Self  # noqa: TC001

_NONE = type(None)


class OfClass:
    """A class attribute that is made when it is first asked for."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._made: Any = None

    def __get__(self, model: object, cls: type) -> Any:
        if self._made is None:
            self._made = self._make()
        return self._made


class OfEach:
    """A class attribute that each class makes of its facts when it is first asked for."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self._make = make

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, model: object, cls: type) -> Any:
        made = self._make(cls)
        setattr(cls, self._name, made)
        return made


def _additional_types() -> tuple[type, ...]:
    """Give what an additional property may be."""
    from datetime import date, datetime

    return (bool, date, datetime, dict, float, int, list, str, _NONE)


class OpenApiModel:
    """An object of Pinterest's API: named fields, and any others as additional properties.

    Fields are read as attributes or as items. An attribute that may be absent is None then; any other
    name raises `ApiAttributeError`, an ``AttributeError``, and so does every item that is absent. Unlike
    everything else in this package, a model prints its values.
    """

    __slots__ = ("_data_store", "_expires_at", "_odd_fields")

    openapi_types: ClassVar[Mapping[str, tuple[type, ...]]] = {}
    """The named fields and their types."""
    required: ClassVar[tuple[str, ...]] = ()
    """The fields that the constructor of a plain model needs, and takes by position too."""
    allowed_values: ClassVar[Mapping[tuple[str], Mapping[str, Any]]] = {}
    """What a field may hold, where that is a closed set."""
    defaults: ClassVar[Mapping[str, Any]] = {}
    """Values of fields that the constructor was not given."""
    attribute_map: ClassVar[Mapping[str, str]] = {}
    """The fields' names in JSON, which are the same."""
    validations: ClassVar[Mapping[tuple[str], Any]] = {}
    """Kept from the generated client: no field has any. The same holds for the next one."""
    read_only_vars: ClassVar[Mapping[str, Any]] = {}
    discriminator: ClassVar[Any] = None
    """The field that chooses the class, and the classes by its value."""
    additional_properties_type: ClassVar[Any] = OfClass(_additional_types)
    """What a field without a name here may hold."""

    _composed: ClassVar[bool] = False
    _optional: ClassVar[frozenset[str]] = frozenset()

    _data_store: dict[str, Any]
    _odd_fields: tuple[OddField, ...]
    _expires_at: int | None

    def __init_subclass__(
        cls,
        *,
        types: Mapping[str, tuple[type, ...]] | None = None,
        required: tuple[str, ...] | None = None,
        allowed: Mapping[tuple[str], Mapping[str, Any]] | None = None,
        defaults: Mapping[str, Any] | None = None,
    ) -> None:
        if required is not None:
            cls.required = required
        if allowed is not None:
            cls.allowed_values = allowed
        if defaults is not None:
            cls.defaults = defaults
        if types is not None:
            cls.openapi_types = types
            cls.attribute_map = {name: name for name in cls.openapi_types}
            cls._optional = frozenset(cls.openapi_types).difference(cls.required, cls.defaults)

    @unshown
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        positional = () if self._composed else self.required
        if len(args) > len(positional):
            wrong = args[len(positional) :]
            raise ApiTypeError(
                f"Invalid positional arguments={_described(wrong)} passed to {type(self).__name__}. "
                "Remove those invalid positional arguments.",
                (),
                (type(self),),
            )
        kwargs.update(zip(positional, args, strict=False))
        check = kwargs.pop("_check_type", True)
        for name in _GENERATOR_OPTIONS:
            kwargs.pop(name, None)
        missing = [name for name in positional if name not in kwargs]
        if missing:
            raise ApiTypeError(f"{type(self).__name__} needs {' and '.join(missing)}")
        object.__setattr__(self, "_data_store", {})
        for name in (*positional, *kwargs):
            self._set(name, kwargs[name], [name], check)
        for name, value in self.defaults.items():
            self._data_store.setdefault(name, value)

    @classmethod
    def _from_openapi_data(cls, *args: Any, **kwargs: Any) -> Self:
        """Make a model of fields by their names in JSON, which are the same here."""
        return cls(*args, **kwargs)

    @classmethod
    def _received(cls, fields: dict[str, Any], path: list[str | int]) -> Self:
        """Make a model of fields as received, after a check of their types."""
        model = cls._from_wire({})
        for name, value in fields.items():
            model._set(name, value, [*path, name], check=True)
        if fields.keys() >= {*cls.required}:
            # Its class may depend on the fields.
            return cls._from_wire({**fields, **{k: v for k, v in cls.defaults.items() if k not in fields}})
        raise ApiTypeError(f"{cls.__name__} needs {' and '.join(cls.required)}", path)

    @classmethod
    def _unread(cls, fields: dict[str, Any]) -> Self:
        """Make a model of an answer's fields, which keep their types."""
        return cls._from_wire(fields)

    @classmethod
    def _from_wire(cls, fields: dict[str, Any]) -> Self:
        """Make a model of fields as received."""
        model = cls.__new__(cls)
        object.__setattr__(model, "_data_store", fields)
        return model

    @unshown
    def __setitem__(self, name: str, value: Any) -> None:
        self._set(name, value, [name], check=True)

    def _set(self, name: str, value: Any, path: list[str | int], check: bool) -> None:
        if not isinstance(name, str):
            raise wrong_type(name, path, (str,), of_key=True)
        types = self.openapi_types.get(name) or self.additional_properties_type
        if check and (not isinstance(value, types) or (isinstance(value, bool) and bool not in types)):
            raise wrong_type(value, path, types)
        allowed = self.allowed_values.get((name,))
        if allowed is not None and value not in allowed.values():
            raise ApiValueError(f"Invalid value for `{name}` ({value}), must be one of {[*allowed.values()]}")
        self._data_store[name] = value

    def __getitem__(self, name: str) -> Any:
        try:
            return self._data_store[name]
        except KeyError:
            raise ApiAttributeError(f"{type(self).__name__} has no attribute '{name}'", [name]) from None

    if not TYPE_CHECKING:  # Or a type checker would let every name pass.

        @unshown
        def __setattr__(self, name: str, value: Any) -> None:
            self[name] = value

        def __getattr__(self, name: str) -> Any:
            # Python itself asks for names like __deepcopy__, also of a model that is still empty.
            if name.startswith("__") or name == "_data_store":
                raise ApiAttributeError(f"{type(self).__name__} has no attribute '{name}'", [name])
            if name in self._optional:
                return self._data_store.get(name)
            return self[name]

    if TYPE_CHECKING:

        @overload
        def get(self, name: str) -> Any | None: ...
        @overload
        def get(self, name: str, default: Default) -> Any | Default: ...

    def get(self, name: str, default: Any = None) -> Any:
        """Give a field's value, or the default where it is absent."""
        return self._data_store.get(name, default)

    def __contains__(self, name: object) -> bool:
        return name in self._data_store

    def _in_json(self) -> Any:
        """Give what JSON has for the model: the fields, which may hold other models."""
        return self._data_store

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

    __hash__: ClassVar[None] = None  # type: ignore[assignment]

    def __copy__(self) -> Self:
        return restore(type(self), dict(self._data_store), *_beside(self))

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        from copy import deepcopy

        return restore(type(self), deepcopy(self._data_store, memo), *deepcopy(_beside(self), memo))

    def __reduce__(self) -> tuple[Any, ...]:
        return restore, (type(self), self._data_store, *_beside(self))


class OddField:
    """A part of a token answer that is not as documented. Its text form leaves the value out.

    Attributes:
        name: the field's name; empty for what stands outside of every field.
        reason: what is odd about it: "not a string".
        value: what was received; a text where it is no JSON.

    """

    __slots__ = ("name", "reason", "value")

    def __init__(self, name: str, reason: str, value: Any) -> None:
        self.name: str = name
        self.reason: str = reason
        self.value: Any = value

    def __repr__(self) -> str:
        return f"OddField({self.name!r}, {self.reason!r})"


def _reported(model: OpenApiModel) -> tuple[OddField, ...]:
    odd: tuple[OddField, ...] = getattr(model, "_odd_fields", ())
    return odd


def _beside(model: OpenApiModel) -> tuple[Any, ...]:
    """Give what a model knows beside its fields, as far as there is any."""
    end = getattr(model, "_expires_at", None)
    odd = _reported(model)
    return () if end is None and not odd else (odd,) if end is None else (odd, end)


class AnswerModel(OpenApiModel):
    """A model of an answer that has a token, which nothing odd beside it keeps from its caller."""

    __slots__ = ()

    @property
    def odd_fields(self) -> tuple[OddField, ...]:
        """What the answer held that is not as documented, which has no field here; empty, as a rule."""
        return _reported(self)

    def _report(self, odd: list[tuple[str, str, str]]) -> None:
        """Learn what is odd: names, reasons, and values as JSON."""
        from json import loads

        fields = tuple(OddField(name, reason, loads(value)) for name, reason, value in odd)
        object.__setattr__(self, "_odd_fields", fields)


class ModelNormal(OpenApiModel):
    """A plain model: the required fields must be given."""

    __slots__ = ()


class ModelComposed(OpenApiModel):
    """A model made of others: no field must be given, and none by position."""

    __slots__ = ()

    _composed = True


class ModelSimple(OpenApiModel):
    """Kept from the generated client: a model of one value. There is none here."""

    __slots__ = ()


# What the generator's constructors take for their own use.
_GENERATOR_OPTIONS = ("_path_to_item", "_spec_property_naming", "_configuration", "_visited_composed_classes")


def _described(values: tuple[Any, ...]) -> str:
    """Name the types: a value may be a token."""
    return f"({', '.join(type(value).__name__ for value in values)})"


def wrong_type(
    value: object, path: Sequence[str | int], types: tuple[type, ...], of_key: bool = False
) -> ApiTypeError:
    """Say what was wanted where, and of which type the value was."""
    names = sorted(kind.__name__ for kind in types)
    wanted = names[0] if len(names) == 1 else f"one of [{', '.join(names)}]"
    return ApiTypeError(
        f"Invalid type for variable '{path[-1]}'. Required {'key' if of_key else 'value'} type is {wanted} "
        f"and passed type was {type(value).__name__}",
        path_to_item=path,
        valid_classes=types,
        key_type=of_key,
    )


def restore(
    cls: type[Model], fields: dict[str, Any], odd: tuple[OddField, ...] = (), end: int | None = None
) -> Model:
    """Make a model of a copy's or a pickle's parts."""
    model = cls._from_wire(fields)
    if odd:
        object.__setattr__(model, "_odd_fields", odd)
    if end is not None:
        object.__setattr__(model, "_expires_at", end)
    return model
