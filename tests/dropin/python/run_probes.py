"""Runs every probe on the client that this interpreter has, and writes what was observed.

    python run_probes.py --version 0.1.12 --sandbox PROGRAM --out FILE [--only TEXT]

`--version` names the published version, or `ours`, which has everything.
"""

import argparse
import contextlib
import http.client
import io
import json
import logging
import os
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path
from typing import Any

from openapi_generated.pinterest_client import Configuration

from observe import describe, describe_exception, lines, where
from probes import Probe, every
from sandbox import Sandbox
from wire import requests_as_lines

PROBE_TIMEOUT_SECONDS = 20.0


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--version", required=True)
    parser.add_argument("--sandbox", required=True)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--only", default="", help="run the probes whose name holds this text")
    options = parser.parse_args()
    probes = [probe for probe in every() if options.only in probe.name and _has(options.version, probe)]
    with tempfile.TemporaryDirectory() as folder:
        sandbox = Sandbox(options.sandbox, folder)
        results = {probe.name: _run(probe, sandbox) for probe in probes}
        sandbox.close()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    os._exit(0)  # a probe that hangs must not hold up the end


def _has(version: str, probe: Probe) -> bool:
    def number(text: str) -> list[int]:
        return [int(part) for part in text.split(".")]

    return version == "ours" or number(version) >= number(probe.since)


def _run(probe: Probe, sandbox: Sandbox) -> dict[str, Any]:
    from context import Context

    _forget_earlier_probes(sandbox)
    context = Context(sandbox)
    result: dict[str, Any] = {}
    started = time.monotonic()

    def look() -> None:
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                seen = describe(probe.look(context))
        except BaseException as error:
            seen = lines(describe_exception(error))
            result["traceback"] = where(error)
        result["observed"] = lines(printed.getvalue()) + seen

    # A daemon: there is no way to stop a thread that hangs, and the next probe must run.
    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    thread.join(PROBE_TIMEOUT_SECONDS)
    if thread.is_alive():
        result = {"observed": [f"hangs for {PROBE_TIMEOUT_SECONDS:.0f} seconds"]}
    result["wire"] = lines("\n".join(requests_as_lines(sandbox.control("GET", "requests"))))
    result["seconds"] = round(time.monotonic() - started, 2)
    context.close()
    return result


def _forget_earlier_probes(sandbox: Sandbox) -> None:
    sandbox.control("POST", "reset")
    sandbox.control("DELETE", "requests")
    Configuration.set_default(None)
    warnings.simplefilter("ignore")
    http.client.HTTPConnection.debuglevel = 0
    logging.lastResort = logging.NullHandler()  # urllib3 words its warnings anew in each version
    for name in ("", "openapi_generated.pinterest_client", "urllib3", "pinterest_sdk"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.WARNING)
        for handler in list(logger.handlers):
            logger.removeHandler(handler)
            handler.close()


if __name__ == "__main__":
    main()
