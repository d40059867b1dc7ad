"""What is kept of a filed dossier to find it by: words, and a narrow table of answers. Ordinary indexes on both databases.

Sensitive answers are never indexed, and words hidden from some role neither: a search would give them away. In the narrow table
an answer hidden from some roles may stand: who narrows a list by it must be allowed to see it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import BigInteger, String, bindparam, delete, insert, select
from sqlalchemy.orm import Session

from dossiers.database import Dossier, Searchable, SearchWord, Texts, core, table_of
from dossiers.tokens import words
from engine.asked import Reading
from engine.kinds import Json, kind_of
from engine.language.model import Field
from engine.words import Printed
from renderers.words import printed

ADD = insert(table_of(Searchable))
_TOLD = Texts(bindparam("words", type_=String)).table_valued("value")
# one statement for any number of words: a row each took longer than all else that is indexed
ADD_WORDS = insert(table_of(SearchWord)).from_select(
    ["word", "dossier_id"], select(_TOLD.c.value, bindparam("dossier", type_=BigInteger))
)
LONGEST_TEXT = 200  # characters kept for lists: an index holds no long text
IN_CENTS = frozenset({"money", "decimal", "integer", "percentage", "year", "rating"})
UNLISTED = frozenset({"file", "repeat", "fields", "long_text", "address", "person", "geo_point"})
# nobody looks for these by words
UNSAID = IN_CENTS | {"file", "yes_no", "consent", "date", "time", "date_time", "geo_point"}
GREATEST = 2**63 - 1


def index(session: Session, dossier: Dossier, reading: Reading) -> None:
    """Index what was just filed; `forget` comes before when something was filed already."""
    shown = [
        (field, answer)
        for id, answer in reading.kept().items()
        if answer is not None and not (field := reading.scheme.fields[id]).is_secret
    ]
    columns = [columns_of(field, answer) for field, answer in shown if is_listed(field)]
    if columns:
        core(session).execute(ADD, [{"dossier_id": dossier.id, **row} for row in columns])
    read = [(field, answer) for field, answer in shown if _is_open(field)]
    texts = [text for field, answer in read for text in _texts(field, answer, dossier.language)]
    found = words([*texts, dossier.email])
    if found:
        core(session).execute(ADD_WORDS, {"words": json.dumps([*found]), "dossier": dossier.id})


def forget(session: Session, dossier_id: int) -> None:
    """Take a dossier out of the index."""
    session.execute(delete(Searchable).where(Searchable.dossier_id == dossier_id))
    session.execute(delete(SearchWord).where(SearchWord.dossier_id == dossier_id))


def is_listed(field: Field) -> bool:
    """Whether an answer stands in the narrow table: lists may be filtered by it and show it."""
    return field.kind not in UNLISTED and not field.is_secret


def answer_of(field: Field, text: str | None, cents: int | None, day: date | None) -> Json:
    """An answer back from its row of the narrow table, near enough to be printed in a list."""
    if cents is not None:
        return str(Decimal(cents) / 100) if field.kind != "integer" else cents // 100
    if day is not None:
        return day.isoformat()
    if text in ("yes", "no") and field.kind in ("yes_no", "consent"):
        return text == "yes"
    return text.split() if field.kind == "choices" and text else text


def columns_of(field: Field, answer: Json) -> dict[str, Any]:
    """The row of the narrow table an answer stands in."""
    row: dict[str, Any] = {"field": field.id, "text": None, "number_cents": None, "date": None}
    if field.kind in IN_CENTS:
        row["number_cents"] = _cents(answer)
    elif field.kind in ("date", "date_time") and isinstance(answer, str):
        row["date"] = date.fromisoformat(answer[:10])
    elif isinstance(answer, list):
        row["text"] = " ".join(map(str, answer))[:LONGEST_TEXT]
    else:
        row["text"] = ({True: "yes", False: "no"}[answer] if isinstance(answer, bool) else str(answer))[
            :LONGEST_TEXT
        ]
    return row


def _cents(answer: Json) -> int | None:
    """A figure in hundredths, rounded: enough to sort and filter by; None beyond what a column holds."""
    try:
        cents = int((Decimal(str(answer)) * 100).to_integral_value())
    except (InvalidOperation, OverflowError):
        return None
    return cents if abs(cents) <= GREATEST else None


def _texts(field: Field, answer: Json, language: str) -> Iterable[str]:
    """What an answer says in words; a row's inner answers too."""
    if field.kind in UNSAID:
        return
    if field.kind == "repeat" and isinstance(answer, list):
        for row in answer:
            for id, inner in field.fields.items():
                if isinstance(row, dict) and row.get(id) is not None:
                    yield from _texts(inner, row[id], language)
        return
    if isinstance(answer, str):
        yield answer
    for part in kind_of(field).printed(field, answer, language):
        yield printed(part, language) if isinstance(part, Printed) else part


def _is_open(field: Field) -> bool:
    """Whether nothing of an answer is kept from anybody: no part of it, in rows of rows neither."""
    return not any(one.sensitive or one.hide_from for one in (field, *field.below))
