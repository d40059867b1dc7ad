"""The memory a serving process keeps from the system, where its C library lets itself be told (glibc)."""

from __future__ import annotations

import ctypes
from typing import Any

ARENAS = -8  # M_ARENA_MAX of mallopt(3)


def share_one_pool() -> None:
    """From now on all threads take memory from one pool, not each from its own; call it before they begin.

    Pools of their own serve threads that compute at the same time, which Python's never do; what one frees another can't take.
    """
    if mallopt := _told("mallopt"):
        mallopt(ARENAS, 1)


def give_back() -> None:
    """Return to the system what is free in between: the start takes much that nothing needs afterwards."""
    if trim := _told("malloc_trim"):
        trim(0)


def _told(name: str) -> Any:
    """A function of the C library; None where there is no such function."""
    return getattr(ctypes.CDLL(None), name, None)
