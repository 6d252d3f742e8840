"""Workers of several languages on one store, killed and cut off while the clock leaps: see README.md."""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import IO, Any

from places import Folder, Network, Redis

ROOT = Path(__file__).resolve().parents[2]
ACCOUNTS = [f"shop-{number}" for number in range(6)]
CALLBACK = "http://localhost:8085/"
APP = {"PINTEREST_APP_ID": "1234567", "PINTEREST_APP_SECRET": "0123456789abcdef0123456789abcdef01234567"}
# Days of one leap: less than half of a refresh token's life, so that an account that misses one is not lost.
LEAP = 12
# What a worker may meet, since it is done to it; everything else is a fault.
EXPECTED = {"Network", "Server", "RateLimited"}
# What one may also meet whose connections to the store are broken off.
EXPECTED_AFAR = {*EXPECTED, "Store"}
# Seconds that a worker may take before it has used a token, on a busy machine.
YOUTH = 20
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))

KOTLIN = ROOT / "tests/soak/kotlin/target"
WORKERS: dict[str, list[str]] = {
    "rust": [str(ROOT / "target/release/pinterest-soak")],
    "python": [str(ROOT / "build/python/venv/bin/python"), str(ROOT / "tests/soak/worker.py")],
    # Beside node_modules, where the package is installed.
    "node": ["node", str(ROOT / "build/node/soak.mjs")],
    "kotlin": ["java", "-cp", f"{KOTLIN}/*:{KOTLIN}/dependency/*", "SoakKt"],
}


