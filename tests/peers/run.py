"""Logs in against the sandbox with OAuth clients that nobody here wrote.

tools/with-sandbox python3 tests/peers/run.py NAME=COMMAND …

Each COMMAND prints the address of the authorization page, is given the callback's address, and prints what it
got: `{"access_token", "refreshed", "username"}`, the token, the one that a refresh brought, and whose it is.
"""

import json
import os
import shlex
import subprocess
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from browser import decide, query

# Seconds: a virtual machine starts slowly where others work.
PATIENCE = 60
REDIRECT_URI = "http://localhost:8085/"


def log_in(command: list[str]) -> str:
    """Say what went wrong, if anything did."""
    variables = {**os.environ, "REDIRECT_URI": REDIRECT_URI, "SCOPES": "user_accounts:read boards:read"}
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    program = subprocess.Popen(command, text=True, env=variables, **pipes)
    assert program.stdout is not None
    # Whatever it hangs at.
    end = threading.Timer(PATIENCE, program.kill)
    end.start()
    page = program.stdout.readline().strip()
    callback = ""
    if page.startswith(os.environ["PINTEREST_OAUTH_URI"]):
        callback = decide(page)
    out, err = program.communicate(callback + "\n")
    if not end.is_alive():
        return f"it hangs; asked for {page!r}"
    end.cancel()
    if program.returncode != 0 or not callback:
        return f"exit code {program.returncode}, {page!r}\n{out}{err}"
    if query(callback).get("state") != query(page).get("state"):
        return f"another state came back: {callback}"
    got = json.loads(out.splitlines()[-1])
    # Within a second Pinterest gives an app the same token again.
    if not all(got[name].startswith("pina_") for name in ("access_token", "refreshed")):
        return f"these are no two access tokens: {got}"
    return "" if got["username"] == "sandbox_user" else f"somebody else's: {got}"


def main() -> int:
    """Log in with each; say how it went."""
    failures = 0
    for argument in sys.argv[1:]:
        name, command = argument.split("=", 1)
        wrong = log_in(shlex.split(command))
        print(f"{'✗' if wrong else '✓'} {name}{': ' if wrong else ''}{wrong}", flush=True)
        failures += bool(wrong)
    return 1 if failures else 0


sys.exit(main())
