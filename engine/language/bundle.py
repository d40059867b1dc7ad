"""The files of one scheme, as texts: what is read from a folder, kept in a version, and loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from engine.language.sharing import LIBRARY, NAME, SITE, SOURCES, library, used

SCHEME = "scheme.yaml"
TESTS = "tests.yaml"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Name → text: "scheme.yaml", "texts/en.yaml", "texts/accepted.fr.md", "lists/naf.csv", "tests.yaml", and what the
    scheme uses of the shared files: "shared/workflows/two_readers.yaml", "workflows/library/instruction.yaml".

    `shown` is what stands before these names in a problem's place: the folder, or the whole name of a one-file scheme;
    `elsewhere` how a file is called that stands in another folder; `shelf` the shared files one could use.
    """

    files: Mapping[str, str]
    shown: str = ""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    shelf: tuple[str, ...] = ()

    @staticmethod
    def read(path: Path) -> Bundle:
        """The files of a folder, or a one-file scheme, with what it uses of the shared files: those of the folder `shared`
        beside it, and the library's. Raises OSError, UnreadableFile."""
        if path.is_file():
            return _with_site(Bundle({SCHEME: _text(path)}, str(path)), path)
        found = [*path.glob("*.yaml"), *path.glob("texts/*"), *path.glob("lists/*.csv")]
        wanted = sorted(file for file in found if file.suffix in {".yaml", ".md", ".csv"})
        carried = _shared_in(
            path, f"{SITE}*/*", f"{LIBRARY}*", f"{SOURCES}*"
        )  # of a version that was written out whole
        files = {file.relative_to(path).as_posix(): _text(file) for file in wanted}
        files |= {name: _text(file) for name, file in carried.items()}
        return _with_site(Bundle(files, f"{path}/"), path)

    def with_library(self) -> Bundle:
        """This bundle with the workflows and connectors that come with Guichet, those it uses and doesn't carry yet."""
        known = library()
        return self.with_shared({file: file for file in known}, known.__getitem__)

    def with_shared(self, shelf: Mapping[str, str], read: Callable[[str], str]) -> Bundle:
        """This bundle with what it uses of a shelf (file → what problems call it) and doesn't carry yet."""
        found = used(self.files, shelf, read)
        elsewhere = {**self.elsewhere, **{file: shelf[file] for file in found}}
        known = tuple(sorted({*self.shelf, *shelf}))
        return replace(self, files={**self.files, **found}, elsewhere=elsewhere, shelf=known)

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
        if file in self.elsewhere:
            return self.elsewhere[file]
        return (
            self.shown
            if file == SCHEME and self.shown and not self.shown.endswith("/")
            else self.shown + file
        )


def _with_site(bundle: Bundle, path: Path) -> Bundle:
    """With what the scheme at `path` uses of the library, and of the folder `shared` beside it."""
    beside = path if path.name not in {"", ".."} else path.resolve()
    found = _shared_in(beside.parent, f"{SITE}*/*")
    called = {name: str(file) for name, file in found.items()}
    return bundle.with_library().with_shared(called, lambda name: _text(found[name]))


def _shared_in(folder: Path, *patterns: str) -> dict[str, Path]:
    """The shared files of a folder: name → where it stands."""
    found = {one.relative_to(folder).as_posix(): one for pattern in patterns for one in folder.glob(pattern)}
    return {name: found[name] for name in sorted(found) if NAME.fullmatch(name)}


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
