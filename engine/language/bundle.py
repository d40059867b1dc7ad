"""The files of one scheme, as texts: what is read from a folder, kept in a version, and loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

SCHEME = "scheme.yaml"
TESTS = "tests.yaml"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Name → text: "scheme.yaml", "texts/en.yaml", "texts/accepted.fr.md", "lists/naf.csv", "tests.yaml".

    `shown` is what stands before these names in a problem's place: the folder, or the whole name of a one-file scheme.
    """

    files: Mapping[str, str]
    shown: str = ""

    @staticmethod
    def read(path: Path) -> Bundle:
        """The files of a folder, or a one-file scheme. Raises OSError, UnicodeDecodeError (with the file's name)."""
        if path.is_file():
            return Bundle({SCHEME: _text(path)}, str(path))
        found = [*path.glob("*.yaml"), *path.glob("texts/*"), *path.glob("lists/*.csv")]
        wanted = sorted(file for file in found if file.suffix in {".yaml", ".md", ".csv"})
        return Bundle({file.relative_to(path).as_posix(): _text(file) for file in wanted}, f"{path}/")

    @property
    def checksum(self) -> str:
        """SHA-256 (hex) of the sorted files, names and texts."""
        digest = sha256()
        for name, text in sorted(self.files.items()):
            for part in (name, text):
                encoded = part.encode("utf-8", "surrogatepass")
                digest.update(len(encoded).to_bytes(8, "big") + encoded)
        return digest.hexdigest()

    def name_of(self, file: str) -> str:
        """How a file is called in the places of problems."""
        return (
            self.shown
            if file == SCHEME and self.shown and not self.shown.endswith("/")
            else self.shown + file
        )


class UnreadableFile(ValueError):
    """A file which is no UTF-8 text: its name, and the line and column (from 1) where it stops being one."""

    def __init__(self, name: str, line: int, column: int) -> None:
        super().__init__(f"{name}:{line}:{column}: this file is no UTF-8 text")
        self.name = name
        self.line = line
        self.column = column


def _text(file: Path) -> str:
    """The text of a file, without a byte order mark, its lines ended by a line feed."""
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
        line = before.count("\n") + 1
        raise UnreadableFile(str(file), line, len(before) - before.rfind("\n")) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
