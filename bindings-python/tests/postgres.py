"""A PostgreSQL of the tests' own, on loopback. As root it runs as the user that Debian's package makes."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import psycopg

from kept_tokens import until

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


class Postgres:
    """Ends when it is closed."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"postgresql://test@127.0.0.1:{self.port}/postgres"
        self._folder = Path(tempfile.mkdtemp(prefix="pinterest-postgres-"))
        self._user: dict[str, Any] = {}
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres", "postgres")
            self._user = {"user": "postgres", "group": "postgres", "extra_groups": []}
        programs, data = PROGRAMS[-1].parent, self._folder / "data"
        subprocess.run(
            [
                programs / "initdb",
                "-D",
                data,
                "-A",
                "trust",
                "-U",
                "test",
                "--no-sync",
                "--locale=C",
                "--encoding=UTF8",
            ],
            **self._user,
            cwd="/",
            check=True,
            capture_output=True,
        )
        settings = (
            "listen_addresses=127.0.0.1",
            f"port={self.port}",
            "unix_socket_directories=",
            "fsync=off",
        )
        options = [part for setting in settings for part in ("-c", setting)]
        with (self._folder / "log").open("w") as log:
            self._process = subprocess.Popen(
                [programs / "postgres", "-D", data, *options], **self._user, cwd="/", stdout=log, stderr=log
            )
        until(self.answers)

    def answers(self) -> bool:
        assert self._process.poll() is None, (self._folder / "log").read_text()
        try:
            self.query("select 1")
        except psycopg.OperationalError:
            return False
        return True

    def query(self, sql: str, *values: Any) -> Any:
        """Run a statement, and give the first column of the first row, if it has any."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            found = connection.execute(sql.encode(), values)
            row = found.fetchone() if found.description else None
            return None if row is None else row[0]

    def close(self) -> None:
        # It ends all connections.
        self._process.send_signal(signal.SIGINT)
        self._process.wait(10)
        shutil.rmtree(self._folder)
