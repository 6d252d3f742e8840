"""A program that PyInstaller bundles has all of both packages, which load most of themselves late."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

from sandbox import TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox import Sandbox

PROGRAM = """
    import asyncio, sys
    import pinterest_sdk, pinterest_sdk.types
    from pinterest_sdk import aio
    from openapi_generated.pinterest_client import ApiClient, Configuration, models
    from openapi_generated.pinterest_client.api.boards_api import BoardsApi
    from openapi_generated.pinterest_client.api.oauth_api import OauthApi
    from openapi_generated.pinterest_client.model.board import Board

    own = pinterest_sdk.ApiClient(pinterest_sdk.Configuration(host=sys.argv[1], username="a", password="b"))
    client = ApiClient(Configuration(host=sys.argv[1], username="a", password="b"))
    print(pinterest_sdk.OauthApi(own).oauth_token("refresh_token", refresh_token="r").access_token)
    print(asyncio.run(aio.OauthApi(own).oauth_token("refresh_token", refresh_token="r")).access_token)
    print(OauthApi(client).oauth_token("refresh_token", refresh_token="r", async_req=True).get().access_token)
    print(client.call_api("/boards", "GET", response_type=(dict,))[0]["access_token"])
    print(pinterest_sdk.AuthorizationRequest("http://localhost:8085/", ["pins:read"]).start(own).redirect_uri)
    print(pinterest_sdk.login.__name__, len(models.__all__) > 800)
    client.configuration.access_token = "pina_1"
    print(BoardsApi(client).boards_create(Board("b")).access_token)
"""


@pytest.mark.timeout(300)
def test_pyinstaller_finds_everything(tmp_path: Path, sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    program = tmp_path / "program.py"
    program.write_text(textwrap.dedent(PROGRAM))
    options = ("--log-level", "ERROR", "--distpath", "dist", "--workpath", "work", "--specpath", "work")
    command = [sys.executable, "-W", "ignore", "-m", "PyInstaller", *options, str(program)]
    subprocess.run(command, cwd=tmp_path, check=True)
    bundled = [str(tmp_path / "dist/program/program"), sandbox.host]
    done = subprocess.run(bundled, env={}, cwd="/", capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout.splitlines()) == (
        "",
        ["pina_1"] * 4 + ["http://localhost:8085/", "login True", "pina_1"],
    )
