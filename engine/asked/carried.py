"""Answers given under an older version, under the names of this one: what was renamed follows, what is new gets its default.

Carrying twice gives the same: a renamed answer is no longer under its old name, and a default never covers an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from engine.asked import read_answers
from engine.kinds import Json
from engine.kinds.kind import items, members
from engine.language import Scheme
from engine.language.expressions import as_json
from engine.language.model import Field, Migration
from engine.organisation import Organisation

Answers = Mapping[str, Json]


def carried(
    scheme: Scheme,
    answers: Answers,
    *,
    now: datetime,
    organisation: Organisation,
    deposited_on: date | None = None,
) -> dict[str, Json]:
    """The answers as the scheme's `migration` carries them over; as they were when it says nothing. None is lost: what
    has no place any more stays under its old name."""
    migration = scheme.migration
    if migration is None:
        return dict(answers)
    found = renamed(migration, answers)
    missing = {id: value for id, value in migration.defaults.items() if id not in found}
    if not missing:
        return found
    reading = read_answers(scheme, found, now=now, organisation=organisation, deposited_on=deposited_on)
    for id, value in missing.items():
        given = value.value(reading.values, reading.now, reading.zone)
        if given is not None:
            found[id] = _stored(scheme.fields[id], given)
    return found


def renamed(migration: Migration, answers: Answers) -> dict[str, Json]:
    """The answers under the names fields, rows' fields and options bear now."""
    found: dict[str, Json] = {}
    for id, answer in answers.items():
        name = migration.renamed.get(id, id)
        if name != id and answers.get(name) is not None:
            name = id  # both are there: the one under the present name was given since
        found[name] = _inside(migration, name, answer)
    return found


def _inside(migration: Migration, field: str, answer: Json) -> Json:
    codes, rows = migration.options.get(field), migration.rows.get(field)
    if codes and isinstance(answer, str):
        return codes.get(answer, answer)
    if codes and isinstance(answer, list):
        return [codes.get(one, one) if isinstance(one, str) else one for one in answer]
    if isinstance(answer, list) and any(way.partition(".")[0] == field for way in migration.rows):
        return [_row(migration, field, row) for row in answer]
    if rows and isinstance(answer, Mapping):
        return {line: _row(migration, field, cells) for line, cells in answer.items()}
    return answer


def _row(migration: Migration, way: str, row: Json) -> Json:
    """A row of the repeat at the end of a way, and the rows in it."""
    names = migration.rows.get(way, {})
    found: dict[str, Json] = {}
    for old, value in members(row).items():
        name = names.get(old, old)
        below = f"{way}.{name}"
        inside = isinstance(value, list) and below in migration.rows
        found[name] = [_row(migration, below, one) for one in items(value)] if inside else value
    return found


def _stored(field: Field, value: object) -> Json:
    """A value of FEEL as an answer of a field's kind is kept."""
    if isinstance(value, Decimal) and field.kind == "integer":
        return int(value)
    if isinstance(value, Decimal) and field.kind == "money":
        return f"{value:.2f}"
    return as_json(value)
