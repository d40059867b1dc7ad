"""The folder of a site where compiled catalogues and templates stay from one start to the next; it may be deleted at any time."""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import renderers

FOLDER = "compiled"
SOURCES = (".py", ".po", ".html")
DIGEST = 32  # bytes, before the content: a damaged file is no file
LIBRARIES = ("Jinja2", "Babel")


class CompiledFolder:
    """A shelf (`renderers.compiled`). Names begin with a digest of all that is compiled from, so that a newer release, another
    Python or a changed catalogue finds nothing of the old ones."""

    def __init__(self, folder: Path, *catalogues: Path) -> None:
        """`catalogues`: the folders of further languages. Nothing is written before something is put."""
        self._folder = folder
        self._generation = _digest_of(_sources([Path(path) for path in renderers.__path__] + [*catalogues]))

    def get(self, name: str) -> bytes | None:
        """What was put under a name; None for nothing, and for what is damaged."""
        try:
            found = self._path(name).read_bytes()
        except OSError:
            return None
        digest, content = found[:DIGEST], found[DIGEST:]
        return content if hashlib.sha256(content).digest() == digest else None

    def put(self, name: str, content: bytes) -> None:
        """Write a file, whole or not at all; a folder that can't be written only costs time at the next start."""
        draft = self._path(f"{name}.{secrets.token_hex(8)}.draft")
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.write_bytes(hashlib.sha256(content).digest() + content)
            os.replace(draft, self._path(name))

    def forget_others(self) -> None:
        """Delete what other releases left, and what somebody who died was writing."""
        with suppress(OSError):
            for path in self._folder.iterdir():
                if not path.name.startswith(self._generation) or path.suffix == ".draft":
                    path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{self._generation}-{name}"


def _sources(folders: list[Path]) -> Iterator[str]:
    """Everything that is compiled or has a part in it, each with its size and age."""
    yield sys.version
    yield from (f"{library} {version(library)}" for library in LIBRARIES)
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in SOURCES:
                known = path.stat()
                yield f"{path} {known.st_size} {known.st_mtime_ns}"


def _digest_of(lines: Iterator[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
