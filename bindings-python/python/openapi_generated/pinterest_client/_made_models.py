"""The published client's models, each made of its facts when it is first asked for."""

from __future__ import annotations

from openapi_generated.pinterest_client import _surface
from openapi_generated.pinterest_client._read import read
from openapi_generated.pinterest_client._rules import check_allowed_values, check_validations
from openapi_generated.pinterest_client._signatures import constructor
from openapi_generated.pinterest_client._taken import taken
from openapi_generated.pinterest_client.configuration import Configuration
from pinterest_sdk._model import ModelComposed, ModelNormal, ModelSimple, OfEach, OpenApiModel, wrong_type
from pinterest_sdk._native import bare_class
from pinterest_sdk._variables import unshown
from pinterest_sdk.errors import ApiAttributeError, ApiTypeError, ApiValueError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar

    from typing_extensions import Self
else:  # For `typing.get_type_hints`.
    from pinterest_sdk._hints import Any, ClassVar, Self  # noqa: TC001

PACKAGE = "openapi_generated.pinterest_client.model"
_NONE = type(None)
# What the generator's constructors take for their own use.
_OPTIONS = {
    "_check_type": True,
    "_spec_property_naming": False,
    "_path_to_item": (),
    "_configuration": None,
    "_visited_composed_classes": (),
}
_made: dict[str, type[Made] | None] = {}


def kinds(expression: str) -> Any:
    """Give the classes that a type of the facts stands for, as the published client has them."""
    if expression == "any":
        return OpenApiModel.additional_properties_type
    if expression.endswith("?"):
        return (*kinds(expression[:-1]), _NONE)
    if expression[0] == "[":
        inner = kinds(expression[1:-1])
        return ([inner[0]] if len(inner) == 1 else [inner],)
    if expression[0] == "{":
        return ({str: kinds(expression[1:-1])},)
    return (_WORDS.get(expression) or _slow(expression) or model(expression) or object,)


_WORDS = {"str": str, "int": int, "float": float, "bool": bool, "dict": dict, "list": list, "none": _NONE}


def _slow(word: str) -> type | None:
    """Give what takes long to import."""
    if word not in ("date", "datetime"):
        return None
    from datetime import date, datetime

    return date if word == "date" else datetime


def model(name: str) -> type[Made] | None:
    """Give the class of this name, if there is one."""
    if name in _made:
        return _made[name]
    head = _surface.head(name)
    return _made.setdefault(name, None if head is None else _class(name, *head))


def _class(name: str, module: str, kind: str, nullable: bool) -> type[Made]:
    """Make a class, with no more than it shows before it is used: some programs import all 800."""
    text = f"`{name}`, a model of Pinterest's API."
    made: type[Made] = bare_class(name, _BASES[kind], f"{PACKAGE}.{module}", text)
    if nullable:
        made._nullable = True
    return made


def _of_package(cls: type) -> Any:
    """Give the class of ours that a program's class is made of; None of what ours have in common."""
    return next((each for each in cls.__mro__ if each.__module__.startswith(f"{PACKAGE}.")), None)


class _Constructor:
    """The constructor of each class, made when it is first needed."""

    def __get__(self, made: Any, cls: type) -> Any:
        owner = _of_package(cls)
        function = Made._construct
        if owner is not None:
            function = owner.__dict__.get("__init__")
            if function is None:
                required = owner.required
                function = constructor(owner.__name__, required) if required else Made._construct
                owner.__init__ = function
        return function if made is None else function.__get__(made, cls)


def _types(cls: type[Made]) -> dict[str, Any]:
    return {value.name: kinds(value.kind) for value in cls._facts.values}


def _additional(cls: type[Made]) -> Any:
    return None if cls._facts.others is None else kinds(cls._facts.others)


def _allowed(cls: type[Made]) -> dict[tuple[str], Any]:
    return {(value.name,): _surface.enumeration(value.enum) for value in cls._facts.values if value.enum}


def _defaults(cls: type[Made]) -> dict[str, Any]:
    from json import loads

    return {value.name: loads(value.default) for value in cls._facts.values if value.default is not None}


def _discriminator(cls: type[Made]) -> Any:
    by = cls._by
    return None if by is None else {by[0]: {value: model(name) for value, name in by[1].items()}}


def _schemas(cls: type[Made]) -> dict[str, Any]:
    if cls._facts.kind != "composed":
        return {}
    return {how: [model(name) for name in cls._facts.union(how)] for how in ("anyOf", "allOf", "oneOf")}


def _rechecked(configuration: Any) -> Any:
    """Give the configuration that says what is checked: that of new clients where a model has none."""
    return Configuration._default if configuration is None else configuration


