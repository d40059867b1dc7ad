"""The processor a serving process keeps to, where there are several (Linux)."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import suppress

SPREAD = (
    "GUICHET_PROCESSORS"  # those a process might use before it kept to one: what it starts may use them again
)


def allowed() -> list[int]:
    """The processors this process may use; none where the system doesn't say."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


def least_taken(taken: Iterable[int | None], among: Collection[int]) -> int | None:
    """The processor that fewest keep to already; None where there is nothing to choose.

    Two sites of one machine begin at different ones, unless chance has it otherwise.
    """
    if len(among) < 2:
        return None
    count, turned = Counter(taken), os.getpid() % len(among)
    ordered = [*list(among)[turned:], *list(among)[:turned]]
    return min(ordered, key=lambda one: count[one])


def keep_to(processor: int | None) -> None:
    """From now on this thread, and those it starts, run on one processor.

    Threads of one interpreter never compute at the same time: on two processors they carry what they work on to and fro.
    """
    if processor is None:
        return
    before = allowed()
    with suppress(OSError):  # a sandbox may forbid it: the server is only slower
        os.sched_setaffinity(0, {processor})
        os.environ[SPREAD] = ",".join(map(str, before))
