"""Runs the probes on the published clients and on ours, and compares.

    python compare.py --sandbox PROGRAM --ours PYTHON --published 0.1.12=PYTHON … [--draft] [--only TEXT]

Every difference must be in differences.json with its reason. `--draft` prints entries for those that
are not, for a person to give their reasons. `--only` looks at the probes whose name holds this text.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from verdict import Run, complaints, drafts

HERE = Path(__file__).parent
RUNS = Path("build/dropin/python")
FEWEST_PROBES = 150
SECONDS_FOR_ALL_PROBES = 300


def main() -> int:
    """Reads the command line; 1 if there is anything to complain about."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sandbox", required=True)
    parser.add_argument("--ours", required=True, metavar="PYTHON")
    parser.add_argument("--published", required=True, nargs="+", metavar="VERSION=PYTHON")
    parser.add_argument("--draft", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    pythons = {"ours": options.ours} | dict(each.split("=", 1) for each in options.published)
    runs = _run_all(pythons, options.sandbox, options.only)
    listed = [
        entry
        for entry in json.loads((HERE / "differences.json").read_text())
        if options.only in entry["probe"]
    ]
    ours = runs.pop("ours")
    if options.draft:
        print(json.dumps(drafts(ours, runs, listed), indent=2, ensure_ascii=False))
        return 0
    wrong = complaints(ours, runs, listed)
    if len(ours) < FEWEST_PROBES and not options.only:
        wrong.append(f"{len(ours)} probes are fewer than {FEWEST_PROBES}")
    for complaint in wrong:
        print(complaint)
    print(f"{len(ours)} probes, {len(listed)} listed differences, {len(wrong)} complaints")
    return 1 if wrong else 0


def _run_all(pythons: dict[str, str], sandbox: str, only: str) -> dict[str, Run]:
    """All at once: they mostly wait."""
    running = {}
    for version, python in pythons.items():
        out = RUNS / f"{version}.json"
        out.unlink(missing_ok=True)
        arguments = ["--version", version, "--sandbox", sandbox, "--out", str(out), "--only", only]
        running[version] = subprocess.Popen([python, "-B", str(HERE / "run_probes.py"), *arguments])
    try:
        return {version: _result(version, process) for version, process in running.items()}
    finally:
        for process in running.values():
            process.kill()


def _result(version: str, process: subprocess.Popen[bytes]) -> Run:
    status = process.wait(SECONDS_FOR_ALL_PROBES)
    if status != 0:
        raise SystemExit(f"the probes did not run on {version}: its interpreter ended with {status}")
    result: dict[str, Any] = json.loads((RUNS / f"{version}.json").read_text())
    return {name: record["observed"] + record["wire"] for name, record in result.items()}


if __name__ == "__main__":
    sys.exit(main())