class Made(OpenApiModel):
    """A model that is made of its facts."""

    __slots__ = ("_configuration",)

    _facts: ClassVar[Any] = OfEach(lambda cls: _surface.model(_of_package(cls).__name__))
    required: ClassVar[Any] = OfEach(lambda cls: cls._facts.required)
    _nullable: ClassVar[bool] = False
    openapi_types = OfEach(_types)
    attribute_map = OfEach(lambda cls: {value.name: value.wire for value in cls._facts.values})
    additional_properties_type = OfEach(_additional)
    allowed_values = OfEach(_allowed)
    validations = OfEach(lambda cls: {(each.name,): each.limits for each in cls._facts.values if each.limits})
    read_only_vars = OfEach(lambda cls: {each.name for each in cls._facts.values if "readonly" in each.flags})
    defaults = OfEach(_defaults)
    discriminator = OfEach(_discriminator)
    _composed_schemas = OfEach(_schemas)
    _by = OfEach(lambda cls: cls._facts.by)
    _by_wire = OfEach(lambda cls: {each.wire: each.name for each in cls._facts.values})

    _configuration: Any

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """Make an object of the class, or of the one that a field chooses; None of None where that may be."""
        if len(args) == 1 and args[0] is None and cls._nullable:
            return None
        if cls._by is None or cls in kwargs.get("_visited_composed_classes", ()):
            return object.__new__(cls)
        chosen = cls._chosen(kwargs, kwargs.get("_path_to_item", ()))
        return object.__new__(cls) if chosen is cls else chosen(*args, **kwargs)

    if not TYPE_CHECKING:
        __init__ = _Constructor()

    @unshown
    def _construct(self, *args: Any, **kwargs: Any) -> None:
        self._fill((), args, kwargs)

    def _fill(self, values: tuple[Any, ...], wrong: tuple[Any, ...], given: dict[str, Any]) -> None:
        """Take a constructor's arguments."""
        if wrong:
            names = ", ".join(type(value).__name__ for value in wrong)
            raise ApiTypeError(
                f"Invalid positional arguments=({names}) passed to {type(self).__name__}. "
                "Remove those invalid positional arguments.",
                given.get("_path_to_item", ()),
                (type(self),),
            )
        options = {name: given.pop(name, default) for name, default in _OPTIONS.items()}
        fields = {**self.defaults, **dict(zip(self.required, values, strict=True)), **given}
        self._take(fields, options, read_only=True)

    def _take(self, fields: dict[str, Any], options: dict[str, Any], *, read_only: bool) -> None:
        object.__setattr__(self, "_data_store", {})
        object.__setattr__(self, "_configuration", options["_configuration"])
        if options["_spec_property_naming"]:
            fields = {self._by_wire.get(name, name): value for name, value in fields.items()}
        for name, value in fields.items():
            if self._is_discarded(name):
                continue
            self._set(name, value, [*options["_path_to_item"], name], options["_check_type"])
            if read_only and name in self.read_only_vars:
                raise ApiAttributeError(
                    f"`{name}` is a read-only attribute. Use `from_openapi_data` to instantiate "
                    "class with read only attributes."
                )

    def _is_discarded(self, name: str) -> bool:
        configuration = self._configuration
        closed = self.additional_properties_type is None and name not in self.openapi_types
        return closed and configuration is not None and configuration.discard_unknown_keys

    def _set(self, name: str, value: Any, path: list[str | int], check: bool) -> None:
        if not isinstance(name, str):
            raise wrong_type(name, path, (str,), of_key=True)
        types = self.openapi_types.get(name, self.additional_properties_type)
        if types is None:
            raise ApiAttributeError(f"{type(self).__name__} has no attribute '{name}'", path)
        configuration = _rechecked(self._configuration)
        if check:
            value = taken(value, types, path, configuration)
        if configuration is None or configuration.client_side_validation:
            if (name,) in self.allowed_values:
                check_allowed_values(self.allowed_values, (name,), value)
            if (name,) in self.validations:
                check_validations(self.validations, (name,), value, configuration)
        self._data_store[name] = value

    @classmethod
    def _from_openapi_data(cls, *args: Any, **kwargs: Any) -> Any:
        """Make a model, read-only fields included."""
        options = {name: kwargs.pop(name, default) for name, default in _OPTIONS.items()}
        fields = {**cls.defaults, **dict(zip(cls.required, args, strict=False)), **kwargs}
        chosen = cls._chosen(fields, options["_path_to_item"])
        return chosen._new(fields, options)

    _new_from_openapi_data = _from_openapi_data

    @classmethod
    def _new(cls, fields: dict[str, Any], options: dict[str, Any], *, read_only: bool = False) -> Self:
        missing = [
            name for name in cls.required if name not in fields and cls.attribute_map[name] not in fields
        ]
        if missing:
            raise ApiTypeError(f"{cls.__name__} needs {' and '.join(missing)}", options["_path_to_item"])
        made = object.__new__(cls)
        made._take(fields, options, read_only=read_only)
        return made

    @classmethod
    def _of_program(cls, fields: dict[str, Any], path: list[str | int], configuration: Any) -> Any:
        """Make a model of a program's dict."""
        for name in fields:
            if not isinstance(name, str):
                raise wrong_type(name, [*path, name], (str,), of_key=True)
        chosen = cls._chosen(fields, path)
        options = {**_OPTIONS, "_path_to_item": path, "_configuration": configuration}
        return chosen._new({**chosen.defaults, **fields}, options, read_only=True)

    @classmethod
    def _of_answer(cls, value: Any) -> Any:
        """Make a model of an answer's fields, whatever they are; anything else stays as it came."""
        if type(value) is not dict:
            return value
        if cls._by is not None:
            name, classes = cls._by
            chosen = value.get(cls.attribute_map[name])
            other = model(classes.get(chosen, "")) if isinstance(chosen, str) else None
            if other is not None and other is not cls and other._by is None:
                return other._of_answer(value)
        types, names, others = cls.openapi_types, cls._by_wire, cls.additional_properties_type
        if others is None:
            others = OpenApiModel.additional_properties_type
        fields = {}
        for wire, field in value.items():
            name = names.get(wire, wire)
            fields[name] = read(field, types.get(name, others))
        return cls._from_wire(fields)

    @classmethod
    def _received(cls, fields: dict[str, Any], path: list[str | int]) -> Any:  # noqa: ARG003
        return cls._of_answer(fields)

    @classmethod
    def _unread(cls, fields: dict[str, Any]) -> Self:
        """Make a model of an answer's fields as they came."""
        names = cls._by_wire
        return cls._from_wire({names.get(wire, wire): field for wire, field in fields.items()})

    @classmethod
    def _from_wire(cls, fields: dict[str, Any]) -> Self:
        made = object.__new__(cls)
        object.__setattr__(made, "_data_store", fields)
        object.__setattr__(made, "_configuration", None)
        return made

    @classmethod
    def _chosen(cls, fields: dict[str, Any], path: Any) -> Any:
        """Give the class that a field chooses, or else this one."""
        if cls._by is None:
            return cls
        name, classes = cls._by
        wire = cls.attribute_map[name]
        value = fields.get(wire, fields.get(name))
        if value is None:
            raise ApiValueError(
                "Cannot deserialize input data due to missing discriminator. "
                f"The discriminator property '{wire}' is missing at path: {path}"
            )
        value = getattr(value, "value", value)
        chosen = model(classes.get(value, "")) if isinstance(value, str) else None
        if chosen is None:
            raise ApiValueError(
                "Cannot deserialize input data due to invalid discriminator value. The OpenAPI document has "
                f"no mapping for discriminator property '{wire}'='{value}' at path: {path}"
            )
        return chosen

    @classmethod
    def _kinds(cls) -> tuple[type, ...]:
        """Give the classes that may stand where this one is meant."""
        names = [*(cls._by[1].values() if cls._by else ())]
        names += [*cls._facts.union("anyOf"), *cls._facts.union("oneOf")]
        return tuple(filter(None, map(model, names)))

    def _in_json(self) -> Any:
        names = self.attribute_map
        return {names.get(name, name): value for name, value in self._data_store.items()}

    def to_dict(self) -> dict[str, Any]:
        """Give the fields as plain dicts and lists, under their names here."""
        from openapi_generated.pinterest_client._plain import plain

        fields: dict[str, Any] = plain(self, wire=False)
        return fields

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._data_store})


