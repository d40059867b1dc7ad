"""What is settled when the first form is filed, and so can't rest on a form asked later: refused as not built yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.language.form_model import APPLICANT
from engine.language.loader.loading import Loading
from engine.language.loader.names import mapping
from engine.language.loader.rules import words
from engine.problems import Path

Use = tuple[Path, str]  # where a name stands, and the name


def check_later_uses(load: Loading) -> None:
    """Tell each of these: who the others are, what they fill in and sign, by which answers other dossiers are found."""
    pages, data = mapping(load.data, "form"), load.source.data
    fields = frozenset(name for page in load.later for name in mapping(pages.get(page), "fields"))
    actions = mapping(mapping(data, "workflow"), "actions")
    uses = (
        *_filled_in_by_others(load, pages),
        *_named(mapping(data, "parties"), ("parties",), ("name", "email")),
        *_named({"representative": mapping(data, "representative")}, (), ("name", "represents", "mandate")),
        *_named(mapping(data, "facts"), ("facts",), ("match",)),
        *_named(actions, ("workflow", "actions"), ("signs",)),
    )
    for path, name in uses:
        if name in (load.later if "signs" in path or "asked_of" in path else fields):
            what = next(step for step in reversed(path) if isinstance(step, str))
            load.report("not_yet_later", path, what=what, name=name)


def _filled_in_by_others(load: Loading, pages: Mapping[Any, Any]) -> Iterator[Use]:
    for page in load.later:
        if mapping(pages, page).get("asked_of", APPLICANT) != APPLICANT:
            yield ("form", page, "asked_of"), page


def _named(found: Mapping[Any, Any], path: Path, keys: Iterable[str]) -> Iterator[Use]:
    """The names under some keys of each thing declared: one, or a list."""
    for id, one in found.items():
        for key in keys:
            said = one.get(key) if isinstance(one, Mapping) else None
            for number, name in enumerate(words(said)):
                here = (*path, str(id), key, number) if isinstance(said, list) else (*path, str(id), key)
                yield here, name.partition(".")[0]
