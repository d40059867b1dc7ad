"""Web servers to measure, each a process of its own: our `web` or `serve`, and the floor under the same settings."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.clients import HOST
from guichet.server import FIRST_VISITS

SLOWEST_START = 300  # seconds, on a machine that does other things
MEBIBYTE = 1024  # /proc counts in KiB


@dataclass(frozen=True, slots=True)
class Server:
    """One running server. `ready_after`: seconds from the command to its first page."""

    process: subprocess.Popen[bytes]
    port: int
    ready_after: float

    def work(self) -> float:
        """Seconds of processor the family of processes has taken so far, its database server's not counted."""
        return sum(map(_ticks, _family(self.process.pid))) / os.sysconf("SC_CLK_TCK")

    def rest(self) -> None:
        """Wait until it has nothing left to do by itself: it prepares the rest of its pages once the first ones are answered."""
        time.sleep(FIRST_VISITS + 0.5)
        before = -1.0
        while (now := self.work()) > before:
            before = now
            time.sleep(0.3)

    def memory(self) -> float:
        """MiB of the whole family of processes, what they share counted once (proportional set size)."""
        return sum(map(_proportional, _family(self.process.pid))) / MEBIBYTE


@contextmanager
def ours(data: Path, *, worker: bool = False) -> Iterator[Server]:
    """`guichet web` on a site's folder, or `guichet serve` with its worker inside."""
    command = ["-m", "guichet", "serve" if worker else "web", "--data", str(data), "--host", HOST]
    with _running(command, data / "server.log", "/") as server:
        yield server


@contextmanager
def worker(data: Path) -> Iterator[None]:
    """`guichet worker` on a site's folder, beside its pages."""
    with (data / "worker.log").open("ab") as output:
        command = [sys.executable, "-m", "guichet", "worker", "--data", str(data)]
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)


@contextmanager
def floor(url: str, log: Path) -> Iterator[Server]:
    """The floor on its own database."""
    with _running(["-m", "bench.floor", "--url", url], log, "/") as server:
        yield server


@contextmanager
def _running(command: list[str], log: Path, page: str) -> Iterator[Server]:
    port, began = _free_port(), time.perf_counter()
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, *command, "--port", str(port)], stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait(process, port, page, log)
            yield Server(process, port, time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait(30)


def _wait(process: subprocess.Popen[bytes], port: int, page: str, log: Path) -> None:
    until = time.perf_counter() + SLOWEST_START
    while time.perf_counter() < until:
        if process.poll() is not None:
            raise RuntimeError(
                f"the server ended by itself ({process.returncode}):\n{log.read_text()[-3000:]}"
            )
        try:
            link = http.client.HTTPConnection(HOST, port, timeout=10)
            link.request("GET", page)
            status = link.getresponse().status
            link.close()
        except OSError:
            time.sleep(0.02)
            continue
        if status >= 500:
            raise RuntimeError(f"{page} answered {status}:\n{log.read_text()[-3000:]}")
        return
    raise RuntimeError(f"no page after {SLOWEST_START} s:\n{log.read_text()[-3000:]}")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


def _family(pid: int) -> list[int]:
    """A process and its descendants."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _ticks(pid: int) -> int:
    """User and system time: the 14th and 15th fields of proc_pid_stat(5), counted after the name in brackets."""
    after = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(after[11]) + int(after[12])


def _proportional(pid: int) -> int:
    found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    return int(found[1]) if found else 0
