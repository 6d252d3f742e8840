"""Builds the wheel with maturin, and the command line `pinterest` as a script in it (PEP 517).

The program is an executable of its own: it starts in milliseconds, and the compiled module that every
import loads stays small.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import maturin
from maturin import (
    build_sdist,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

# `data` in pyproject.toml: pip puts what is in `scripts` where it puts programs.
SCRIPTS = Path(__file__).resolve().parents[1] / "pinterest_sdk.data" / "scripts"
# maturin wants the folder before it is asked for a wheel, for the metadata.
SCRIPTS.mkdir(parents=True, exist_ok=True)


def build_wheel(
    wheel_directory: str,
    config_settings: dict[str, Any] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Build the program, then the wheel; its file name."""
    _build_program()
    name: str = maturin.build_wheel(wheel_directory, config_settings, metadata_directory)
    return name


def build_editable(
    wheel_directory: str,
    config_settings: dict[str, Any] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Build the program, then a wheel that leads to this folder; its file name."""
    _build_program()
    name: str = maturin.build_editable(wheel_directory, config_settings, metadata_directory)
    return name


def _build_program() -> None:
    command = ["cargo", "build", "--release", "--locked", "--message-format=json-render-diagnostics"]
    command += ["--package", "pinterest-cli"]
    done = subprocess.run(
        command,
        cwd=SCRIPTS.parents[1],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    # Cargo says where it put the program, whatever the target and the folder are.
    built = [json.loads(line).get("executable") for line in done.stdout.splitlines()]
    program = Path(next(path for path in reversed(built) if path))
    for stale in SCRIPTS.iterdir():
        stale.unlink()
    shutil.copy(program, SCRIPTS / program.name)
