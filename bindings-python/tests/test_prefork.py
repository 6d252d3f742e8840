"""Servers that fork after the manager was used: gunicorn with preload, Celery's prefork, multiprocessing."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import log_in, renewals, until
from pinterest_sdk import FileStore, TokenManager
from sandbox import TOKEN
from test_processes import run_program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

WORKERS = 4

START = """
    import json, os, time
    from pinterest_sdk import ApiClient, Configuration, FileStore, TokenManager

    configuration = Configuration(host=os.environ["HOST"], username="1234567")
    configuration.password = "0123456789abcdef0123456789abcdef01234567"
    tokens = TokenManager(ApiClient(configuration), FileStore(os.environ["TOKENS"]), "shop-1")
    # It has threads and a token in memory before it is forked.
    first = tokens.access_token()
    parent = os.getpid()

    def give():
        tokens.invalidate(first)  # As if the API had refused it.
        process = os.getpid()
        return json.dumps({"token": tokens.access_token(), "process": process, "forked": process != parent})
"""
GUNICORN = """
    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        time.sleep(0.05)
        return [give().encode()]
"""
CELERY = """
    from celery import Celery

    app = Celery("given", broker="filesystem://")
    folders = {"data_folder_in": os.environ["QUEUE"], "data_folder_out": os.environ["QUEUE"]}
    app.conf.update(broker_transport_options={**folders, "control_folder": os.environ["QUEUE"] + "-control"})
    app.conf.update(worker_prefetch_multiplier=1, broker_connection_retry_on_startup=False)

    @app.task
    def keep(path):
        time.sleep(0.2)
        with open(path + ".part", "w") as file:
            file.write(give())
        os.rename(path + ".part", path)
"""


class Server:
    """A program with a module of its own, `given`."""

    def __init__(self, folder: Path, sandbox: Sandbox, tokens: FileStore, text: str) -> None:
        (folder / "given.py").write_text(textwrap.dedent(START) + textwrap.dedent(text))
        for name in ("queue", "queue-control"):
            (folder / name).mkdir()
        self.folder = folder
        self.environment = {
            **os.environ,
            "HOST": sandbox.host,
            "TOKENS": tokens.folder,
            "QUEUE": str(folder / "queue"),
            "PYTHONPATH": str(folder),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *command: str) -> None:
        with (self.folder / "log").open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def run(self, text: str) -> None:
        subprocess.run(
            [sys.executable, "-c", text], cwd=self.folder, env=self.environment, check=True, timeout=30
        )

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


@pytest.fixture
def files(sandbox: Sandbox, tmp_path: Path) -> FileStore:
    sandbox.control("PATCH", "/_sandbox/switches", {"rotation": "invalidate_on_use"})
    return FileStore(tmp_path / "tokens")


@pytest.fixture
def made(tmp_path: Path, sandbox: Sandbox, files: FileStore) -> Iterator[Any]:
    servers: list[Server] = []

    def make(text: str) -> Server:
        servers.append(Server(tmp_path, sandbox, files, text))
        return servers[0]

    yield make
    for server in servers:
        server.stop()


def check(answers: list[dict[str, Any]], old: str) -> None:
    """See that several forked processes gave one new token."""
    assert all(answer["forked"] for answer in answers)
    assert len({answer["process"] for answer in answers}) > 1
    (new,) = {answer["token"] for answer in answers}
    assert new != old


@pytest.mark.skipif(find_spec("gunicorn") is None, reason="gunicorn is not installed")
def test_gunicorn_with_preload(made: Any, client: ApiClient, sandbox: Sandbox, files: FileStore) -> None:
    old = log_in(sandbox, client, TokenManager(client, files, "shop-1"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = made(GUNICORN)
    bind = ("--bind", f"127.0.0.1:{port}", "--no-control-socket")
    server.start("gunicorn", "--preload", "--workers", str(WORKERS), *bind, "given:application")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def get(_: int) -> dict[str, Any]:
        with opener.open(f"http://127.0.0.1:{port}/", timeout=20) as answer:
            given: dict[str, Any] = json.load(answer)
            return given

    def answers() -> bool:
        assert server.process.poll() is None, server.log()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    until(answers, 20)
    with ThreadPoolExecutor(16) as pool:
        check(list(pool.map(get, range(64))), old)
    assert renewals(sandbox) == 1


@pytest.mark.skipif(find_spec("celery") is None, reason="Celery is not installed")
def test_celery_prefork(made: Any, client: ApiClient, sandbox: Sandbox, files: FileStore) -> None:
    old = log_in(sandbox, client, TokenManager(client, files, "shop-1"))
    server = made(CELERY)
    worker = ("worker", "--pool", "prefork", "--concurrency", str(WORKERS), "--loglevel", "info")
    server.start("celery", "--app", "given", *worker, "--without-mingle", "--without-gossip")
    paths = [server.folder / f"answer-{number}" for number in range(16)]
    server.run(f"import given\nfor path in {[str(path) for path in paths]!r}: given.keep.delay(path)")
    try:
        until(lambda: all(path.exists() for path in paths), 40)
    except AssertionError:
        pytest.fail(server.log())
    check([json.loads(path.read_text()) for path in paths], old)
    assert renewals(sandbox) == 1


def test_multiprocessing(made: Any, client: ApiClient, sandbox: Sandbox, files: FileStore) -> None:
    old = log_in(sandbox, client, TokenManager(client, files, "shop-1"))
    server = made("")
    server.run("""
import given, multiprocessing
def give(_):
    given.time.sleep(0.05)
    return given.give()
with multiprocessing.get_context("fork").Pool(4) as pool, open("answers", "w") as file:
    file.write("[" + ",".join(pool.map(give, range(64), chunksize=1)) + "]")
""")
    check(json.loads((server.folder / "answers").read_text()), old)
    assert renewals(sandbox) == 1


def test_a_daemon_closes_what_it_inherits(sandbox: Sandbox) -> None:
    sandbox.stand({"json": TOKEN})
    program = f"""
        import asyncio, os, tempfile
        from pinterest_sdk import ApiClient, Configuration, OauthApi, aio

        client = ApiClient(Configuration(host={sandbox.host!r}, username="a", password="b"))

        def calls():
            OauthApi(client).oauth_token("refresh_token")
            asyncio.run(aio.OauthApi(client).oauth_token("refresh_token"))

        calls()
        if os.fork() == 0:
            os.closerange(3, 1024)
            files = [tempfile.TemporaryFile() for _ in range(32)]
            calls()
            for file in files:
                file.write(b"its own")
                file.close()
            print("kept", flush=True)
        else:
            os.wait()
    """
    assert run_program(program, "-W", "ignore::DeprecationWarning") == "kept\n"
