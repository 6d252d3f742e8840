"""The published package in the same place, and `python -m pinterest_sdk doctor`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import openapi_generated
import pinterest_sdk

PUBLISHED = """Metadata-Version: 2.1
Name: pinterest-generated-client
Version: 0.1.12
"""
ADVICE = (
    "openapi_generated.pinterest_client is installed by pinterest-sdk and also by "
    "pinterest-generated-client 0.1.12, which overwrite each other's files: "
    "run `pip uninstall pinterest-generated-client`, then `pip install --force-reinstall pinterest-sdk`"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with a copy of our packages and what the published one leaves there."""
    for package in (openapi_generated, pinterest_sdk):
        folder = Path(str(package.__file__)).parent
        shutil.copytree(folder, tmp_path / folder.name, ignore=shutil.ignore_patterns("__pycache__"))
    ours = tmp_path / "openapi_generated/pinterest_client"
    (ours / "api/ad_accounts_api.py").write_text(
        "from openapi_generated.pinterest_client.model_utils import check_allowed_values\n"
    )
    info = tmp_path / "pinterest_generated_client-0.1.12.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(PUBLISHED)
    (info / "RECORD").write_text("openapi_generated/pinterest_client/api/ad_accounts_api.py,,\n")
    return tmp_path


def run(site: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-B", *arguments],
        env={"PYTHONPATH": str(site), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_import_names_the_other_distribution(site: Path) -> None:
    done = run(site, "-c", "import openapi_generated.pinterest_client")
    assert (done.returncode, ADVICE in done.stderr, "UserWarning" in done.stderr) == (0, True, True)


def test_its_modules_do_not_fail_somewhere_inside(site: Path) -> None:
    done = run(site, "-W", "ignore", "-c", "import openapi_generated.pinterest_client.api.ad_accounts_api")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, f"ImportError: {ADVICE}")


def test_a_mixture_of_both_says_so(site: Path) -> None:
    (site / "openapi_generated/pinterest_client/api_client.py").write_text("class ApiClient: pass\n")
    done = run(site, "-c", "import openapi_generated.pinterest_client")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, f"ImportError: {ADVICE}")


def test_the_doctor_finds_it(site: Path) -> None:
    done = run(site, "-W", "ignore", "-m", "pinterest_sdk", "doctor")
    assert done.returncode == 1
    assert f"wrong: {ADVICE}" in done.stdout


def test_the_doctor_finds_nothing_here(tmp_path: Path) -> None:
    done = run(
        tmp_path, "-m", "pinterest_sdk", "doctor",
        HTTPS_PROXY="http://user:canary@proxy.example:3128", SSL_CERT_FILE="/nowhere.pem",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert pinterest_sdk.__version__ in done.stdout
    assert "HTTPS_PROXY is http://…@proxy.example:3128\n" in done.stdout
    assert "SSL_CERT_FILE is /nowhere.pem, which does not exist\n" in done.stdout
    assert "all is well" in done.stdout
    assert "canary" not in done.stdout


def test_the_doctor_is_asked_by_name(tmp_path: Path) -> None:
    assert run(tmp_path, "-m", "pinterest_sdk").returncode == 2


def test_a_name_that_nobody_has() -> None:
    from openapi_generated.pinterest_client import model_utils

    assert not hasattr(model_utils, "check_allowed_values")
