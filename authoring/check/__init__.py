"""Everything that can be checked before a scheme opens: its language, its conditions, its workflow, its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from authoring.check.conditions import check_conditions
from authoring.check.dashboard import check_dashboard
from authoring.check.parties import check_parties
from authoring.check.roles import check_roles
from authoring.check.texts import check_texts, check_texts_alone
from authoring.check.unused import check_privacy, check_unused
from authoring.check.votes import check_votes
from authoring.check.ways import check_ways
from authoring.check.whole import Whole
from engine.language import Bundle, Examined, examine, in_order
from engine.language.bundle import SCHEME, UnreadableFile
from engine.language.sharing_slips import at_use
from engine.language.source import Source
from engine.problems import Place, Problem

Look = Callable[[Whole], Iterator[Problem]]
# What is looked at once the language holds: each tells what it finds, and none needs another.
LOOKS: tuple[Look, ...] = (
    check_conditions,
    check_ways,
    check_votes,
    check_roles,
    check_dashboard,
    check_parties,
    check_texts,
    check_unused,
    check_privacy,
)


def check_path(path: Path) -> tuple[Problem, ...]:
    """Every problem of a one-file scheme, a scheme's folder, or a folder of schemes; raises OSError."""
    found = list(schemes_at(path))
    if not found:
        return (Problem("no_scheme_file", {"file": SCHEME}, Place(str(path / SCHEME), 1, 1)),)
    return tuple(problem for one in found for problem in check_one(one))


def schemes_at(path: Path) -> Iterator[Path]:
    """The schemes at a path, or right below it; hidden names are passed over."""
    if path.is_file() or (path / SCHEME).is_file():
        yield path
        return
    for inner in sorted(path.iterdir()):
        is_file = inner.is_file() and inner.suffix in {".yaml", ".yml"}
        if not inner.name.startswith((".", "_")) and (is_file or (inner / SCHEME).is_file()):
            yield inner


def check_one(source: Path | Bundle) -> tuple[Problem, ...]:
    """Every problem of one scheme, by place."""
    try:
        bundle = source if isinstance(source, Bundle) else Bundle.read(source)
    except UnreadableFile as error:
        return (Problem("not_utf8", {}, Place(error.name, error.line, error.column)),)
    return check_bundle(bundle).problems


def check_bundle(bundle: Bundle, found: Examined | None = None) -> Examined:
    """The scheme of a bundle, or None when there is an error; its warnings are then those of the whole check.

    `found`: what the language says of this very bundle, when that is known already.
    """
    found = found or examine(bundle)
    if found.scheme is None:
        problems = in_order([*found.problems, *check_texts_alone(bundle, found.source)])
        return Examined(None, problems, found.source)
    problems = in_order([*found.problems, *at_use(found.source, _seen_whole(bundle, found))])
    if any(problem.severity == "error" for problem in problems):
        return Examined(None, problems, found.source)
    return Examined(replace(found.scheme, warnings=problems), problems, found.source)


def _seen_whole(bundle: Bundle, found: Examined) -> Iterator[Problem]:
    assert found.scheme is not None
    whole = Whole(bundle, found.scheme, found.source)
    for look in LOOKS:
        yield from look(whole)


__all__ = ["Source", "check_bundle", "check_one", "check_path", "schemes_at"]
