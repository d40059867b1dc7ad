"""The site's secret: one key, made at the first start, from which every other is derived."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dossiers.settings import SiteError

SIZE = 32  # bytes


class KeysError(SiteError):
    """The file of keys can't be used; the sentence says which and what to do."""


def load_or_make(path: Path) -> bytes:
    """The site's master key. Made when the file is not there, readable by its owner alone. Raises KeysError.

    Several processes may start at once: the first file in place wins, and all read that one.
    """
    if not path.exists():
        _make(path)
    try:
        found = bytes.fromhex(json.loads(path.read_text(encoding="ascii"))["master"])
    except (ValueError, KeyError, TypeError) as error:
        raise KeysError(
            f"{path} is damaged: restore it from a backup; without it sealed answers can't be read."
        ) from error
    if len(found) != SIZE:
        raise KeysError(
            f"{path} holds a key of {len(found)} bytes instead of {SIZE}: restore it from a backup."
        )
    return found


def derive(master: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose (HKDF-SHA256, RFC 5869); no purpose's key tells another's."""
    return HKDF(SHA256(), SIZE, salt=None, info=f"guichet/{purpose}".encode()).derive(master)


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump({"master": secrets.token_hex(SIZE)}, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # unlike a rename, refuses to replace the key of a process that was faster
    except FileExistsError:
        pass
    finally:
        draft.unlink()
