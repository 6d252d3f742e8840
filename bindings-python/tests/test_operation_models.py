"""The models of the published client's operations: what their constructors take, and what they are then."""

from __future__ import annotations

import copy
import inspect
import pickle
import subprocess
import sys
import textwrap
import weakref
from ast import literal_eval
from datetime import datetime
from importlib import reload
from pathlib import Path
from typing import Any

import pytest
from openapi_generated.pinterest_client.model.board import Board
from openapi_generated.pinterest_client.model.country import Country

import pinterest_sdk
from openapi_generated.pinterest_client import (
    ApiAttributeError,
    ApiClient,
    ApiTypeError,
    ApiValueError,
    Configuration,
    model,
    models,
)
from openapi_generated.pinterest_client.model import board as board_module
from openapi_generated.pinterest_client.model_utils import (
    ModelNormal,
    ModelSimple,
    OpenApiModel,
    model_to_dict,
)
from pythons import pythons, run

Campaign = models.CampaignCreateRequest


def test_a_model_or_a_dict_wherever_either_is_meant() -> None:
    source = {"source_type": "image_url", "url": "https://x"}
    made = models.PinMediaSource(**source)
    assert type(made) is models.PinMediaSourceImageURL
    for given in (source, made):
        sent = ApiClient.sanitize_for_serialization(models.PinCreate(board_id="1", media_source=given))
        assert sent == {"board_id": "1", "media_source": source}
    group = models.AdGroupCreateRequest(name="g", campaign_id="1", targeting_spec={"LOCALE": ["en"]})
    assert ApiClient.sanitize_for_serialization(group)["targeting_spec"] == {"LOCALE": ["en"]}
    account = models.AdAccount(owner={"username": "u"}, country="US", permissions=["OWNER", "ADMIN"])
    assert (type(account.owner), type(account.country)) == (models.AdAccountOwner, Country)
    assert account.to_dict() == {
        "owner": {"username": "u"},
        "country": "US",
        "permissions": ["OWNER", "ADMIN"],
    }


