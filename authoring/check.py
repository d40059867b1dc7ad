"""Everything that can be checked before a scheme opens: its language, its workflow, its mails and letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.language import Bundle, Scheme, check_scheme
from engine.language.bundle import SCHEME, UnreadableFile
from engine.language.source import read_source
from engine.problems import Place, Problem
from renderers.texts import slips
from renderers.variables import variables


def check_path(path: Path) -> tuple[Problem, ...]:
    """Every problem of a one-file scheme, a scheme's folder, or a folder of schemes; raises OSError."""
    found = list(_schemes(path))
    if not found:
        return (Problem("no_scheme_file", {"file": SCHEME}, Place(str(path / SCHEME), 1, 1)),)
    return tuple(problem for one in found for problem in check_one(one))


def _schemes(path: Path) -> Iterator[Path]:
    """The schemes at a path, or right below it; hidden names are passed over."""
    if path.is_file() or (path / SCHEME).is_file():
        yield path
        return
    for inner in sorted(path.iterdir()):
        is_file = inner.is_file() and inner.suffix in {".yaml", ".yml"}
        if not inner.name.startswith((".", "_")) and (is_file or (inner / SCHEME).is_file()):
            yield inner


def check_one(source: Path | Bundle) -> tuple[Problem, ...]:
    """Every problem of one scheme, by place; its mails and letters are read once the rest holds."""
    try:
        bundle = source if isinstance(source, Bundle) else Bundle.read(source)
    except UnreadableFile as error:
        return (Problem("not_utf8", {}, Place(error.name, error.line, error.column)),)
    scheme, problems = check_scheme(bundle)
    return problems if scheme is None else (*problems, *_retention(bundle, scheme), *_texts(bundle, scheme))


def _retention(bundle: Bundle, scheme: Scheme) -> Iterator[Problem]:
    """What would be kept for ever."""
    if scheme.privacy.keep and scheme.privacy.drafts:
        return
    source = read_source(bundle.files[SCHEME], bundle.name_of(SCHEME))
    path = ("privacy",)
    place = source.key_place(path) if path in source.keys else source.start
    if scheme.privacy.keep is None:
        yield Problem("no_keep", {}, place, (*path, "keep"), severity="warning")
    if scheme.privacy.drafts is None:
        yield Problem("no_drafts", {}, place, (*path, "drafts"), severity="warning")


def _texts(bundle: Bundle, scheme: Scheme) -> Iterator[Problem]:
    """What is wrong in the mails, letters and other texts: unknown variables, faulty tags, no subject."""
    known = variables(scheme)
    effects = [effect for action in scheme.workflow.actions.values() for effect in action.effects]
    titled = {effect.name for effect in effects}
    for name, versions in scheme.texts.items():
        for language, text in versions.items():
            file = bundle.name_of(f"texts/{name}.{language}.md")
            for slip in slips(text, known, "mail" if name in titled else "fragment"):
                place = Place(file, slip.line, slip.column)
                yield Problem(f"text_{slip.code}", slip.params, place, suggestion=slip.suggestion)
