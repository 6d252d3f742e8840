"""How often a program calls the system, by name, as strace counts."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from shutil import which

CANNOT = "strace is not installed, or may not look at programs here"


def is_possible() -> bool:
    """Say whether there is a strace that may do its work."""
    return which("strace") is not None and bool(system_calls(["true"]))


def system_calls(command: list[str], environment: dict[str, str] | None = None) -> dict[str, int]:
    """Run a program with all its threads and children; nothing if it cannot be looked at."""
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder) / "counts"
        subprocess.run(
            ["strace", "-f", "-c", "-o", str(counts), *command],
            env=environment,
            check=False,
            capture_output=True,
            timeout=300,
        )
        columns = [line.split() for line in counts.read_text(encoding="utf-8").splitlines()]
    # Some processors have only the one `epoll` that can also change signals.
    named = {line[-1].replace("pwait", "wait"): line[3] for line in columns if len(line) > 4}
    return {name: int(count) for name, count in named.items() if count.isdigit()}


def each(fewer: dict[str, int], more: dict[str, int], calls: int) -> dict[str, float]:
    """Give what each of so many more calls costs; `total` is their sum."""
    return {name: round((count - fewer.get(name, 0)) / calls, 1) for name, count in more.items()}
