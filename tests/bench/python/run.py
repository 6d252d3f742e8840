"""Measures the Python package beside the published one, in one run.

Over HTTPS on loopback, against one sandbox that gives both the same answer. Every measurement is a
process of its own; rounds alternate; medians count.

Usage: run.py OUT, with the Python that has the package installed, and the tests' folder in PYTHONPATH.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING
from urllib.request import ProxyHandler, Request, build_opener

import strace

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[3]
PUBLISHED = ROOT / ".tools/published-python"
AUTHORITY = ROOT / "build/bench/python-authority.pem"
SANDBOX = os.environ.get("PINTEREST_SANDBOX", str(ROOT / "target/release/pinterest-sandbox"))
MEASURE = Path(__file__).with_name("measure.py")
MYPY = str(ROOT / ".tools/python/bin/mypy")
USES_OAUTH = """
from openapi_generated.pinterest_client import ApiClient, Configuration
from openapi_generated.pinterest_client.api.oauth_api import OauthApi


def scope(client: ApiClient) -> str | None:
    return OauthApi(client).oauth_token("client_credentials").scope


print(scope(ApiClient(Configuration())))
"""
USES_BOARDS = (
    USES_OAUTH
    + """
from openapi_generated.pinterest_client.api.boards_api import BoardsApi

print(BoardsApi(ApiClient(Configuration())).boards_list(page_size=25))
"""
)
# As Pinterest answers; the published package can ask for nothing better than this.
ANSWER = {
    "access_token": "pinc_" + "x" * 90,
    "token_type": "bearer",
    "expires_in": 2592000,
    "scope": "user_accounts:read",
    "response_type": "client_credentials",
}


def install_published() -> str:
    """Install the published package into an environment of its own, and Authlib, which keeps tokens."""
    python = str(PUBLISHED / "bin/python")
    packages = ["pinterest-generated-client==0.1.12", "Authlib==1.9.10", "requests==2.34.2"]
    installed = PUBLISHED / "installed"
    if not installed.exists() or installed.read_text().split() != packages:
        venv.create(PUBLISHED, with_pip=True, clear=True)
        install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*install, *packages], check=True)
        installed.write_text("\n".join(packages))
    return python


def start_sandbox() -> tuple[subprocess.Popen[str], str]:
    """Give the process and the base URL of an API that always gives `ANSWER`."""
    options = [
        "--port",
        "0",
        "--json",
        "--until-stdin-closes",
        "--write-ca",
        str(AUTHORITY),
        "--log-limit",
        "10",
    ]
    sandbox = subprocess.Popen(
        [SANDBOX, *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    addresses = json.loads(sandbox.stdout.readline()) if sandbox.stdout else {}
    standing = Request(
        addresses["http"] + "/_sandbox/standing",
        data=json.dumps({"json": ANSWER}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with build_opener(ProxyHandler({})).open(standing, timeout=10):
        return sandbox, addresses["https"] + "/v5"


def measuring(python: str, host: str, what: str, *numbers: int) -> tuple[list[str], dict[str, str]]:
    """Give a command that measures, and its environment."""
    environment = {"PATH": os.environ["PATH"], "SSL_CERT_FILE": str(AUTHORITY)}
    return [python, str(MEASURE), host, what, *map(str, numbers)], environment


def measure(python: str, host: str, what: str, *numbers: int) -> float:
    """Give the number that one measuring process prints."""
    command, environment = measuring(python, host, what, *numbers)
    return float(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout)


def system_calls(python: str, host: str) -> float:
    """Give how many system calls each of 1,000 calls on one connection makes."""
    counts = [strace.system_calls(*measuring(python, host, "calls", 1, calls)) for calls in (500, 1500)]
    return strace.each(*counts, 1000)["total"]


def checked(program: str) -> float:
    """Give the seconds that mypy takes to check a user's program for the first time."""
    times = []
    for _ in range(5):
        with TemporaryDirectory() as folder:
            file = Path(folder) / "program.py"
            file.write_text(program, encoding="utf-8")
            command = [MYPY, "--strict", "--python-executable", sys.executable, str(file)]
            started = monotonic()
            subprocess.run([*command, f"--cache-dir={folder}"], check=True, capture_output=True)
            times.append(monotonic() - started)
    return median(times)