class MadeSimple(Made, ModelSimple):
    """A model of one value."""

    __slots__ = ()

    # A model of one value has no other names.
    attribute_map: ClassVar[Any] = {}
    value: Any

    def _fill(self, values: tuple[Any, ...], wrong: tuple[Any, ...], given: dict[str, Any]) -> None:
        if "value" not in given:
            if not wrong and not self.defaults:
                raise ApiTypeError(
                    "value is required, but not passed in args or kwargs and doesn't have default",
                    given.get("_path_to_item", ()),
                    (type(self),),
                )
            given["value"], wrong = (wrong[0], wrong[1:]) if wrong else (self.defaults["value"], ())
        unknown = [name for name in given if name != "value" and name not in _OPTIONS]
        if unknown:
            raise ApiTypeError(
                f"Invalid named arguments={unknown} passed to {type(self).__name__}. "
                "Remove those invalid named arguments.",
                given.get("_path_to_item", ()),
                (type(self),),
            )
        super()._fill(values, wrong, given)

    @classmethod
    def _from_openapi_data(cls, *args: Any, **kwargs: Any) -> Any:
        return cls(*args, **kwargs)

    _new_from_openapi_data = _from_openapi_data

    @classmethod
    def _of_answer(cls, value: Any) -> Any:
        types = cls.openapi_types["value"]
        found = read(value, types)
        fits = tuple(
            list if isinstance(each, list) else dict if isinstance(each, dict) else each for each in types
        )
        return cls._from_wire({"value": found}) if isinstance(found, fits) else value

    def _in_json(self) -> Any:
        return self._data_store["value"]

    def to_str(self) -> str:
        """Give the value as text."""
        return str(self.value)


class MadeNormal(Made, ModelNormal):
    """A model of named fields."""

    __slots__ = ()


class MadeComposed(Made, ModelComposed):
    """A model that may be one of others."""

    __slots__ = ()


_BASES = {"normal": (MadeNormal,), "simple": (MadeSimple,), "composed": (MadeComposed,)}
