"""Two people changed the same text: what both did, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff

MINE, MIDDLE, THEIRS = "<<<<<<<", "=======", ">>>>>>>"


@dataclass(frozen=True, slots=True)
class Merged:
    """Both changes in one text; `conflicts` are the places where they touch the same lines, both kept between marks."""

    text: str
    conflicts: int


def merge(base: str, mine: str, theirs: str, names: tuple[str, str]) -> Merged:
    """Bring together what two texts changed of a third; `names` say whose each side is, in the marks."""
    lines = [text.splitlines(keepends=True) for text in (base, mine, theirs)]
    made: list[str] = []
    conflicts = 0
    for old, one, other in _regions(*lines):
        if one == other or other == old:
            made += one
        elif one == old:
            made += other
        else:
            conflicts += 1
            made += [
                f"{MINE} {names[0]}\n",
                *_ended(one),
                f"{MIDDLE}\n",
                *_ended(other),
                f"{THEIRS} {names[1]}\n",
            ]
    return Merged("".join(made), conflicts)


Region = tuple[Sequence[str], Sequence[str], Sequence[str]]


def _regions(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Region]:
    """The three texts cut where all of them agree again; each piece as it stands in each."""
    at = (0, 0, 0)
    for start, of_mine, of_theirs, length in _agreed(base, mine, theirs):
        yield base[at[0] : start], mine[at[1] : of_mine], theirs[at[2] : of_theirs]
        same = base[start : start + length]
        yield same, same, same
        at = (start + length, of_mine + length, of_theirs + length)
    yield base[at[0] :], mine[at[1] :], theirs[at[2] :]


def _agreed(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of lines nobody changed: where in each text, and how long."""
    of_mine, of_theirs = _blocks(base, mine), _blocks(base, theirs)
    one = other = 0
    while one < len(of_mine) and other < len(of_theirs):
        a, b = of_mine[one], of_theirs[other]
        start, end = max(a[0], b[0]), min(a[0] + a[2], b[0] + b[2])
        if start < end:
            yield start, a[1] + start - a[0], b[1] + start - b[0], end - start
        if a[0] + a[2] < b[0] + b[2]:
            one += 1
        else:
            other += 1


def _blocks(base: Sequence[str], text: Sequence[str]) -> list[tuple[int, int, int]]:
    found = SequenceMatcher(None, base, text, autojunk=False).get_matching_blocks()
    return [(block.a, block.b, block.size) for block in found if block.size]


def _ended(lines: Sequence[str]) -> Iterator[str]:
    return (line if line.endswith("\n") else f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a comparison; `sort` is "added", "removed", "place" or "same"."""

    sort: str
    text: str


@dataclass(frozen=True, slots=True)
class FileDiff:
    """What changed in one file; `sort` is "added", "removed" or "changed"."""

    name: str
    sort: str
    lines: tuple[DiffLine, ...]


SORTS = {"+": "added", "-": "removed", "@": "place"}


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FileDiff, ...]:
    """The files that differ, with the lines that do and three around."""
    names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    return tuple(_file(name, before.get(name), after.get(name)) for name in names)


def _file(name: str, before: str | None, after: str | None) -> FileDiff:
    sort = "added" if before is None else "removed" if after is None else "changed"
    found = unified_diff((before or "").splitlines(), (after or "").splitlines(), lineterm="")
    lines = tuple(DiffLine(SORTS.get(line[:1], "same"), line) for line in list(found)[2:])
    return FileDiff(name, sort, lines)
