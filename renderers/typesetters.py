"""The processes in which Typst runs, kept for the next paper: starting one costs more than the paper.

Each makes one paper at a time, ends by itself when nothing comes for a while, and is ended after some papers, or when one
takes too long: whatever a paper does to it, the next ones don't see it.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from pathlib import Path
from queue import Empty, LifoQueue
from typing import IO

PROGRAM = Path(__file__).with_name("typesetter.py")
MOST_PAPERS = 200
HEAD = 9  # bytes before an answer: "+" or "-", then its length in eight bytes


class Failed(Exception):
    """A paper that could not be made; the message is what was said of it."""


class Typesetter:
    """One process at work."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(PROGRAM), "--many"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.papers = 0

    def make(self, asked: bytes, at_most: float) -> bytes:
        """The PDF of one paper. Raises Failed, EOFError when the process is gone, TimeoutError when it took too long."""
        assert self._process.stdin is not None and self._process.stdout is not None
        late = threading.Event()
        alarm = threading.Timer(at_most, self._end_late, [late])
        alarm.daemon = True
        alarm.start()
        try:
            self.papers += 1
            self._process.stdin.write(len(asked).to_bytes(8, "big") + asked)
            self._process.stdin.flush()
            head = _read(self._process.stdout, HEAD)
            content = _read(self._process.stdout, int.from_bytes(head[1:], "big"))
        except (EOFError, OSError) as error:
            self.end()
            raise (TimeoutError() if late.is_set() else EOFError()) from error
        finally:
            alarm.cancel()
        if head[:1] != b"+":
            raise Failed(content.decode("utf-8", "replace"))
        return content

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()

    def _end_late(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()


_idle: LifoQueue[Typesetter] = LifoQueue()


def make(asked: bytes, at_most: float) -> bytes:
    """The PDF of one paper, by a process that has nothing to do. Raises Failed, TimeoutError."""
    while True:
        kept = _kept()
        one = kept or Typesetter()
        try:
            made = one.make(asked, at_most)
        except EOFError:
            if kept is None:
                raise Failed("the process ended by itself") from None
            continue  # it had ended while it was idle: another one is begun
        except Failed:
            _keep(one)
            raise
        _keep(one)
        return made


def _kept() -> Typesetter | None:
    try:
        return _idle.get_nowait()
    except Empty:
        return None


def _keep(one: Typesetter) -> None:
    if one.papers < MOST_PAPERS:
        _idle.put(one)
    else:
        one.end()


def _read(source: IO[bytes], count: int) -> bytes:
    found = source.read(count)
    if len(found) < count:
        raise EOFError
    return found


def _forget() -> None:
    """A forked process must not speak to those of the process it comes from."""
    global _idle
    _idle = LifoQueue()


def _end_all() -> None:
    """Nothing is left running by who leaves."""
    while (one := _kept()) is not None:
        one.end()


os.register_at_fork(after_in_child=_forget)
atexit.register(_end_all)