def test_a_word_of_one_list_of_words_stands_for_that_of_another() -> None:
    keyword = models.KeywordsCommon(match_type=models.MatchType("BROAD"), value="v")
    assert keyword.match_type == models.MatchTypeResponse("BROAD")


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (Board, TypeError, "missing 1 required positional argument: 'name'"),
        (lambda: Board(5), ApiTypeError, "Required value type is str and passed type was int"),
        (lambda: Board("n", 2), ApiTypeError, "Invalid positional arguments"),
        (lambda: Board("n", privacy="X"), ApiValueError, "must be one of"),
        (lambda: Board("n", pin_count=3), ApiAttributeError, "read-only"),
        (lambda: Country("XX"), ApiValueError, "must be one of"),
        (Country, ApiTypeError, "value is required"),
        (lambda: Country("US", colour=1), ApiTypeError, "Invalid named arguments"),
        (
            lambda: models.PinCreate(title="x" * 101),
            ApiValueError,
            "length must be less than or equal to `100`",
        ),
        (lambda: models.PinCreate(board_id="abc"), ApiValueError, "regular expression"),
        (lambda: models.PinMediaSource(url="u"), ApiValueError, "missing discriminator"),
        (lambda: models.PinMediaSource(source_type="u"), ApiValueError, "invalid discriminator"),
        (lambda: models.AdAccount(owner=Country("US")), ApiTypeError, "AdAccountOwner"),
        (lambda: models.AdAccount(permissions="OWNER"), ApiTypeError, "list"),
        (models.BrandFilter, TypeError, "missing"),
    ],
)
def test_what_a_constructor_refuses(make: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()


def test_checks_follow_the_default_configuration() -> None:
    configuration = Configuration()
    configuration.client_side_validation = False
    Configuration.set_default(configuration)
    try:
        assert Country("XX").value == "XX"
    finally:
        Configuration.set_default(None)
    assert Country("XX", _configuration=configuration).value == "XX"
    only = Configuration(disabled_client_side_validations="maxLength")
    assert len(models.PinCreate(title="x" * 101, _configuration=only).title) == 101


def test_fields() -> None:
    board = Board("n", description="d", added_later={"x": 1})
    assert (board.name, board["description"], board.get("privacy"), "name" in board) == ("n", "d", None, True)
    board.description = None if "description" in board.read_only_vars else "e"
    board["privacy"] = "SECRET"
    assert board.to_dict() == {"name": "n", "description": "e", "added_later": {"x": 1}, "privacy": "SECRET"}
    assert not hasattr(board, "owner")
    with pytest.raises(ApiAttributeError):
        board.owner  # noqa: B018
    with pytest.raises(ApiTypeError):
        board.name = 5
    with pytest.raises(ApiValueError):
        board.privacy = "X"
    assert "name" in dir(board)


def test_names_that_differ_in_json() -> None:
    spec = models.TargetingSpec(age_bucket=["25-34"])
    assert spec.to_dict() == {"age_bucket": ["25-34"]}
    assert ApiClient.sanitize_for_serialization(spec) == {"AGE_BUCKET": ["25-34"]}
    assert model_to_dict(spec) == {"AGE_BUCKET": ["25-34"]}
    assert model_to_dict(spec, serialize=False) == {"age_bucket": ["25-34"]}
    assert models.TargetingSpec(AGE_BUCKET=["25-34"], _spec_property_naming=True) == spec


def test_the_programs_own_list_is_kept() -> None:
    buckets = ["25-34"]
    spec = models.TargetingSpec(age_bucket=buckets)
    buckets.append("35-44")
    assert spec.age_bucket == ["25-34", "35-44"]


@pytest.mark.parametrize(
    "made", [Board("n", media={"a": 1}), Country("US"), models.TargetingSpec(locale=["de"])]
)
def test_copies_and_pickles(made: Any) -> None:
    for copied in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        assert type(copied) is type(made)
        assert copied == made
        assert copied is not made
    assert repr(made) == str(made)


def test_a_pickle_is_read_where_nothing_was_imported() -> None:
    program = "import pickle, sys; print(pickle.loads(bytes.fromhex(sys.argv[1])))"
    text = pickle.dumps(Board("n")).hex()
    done = subprocess.run([sys.executable, "-c", program, text], capture_output=True, text=True, check=True)
    assert done.stdout == "{'name': 'n'}\n"


def test_modules() -> None:
    assert Board.__module__ == "openapi_generated.pinterest_client.model.board"
    assert board_module.Board is models.Board is reload(board_module).Board
    assert board_module.ModelNormal is ModelNormal
    assert board_module.datetime is datetime
    assert "board" in dir(model)
    assert len({*models.__all__}) == len(models.__all__) > 830
    assert models.Exception is not Exception
    assert "Exception" not in models.__all__
    with pytest.raises(ImportError):
        from openapi_generated.pinterest_client.model import nothing  # noqa: F401
    with pytest.raises(AttributeError):
        models.Nothing  # noqa: B018


def test_what_classes_say() -> None:
    assert isinstance(Country("US"), ModelSimple)
    assert issubclass(Board, OpenApiModel)
    assert inspect.isclass(Board)
    assert str(inspect.signature(Board.__init__)) == "(self, name, *args, **kwargs)"
    assert models.AdAccount.openapi_types["owner"] == (models.AdAccountOwner,)
    assert [*Country.allowed_values[("value",)]][:3] == ["AD", "AE", "AF"]
    assert models.PinMediaSource.discriminator["source_type"]["image_url"] is models.PinMediaSourceImageURL
    assert models.DeliveryMetricsResponse.openapi_types
    assert object not in {kind for name in models.__all__ for kinds in [_types(name)] for kind in kinds}


def test_a_class_is_as_if_it_had_been_written() -> None:
    space = {
        "__slots__": (),
        "__module__": Board.__module__,
        "__doc__": "`Board`, a model of Pinterest's API.",
    }
    written = type("Board", Board.__bases__, space)
    for name in ("__name__", "__qualname__", "__module__", "__doc__", "__bases__", "__base__", "__slots__"):
        assert getattr(Board, name) == getattr(written, name), name
    for name in ("__basicsize__", "__itemsize__", "__dictoffset__", "__weakrefoffset__"):
        assert getattr(Board, name) == getattr(written, name), name
    assert Board.__mro__[1:] == written.__mro__[1:]
    assert repr(Board) == repr(written)
    assert dir(Board) == dir(written)
    assert Board in Board.__base__.__subclasses__()
    words = [_refusals(cls) for cls in (Board, written)]
    assert words[0] == words[1]
    assert "'Board'" in words[0][0]


def _refusals(cls: Any) -> list[str]:
    """Give what Python says of what an object cannot do."""
    model = cls._from_wire({})
    said = []
    for refused in (
        hash,
        len,
        weakref.ref,
        lambda one: one < 1,
        lambda one: one(),
        lambda one: type(one).none,
    ):
        with pytest.raises((TypeError, AttributeError)) as raised:
            refused(model)
        said.append(str(raised.value))
    return said


@pytest.mark.parametrize("python", pythons())
def test_classes_in_every_python(python: str) -> None:
    """Each has special methods as its bases have them, and those that a program gives it."""
    program = """
        import gc, weakref
        from openapi_generated.pinterest_client import models
        from openapi_generated.pinterest_client.model.board import Board
        class Mine(Board):
            def __len__(self):
                return 5
        mine = Mine("n")
        print(mine, len(mine), mine == Mine("n"), mine == Board("n"), "name" in mine, mine["name"], mine.name)
        Board.__len__ = lambda self: 6
        Board.__init__, kept = (lambda self, *given: self._fill(("m",), (), {})), Board.__init__
        print(len(Board("n")), len(mine), Board("n"))
        del Board.__len__
        Board.__init__ = kept
        print(hasattr(Board("n"), "__len__"), Board("n"), type("Late", (Board,), {})("l"))
        gone = weakref.ref(mine)
        del mine
        loop = Board("n", media={})
        loop.media["loop"] = loop
        del loop, Mine
        print(gone(), gc.collect() > 0, [cls.__name__ for cls in Board.__subclasses__()])
        every = [getattr(models, name) for name in models.__all__]
        print(len(every) > 800, all(isinstance(cls, type) for cls in every))
    """
    assert run(python, program) == (
        0,
        (
            "{'name': 'n'} 5 True False True n n\n"
            "6 5 {'name': 'm'}\n"
            "False {'name': 'n'} {'name': 'l'}\n"
            "None True []\n"
            "True True\n"
        ),
        "",
    )


def test_nothing_slow_is_loaded_for_all_of_them() -> None:
    program = """
        import sys
        from openapi_generated.pinterest_client import apis, models
        for module in (apis, models):
            for name in dir(module):
                getattr(module, name)
        print([*sys.modules])
    """
    path = [str(Path(pinterest_sdk.__file__).parents[1])]
    lines = [f"import sys; sys.path += {path}", *textwrap.dedent(program).splitlines()]
    command = [sys.executable, "-I", "-S", "-c", "\n".join(lines)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    slow = {
        "collections",
        "dataclasses",
        "datetime",
        "enum",
        "functools",
        "inspect",
        "json",
        "re",
        "types",
        "typing",
    }
    assert slow.isdisjoint(literal_eval(done.stdout))


def _types(name: str) -> list[Any]:
    found = []
    left = [kind for kinds in getattr(models, name).openapi_types.values() for kind in kinds]
    while left:
        kind = left.pop()
        left += kind if isinstance(kind, (list, tuple)) else kind.values() if isinstance(kind, dict) else ()
        found += [kind] if isinstance(kind, type) else []
    return found
