"""The file of an export in the store: parts of some megabytes, each sealed by itself, so that no file is ever whole in memory."""

from __future__ import annotations

import hashlib
import re

from dossiers.outside.store import Store

PART = 4 * 2**20  # bytes
KEY = re.compile(r"export-([0-9a-f]{32})-[0-9]{6}")


def part_key(public_id: str, number: int) -> str:
    """Where a part of an export is stored, counted from 0."""
    return f"export-{public_id}-{number:06}"


def export_of(key: str) -> str | None:
    """The export (its public id) a key of the store belongs to; None for any other content."""
    found = KEY.fullmatch(key)
    return found.group(1) if found else None


class Parts:
    """A stream whose bytes go to the store, part by part; written again, it replaces them."""

    def __init__(self, store: Store, public_id: str) -> None:
        self._store, self._public_id = store, public_id
        self._kept, self._digest = bytearray(), hashlib.sha256()
        self.count = self.size = 0
        self.closed = False

    def write(self, data: bytes) -> int:
        """Take some bytes; keeps at most one part in memory."""
        self._kept += data
        self._digest.update(data)
        self.size += len(data)
        while len(self._kept) >= PART:
            self._put(PART)
        return len(data)

    def flush(self) -> None:
        """Nothing: a part is stored when it is full, the last one by `close`."""

    def close(self) -> None:
        """Store what is left."""
        if self._kept or not self.count:
            self._put(len(self._kept))
        self.closed = True

    @property
    def sha256(self) -> str:
        """The digest of all that was written."""
        return self._digest.hexdigest()

    def writable(self) -> bool:
        """Whether it takes bytes."""
        return True

    def readable(self) -> bool:
        """It gives none back."""
        return False

    def seekable(self) -> bool:
        """It knows no way back."""
        return False

    def _put(self, size: int) -> None:
        self._store.put(bytes(self._kept[:size]), part_key(self._public_id, self.count))
        del self._kept[:size]
        self.count += 1
