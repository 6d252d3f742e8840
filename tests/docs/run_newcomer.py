"""Runs the README's way from an app id to a greeting, as printed, on a terminal of its own.

Run by `tools/with-sandbox`, which is Pinterest here. The person is Chromium without a window; they type
the app secret when they are asked for it.
"""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "newcomer"
APP_ID, APP_SECRET = "1234567", "a-secret-typed-by-hand"
PATIENCE = 300.0


def commands() -> str:
    """The README's one block of shell commands."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    lines = str(block).splitlines()
    if len(lines) > 5:
        raise SystemExit(f"the way from an app id to a greeting has {len(lines)} commands, more than five")
    return str(block)


def register() -> None:
    """What the person does on Pinterest's developer pages."""
    control = os.environ["PINTEREST_API_URI"].removesuffix("/v5") + "/_sandbox/apps"
    app = {"app_id": APP_ID, "app_secret": APP_SECRET, "redirect_uris": ["http://localhost:8085/"]}
    urllib.request.urlopen(control, json.dumps(app).encode(), timeout=20).read()


def run(script: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Run a script on a terminal and type the secret where it is asked for; its status and what was shown."""
    child, terminal = pty.fork()
    if child == 0:
        os.execve("/bin/bash", ["bash", "-eu", str(script)], environment)
    shown, typed, end = "", False, time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            read = os.read(terminal, 65536)
        except OSError:  # Linux's way to say that the terminal has no program any more.
            break
        if not read:
            break
        shown += read.decode(errors="replace")
        if "App secret" in shown and not typed:
            time.sleep(0.5)  # A person takes longer.
            os.write(terminal, APP_SECRET.encode() + b"\n")
            typed = True
    else:
        os.kill(child, 15)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown


def main() -> None:
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    script = WORK / "commands.sh"
    script.write_text(commands(), encoding="utf-8")
    register()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PINTEREST_APP")
    } | {
        "PATH": f"{ROOT}/build/python/venv/bin:{ROOT}/tests/browser:{os.environ['PATH']}",
        "XDG_DATA_HOME": str(WORK),
        # By its name: in this variable a space would end a path.
        "BROWSER": "headless-login",
    }
    os.chdir(ROOT)
    status, shown = run(script, environment)
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    print(shown)
    if status != 0 or "Hello, sandbox_user!" not in shown or '"username": "sandbox_user"' not in shown:
        raise SystemExit(f"the README's commands ended with {status} or did not greet")
    if APP_SECRET in shown:
        raise SystemExit("the secret was shown as it was typed")


if __name__ == "__main__":
    main()
