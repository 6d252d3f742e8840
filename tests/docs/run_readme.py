"""Runs the documentation's code as printed: https://api.pinterest.com is answered by the sandbox."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "readme"
# With one block for each of four languages.
PAGES = ("README.md", "docs/keeping-tokens.md")
# What others run: operations.test.mjs, test_api.py and run_fragments.py.
ELSEWHERE = {"docs/operations.md": {"javascript", "kotlin", "python"}}
# What has been kept for a moment has a moment less.
EXPECTED = re.compile(r"expires in (2592000|25919\d\d) seconds")
BLOCKS = re.compile(r"^```(python|javascript|kotlin|rust)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: str) -> dict[str, str]:
    """A page's code by language; one block each."""
    found = BLOCKS.findall((ROOT / page).read_text(encoding="utf-8"))
    by_language = dict(found)
    if len(found) != len(by_language) or len(by_language) != 4:
        raise SystemExit(
            f"{page}: expected one block for each of four languages, found {[name for name, _ in found]}"
        )
    return by_language


def unrun() -> list[str]:
    """Pages with code that would not be run."""
    pages = (str(page.relative_to(ROOT)) for page in sorted((ROOT / "docs").glob("*.md")))
    return [page for page in pages if page not in PAGES and languages(page) - ELSEWHERE.get(page, set())]


def languages(page: str) -> set[str]:
    return {language for language, _ in BLOCKS.findall((ROOT / page).read_text("utf-8"))}


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
        f'pinterest-sdk = {{ path = "{ROOT}/core", features = ["store"] }}\n'
        'tokio = { version = "1", features = ["macros", "rt"] }\n',
        encoding="utf-8",
    )
    shutil.copy(ROOT / "Cargo.lock", package / "Cargo.lock")
    target = ROOT / "target"
    subprocess.run(["cargo", "build", "--target-dir", str(target)], cwd=package, check=True)
    return [str(target / "debug/readme")]


def main() -> None:
    WORK.mkdir(parents=True, exist_ok=True)
    # What the pages' programs kept last time is of another sandbox.
    for kept in (ROOT / "build").glob("tokens-*"):
        shutil.rmtree(kept)
    failed = False
    if others := unrun():
        raise SystemExit(f"code that nobody runs, in {others}")
    programs = [(name, *block) for name in PAGES for block in blocks(name).items()]
    for page, language, code in programs:
        command = globals()[language](code)
        result = subprocess.run(
            [str(ROOT / "tools/with-sandbox"), "--as-production", "--code", language, *command],
            env={**os.environ, "PINTEREST_CODE": language},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        good = result.returncode == 0 and EXPECTED.fullmatch(result.stdout.strip())
        print(f"{page}, {language}: {result.stdout.strip()}")
        if not good:
            failed = True
            print(result.stderr, file=sys.stderr)
    sys.exit(failed)


if __name__ == "__main__":
    main()
