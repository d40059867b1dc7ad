"""One YAML file read into plain data, with the place of every key and value; faulty lines are mended and told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from engine.language.frames import Scalar
from engine.language.indent_slips import odd_indentation
from engine.language.offsets import offsets
from engine.language.slip import Slip
from engine.language.syntax_slips import diagnose
from engine.language.tree import Builder
from engine.language.written import Written
from engine.problems import Path, Place, Problem

MENDINGS = 50  # faulty lines told in one run; whoever has more reads the first fifty
SIZE = 1_000_000  # characters of one file
_PURE = yaml.SafeLoader
_FAST = getattr(yaml, "CSafeLoader", _PURE)
_UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class Use:
    """A shared file a scheme starts from: its name, how problems call the file, where the scheme says so, what of it the
    scheme takes away."""

    name: str
    file: str
    place: Place
    taken: frozenset[Path] = frozenset()


@dataclass(slots=True)
class Source:
    """A file's data (mappings, lists, texts, true, false, None) and its places by path; problems found on the way.

    `damaged` says that a line had to be left out, so what seems to be missing may only be unreadable.
    """

    name: str
    data: object = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    scalars: dict[Path, Scalar] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    damaged: bool = False
    written: Written = field(default_factory=lambda: Written("", ""))
    borrowed: dict[Path, tuple[Source, Path]] = field(
        default_factory=dict
    )  # texts that stand in a shared file
    uses: list[Use] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Where a value begins, or the nearest thing above it that stands in the file."""
        return next((self.values[above] for above in _upwards(path) if above in self.values), self.start)

    def key_place(self, path: Path) -> Place:
        """Where the key of a value stands (the value itself in a list)."""
        return self.keys[path] if path in self.keys else self.place(path)

    def read_as(self, better: Mapping[Path, str]) -> None:
        """From now on, what stands at each of these paths is found as if its last key were this one."""
        self.keys = {_renamed(path, better): place for path, place in self.keys.items()}
        self.values = {_renamed(path, better): place for path, place in self.values.items()}
        self.scalars = {_renamed(path, better): scalar for path, scalar in self.scalars.items()}
        self.borrowed = {_renamed(path, better): found for path, found in self.borrowed.items()}

    @property
    def start(self) -> Place:
        """The beginning of the file."""
        return Place(self.name, 1, 1)

    def inside(self, path: Path, offset: int) -> Place:
        """Where the character at `offset` of a text stands in the file, whatever its quotes."""
        scalar = self.scalars.get(path)
        if scalar is None and path in self.borrowed:
            source, there = self.borrowed[path]
            return source.inside(there, offset)
        if scalar is None:
            return self.place(path)
        typed = self.written.text[scalar.start + len(scalar.style) : scalar.end]
        if (
            offset == 0
            and scalar.style in {"", "'", '"'}
            and typed[:1] == scalar.value[:1]
            and not typed[:1].isspace()
        ):
            return self.written.place(scalar.start + len(scalar.style))  # nearly always: where a text begins
        found = offsets(self.written.text[scalar.start : scalar.end], scalar.style, scalar.value)
        return self.written.place(scalar.start + found[min(offset, len(found) - 1)])

    def comment_after(self, path: Path) -> str | None:
        """The comment on the line where an unquoted value ends (`aide # 5`); None when there is none."""
        scalar = self.scalars.get(path)
        if scalar is None and path in self.borrowed:
            source, there = self.borrowed[path]
            return source.comment_after(there)
        if scalar is None or scalar.style:
            return None
        rest = self.written.rest_of_line(scalar.end)
        return rest.strip() if rest.strip().startswith("#") else None


def _renamed(path: Path, better: Mapping[Path, str]) -> Path:
    return tuple(better.get(path[: number + 1], step) for number, step in enumerate(path))


def _upwards(path: Path) -> Iterator[Path]:
    for length in range(len(path), -1, -1):
        yield path[:length]


def read_source(text: str, name: str) -> Source:
    """Read one YAML file; raises nothing: whatever is wrong is in `problems`, with its place."""
    source = Source(name)
    if len(text) > SIZE:
        source.problems.append(Problem("file_too_large", {"limit": SIZE}, source.start))
        return source
    text = _printable(text, source)
    written = source.written = Written(name, text)
    fatal = _mend_all(source, written)
    if fatal is not None:
        source.problems.append(fatal)
        source.damaged = True
    return source


def _printable(text: str, source: Source) -> str:
    """The text with a blank for each sign YAML doesn't read; each is told once a line."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := _UNPRINTABLE.search(line):
            sign = f"U+{ord(found[0]):04X}"
            place = Place(source.name, number, found.start() + 1)
            source.problems.append(Problem("unprintable", {"sign": sign}, place))
    return _UNPRINTABLE.sub(" ", text)


def _mend_all(source: Source, written: Written) -> Problem | None:
    """Parse, mend the line that stops the parser, and parse again; a Problem when that leads nowhere."""
    for _ in range(MENDINGS):
        builder = Builder(written)
        error = _parse(written.text, builder)
        if error is None and builder.odd_lines and _straighten(builder, source, written):
            continue
        if error is None:
            source.data, source.keys, source.values = builder.data, builder.keys, builder.values
            source.scalars = builder.scalars
            source.problems += builder.problems
            source.damaged |= builder.cut_short
            return None
        slip = diagnose(written, error)
        source.problems += slip.problems
        source.damaged |= slip.blanked
        if not _apply(slip, written):
            return None if slip.problems else Problem("yaml_syntax", {}, source.start)
    return Problem("too_many_slips", {"limit": MENDINGS}, source.start)


def _straighten(builder: Builder, source: Source, written: Written) -> bool:
    """Indent with blanks the lines that begin with no-break spaces; whether that changed anything."""
    slip = odd_indentation(written, yaml.MarkedYAMLError(), builder.odd_lines[0])
    if slip is None or not _apply(slip, written):
        return False
    source.problems += slip.problems
    return True


def _parse(text: str, builder: Builder) -> yaml.MarkedYAMLError | None:
    """Build the data; the error when the text is no YAML, always as the pure Python parser words and places it."""
    try:
        builder.build(yaml.parse(text, Loader=_FAST))
    except yaml.YAMLError as first:
        if _FAST is _PURE:
            return _marked(first)
        builder.reset()
        try:
            builder.build(yaml.parse(text, Loader=_PURE))
        except yaml.YAMLError as error:
            return _marked(error)
    return None


def _marked(error: yaml.YAMLError) -> yaml.MarkedYAMLError:
    return error if isinstance(error, yaml.MarkedYAMLError) else yaml.MarkedYAMLError(problem=str(error))


def _apply(slip: Slip, written: Written) -> bool:
    """Write the mended line in place of the faulty one; whether that changed anything."""
    changed = False
    for line, edits in slip.edits.items():
        changed |= written.edit(line, edits)
    return changed
