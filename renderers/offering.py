"""Questions about options on a page: what they offer by the answers so far, and what the page's script makes of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from engine.asked.fitting import depends_on, fitting, where_of
from engine.language.model import Field
from renderers.asking import asking
from renderers.choices import SUFFIXES, Offered, askable_boxes, offered
from renderers.control_views import Again, Control
from renderers.options import Asked
from renderers.questions import Questions, said


def with_choices(asked: Field, name: str, questions: Questions) -> dict[str, Any]:
    """What a question about options offers now, to be put into its control."""
    language = questions.language
    raw = {suffix: questions.typed[name + suffix] for suffix in SUFFIXES if name + suffix in questions.typed}
    if asked.kind == "fields":
        ids = tuple(one.id for one in questions.askable)
        return {
            "offered": askable_boxes(questions.askable, set(raw.get("", ())), language),
            "asking": asking(asked, name, questions.typed, ids),
        }
    problems = tuple(one for one in questions.problems if one.path[:1] == (asked.id,))
    reading = questions.reading
    fits = fitting(asked, questions.known, reading) if reading else None
    source, in_table = source_of(asked, questions), _is_in_table(questions)
    found = offered(Asked(asked, raw, language, fits, problems, source, in_table))
    return {"offered": _dependent(found, asked, name, questions)}


def _is_in_table(questions: Questions) -> bool:
    """Whether the question stands in rows that are laid out as a table."""
    if not questions.repeats or questions.reading is None:
        return False
    first, *below = questions.repeats
    repeat = questions.reading.scheme.fields.get(first)
    for id in below:
        repeat = repeat.fields[id] if repeat else None
    return repeat is not None and repeat.layout == "table"


def source_of(asked: Field, questions: Questions) -> str:
    """Where the page's script searches: of a field whose options depend on others, only the page itself can tell."""
    if where_of(asked) is not None or not questions.searched_at:
        return ""
    return f"{questions.searched_at}/{'-'.join((*questions.repeats, asked.id))}"


def _dependent(found: Offered, asked: Field, name: str, questions: Questions) -> Offered:
    """With the controls its options change with, those of the same row too, and the labels of those not answered yet."""
    names, reading = sorted(depends_on(asked)), questions.reading
    if not names or reading is None:
        return found
    known = {one.id: one for field in reading.scheme.fields.values() for one in (field, *field.below)}
    row = name.removesuffix(asked.id)
    unknown = (one for one in names if one in known and questions.known.get(one) is None)
    return replace(
        found,
        follows=tuple(dict.fromkeys(beside for one in names for beside in (one, row + one))),
        waits=tuple(said(known[one].label, questions) for one in unknown),
    )


def is_scripted(shown: Iterable[Control | Again]) -> bool:
    """Whether a style or a script of their own makes one of these questions more comfortable."""
    made = (one.mould.control if isinstance(one, Again) else one for one in shown)
    return any(
        one.lines
        or one.searched_at
        or (one.offered is not None and one.offered.is_scripted)
        or any(is_scripted(row.controls) for row in one.rows)
        for one in made
    )
