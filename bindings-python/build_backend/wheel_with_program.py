"""Builds wheel and sdist with maturin, with the command line `pinterest` in both, and type stubs (PEP 517).

The program is an executable of its own: it starts in milliseconds, and the compiled module that every
import loads stays small. In the wheel it is a script; in the sdist it is the sources that it is made from.
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import maturin
import stubs
from maturin import (
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

HERE = Path(__file__).resolve().parents[1]
# Where maturin looks for what is no module; pip puts what is in `scripts` where it puts programs.
SCRIPTS = HERE / "pinterest_sdk._native.data" / "scripts"
PROGRAM = "cli"
"""The folder of the program's sources, in the repository and in the sdist."""


def build_sdist(sdist_directory: str, config_settings: dict[str, Any] | None = None) -> str:
    """Build the sdist, and put the program's sources into it; its file name."""
    name: str = maturin.build_sdist(sdist_directory, config_settings)
    archive = Path(sdist_directory) / name
    with tempfile.TemporaryDirectory() as temporary:
        shutil.unpack_archive(archive, temporary)
        (folder,) = Path(temporary).iterdir()
        _add_program(folder)
        with tarfile.open(archive, "w:gz") as packed:
            packed.add(folder, folder.name)
    return name


def _add_program(folder: Path) -> None:
    """Make the program a member of the sdist's workspace, which maturin makes of the module alone."""
    root = next(place for place in (HERE, HERE.parent) if (place / PROGRAM).is_dir())
    for name in ("Cargo.toml", "README.md", "LICENSE", "NOTICE", "src"):
        source, copy = root / PROGRAM / name, folder / PROGRAM / name
        copy.parent.mkdir(exist_ok=True)
        shutil.copytree(source, copy) if source.is_dir() else shutil.copy(source, copy)
    workspace = folder / "Cargo.toml"
    text = workspace.read_text(encoding="utf-8")
    if f'"{PROGRAM}"' not in text:
        text = text.replace("members = [", f'members = ["{PROGRAM}", ', 1)
        workspace.write_text(text, encoding="utf-8")
    # Takes the repository's other members out of the lock file; versions stay as they are.
    subprocess.run(
        ["cargo", "metadata", "--format-version", "1"], cwd=folder, check=True, stdout=subprocess.DEVNULL
    )


def build_wheel(
    wheel_directory: str,
    config_settings: dict[str, Any] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Build the program, then the wheel, with stubs; its file name."""
    _build_program(config_settings)
    name: str = maturin.build_wheel(wheel_directory, config_settings, metadata_directory)
    stubs.add(Path(wheel_directory) / name)
    return name


def build_editable(
    wheel_directory: str,
    config_settings: dict[str, Any] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Build the program, then a wheel that leads to this folder; its file name."""
    _build_program(config_settings)
    name: str = maturin.build_editable(wheel_directory, config_settings, metadata_directory)
    return name


def _build_program(config_settings: dict[str, Any] | None) -> None:
    """Build it with cargo, and with what `program-args` gives to cargo."""
    command = ["cargo", "build", "--release", "--locked", "--message-format=json-render-diagnostics"]
    command += ["--package", "pinterest-cli", *shlex.split((config_settings or {}).get("program-args", ""))]
    done = subprocess.run(
        command,
        cwd=HERE,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    # Cargo says where it put the program, whatever the target and the folder are.
    built = [json.loads(line).get("executable") for line in done.stdout.splitlines()]
    program = Path(next(path for path in reversed(built) if path))
    SCRIPTS.mkdir(parents=True, exist_ok=True)
    for stale in SCRIPTS.iterdir():
        stale.unlink()
    shutil.copy(program, SCRIPTS / program.name)
