"""Files that are there whole or not at all, whatever dies when."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

DRAFT = ".draft-"


def write_draft(folder: Path, content: bytes) -> Path:
    """A file under a passing name, its content on the disk."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{DRAFT}{secrets.token_hex(8)}"
    with open(draft, "xb", opener=_private) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return draft


def replace(path: Path, content: bytes) -> None:
    """Write a file, in place of one of that name if there is one."""
    draft = write_draft(path.parent, content)
    os.replace(draft, path)
    sync_folder(path.parent)


def create_once(path: Path, content: bytes) -> bool:
    """Write a file unless there is one of that name; returns whether it was written. Exactly one caller writes it."""
    if path.exists():
        return False
    draft = write_draft(path.parent, content)
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    sync_folder(path.parent)
    return True


def sync_folder(folder: Path) -> None:
    """Put a folder's list of names on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
