"""Compiles every fragment of Kotlin and Java of these pages in one program, and runs it against the sandbox.

What a fragment takes for granted is in `fragments/Given.kt`; what is marked `kotlin ignore` needs Android.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
WORK = ROOT / "build" / "fragments"
SOURCES = WORK / "src/main/kotlin"
PAGES = ("docs/operations.md", "bindings-kotlin/README.md")
BLOCKS = re.compile(r"^```(kotlin|java)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TOKEN = "pina_of_a_page"
JAVA = "given.client, given.api, given.code(), given.redirectUri"
IMPORTS = "import okhttp3.OkHttpClient\nimport pinterest.sdk.*\n"


def kotlin(name: str, code: str) -> str:
    """A file with the fragment as a function of that name."""
    if "fun main()" in code:
        renamed = code.replace("fun main()", f"fun {name}()")
        return f"package fragments\n\n{renamed}\nsuspend fun Given.{name}Whole() = {name}()\n"
    return f"package fragments\n\n{IMPORTS}\nsuspend fun Given.{name}Whole() {{\n{code}}}\n"


def java(name: str, code: str) -> str:
    """A class with the fragment as a method."""
    kinds = {"client": "ApiClient", "api": "OauthApi", "code": "String", "redirectUri": "String"}
    fields = "".join(f"    static {kind} {field};\n" for field, kind in kinds.items())
    takes = ", ".join(f"{kind} the{field}" for field, kind in kinds.items())
    sets = "".join(f"        {field} = the{field};\n" for field in kinds)
    keep = "    static void keep(String token) {\n    }\n"
    method = f"    static void run({takes}) {{\n{sets}{code}    }}\n"
    head = "package fragments;\n\nimport java.util.*;\nimport pinterest.sdk.*;\n"
    return f"{head}\nclass {name.capitalize()} {{\n{fields}\n{keep}\n{method}}}\n"


def written() -> list[str]:
    """Writes a source for each fragment; gives the lines that run one and say so, in turn."""
    calls = []
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8").replace("pina_…", TOKEN)
        for number, (language, code) in enumerate(BLOCKS.findall(text)):
            name = re.sub(r"\W", "", page.removesuffix(".md")).lower() + str(number)
            if language == "kotlin":
                (SOURCES / f"{name}.kt").write_text(kotlin(name, code), encoding="utf-8")
                calls.append(f"given.{name}Whole()")
            else:
                (SOURCES / f"{name.capitalize()}.java").write_text(java(name, code), encoding="utf-8")
                calls.append(f"{name.capitalize()}.run({JAVA})")
            calls.append(f'println("{page}, {language} {number}")')
    return calls


def main() -> None:
    shutil.rmtree(SOURCES, ignore_errors=True)
    SOURCES.mkdir(parents=True)
    shutil.copy(ROOT / "examples/kotlin/pom.xml", WORK / "pom.xml")
    shutil.copy(HERE / "fragments/Given.kt", SOURCES / "Given.kt")
    calls = written()
    lines = "".join(
        f"    {line}\n" for line in ("val given = Given()", *calls, "kotlin.system.exitProcess(0)")
    )
    (SOURCES / "Run.kt").write_text(
        f"package fragments\n\nsuspend fun main() {{\n{lines}}}\n", encoding="utf-8"
    )
    maven = ["mvn", "--batch-mode", "--quiet", "-Dkotlin.compiler.daemon=false", "-f", str(WORK)]
    maven += ["-Dmaven.compiler.source=17", "-Dmaven.compiler.target=17"]
    maven += [f"-Dmaven.repo.local={ROOT / '.tools/m2'}", f"-DoutputDirectory={WORK / 'jars'}"]
    copied = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies"
    subprocess.run([*maven, "compile", copied], check=True, timeout=600)
    classes = f"{WORK / 'target/classes'}:{WORK / 'jars'}/*"
    command = [str(ROOT / "tools/with-sandbox"), "--as-production", "env", f"PINTEREST_ACCESS_TOKEN={TOKEN}"]
    command += ["java", "-cp", classes, "fragments.RunKt"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    run = [line for line in result.stdout.splitlines() if line.startswith(PAGES)]
    print("\n".join(run))
    if result.returncode or len(run) != len(calls) // 2:
        sys.exit(result.stderr)


if __name__ == "__main__":
    main()
