"""The crates as they are published: packed together, each complete, built from what was packed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# By name, each with its folder and the crates of ours that it asks for.
PACKAGES = {
    "pinterest-sandbox": ("tests/sandbox", set[str]()),
    "pinterest-sdk": ("core", set[str]()),
    "pinterest-cli": ("cli", {"pinterest-sandbox", "pinterest-sdk"}),
}
# What cargo itself puts into a package.
CARGOS_OWN = {".cargo_vcs_info.json", "Cargo.lock", "Cargo.toml", "Cargo.toml.orig"}
BESIDE_THE_SOURCES = ("LICENSE", "NOTICE", "README.md")
# What packs the table of operations.
BUILD_SCRIPT = "build.rs"


def cargo(*arguments: str) -> None:
    subprocess.run(["cargo", *arguments], cwd=ROOT, check=True, timeout=900)


def forget_unpacked(target: Path) -> None:
    """Cargo unpacks and builds an archive once for each version: yesterday's sources would be tried again."""
    home = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo")
    for name in PACKAGES:
        # A registry without a host's name is one that was made of archives on this machine.
        for unpacked in home.glob(f"registry/src/-*/{name}-[0-9]*"):
            shutil.rmtree(unpacked)
        for built in target.glob(f"debug/.fingerprint/{name}-*"):
            shutil.rmtree(built)


def metadata() -> Any:
    told = subprocess.run(
        ["cargo", "metadata", "--locked", "--no-deps", "--format-version", "1"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return json.loads(told.stdout)


def kept(folder: Path) -> set[str]:
    """The sources of a crate, as they lie in this house."""
    return {str(path.relative_to(folder)) for path in (folder / "src").rglob("*") if path.is_file()}


def faults(package: Any, packed: Path) -> list[str]:
    """What is wrong with one package, as `cargo metadata` tells of it and as it was packed."""
    name = package["name"]
    place, ours = PACKAGES[name]
    folder = ROOT / place
    with tarfile.open(packed) as archive:
        texts = {
            member.name.split("/", 1)[1]: file.read()
            for member in archive.getmembers()
            if (file := archive.extractfile(member)) is not None
        }
    wanted = kept(folder) | set(BESIDE_THE_SOURCES)
    wanted |= {BUILD_SCRIPT} if (folder / BUILD_SCRIPT).exists() else set()
    found = [f"{name} lacks {file}" for file in sorted(wanted - texts.keys())]
    found += [f"{name} holds {file}" for file in sorted(texts.keys() - wanted - CARGOS_OWN)]
    found += [
        f"{name} has another {file}"
        for file in ("LICENSE", "NOTICE")
        if texts.get(file) != (ROOT / file).read_bytes()
    ]
    found += [
        f"{name} does not say its {field}"
        for field in ("description", "license", "readme", "rust_version")
        if not package.get(field)
    ]
    # Cargo leaves out what has a path and no version.
    asked = {
        other["name"]
        for other in package["dependencies"]
        if other["name"].startswith("pinterest-") and (other["kind"] != "dev" or other["req"] != "*")
    }
    if asked != ours:
        found.append(f"{name} asks for {sorted(asked)}")
    return found


def main() -> int:
    house = metadata()
    published = [package for package in house["packages"] if package["publish"] != []]
    if {package["name"] for package in published} != PACKAGES.keys():
        print(f"other crates would be published: {[package['name'] for package in published]}")
        return 1
    named = [argument for name in PACKAGES for argument in ("--package", name)]
    forget_unpacked(Path(house["target_directory"]))
    # Packed in the order of their dependencies; each is then built from its archive.
    cargo("package", "--locked", "--allow-dirty", *named)
    folder = Path(house["target_directory"]) / "package"
    wrong = [
        fault
        for package in published
        for fault in faults(package, folder / f"{package['name']}-{package['version']}.crate")
    ]
    print("\n".join(wrong))
    if wrong:
        return 1
    # As the README says it, in the profile whose parts are built already.
    installed = ROOT / "build/packages"
    cargo("install", "--locked", "--debug", "--force", "--path", "cli", "--root", str(installed))
    program = subprocess.run(
        [installed / "bin/pinterest", "--version"], check=True, capture_output=True, text=True, timeout=20
    )
    told = program.stdout.strip()
    print(told)
    versions = {package["name"]: package["version"] for package in published}
    return 0 if told == f"pinterest {versions['pinterest-cli']}" else 1


if __name__ == "__main__":
    sys.exit(main())
