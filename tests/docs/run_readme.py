"""Runs the README's code blocks as printed: https://api.pinterest.com is answered by the sandbox."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "readme"
EXPECTED = re.compile(r"expires in 2592000 seconds")


def blocks() -> dict[str, str]:
    """The README's code by language; one block each."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"^```(python|javascript|kotlin|rust)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    by_language = dict(found)
    if len(found) != len(by_language) or len(by_language) != 4:
        raise SystemExit(
            f"expected one block for each of four languages, found {[name for name, _ in found]}"
        )
    return by_language


def python(code: str) -> list[str]:
    program = WORK / "readme.py"
    program.write_text(code, encoding="utf-8")
    return [str(ROOT / "build/python/venv/bin/python"), str(program)]


def javascript(code: str) -> list[str]:
    program = ROOT / "build/node/readme.mjs"  # Beside node_modules, where the package is installed.
    program.write_text(code, encoding="utf-8")
    return ["node", str(program)]


def kotlin(code: str) -> list[str]:
    source = WORK / "kotlin/src/main/kotlin/Readme.kt"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(code, encoding="utf-8")
    return [str(ROOT / "tests/docs/run_kotlin"), str(source.parents[3])]


def rust(code: str) -> list[str]:
    package = WORK / "rust"
    (package / "src").mkdir(parents=True, exist_ok=True)
    (package / "src/main.rs").write_text(code, encoding="utf-8")
    (package / "Cargo.toml").write_text(
        '[package]\nname = "readme"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\n'
        f'pinterest-sdk = {{ path = "{ROOT}/core" }}\n'
        'tokio = { version = "1", features = ["macros", "rt"] }\n',
        encoding="utf-8",
    )
    shutil.copy(ROOT / "Cargo.lock", package / "Cargo.lock")
    target = ROOT / "target"
    subprocess.run(["cargo", "build", "--target-dir", str(target)], cwd=package, check=True)
    return [str(target / "debug/readme")]


def main() -> None:
    WORK.mkdir(parents=True, exist_ok=True)
    failed = False
    for language, code in blocks().items():
        command = globals()[language](code)
        result = subprocess.run(
            [str(ROOT / "tools/with-sandbox"), "--as-production", "--code", language, *command],
            env={**os.environ, "PINTEREST_CODE": language},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        good = result.returncode == 0 and re.fullmatch(r"expires in 2592000 seconds", result.stdout.strip())
        print(f"{language}: {result.stdout.strip()}")
        if not good:
            failed = True
            print(result.stderr, file=sys.stderr)
    sys.exit(failed)


if __name__ == "__main__":
    main()
