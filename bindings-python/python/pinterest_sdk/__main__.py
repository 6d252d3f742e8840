"""`python -m pinterest_sdk doctor` says whether this package is installed as it should be."""

from __future__ import annotations

import os
import platform
import sys

_VARIABLES = (
    *("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"),
    *("https_proxy", "http_proxy", "all_proxy", "no_proxy"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR"),
)


def main() -> int:
    """Read the command line; 0 if nothing is wrong."""
    if sys.argv[1:] != ["doctor"]:
        print("usage: python -m pinterest_sdk doctor", file=sys.stderr)
        return 2
    wrong = [*_native_module(), *_other_distributions()]
    _environment()
    for sentence in wrong:
        print(f"wrong: {sentence}")
    print(f"{len(wrong)} wrong" if wrong else "all is well")
    return 1 if wrong else 0


def _native_module() -> list[str]:
    print(f"Python {platform.python_version()}, {platform.platform()}")
    try:
        from pinterest_sdk import __version__
    except ImportError as error:
        return [f"the compiled part of pinterest-sdk cannot be loaded: {error}"]
    print(f"pinterest-sdk {__version__}, its compiled part loads")
    return []


def _other_distributions() -> list[str]:
    from pinterest_sdk._beside import advice

    found = advice()
    if found is None:
        try:
            from openapi_generated.pinterest_client.api import oauth_api
        except ImportError as error:
            repair = "run `pip install --force-reinstall pinterest-sdk`"
            return [f"openapi_generated.pinterest_client cannot be imported: {error}; {repair}"]
        print(f"openapi_generated.pinterest_client is {os.path.dirname(os.path.dirname(oauth_api.__file__))}")
    return [found] if found else []


def _environment() -> None:
    """Show the variables that decide over connections; a proxy's user and password are left out."""
    for name in _VARIABLES:
        value = os.environ.get(name)
        if not value:
            continue
        before, at, after = value.rpartition("@")
        shown = f"{before.partition('://')[0]}://…@{after}" if at else value
        missing = name.startswith("SSL_") and not os.path.exists(value)
        print(f"{name} is {shown}{', which does not exist' if missing else ''}")


if __name__ == "__main__":
    sys.exit(main())