def main() -> None:
    """Measure, and write the rows."""
    out = Path(sys.argv[1])
    out.parent.mkdir(parents=True, exist_ok=True)
    pythons = {"ours": sys.executable, "theirs": install_published()}
    sandbox, host = start_sandbox()

    def side_by_side(
        rounds: int, what: str, ours: tuple[int, ...] = (), theirs: tuple[int, ...] = ()
    ) -> tuple[float, float]:
        numbers = {"ours": ours, "theirs": theirs}
        results: dict[str, list[float]] = {"ours": [], "theirs": []}
        for _ in range(rounds):
            for side, python in pythons.items():
                results[side].append(measure(python, host, what, *numbers[side]))
        return median(results["ours"]), median(results["theirs"])

    try:
        one = side_by_side(7, "calls", (1, 10_000), (1, 1_500))
        many = side_by_side(7, "calls", (16, 2_500), (16, 100))
        cpu = side_by_side(5, "cpu", (1, 5_000), (1, 500))
        system = [system_calls(python, host) for python in pythons.values()] if strace.is_possible() else None
        first = side_by_side(15, "first")
        imported = side_by_side(15, "import")
        models = side_by_side(15, "models")
        boards = side_by_side(15, "boards")
        everything = side_by_side(7, "everything")
        space = side_by_side(3, "space")
        operation = side_by_side(3, "operation", (500,), (200,))
        memory = side_by_side(3, "memory", (2_000,), (200,))
        token = side_by_side(5, "token", (1_000_000,), (200_000,))
    finally:
        sandbox.communicate("")
    from pinterest_sdk import _native

    library = Path(_native.__file__)
    typed = checked(USES_BOARDS) - checked(USES_OAUTH)
    rows = [
        row("one thread", "calls/s", one, one[0] / one[1], "≥ 4 ×"),
        row("16 threads", "calls/s", many, many[0] / many[1], "≥ 20 ×"),
        row("processor time of a call, one thread", "µs", cpu, cpu[1] / cpu[0], None),
        row("first answer: import, client, call", "ms", first, first[1] / first[0], "≥ 10 ×"),
        row("import of the package and its OAuth calls", "ms", imported, imported[1] / imported[0], "≥ 10 ×"),
        row("import of the models after that", "ms", models, models[1] / models[0], "≥ 10 ×"),
        row("import of the package and its boards", "ms", boards, boards[1] / boards[0], "≥ 10 ×"),
        row("what boards add to an import", "ms", (boards[0] - imported[0], None), None, "≤ 1 ms"),
        row("what boards add to a first mypy", "s", (typed, None), None, "≤ 1 s"),
        row("every API and every model", "ms", everything, everything[1] / everything[0], "≥ 10 ×"),
        row("memory of every API and model", "MiB", space, space[1] / space[0], "< 8 MiB"),
        row("a GET by its operation, over `call_api`", "×", operation, operation[1] / operation[0], "≤ 1.15"),
        row("memory added to a bare interpreter", "MiB", memory, memory[1] / memory[0], "< 8 MiB"),
        row("a valid token from memory (beside Authlib)", "ns", token, token[1] / token[0], "≤ 200 ns"),
        row("native library", "MiB", (library.stat().st_size / 1024**2, None), None, "< 4 MiB"),
    ]
    if system is None:
        print(f"system calls are not counted: {strace.CANNOT}")
    else:
        rows.append(row("system calls of a call, one thread", "calls", system, system[1] / system[0], "≤ 4"))
    out.write_text(json.dumps({"rows": rows}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for measured in rows:
        print(*measured.values())


def row(
    name: str, unit: str, values: Sequence[float | None], ratio: float | None, target: str | None
) -> dict[str, object]:
    """Give one row of the table; a ratio above 1 is better."""
    return {
        "name": name,
        "unit": unit,
        "ours": values[0],
        "theirs": values[1],
        "ratio": ratio,
        "target": target,
    }


if __name__ == "__main__":
    main()
