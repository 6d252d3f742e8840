"""Keeps a person's tokens valid, in a table of PostgreSQL, for programs on any number of machines.

    create table pinterest_tokens (key text primary key, text text not null);

Needs psycopg. Reads DATABASE_URL (postgresql://…), PINTEREST_APP_ID and PINTEREST_APP_SECRET, PINTEREST_CODE
the first time, and PINTEREST_API_URI if it differs from the default.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg

from pinterest_sdk import ApiClient, ApiException, Configuration, OauthApi, TokenManager

if TYPE_CHECKING:
    from collections.abc import Iterator

    Connection = psycopg.Connection[tuple[Any, ...]]


class PostgresStore:
    """A row an account. A program with a pool of connections takes them from there, in autocommit mode."""

    def __init__(self, url: str) -> None:
        self._url = url

    def load(self, key: str) -> str | None:
        """Give what is kept."""
        with self._connect() as connection:
            return Row(connection, key).load()

    def compare_and_swap(self, key: str, expected: str | None, new: str | None) -> bool:
        """Keep something else; it is committed when this returns."""
        with self._connect() as connection:
            return Row(connection, key).compare_and_swap(expected, new)

    @contextmanager
    def lock(self, key: str, seconds: float) -> Iterator[Row]:
        """Lock one key for every process of every machine.

        The database gives the lock up with the connection, however the process ends. It is a lock of the
        session and not of a transaction: what is written under it is to last at once.
        """
        with self._connect() as connection:
            connection.execute("select set_config('lock_timeout', %s, false)", [f"{seconds * 1000:.0f}ms"])
            connection.execute("select pg_advisory_lock(hashtextextended(%s, 0))", [key])
            yield Row(connection, key)

    def _connect(self) -> Connection:
        return psycopg.connect(self._url, autocommit=True)


class Row:
    """One account's, over a connection: where the lock's is lost, nothing is written any more."""

    def __init__(self, connection: Connection, key: str) -> None:
        self._connection = connection
        self._key = key

    def load(self) -> str | None:
        """Give what is kept."""
        query = "select text from pinterest_tokens where key = %s"
        row = self._connection.execute(query, [self._key]).fetchone()
        return None if row is None else str(row[0])

    def compare_and_swap(self, expected: str | None, new: str | None) -> bool:
        """Keep something else, if what is expected is there."""
        run = self._connection.execute
        if expected is None:
            if new is None:
                return self.load() is None
            done = run(
                "insert into pinterest_tokens values (%s, %s) on conflict do nothing", [self._key, new]
            )
        elif new is None:
            done = run("delete from pinterest_tokens where key = %s and text = %s", [self._key, expected])
        else:
            query = "update pinterest_tokens set text = %s where key = %s and text = %s"
            done = run(query, [new, self._key, expected])
        return done.rowcount == 1


def main() -> None:
    """Use a token, of a code where there is one."""
    with ApiClient(Configuration.from_env()) as api_client:
        tokens = TokenManager(api_client, PostgresStore(os.environ["DATABASE_URL"]), account="shop-1")
        if code := os.environ.get("PINTEREST_CODE"):
            redirect_uri = os.environ.get("PINTEREST_REDIRECT_URI", "http://localhost:8085/")
            tokens.adopt(
                OauthApi(api_client).oauth_token("authorization_code", code=code, redirect_uri=redirect_uri)
            )
        print(f"a token of {len(tokens.access_token())} characters")
        print(tokens.status().state)


if __name__ == "__main__":
    try:
        main()
    except KeyError as missing:
        sys.exit(f"set {missing.args[0]}")
    except ApiException as error:
        # What happened and what to do; never a token or a secret.
        sys.exit(str(error))
