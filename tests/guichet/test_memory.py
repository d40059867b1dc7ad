"""A serving process takes memory from one pool, and gives back what only its start needed."""

import ctypes
import subprocess
import sys

import pytest

glibc = pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="the C library of this machine can't be told"
)
POOLS = """
import re, threading
from guichet import memory

kept, done, taken = [], threading.Event(), threading.Barrier(7)

def take():
    kept.extend(b"x" * 60_000 for _ in range(20))
    taken.wait()
    done.wait()

{told}
threads = [threading.Thread(target=take) for _ in range(6)]
for one in threads:
    one.start()
taken.wait()
pools = [line for line in open("/proc/self/maps") if re.match(r"[0-9a-f]+[048c]000000-", line) and len(line.split()) == 5 and "rw-p" in line]
print(len(pools))
done.set()
"""
FREED = """
from guichet import memory

def resident():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS"))

memory.share_one_pool()
parts = [b"x" * 60_000 for _ in range(1_000)]
del parts[:-1]
held = resident()
memory.give_back()
print(held - resident())
"""


def printed(program: str) -> int:
    return int(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    )


@glibc
def test_threads_take_from_one_pool():
    assert printed(POOLS.format(told="")) >= 5  # each its own, left to itself
    assert printed(POOLS.format(told="memory.share_one_pool()")) == 0


@glibc
def test_what_is_free_in_between_is_given_back():
    assert printed(FREED) > 50_000  # KiB of about 58 000


def test_another_c_library_is_left_alone(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    from guichet import memory

    memory.share_one_pool()
    memory.give_back()
