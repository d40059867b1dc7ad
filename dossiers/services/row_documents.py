"""Documents in the rows of a repeat. A row has no name of its own: the ids of its documents travel with it in the form, so
they stay with it wherever it is moved; what they stand for is looked up among those sent for that question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from dossiers.database import Document
from dossiers.services import uploads
from dossiers.services.dating import with_day
from dossiers.services.desk import Work
from dossiers.services.uploads import Stored
from engine.kinds import Json, Slips
from engine.kinds.date import PARTS
from engine.kinds.file import is_dated, read_issued
from engine.kinds.kind import members
from engine.language.model import Field
from engine.problems import AnswerProblem

Form = Mapping[str, list[str]]
CONTROL = re.compile(r"([a-z][a-z0-9_]*)-([0-9]{1,4})-([a-z][a-z0-9_]*)")


@dataclass(slots=True)
class RowDocuments:
    """What was sent for rows: the form with the ids of what was taken, the questions `inside` rows that take documents
    and every document each may name, both by "repeat/field"."""

    form: dict[str, list[str]]
    inside: Mapping[str, Field] = field(default_factory=dict)
    known: dict[str, dict[str, Json]] = field(default_factory=dict)
    problems: list[AnswerProblem] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    replaced: bool = False

    def resolved(self, answers: Mapping[str, Json]) -> dict[str, Json]:
        """The answers read from the form, with the documents whose ids stand in each row; other ids are left out."""
        found = dict(answers)
        for path, asked in self.inside.items():
            repeat = path.partition("/")[0]
            if isinstance(rows := found.get(repeat), list):
                numbers = row_numbers(self.form, repeat)
                found[repeat] = [
                    self._row(row, asked, (repeat, number), self.known[path])
                    for row, number in zip(rows, numbers, strict=False)
                ]
        return found

    def _row(
        self, row: Json, asked: Field, place: tuple[str, int], documents: Mapping[str, Json]
    ) -> dict[str, Json]:
        name = f"{place[0]}-{place[1]}-{asked.id}"
        whole: Json = [documents[id] for id in self.form.get(name, ()) if id in documents] or None
        if is_dated(asked):
            raw = {part: self.form[name + part] for part in PARTS if name + part in self.form}
            day = read_issued(asked, raw)
            if isinstance(day, Slips):
                self.problems += [
                    AnswerProblem((*place, asked.id), one.code, one.params) for one in day.problems
                ]
            elif whole:
                whole = with_day(whole, day)
        bare = {name: value for name, value in members(row).items() if name != asked.id}
        return {**bare, asked.id: whole} if whole else bare


def row_numbers(form: Form, repeat: str) -> list[int]:
    """The rows of a repeat in a form, in order."""
    pattern = re.compile(rf"{re.escape(repeat)}-([0-9]{{1,4}})(?:-.*)?", re.DOTALL)
    return sorted({int(found[1]) for name in form if (found := pattern.fullmatch(name))})


def take_in(
    work: Work, dossier_id: int, fields: Iterable[Field], form: Form, *, replacing: str = ""
) -> RowDocuments:
    """Record what was sent for the rows of these repeats; without such a question, nothing is asked of anybody."""
    inside = {
        f"{one.id}/{inner.id}": inner
        for one in fields
        for inner in one.fields.values()
        if inner.kind == "file"
    }
    found = RowDocuments(dict(form), inside)
    if not inside:
        return found
    found.known = _known(work, dossier_id, inside)
    prepared: Mapping[str, tuple[Stored, ...]] = work.prepared or {}
    sent = [place for name in prepared if (place := place_of(name)) and f"{place[0]}/{place[2]}" in inside]
    before = uploads.kept(work, dossier_id) if sent else uploads.Kept({}, 0)
    for repeat, index, inner in sent:
        stored, asked = prepared[f"{repeat}-{index}-{inner}"], inside[f"{repeat}/{inner}"]
        _take(work, dossier_id, found, before, asked, (repeat, index, inner), stored, replacing)
    return found


def place_of(name: str) -> tuple[str, int, str] | None:
    """The repeat, the row and the field of a control such as `invoices-0-proof`; None for another name."""
    found = CONTROL.fullmatch(name)
    return (found[1], int(found[2]), found[3]) if found else None


def sent_for_rows(names: Iterable[str], fields: Iterable[Field]) -> set[str]:
    """The controls among these names that belong to a row's file field."""
    paths = {(one.id, inner.id) for one in fields for inner in one.fields.values() if inner.kind == "file"}
    return {name for name in names if (place := place_of(name)) and (place[0], place[2]) in paths}


def _take(
    work: Work,
    dossier_id: int,
    found: RowDocuments,
    before: uploads.Kept,
    asked: Field,
    place: tuple[str, int, str],
    sent: tuple[Stored, ...],
    replacing: str,
) -> None:
    repeat, index, inner = place
    name, path = f"{repeat}-{index}-{inner}", f"{repeat}/{inner}"
    there = [found.known[path][id] for id in found.form.get(name, ()) if id in found.known[path]]
    taken = uploads.accept(
        work, dossier_id, asked, before, sent, {asked.id: there}, replacing=replacing, path=path
    )
    found.known[path] |= {str(members(one)["id"]): one for one in taken.answer}
    found.form[name] = [str(members(one)["id"]) for one in taken.answer]
    found.form.setdefault(f"{repeat}-{index}", ["row"])
    found.problems += [AnswerProblem(place, problem.code, problem.params) for problem in taken.problems]
    found.twice += taken.twice
    found.replaced |= taken.replaced


def _known(work: Work, dossier_id: int, inside: Mapping[str, Field]) -> dict[str, dict[str, Json]]:
    query = select(Document).where(
        Document.dossier_id == dossier_id,
        Document.origin == "answer",
        Document.field.in_(inside),
        Document.purged_at.is_(None),
        Document.scan != "infected",
    )
    found: dict[str, dict[str, Json]] = {path: {} for path in inside}
    for row in work.session.scalars(query):
        told = {"id": row.public_id, "name": row.name, "size": row.size, "media_type": row.media_type}
        found[row.field or ""][row.public_id] = told
    return found
