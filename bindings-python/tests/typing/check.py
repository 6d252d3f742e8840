"""Checks a user's two programs, and how much of the packages has types, with mypy and with pyright.

    check.py PYTHON     the interpreter that the package is installed for; run where no settings are

`user_program.py` has no mistake; in `mistakes.py` those lines have one that end in `# wrong`. pyright is that
of the package basedpyright, which brings its own Node.js.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PROGRAMS = ("user_program.py", "mistakes.py")
PACKAGES = ("pinterest_sdk", "openapi_generated.pinterest_client")
LEAST_COMPLETE = 0.95

Found = dict[tuple[str, int], str]


def main() -> int:
    """Print what is wrong; 1 if anything is."""
    python = Path(sys.argv[1]).absolute()
    wrong = [*_programs("mypy", _mypy(python)), *_programs("pyright", _pyright(python))]
    for package in PACKAGES:
        score = _completeness(python, package)
        print(f"{package}: {score:.1%} of the types that it shows are known")
        if score < LEAST_COMPLETE:
            wrong.append(f"{package}: at least {LEAST_COMPLETE:.0%} must be")
    print("\n".join(wrong))
    return bool(wrong)


def _programs(checker: str, found: Found) -> list[str]:
    """Compare what a checker found with the lines that are marked."""
    marked = {
        (name, number)
        for name in PROGRAMS
        for number, line in enumerate((HERE / name).read_text().splitlines(), 1)
        if line.endswith("# wrong")
    }
    missed = [f"{checker} finds nothing in {name}:{number}" for name, number in sorted(marked - found.keys())]
    surplus = [f"{checker}: {name}:{number}: {found[name, number]}" for name, number in found.keys() - marked]
    return [*missed, *sorted(surplus)]


def _mypy(python: Path) -> Found:
    arguments = ("--strict", "--config-file=", "--no-error-summary", "--python-executable", str(python))
    lines = _run("mypy", *arguments, *(str(HERE / name) for name in PROGRAMS)).splitlines()
    errors = [re.match(r"(?:.*/)?([^/:]+):(\d+): error: (.*)", line) for line in lines]
    return {(error[1], int(error[2])): error[3] for error in errors if error}


def _pyright(python: Path) -> Found:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "pyrightconfig.json"
        project.write_text(json.dumps({"typeCheckingMode": "strict"}))
        programs = [str(HERE / name) for name in PROGRAMS]
        report = _report(python, "--project", str(project), *programs)
    return {
        (Path(each["file"]).name, each["range"]["start"]["line"] + 1): each["message"]
        for each in report["generalDiagnostics"]
        if each["severity"] == "error"
    }


def _completeness(python: Path, package: str) -> float:
    score: float = _report(python, "--verifytypes", package)["typeCompleteness"]["completenessScore"]
    return score


def _report(python: Path, *arguments: str) -> Any:
    # It looks for packages where the `python` of the path does.
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    return json.loads(_run("basedpyright", "--outputjson", *arguments, PATH=path))


def _run(module: str, *arguments: str, **variables: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    environment = {**os.environ, **variables}
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False).stdout


if __name__ == "__main__":
    sys.exit(main())
