"""The example of tokens in PostgreSQL, in a real one."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING, Any

import pytest

from kept_tokens import (
    FACES,
    Manager,
    log_in_and_expire,
    next_second,
    renewals,
    result,
    until,
)
from pinterest_sdk import ApiException, TokenManager
from sandbox import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openapi_generated.pinterest_client import ApiClient
    from sandbox import Sandbox

if find_spec("psycopg") is None:
    pytest.skip("psycopg is not installed", allow_module_level=True)
from postgres import PROGRAMS, Postgres

if not PROGRAMS:
    pytest.skip("PostgreSQL is not installed", allow_module_level=True)

EXAMPLE = ROOT / "examples/python/tokens_in_postgres.py"
_spec = spec_from_file_location("tokens_in_postgres", EXAMPLE)
assert _spec is not None
assert _spec.loader is not None
example: Any = module_from_spec(_spec)
_spec.loader.exec_module(example)

both_faces = pytest.mark.parametrize("face", FACES.values(), ids=FACES)


@pytest.fixture(scope="module")
def _database() -> Iterator[Postgres]:
    database = Postgres()
    database.query("create table pinterest_tokens (key text primary key, text text not null)")
    yield database
    database.close()


@pytest.fixture
def database(_database: Postgres, sandbox: Sandbox) -> Postgres:
    sandbox.control("PATCH", "/_sandbox/switches", {"rotation": "invalidate_on_use"})
    _database.query("truncate pinterest_tokens")
    return _database


def locks(database: Postgres) -> int:
    count: int = database.query("select count(*) from pg_locks where locktype = 'advisory'")
    return count


def kept(database: Postgres) -> Any:
    return json.loads(database.query("select text from pinterest_tokens"))


@both_faces
def test_tokens_in_postgres(
    face: type[Manager], client: ApiClient, sandbox: Sandbox, database: Postgres
) -> None:
    store = example.PostgresStore(database.url)
    manager = face(client, store, "shop-1")
    old = log_in_and_expire(sandbox, client, manager)
    key = database.query("select key from pinterest_tokens")
    assert key == f"{client.configuration.host} 1234567 shop-1"
    new = result(manager.access_token())
    assert kept(database)["access_token"] == new != old
    assert result(face(client, store, "shop-1").access_token()) == new
    # Whoever knows less than what is kept changes nothing.
    assert store.compare_and_swap(key, None, "{}") is False
    assert store.compare_and_swap(key, "{}", "[]") is False
    assert store.compare_and_swap(key, "{}", None) is False
    assert store.compare_and_swap(key, None, None) is False
    assert result(manager.forget()) is True
    assert database.query("select count(*) from pinterest_tokens") == 0
    assert store.compare_and_swap(key, None, None) is True
    until(lambda: locks(database) == 0)
    assert renewals(sandbox) == 1


@both_faces
def test_many_at_expiry_renew_once(
    face: type[Manager], client: ApiClient, sandbox: Sandbox, database: Postgres
) -> None:
    store = example.PostgresStore(database.url)
    log_in_and_expire(sandbox, client, face(client, store, "shop-1"))
    # Each is a process as far as the database knows.
    managers = [face(client, store, "shop-1") for _ in range(8)]
    if isinstance(managers[0], TokenManager):
        threads = [threading.Thread(target=managers[number % 8].access_token) for number in range(1000)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    else:

        async def all_of_them() -> None:
            await asyncio.gather(*(managers[number % 8].access_token() for number in range(1000)))

        asyncio.run(all_of_them())
    assert renewals(sandbox) == 1


def run(sandbox: Sandbox, database: Postgres, **variables: str) -> subprocess.Popen[str]:
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "DATABASE_URL")},
        "PINTEREST_APP_ID": "1234567",
        "PINTEREST_APP_SECRET": "0123456789abcdef0123456789abcdef01234567",
        "PINTEREST_API_URI": sandbox.host,
        "DATABASE_URL": database.url,
        **variables,
    }
    command = [sys.executable, EXAMPLE]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def said(program: subprocess.Popen[str]) -> list[str]:
    printed = program.communicate(timeout=30)[0].splitlines()
    assert program.returncode == 0, printed
    return printed


def test_the_example_in_several_processes(sandbox: Sandbox, database: Postgres) -> None:
    code = sandbox.control("POST", "/_sandbox/codes", {})["code"]
    assert said(run(sandbox, database, PINTEREST_CODE=code))[-1] == "Fresh"
    # As if a month had passed.
    database.query(
        "update pinterest_tokens set text = regexp_replace(text, '(\"expires_at\": ?)\\d+', '\\1 1700000000')"
    )
    next_second(sandbox)
    programs = [run(sandbox, database) for _ in range(4)]
    assert [said(program)[-1] for program in programs] == ["Fresh"] * 4
    assert renewals(sandbox) == 1
    until(lambda: locks(database) == 0)


def test_what_it_says_without_a_database(sandbox: Sandbox, database: Postgres) -> None:
    program = run(sandbox, database, DATABASE_URL="postgresql://test@127.0.0.1:1/none")
    printed = program.communicate(timeout=30)[0]
    assert program.returncode == 1
    assert "the store's `load` failed: OperationalError" in printed
    assert "Traceback" not in printed


def test_a_kill_while_pinterest_is_asked(client: ApiClient, sandbox: Sandbox, database: Postgres) -> None:
    store = example.PostgresStore(database.url)
    log_in_and_expire(sandbox, client, TokenManager(client, store, "shop-1"))
    sandbox.respond({"pass": True, "delay_ms": 5000})
    program = run(sandbox, database)
    until(lambda: renewals(sandbox) == 1)
    program.kill()
    program.communicate(timeout=10)
    # That tokens were asked for is there: no transaction took it along. And so is no lock.
    assert kept(database)["asked"]
    until(lambda: locks(database) == 0)
    started = time.monotonic()
    with pytest.raises(ApiException, match="an earlier renewal was cut off") as caught:
        TokenManager(client, store, "shop-1").access_token()
    assert caught.value.kind == "ReauthorizationRequired"
    assert time.monotonic() - started < 4


def test_whoever_lost_the_lock_writes_nothing(
    client: ApiClient, sandbox: Sandbox, database: Postgres
) -> None:
    store = example.PostgresStore(database.url)
    manager = TokenManager(client, store, "shop-1", wait=20)
    log_in_and_expire(sandbox, client, manager)
    before = database.query("select text from pinterest_tokens")
    key = database.query("select key from pinterest_tokens")
    with store.lock(key, 5) as row:
        database.query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'")
        until(lambda: locks(database) == 0)
        with pytest.raises(Exception, match=r"terminat|closed"):
            row.compare_and_swap(before, "{}")
    assert database.query("select text from pinterest_tokens") == before
    # Another waits for the lock, and no longer than it was told.
    with store.lock(key, 5):
        started = time.monotonic()
        with pytest.raises(Exception, match="lock timeout"), store.lock(key, 0.3):
            pass
        assert time.monotonic() - started < 2
    assert manager.access_token()
    assert renewals(sandbox) == 1