class Sandbox:
    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [str(ROOT / "target/release/pinterest-sandbox"), "--port", "0", "--json", "--until-stdin-closes"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.address = json.loads(self.process.stdout.readline())["http"]
        self.control("PATCH", "/switches", {"rotation": "invalidate_on_use"})

    def control(self, method: str, path: str, body: Any) -> Any:
        request = urllib.request.Request(
            self.address + "/_sandbox" + path, method=method, data=json.dumps(body).encode()
        )
        with DIRECT.open(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def code(self) -> str:
        return str(self.control("POST", "/codes", {"redirect_uri": CALLBACK})["code"])

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=10)


class Run:
    """What is known of all workers."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.used = 0
        self.logins = 0
        self.faults: list[str] = []
        self.known: set[str] = set()

    def hear(
        self, language: str, process: subprocess.Popen[str], line: str, *, is_afar: bool, is_young: bool
    ) -> None:
        word, _, rest = line.rstrip("\n").partition(" ")
        if word == "done":
            self.used += int(rest)
            if int(rest) == 0 and not is_young:
                self.faults.append(f"{language}: used no token")
        elif word == "login":
            account, _, message = rest.partition(" ")
            if account in self.known and "cut off" not in message:
                self.faults.append(f"{language}: {account}: {message}")
            self.known.add(account)
            self.logins += 1
            assert process.stdin is not None
            try:
                process.stdin.write(self.sandbox.code() + "\n")
                process.stdin.flush()
            except BrokenPipeError:
                pass  # It was killed meanwhile.
        elif word == "failed":
            _, kind, message = rest.split(" ", 2)
            if kind not in (EXPECTED_AFAR if is_afar else EXPECTED):
                self.faults.append(f"{language}: {rest}")
        else:
            self.faults.append(f"{language} says {line!r}")


class Worker:
    def __init__(self, run: Run, language: str, store: str, network: Network | None = None) -> None:
        self.run, self.language, self.store, self.network = run, language, store, network
        self.start()

    def start(self) -> None:
        environment = {**APP, "PINTEREST_API_URI": self.run.sandbox.address, "PATH": os.environ["PATH"]}
        environment["SOAK_REDIS_CLIENT"] = str(ROOT / ".tools/redis/package.json")
        where = self.network.inside if self.network else []
        self.process = subprocess.Popen(
            [*where, *WORKERS[self.language], self.store, *ACCOUNTS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert self.process.stdout is not None
        process, output = self.process, self.process.stdout
        self.listener = threading.Thread(target=self.listen, args=(process, output))
        self.listener.start()

    def listen(self, process: subprocess.Popen[str], output: IO[str]) -> None:
        started = time.monotonic()
        for line in output:
            # The last line of a worker that was killed may be a part of one.
            if line.endswith("\n"):
                is_young = time.monotonic() - started < YOUTH
                is_afar = self.network is not None
                self.run.hear(self.language, process, line, is_afar=is_afar, is_young=is_young)

    def kill(self, with_care: bool) -> None:
        if self.process.poll() is not None:
            self.run.faults.append(f"{self.language}: ended by itself, with {self.process.returncode}")
        if with_care:
            self.process.terminate()
        else:
            self.process.kill()
        self.end()

    def finish(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.end()
        if self.process.returncode != 0:
            self.run.faults.append(f"{self.language}: ended with {self.process.returncode}")

    def end(self) -> None:
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.run.faults.append(f"{self.language}: hangs at its end")
            self.process.kill()
        self.listener.join(timeout=10)


def trouble(sandbox: Sandbox, chance: random.Random) -> None:
    """The next answers are lost, refused, late or as they should be."""
    answers = [
        {"fault": "close"},
        {"pass": True, "fault": "close"},
        {"status": 503, "json": {"code": 12, "message": "down"}},
        {"status": 429, "json": {"code": 8, "message": "slowly"}, "headers": {"Retry-After": "1"}},
        {"pass": True, "delay_ms": 300},
        {"pass": True},
    ]
    sandbox.control("POST", "/script", chance.sample(answers, 2))


def live(
    hours: int, sandbox: Sandbox, workers: list[Worker], network: Network | None, chance: random.Random
) -> str:
    """Let the clock leap until so many hours are over, with trouble of every kind; give what was done."""
    lived, kills, cuts = 0, 0, 0
    while lived < hours:
        time.sleep(chance.uniform(0.3, 0.7))
        if chance.random() < 0.5:
            trouble(sandbox, chance)
        if chance.random() < 0.5:
            worker = chance.choice(workers)
            worker.kill(with_care=chance.random() < 0.5)
            worker.start()
            kills += 1
        if network and chance.random() < 0.2:
            network.cut()
            time.sleep(chance.uniform(0.1, 0.5))
            network.open()
            cuts += 1
        sandbox.control("POST", "/clock", {"advance_seconds": LEAP * 86_400})
        lived += LEAP * 24
        if sys.stderr.isatty():
            print(f"\r{lived:,} of {hours:,} hours", end="", file=sys.stderr)
    cut = f", {cuts} times a network cut" if network else ""
    return f"{lived:,} hours of token life, {len(workers)} workers, {kills} killed{cut}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=int, default=2000, help="hours of token life")
    parser.add_argument("--store", choices=["file", "redis"], default="file")
    parser.add_argument("--languages", nargs="+", default=list(WORKERS), choices=list(WORKERS))
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
    chance = random.Random(options.seed)
    sandbox, store = Sandbox(), Redis() if options.store == "redis" else Folder()
    run = Run(sandbox)
    network = None
    if isinstance(store, Redis) and os.geteuid() == 0:
        network = Network(store.port, int(sandbox.address.rsplit(":", 1)[1]))
    # The first logs everybody in, so that no other finds a store without tokens.
    workers = [Worker(run, options.languages[0], store.name)]
    limit = time.monotonic() + 30
    while len(run.known) < len(ACCOUNTS) and time.monotonic() < limit:
        time.sleep(0.1)
    time.sleep(0.5)
    others = [options.languages[0]] + [language for language in options.languages[1:] for _ in range(2)]
    workers += [Worker(run, language, store.name) for language in others]
    if network:
        workers += [Worker(run, language, store.name, network) for language in options.languages]
    done = live(options.hours, sandbox, workers, network, chance)
    sandbox.control("POST", "/script", [])
    time.sleep(2)
    for worker in workers:
        worker.finish()
    sandbox.close()
    if network:
        network.close()
    store.close()
    print(
        f"{done}: {run.used} tokens used, {run.logins - len(ACCOUNTS)} logins for a renewal that was cut off"
    )
    if run.used < len(ACCOUNTS):
        run.faults.append("hardly a token was used")
    for fault in run.faults[:20]:
        print("FAULT", fault)
    print(f"seed {options.seed}")
    return 1 if run.faults else 0


if __name__ == "__main__":
    sys.exit(main())
