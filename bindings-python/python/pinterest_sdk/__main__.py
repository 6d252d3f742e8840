"""`python -m pinterest_sdk`: the command line `pinterest`; its `doctor` also looks at this package."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import sysconfig

_DROP_IN = "openapi_generated.pinterest_client"


def main() -> int:
    """Run the program with this one's arguments; its exit code."""
    arguments = sys.argv[1:]
    try:
        command = [_program(), *arguments]
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    if arguments[:1] == ["doctor"]:
        wrong = _look_at_package()
        return max(int(wrong), _wait_for(command))
    if os.name != "nt":
        # The program takes this one's place: signals and the terminal are its own.
        os.execv(command[0], command)
    return _wait_for(command)


def _wait_for(command: list[str]) -> int:
    """Run a program that decides itself when it ends: it may have a token to keep first."""
    started: list[subprocess.Popen[bytes]] = []
    heard: list[int] = []

    def pass_on(number: int, _frame: object) -> None:
        heard.append(number)
        # On Windows a console tells both by itself, and to send a signal would be to kill. What
        # reaches the program twice, from a terminal and from here, counts once.
        if os.name != "nt" and started:
            started[0].send_signal(number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGBREAK"):
        number = getattr(signal, name, None)
        # What this program was started to ignore, that one ignores as well.
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, pass_on)
    started.append(subprocess.Popen(command))
    # What came while it was being started.
    for number in tuple(heard):
        pass_on(number, None)
    code = started[0].wait()
    # As shells say that a signal ended it.
    return 128 - code if code < 0 else code


def _program() -> str:
    """Where pip put `pinterest`: beside this interpreter, in the user's folder, or below `--target`."""
    name = f"pinterest{sysconfig.get_config_var('EXE') or ''}"
    below_target = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "bin")
    user = sysconfig.get_path("scripts", scheme=sysconfig.get_preferred_scheme("user"))
    for folder in (sysconfig.get_path("scripts"), user, below_target):
        program = os.path.join(folder, name)
        if os.path.isfile(program):
            return program
    raise FileNotFoundError(
        "the program `pinterest` is not where pip puts it: run `pip install --force-reinstall pinterest-sdk`"
    )


def _look_at_package() -> bool:
    """Say whether this package is installed as it should be; True if it is not."""
    # `--json` promises JSON on standard output.
    output = sys.stderr if "--json" in sys.argv else sys.stdout
    good, wrong = [f"Python {platform.python_version()}, {platform.platform()}"], []
    try:
        from pinterest_sdk import __version__
    except ImportError as error:
        wrong.append(f"the compiled part of pinterest-sdk cannot be loaded: {error}")
    else:
        good.append(f"pinterest-sdk {__version__}, its compiled part loads")
        place, advice = _generated_client()
        good.extend(place)
        wrong.extend(advice)
    for sign, sentences in (("✓", good), ("✗", wrong)):
        for sentence in sentences:
            print(f"{sign} {'package':13} {sentence}", file=output, flush=True)
    return bool(wrong)


def _generated_client() -> tuple[list[str], list[str]]:
    """Where the drop-in package is, and what is wrong with it."""
    from pinterest_sdk._conflict import advice, leftovers

    found = advice() or leftovers()
    if found is not None:
        return [], [found]
    # In a program of its own: nothing here imports what is built on top of this package.
    command = [sys.executable, "-c", f"from {_DROP_IN} import api_client; print(api_client.__file__)"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        repair = "run `pip install --force-reinstall pinterest-sdk`"
        reason = (done.stderr.strip().splitlines() or ["the interpreter ends"])[-1]
        return [], [f"{_DROP_IN} cannot be imported: {reason}; {repair}"]
    folder = os.path.dirname(done.stdout.strip())
    return [f"{_DROP_IN} is {folder}"], []


if __name__ == "__main__":
    sys.exit(main())
