"""The Pythons of this machine, and programs that they run with the installed package."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pinterest_sdk

INSTALLED = str(Path(pinterest_sdk.__file__).resolve().parents[1])
VERSIONS = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"


def pythons() -> list[str]:
    """This Python, and those that pyenv has installed and the package is for."""
    found = {sys.version_info[:2]: sys.executable}
    for program in sorted(VERSIONS.glob("3.*/bin/python3")):
        name = re.match(r"3\.(\d+)\.\d+$", program.parts[-3])
        if name and int(name[1]) >= 10:
            found.setdefault((3, int(name[1])), str(program))
    return [found[version] for version in sorted(found)]


def without_lock() -> list[str]:
    """Give the free-threaded Pythons that pyenv has installed."""
    return [str(program) for program in sorted(VERSIONS.glob("3.*t/bin/python3"))]


def run(python: str, program: str, installed: str = INSTALLED) -> tuple[int, str, str]:
    """Run a program; give its exit code, its output and its errors."""
    done = subprocess.run(
        [python, "-I", "-c", f"import sys; sys.path.insert(0, {installed!r})\n{textwrap.dedent(program)}"],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr
