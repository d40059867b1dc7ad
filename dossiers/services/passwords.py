"""Passwords of staff: hashed by Argon2id, a few at a time, since each takes 64 MiB and a good part of a core."""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST = 12  # characters; ANSSI-PG-078 asks for length before anything else
AT_ONCE = 2

# kept for an account whose owner hasn't chosen a password: it is no hash, nothing matches it
NONE = "none yet"

_HASHER = PasswordHasher()
_SLOTS = threading.BoundedSemaphore(AT_ONCE)


def hash_password(password: str) -> str:
    """The hash to keep, salt and parameters included."""
    with _SLOTS:
        return _HASHER.hash(password)


def is_right(kept: str | None, password: str) -> bool:
    """Whether a password matches its hash; False, after as long, when there is none."""
    chosen = kept is not None and kept != NONE
    with _SLOTS:
        try:
            _HASHER.verify(kept if kept is not None and chosen else _nobody(), password)
        except (VerifyMismatchError, InvalidHashError):
            return False
    return chosen


@cache
def _nobody() -> str:
    """What is compared with when there is no such account, so that the time taken doesn't tell. Made on first use: it
    takes as long as a sign-in, and a start shouldn't."""
    return _HASHER.hash("nobody has this password")
