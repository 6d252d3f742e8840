"""Keeps a person's tokens valid, in a database that any number of processes share.

The first time it needs PINTEREST_CODE, the one-time code that Pinterest sent to PINTEREST_REDIRECT_URI; after
that the database has what it needs. Reads PINTEREST_APP_ID, PINTEREST_APP_SECRET and, if it differs from the
default, PINTEREST_API_URI.

Usage: tokens_in_sqlite.py DATABASE
"""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing, contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

from pinterest_sdk import ApiClient, ApiException, Configuration, OauthApi, TokenManager

if TYPE_CHECKING:
    from collections.abc import Iterator


class SqliteStore:
    """One text for each key. `FileStore` would do as well; this is for a program that has its database."""

    def __init__(self, path: str) -> None:
        self.path = path
        with closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE IF NOT EXISTS tokens (key TEXT PRIMARY KEY, record TEXT NOT NULL)")

    def load(self, key: str) -> str | None:
        """Give what is kept."""
        with closing(sqlite3.connect(self.path)) as database:
            return self._read(database, key)

    def compare_and_swap(self, key: str, expected: str | None, new: str | None) -> bool:
        """Keep something else; it is on the disk when this returns."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            if self._read(database, key) != expected:
                return False
            database.execute("DELETE FROM tokens WHERE key = ?", [key])
            if new is not None:
                database.execute("INSERT INTO tokens VALUES (?, ?)", [key, new])
            database.execute("COMMIT")
            return True

    @contextmanager
    def lock(self, key: str, seconds: float) -> Iterator[None]:
        """Lock one key for every process. The system gives it up when this one ends, however it ends.

        A database of its own has the lock: the tokens' one is changed while it is held.
        """
        path = f"{self.path}.{sha256(key.encode()).hexdigest()[:16]}.lock"
        with closing(sqlite3.connect(path, timeout=seconds, isolation_level=None)) as database:
            database.execute("BEGIN EXCLUSIVE")
            yield

    def _read(self, database: sqlite3.Connection, key: str) -> str | None:
        row = database.execute("SELECT record FROM tokens WHERE key = ?", [key]).fetchone()
        return None if row is None else str(row[0])


def main() -> None:
    """Use a token, of a code where there is none yet; then have it renewed as if the API had refused it."""
    with ApiClient(Configuration.from_env()) as api_client:
        tokens = TokenManager(api_client, SqliteStore(sys.argv[1]), account="shop-1")
        if tokens.status().state == "ReauthorizationRequired":
            redirect_uri = os.environ.get("PINTEREST_REDIRECT_URI", "http://localhost:8085/")
            tokens.adopt(
                OauthApi(api_client).oauth_token(
                    "authorization_code", code=os.environ["PINTEREST_CODE"], redirect_uri=redirect_uri
                )
            )
        token = tokens.access_token()
        print(f"the token {token[:5]}… is {tokens.status().state.lower()}")
        tokens.invalidate(token)
        print(f"in its place there is {tokens.access_token()[:5]}…")


if __name__ == "__main__":
    try:
        main()
    except IndexError:
        sys.exit("name the database: tokens_in_sqlite.py DATABASE")
    except KeyError as missing:
        sys.exit(f"set {missing.args[0]}")
    except ApiException as error:
        # What happened and what to do; never a token or a secret.
        sys.exit(str(error))
