"""The published package in the same place, and `python -m pinterest_sdk doctor`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from base64 import urlsafe_b64encode
from hashlib import sha256
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


def doctor(site: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    variables = {"HOME": str(site), "PINTEREST_APP_ID": "1234567", **variables}
    return run(site, "-W", "ignore", "-m", "pinterest_sdk", "doctor", "--offline", **variables)


def test_the_doctor_finds_it(site: Path) -> None:
    done = doctor(site)
    assert done.returncode == 1
    assert f"✗ package       {ADVICE}" in done.stdout


def noted(site: Path) -> None:
    """Write down what is in the folder, as pip does."""
    info = site / "pinterest_sdk-0.0.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: pinterest-sdk\nVersion: 0.0.1\n")
    lines = []
    for file in sorted((site / "openapi_generated").rglob("*.py")):
        digest = urlsafe_b64encode(sha256(file.read_bytes()).digest()).rstrip(b"=").decode()
        lines.append(f"{file.relative_to(site).as_posix()},sha256={digest},1\n")
    (info / "RECORD").write_text("".join(lines))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            "overwritten",
            "1 that pinterest-sdk did not install so, as openapi_generated/pinterest_client/rest.py",
        ),
        ("gone", "1 that pinterest-sdk did not install so, as openapi_generated/pinterest_client/rest.py"),
        (
            "added",
            "1 that pinterest-sdk does not have, as openapi_generated/pinterest_client/api/pins_api.py",
        ),
    ],
)
def test_the_doctor_finds_what_somebody_left_who_is_gone(site: Path, change: str, words: str) -> None:
    shutil.rmtree(site / "pinterest_generated_client-0.1.12.dist-info")
    (site / "openapi_generated/pinterest_client/api/ad_accounts_api.py").unlink()
    noted(site)
    assert "has files of another package" not in doctor(site).stdout
    rest = site / "openapi_generated/pinterest_client/rest.py"
    if change == "overwritten":
        rest.write_text(rest.read_text() + "\n")
    elif change == "gone":
        rest.unlink()
    else:
        (site / "openapi_generated/pinterest_client/api/pins_api.py").write_text("")
    done = doctor(site)
    assert (done.returncode, words in done.stdout) == (1, True), done.stdout


def test_the_doctor_finds_nothing_here(tmp_path: Path) -> None:
    done = doctor(tmp_path, HTTPS_PROXY="http://user:canary@proxy.example:3128")
    assert done.returncode == 0, done.stdout
    assert "its compiled part loads" in done.stdout
    assert (
        "HTTPS_PROXY is set: https://api.pinterest.com/v5 is reached through proxy.example:3128"
        in done.stdout
    )
    assert "canary" not in done.stdout


def test_the_doctor_finds_what_the_program_finds(tmp_path: Path) -> None:
    done = doctor(tmp_path, SSL_CERT_FILE="/nowhere.pem")
    assert done.returncode == 1
    assert "SSL_CERT_FILE is /nowhere.pem, which does not exist" in done.stdout


def test_every_other_command_is_the_program_s(tmp_path: Path) -> None:
    done = run(tmp_path, "-m", "pinterest_sdk", "status", HOME=str(tmp_path))
    assert done.returncode == 3
    assert "no profile is logged in" in done.stderr


def test_a_program_that_is_gone_is_named(site: Path) -> None:
    # Isolated from the environment that the tests run in: another interpreter's folders.
    code = (
        "import sysconfig, sys; sysconfig.get_path = lambda *_, **__: '/nowhere'; sys.argv = ['x', 'token']\n"
    )
    code += "from pinterest_sdk.__main__ import main; sys.exit(main())"
    done = run(site, "-c", code)
    assert done.returncode == 1
    assert "pip install --force-reinstall pinterest-sdk" in done.stderr


def test_a_name_that_nobody_has() -> None:
    from openapi_generated.pinterest_client import model_utils

    assert not hasattr(model_utils, "check_allowed_values")
