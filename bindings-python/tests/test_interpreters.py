"""More than one interpreter in a process, and one without a global lock: on each Python of this machine."""

from __future__ import annotations

import shutil
import sys
from importlib.metadata import distribution
from typing import TYPE_CHECKING

import pytest
from packaging.tags import cpython_tags

from pythons import INSTALLED, pythons, run, without_lock
from sandbox import TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox import Sandbox

IMPORT = f"""
import sys, traceback

sys.path.insert(0, {INSTALLED!r})
try:
    import MODULE
except ImportError:
    traceback.print_exc(file=sys.stdout)
else:
    print("it was imported")
sys.stdout.flush()
"""
IN_SUBINTERPRETER = """
import sys
if sys.version_info >= (3, 13):
    import _interpreters
    other = _interpreters.create("isolated" if ISOLATED else "legacy")
    _interpreters.exec(other, PROGRAM)
    _interpreters.destroy(other)
else:
    import _xxsubinterpreters
    other = _xxsubinterpreters.create(isolated=ISOLATED)
    _xxsubinterpreters.run_string(other, PROGRAM)
    _xxsubinterpreters.destroy(other)
"""
CALLS = """
from openapi_generated.pinterest_client import ApiClient, ApiException, Configuration, aio
from openapi_generated.pinterest_client.api.oauth_api import OauthApi
import asyncio

client = ApiClient(Configuration(host=HOST, username="a", password="b"))
print(OauthApi(client).oauth_token("refresh_token").access_token)
print(asyncio.run(aio.OauthApi(client).oauth_token("refresh_token")).access_token)
client.configuration.host = "http://127.0.0.1:1"
try:
    OauthApi(client).oauth_token("refresh_token")
except ApiException as error:
    print(error.kind, flush=True)
"""
CALLED = ["pina_1", "pina_1", "Network"]


@pytest.mark.parametrize("isolated", [True, False], ids=["isolated", "legacy"])
@pytest.mark.parametrize("used_before", [True, False], ids=["used before", "used after"])
@pytest.mark.parametrize("module", ["pinterest_sdk", "openapi_generated.pinterest_client"])
@pytest.mark.parametrize("python", pythons())
def test_a_subinterpreter_is_refused_in_one_sentence(
    python: str, module: str, used_before: bool, isolated: bool, sandbox: Sandbox
) -> None:
    sandbox.stand({"json": TOKEN})
    names = f"HOST, ISOLATED, PROGRAM = {sandbox.host!r}, {isolated}, {IMPORT.replace('MODULE', module)!r}\n"
    status, output, errors = run(python, names + CALLS * used_before + IN_SUBINTERPRETER + CALLS)
    assert (status, errors) == (0, "")
    lines = output.splitlines()
    (said,) = [line for line in lines if "Error: " in line]
    assert said == (
        "ImportError: pinterest_sdk cannot be imported in a subinterpreter: import it in the main one, and "
        "use threads or processes there (mod_wsgi: `WSGIApplicationGroup %{GLOBAL}`; uWSGI: "
        "`single-interpreter = true`)"
    )
    # The main interpreter goes on, or begins only then.
    assert lines[-3:] == CALLED
    assert lines[:3] == CALLED or not used_before


def test_without_its_compiled_part(tmp_path: Path) -> None:
    shutil.copytree(
        f"{INSTALLED}/pinterest_sdk", tmp_path / "pinterest_sdk", ignore=lambda *_: ["_native.abi3.so"]
    )
    shutil.copytree(f"{INSTALLED}/openapi_generated", tmp_path / "openapi_generated")
    for module in ("pinterest_sdk", "openapi_generated.pinterest_client"):
        status, output, errors = run(sys.executable, f"import {module}", str(tmp_path))
        assert (status, output) == (1, "")
        (said,) = [line for line in errors.splitlines() if "Error: " in line]
        assert said.startswith("ImportError: pinterest_sdk has no compiled part for this Python")
        assert said.endswith("-m pip install --force-reinstall pinterest-sdk`")


def test_which_pythons_the_wheel_is_for() -> None:
    wheel = distribution("pinterest-sdk").read_text("WHEEL") or ""
    (made_for,) = [line.split()[1] for line in wheel.splitlines() if line.startswith("Tag: ")]
    platforms = [made_for.split("-")[2]]
    for abi, is_for in (("cp310", True), ("cp314", True), ("cp314t", False)):
        version = (3, int(abi.rstrip("t")[3:]))
        # What pip goes by; of another it says "not a supported wheel on this platform".
        tags = map(str, cpython_tags(version, abis=[abi], platforms=platforms))
        assert (made_for in tags) is is_for, abi


@pytest.mark.skipif(not without_lock(), reason="pyenv has no free-threaded Python (3.14t) installed")
@pytest.mark.parametrize("python", without_lock())
def test_a_free_threaded_python_is_not_what_this_wheel_is_for(python: str) -> None:
    status, _, errors = run(python, "import pinterest_sdk")
    assert status == 1
    assert "pinterest_sdk has no compiled part for this Python" in errors
