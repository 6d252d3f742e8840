"""The type stubs that a wheel gets when it is built."""

from __future__ import annotations

import ast
import inspect
import sys
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from openapi_generated.pinterest_client import apis, models
from pinterest_sdk import aio, api

BACKEND = Path(__file__).parents[1] / "build_backend"


@pytest.fixture
def stubs(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BACKEND))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    import stubs as module  # type: ignore[import-not-found]

    return module


def test_every_api_and_model_has_one(stubs: Any) -> None:
    files = stubs.Stubs().files()
    defined = {}
    for path, text in files.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef):
                defined[node.name] = path.removesuffix(".pyi").replace("/", ".")
    made = [getattr(models, name) for name in models.__all__ if hasattr(getattr(models, name), "_facts")]
    made += [models.Exception, *(getattr(apis, name) for name in apis.__all__ if name != "OauthApi")]
    assert defined == {cls.__name__: cls.__module__ for cls in made}


def test_methods_and_constructors_take_what_the_stubs_say(stubs: Any) -> None:
    files = stubs.Stubs().files()
    board = files["openapi_generated/pinterest_client/model/board.pyi"]
    assert '        privacy: Literal["PUBLIC", "PROTECTED", "SECRET"] = ...,\n' in board
    assert "        media: BoardMedia | Mapping[str, Any] = ...,\n" in board
    assert "        id: str" not in board  # It can only be read.
    boards = files["openapi_generated/pinterest_client/api/boards_api.pyi"]
    assert "    ) -> Board: ...\n" in boards
    assert "        board: Board | Mapping[str, Any],\n" in boards


@pytest.mark.parametrize(("module", "path"), [(api, "api"), (aio, "_later_api")], ids=["now", "later"])
def test_every_operation_takes_what_its_stub_says(stubs: Any, module: Any, path: str) -> None:
    text = stubs.OperationStubs().files()[f"pinterest_sdk/{path}.pyi"]
    described = {
        (cls.name, method.name): [
            [argument.arg for argument in arguments]
            for arguments in (method.args.args, method.args.kwonlyargs)
        ]
        for cls in ast.parse(text).body
        if isinstance(cls, ast.ClassDef)
        for method in cls.body
        if isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    made = {}
    for name in dir(module):
        cls = getattr(module, name)
        if name.endswith("Api") and name not in ("Api", "OauthApi"):
            for method, function in vars(cls).items():
                if not method.startswith("_"):
                    parameters = inspect.signature(function).parameters.values()
                    named = [one.name for one in parameters if one.kind is one.KEYWORD_ONLY]
                    made[name, method] = [[one.name for one in parameters if one.name not in named], named]
    assert made == described
    assert len(made) == 228


def test_types_of_the_table_are_spelled_as_python_has_them(stubs: Any) -> None:
    files = stubs.OperationStubs().files()
    schemas = files["pinterest_sdk/schemas.pyi"]
    assert 'BoardPrivacyFilter: _TypeAlias = _Literal["ALL", "PROTECTED", "PUBLIC"' in schemas
    assert "class BoardCreate(_TypedDict):\n" in schemas
    assert '_TypedDict("ImageSize", {"1200x": "_NotRequired[ImageDetails]", ' in schemas
    assert "PinMediaSource: _TypeAlias = PinMediaSourceImageBase64 | PinMediaSourceImageURL | " in schemas
    assert "-> _Page[_s.Board]:" in files["pinterest_sdk/api.pyi"]
    names = [node.name for node in ast.parse(schemas).body if isinstance(node, ast.ClassDef)]
    assert len(names) == len({*names}) > 400
    from pinterest_sdk import schemas as at_run_time

    assert all(getattr(at_run_time, name) is object for name in names)


def test_a_wheel_lists_them(stubs: Any, tmp_path: Path) -> None:
    wheel = tmp_path / "a-1-py3-none-any.whl"
    with ZipFile(wheel, "w") as made:
        made.writestr("a.py", "b = 1\n")
        made.writestr("a-1.dist-info/RECORD", "a.py,,\na-1.dist-info/RECORD,,\n")
    stubs.add(wheel)
    assert [path.name for path in tmp_path.iterdir()] == [wheel.name]
    with ZipFile(wheel) as made:
        assert made.testzip() is None
        listed = dict(
            line.rsplit(",", 2)[:2] for line in made.read("a-1.dist-info/RECORD").decode().splitlines()
        )
        assert sorted(listed) == sorted(made.namelist())
        for name, digest in listed.items():
            if name.endswith(".pyi"):
                content = urlsafe_b64encode(sha256(made.read(name)).digest()).decode().rstrip("=")
                assert digest == f"sha256={content}"
        assert made.read("a.py") == b"b = 1\n"
