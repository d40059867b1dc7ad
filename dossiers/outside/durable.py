"""Files that are there whole or not at all, whatever dies when."""

from __future__ import annotations

import glob
import os
import secrets
from pathlib import Path

DRAFT = ".draft-"


def write_draft(path: Path, content: bytes) -> Path:
    """The file under a passing name beside its own, its content on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{DRAFT}{path.name}.{secrets.token_hex(8)}")
    with open(draft, "xb", opener=_private) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return draft


def replace(path: Path, content: bytes) -> None:
    """Write a file, in place of one of that name if there is one."""
    draft = write_draft(path, content)
    os.replace(draft, path)
    sync_folder(path.parent)


def create_once(path: Path, content: bytes) -> bool:
    """Write a file unless there is one of that name; returns whether it was written. Exactly one caller writes it.

    What those who died while writing it left behind goes.
    """
    created = not path.exists() and _link(path, content)
    _tidy(path)
    if created:
        sync_folder(path.parent)
    return created


def remove(path: Path) -> None:
    """Delete a file and what was left of writing it; what is gone already is no error."""
    path.unlink(missing_ok=True)
    _tidy(path)
    if path.parent.exists():
        sync_folder(path.parent)


def _tidy(path: Path) -> None:
    for left in path.parent.glob(f"{DRAFT}{glob.escape(path.name)}.*"):
        left.unlink(missing_ok=True)


def _link(path: Path, content: bytes) -> bool:
    draft = write_draft(path, content)
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    except FileNotFoundError:  # whoever was faster has tidied up
        if path.exists():
            return False
        raise
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
