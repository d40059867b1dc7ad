"""Answers given under an older version that don't fit the present one: each told with what was answered then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.asked import Reading
from engine.kinds import Json, kind_of
from engine.language import Scheme
from engine.language.model import Field
from engine.problems import AnswerProblem
from engine.validation import validate_page
from engine.words import Phrase

OUTDATED = "outdated"


def problems(older: Scheme, given: Mapping[str, Json], reading: Reading) -> tuple[AnswerProblem, ...]:
    """The fields asked now whose answer, given under `older`, isn't one that may be given any more.

    `given` is what was answered, under the names of the older version; each problem says it (`answer`, by language).
    """
    return tuple(_problems(older, given, reading))


def _problems(older: Scheme, given: Mapping[str, Json], reading: Reading) -> Iterator[AnswerProblem]:
    migration = reading.scheme.migration
    names = {new: old for old, new in migration.renamed.items()} if migration else {}
    for id in _wrong(reading):
        old = older.fields.get(names.get(id, id))
        if old is None or old.id not in given or old.sensitive or old.fields or old.kind == "file":
            continue
        said = {one: _printed(old, given[old.id], one) for one in reading.scheme.languages}
        yield AnswerProblem((id,), OUTDATED, {"answer": said})


def _wrong(reading: Reading) -> Iterator[str]:
    """The fields asked whose answer is there, and wrong by itself (not by a check among several)."""
    told: set[object] = set()
    for page in reading.steps:
        for problem in validate_page(reading, page.id):
            id = problem.path[0] if problem.path else None
            if isinstance(id, str) and id not in told and problem.code not in ("missing", "check"):
                told.add(id)
                yield id


def _printed(old: Field, answer: Json, language: str) -> Phrase:
    return kind_of(old).printed(old, answer, language)
