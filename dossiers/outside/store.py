"""The store of documents: a folder of encrypted files, each named by a key that tells nothing."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from dossiers.outside import durable
from dossiers.outside.vault import Vault

KEY = re.compile(r"[a-z0-9-]{16,80}")


class Missing(Exception):
    """The store has nothing under that key."""


class Store(Protocol):
    """Where documents' contents are kept."""

    def put(self, content: bytes, key: str | None = None) -> str:
        """Keep a content; returns its key. A key given by the caller replaces what was under it."""
        ...

    def get(self, key: str) -> bytes:
        """The content under a key. Raises Missing."""
        ...

    def remove(self, key: str) -> None:
        """Delete a content; one that is gone already is no error."""
        ...

    def keys(self, age: timedelta) -> Iterator[str]:
        """The keys of what has been there for longer than `age`, by the machine's clock."""
        ...

    def tidy(self, age: timedelta) -> None:
        """Delete what was left, longer ago than `age`, by who died while writing a content."""
        ...


class LocalStore:
    """Files under a folder of this machine, sealed by the vault; each is bound to its own key."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder = folder
        self._vault = vault

    def put(self, content: bytes, key: str | None = None) -> str:
        """Keep a content, on the disk when this returns."""
        key = key or secrets.token_hex(16)
        durable.replace(self._path(key), self._vault.seal(content, _context(key)))
        return key

    def get(self, key: str) -> bytes:
        """The content under a key. Raises Missing, and vault.Tampered when the file was altered."""
        try:
            sealed = self._path(key).read_bytes()
        except FileNotFoundError as error:
            raise Missing(key) from error
        return self._vault.open(sealed, _context(key))

    def remove(self, key: str) -> None:
        """Delete a content; one that is gone already is no error."""
        self._path(key).unlink(missing_ok=True)

    def keys(self, age: timedelta) -> Iterator[str]:
        """The keys of what has been there for longer than `age`, by the machine's clock."""
        return (path.name for path in self._older("*", age) if KEY.fullmatch(path.name))

    def tidy(self, age: timedelta) -> None:
        """Delete what was left, longer ago than `age`, by who died while writing a content."""
        for path in self._older(f"{durable.DRAFT}*", age):
            path.unlink(missing_ok=True)

    def _older(self, pattern: str, age: timedelta) -> Iterator[Path]:
        latest = time.time() - age.total_seconds()
        for path in self._folder.glob(f"??/{pattern}"):
            with suppress(FileNotFoundError):  # deleted meanwhile
                if path.stat().st_mtime < latest:
                    yield path

    def _path(self, key: str) -> Path:
        """Never outside the folder: a key has no dot and no slash."""
        if not KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no key of the store")
        return self._folder / key[:2] / key


def _context(key: str) -> str:
    return f"file:{key}"
