"""Where workers keep tokens and where they run: a folder or a Redis, this machine or a network of its own."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def free_port() -> int:
    """A port below those that the system gives out by itself: nobody is given it while a server is down."""
    while True:
        port = random.randrange(10_000, 30_000)
        with socket.socket() as free:
            try:
                free.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class Folder:
    """Files in a folder that is removed at the end."""

    def __init__(self) -> None:
        self.path = tempfile.mkdtemp(prefix="pinterest-soak-")
        self.name = f"file:{self.path}"

    def close(self) -> None:
        shutil.rmtree(self.path)


class Redis:
    """A Redis on the loopback that keeps nothing on the disk."""

    def __init__(self) -> None:
        self.port = free_port()
        self.name = f"redis://127.0.0.1:{self.port}"
        words = [
            "redis-server",
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if "Ready to accept connections" in line:
                return
        message = "Redis did not start"
        raise RuntimeError(message)

    def close(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=10)


class Network:
    """A network of its own, whose loopback leads to some ports of this machine's, and to nothing else."""

    def __init__(self, *ports: int) -> None:
        self.ports = ports
        self.name = f"pinterest-soak-{os.getpid()}"
        self.folder = tempfile.mkdtemp(prefix="pinterest-soak-net-")
        self.doors: list[subprocess.Popen[str]] = []
        subprocess.run(["ip", "netns", "add", self.name], check=True)
        subprocess.run([*self.inside, "ip", "link", "set", "lo", "up"], check=True)
        self.passages = [self.passage([], f"{self.folder}/{port}", str(port)) for port in ports]
        self.open()

    @property
    def inside(self) -> list[str]:
        """What a command begins with that runs there."""
        return ["ip", "netns", "exec", self.name]

    def open(self) -> None:
        """Lets connections through."""
        self.doors = [self.passage(self.inside, str(port), f"{self.folder}/{port}") for port in self.ports]

    def cut(self) -> None:
        """Breaks every connection off and lets none through."""
        for door in self.doors:
            door.kill()
            door.communicate()
        self.doors = []

    def passage(self, where: list[str], source: str, target: str) -> subprocess.Popen[str]:
        words = [*where, sys.executable, str(HERE / "forward.py"), source, target]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    def close(self) -> None:
        self.cut()
        for passage in self.passages:
            passage.kill()
            passage.communicate()
        subprocess.run(["ip", "netns", "delete", self.name], check=True)
        shutil.rmtree(self.folder)
