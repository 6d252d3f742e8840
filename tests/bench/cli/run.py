"""Measures the command line beside `gh`, and what people see in the browser.

Usage: run.py OUTPUT.json. Programs: target/release/pinterest and target/release/pinterest-sandbox.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
PINTEREST = ROOT / "target/release/pinterest"
SANDBOX = ROOT / "target/release/pinterest-sandbox"
ROUNDS = 60
LOGINS = 9
REDIRECT_URI = "http://localhost:8085/"


def milliseconds(command: list[str], environment: dict[str, str]) -> float:
    """How long a command takes from its start to its end; it must succeed."""
    started = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return (time.perf_counter() - started) * 1000


def beside(
    ours: list[str], theirs: list[str] | None, environment: dict[str, str]
) -> tuple[float, float | None]:
    """The medians of two commands whose runs take turns."""
    mine, other = [], []
    for _ in range(ROUNDS):
        mine.append(milliseconds(ours, environment))
        if theirs:
            other.append(milliseconds(theirs, environment))
    return statistics.median(mine), statistics.median(other) if other else None


class Redirects(urllib.request.HTTPRedirectHandler):
    """Stops at a redirect, so that the person's part ends where the program's begins."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


def allow(url: str) -> str:
    """Clicks Allow, and gives the address that the browser is sent to."""
    parts = urllib.parse.urlsplit(url)
    form = [*urllib.parse.parse_qsl(parts.query), ("decision", "allow")]
    page = f"{parts.scheme}://{parts.netloc}/oauth/"
    try:
        urllib.request.build_opener(Redirects).open(page, urllib.parse.urlencode(form).encode(), timeout=20)
    except urllib.error.HTTPError as answer:
        location: str = answer.headers["Location"]
        return location
    raise SystemExit("the consent page did not redirect")


def login(environment: dict[str, str]) -> float:
    """What a login adds to a person's clicks, in milliseconds: up to the URL, and from the callback on."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [PINTEREST, "login", "--redirect-uri", REDIRECT_URI],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    url = next(line.strip() for line in process.stderr if line.startswith("  http"))
    before = time.perf_counter() - started
    callback = allow(url)
    started = time.perf_counter()
    urllib.request.urlopen(callback, timeout=20).read()
    if process.wait(timeout=20) != 0:
        raise SystemExit(f"the login failed: {process.stderr.read()}")
    return (before + time.perf_counter() - started) * 1000


def row(name: str, unit: str, ours: float, theirs: float | None, target: str) -> dict[str, Any]:
    ratio = None if theirs is None else theirs / ours
    return {"name": name, "unit": unit, "ours": ours, "theirs": theirs, "ratio": ratio, "target": target}


def measure(http: str, home: str) -> list[dict[str, Any]]:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": home,
        "BROWSER": "true",
        "PINTEREST_API_URI": f"{http}/v5",
        "PINTEREST_OAUTH_URI": f"{http}/oauth/",
        "PINTEREST_APP_ID": "1234567",
        "PINTEREST_APP_SECRET": "0123456789abcdef0123456789abcdef01234567",
    }
    logins = [login(environment) for _ in range(LOGINS)]
    gh = shutil.which("gh")
    if gh:
        folder = Path(home, ".config/gh")
        folder.mkdir(parents=True)
        (folder / "hosts.yml").write_text(
            "github.com:\n    oauth_token: gho_benchmark\n    user: benchmark\n"
        )
    token, gh_token = beside([str(PINTEREST), "token"], [gh, "auth", "token"] if gh else None, environment)
    usage, gh_usage = beside([str(PINTEREST), "--help"], [gh, "--help"] if gh else None, environment)
    pages = json.loads(
        subprocess.run(
            ["node", str(ROOT / "tests/bench/cli/pages.mjs")], check=True, capture_output=True, text=True
        ).stdout
    )
    return [
        row("`pinterest token` with a fresh token, beside `gh auth token`", "ms", token, gh_token, "< 10 ms"),
        row("`pinterest --help`, beside `gh --help`", "ms", usage, gh_usage, "< 10 ms"),
        row(
            "`pinterest login` without the person's clicks", "ms", statistics.median(logins), None, "< 200 ms"
        ),
        row("the program", "MiB", PINTEREST.stat().st_size / 2**20, None, "< 8 MiB"),
        row("the sandbox's consent page, with all it loads", "kB", pages["consent"], None, "< 50 kB"),
        row("the sandbox's dashboard, with all it loads", "kB", pages["dashboard"], None, "< 50 kB"),
        row("the dashboard's slowest scroll or filter, 100,000 requests", "ms", pages["slowest"], None, "–"),
    ]


def main() -> None:
    sandbox = subprocess.Popen(
        [SANDBOX, "--port", "0", "--json", "--until-stdin-closes"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert sandbox.stdin
    assert sandbox.stdout
    try:
        http = json.loads(sandbox.stdout.readline())["http"]
        with tempfile.TemporaryDirectory() as home:
            rows = measure(http, home)
    finally:
        sandbox.stdin.close()
        sandbox.wait(timeout=20)
    output = Path(sys.argv[1])
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps({"rows": rows}, indent=1))
    for measured in rows:
        print(measured)


if __name__ == "__main__":
    main()
