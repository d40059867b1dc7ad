"""A process of the web server keeps to one processor; its siblings take others, and what it starts takes all."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from guichet import processors
from guichet.processors import least_taken

several = pytest.mark.skipif(len(processors.allowed()) < 2, reason="this machine has one processor")
LONG = 120  # seconds


@pytest.mark.parametrize("among", [[], [0], [5]])
def test_where_there_is_nothing_to_choose_nothing_is_chosen(among):
    assert least_taken([], among) is None


def test_siblings_take_different_processors():
    taken: list[int | None] = []
    for _ in range(6):
        taken.append(least_taken(taken, [0, 2, 7]))
    assert sorted(taken) == [0, 0, 2, 2, 7, 7]


def test_the_place_of_one_that_ended_is_taken_again():
    assert least_taken([0, 7, None], [0, 2, 7]) == 2


@several
def test_what_a_kept_process_starts_may_use_all():
    program = f"""
import os, subprocess, sys
from guichet import processors
before = processors.allowed()
processors.keep_to(before[-1])
spread = "from renderers import typesetter; typesetter._spread(); import os; print(sorted(os.sched_getaffinity(0)))"
told = subprocess.run([sys.executable, "-c", spread], check=True, capture_output=True, text=True, timeout={LONG}).stdout
assert processors.allowed() == before[-1:], processors.allowed()
assert told == f"{{before}}\\n", told
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=LONG)


def test_a_server_that_may_not_choose_goes_on(monkeypatch):
    def refuse(_process, _processors):
        raise PermissionError

    monkeypatch.setattr(os, "sched_setaffinity", refuse, raising=False)
    monkeypatch.delenv(processors.SPREAD, raising=False)
    processors.keep_to(0)
    assert processors.SPREAD not in os.environ


@several
@pytest.mark.parametrize(("setting", "wanted"), [("", 1), ("keep_to_one_processor = no\n", None)])
def test_the_web_server_keeps_to_one_unless_told_otherwise(tmp_path, setting, wanted):
    (tmp_path / "guichet.ini").write_text(f"[site]\n{setting}", encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "guichet", "web", "--data", str(tmp_path), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(server, port)
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        kept = [
            len(os.sched_getaffinity(int(thread.name)))
            for thread in Path(f"/proc/{children[0]}/task").iterdir()
        ]
    finally:
        server.terminate()
        server.wait(LONG)
    assert set(kept) == {wanted or len(processors.allowed())}


def _await(server: subprocess.Popen[bytes], port: int) -> None:
    """Its first page: its threads are there by then."""
    until = time.monotonic() + LONG
    while time.monotonic() < until:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
        try:
            link.request("GET", "/")
            assert link.getresponse().status == 200
            return
        except ConnectionRefusedError:
            with pytest.raises(subprocess.TimeoutExpired):  # it is still starting
                server.wait(0.05)
        finally:
            link.close()
    raise AssertionError("no page")
