"""The type stubs that a wheel gets when it is built."""

from __future__ import annotations

import ast
import sys
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from openapi_generated.pinterest_client import apis, models

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
