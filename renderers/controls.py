"""The form controls of a page: for each question its label, hint, value as typed and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.asked import RowReading
from engine.kinds import Json, kind_of
from engine.kinds.kind import whole_option
from engine.language.model import Field
from engine.problems import AnswerProblem
from renderers.catalogues import marked, say
from renderers.choices import Choice, Offered, marks_of
from renderers.control_parts import OF_A_DATE, PARTS, Part, part_of
from renderers.control_views import Control, Row
from renderers.documents import DocumentLike, accepted_extensions, accepted_formats
from renderers.form_figures import Figure, row_figures, totals
from renderers.grids import lines
from renderers.offering import is_scripted, source_of, with_choices
from renderers.questions import Questions, Typed, said
from renderers.row_titles import row_title
from renderers.territories import SELECTS, communes_meant
from renderers.territories import options_html as options_html_of
from renderers.words import problem_sentence
from renderers.words.figures import number

__all__ = ["Questions", "cell", "controls", "is_scripted", "row_numbers", "said", "stored"]


_OF_A_ROW = re.compile(r"([0-9]{1,4})(?:-.+)?")


def stored(fields: Iterable[Field], answers: Mapping[str, Json]) -> dict[str, list[str]]:
    """The answers kept, back in the controls of these fields."""
    found: dict[str, list[str]] = {}
    for one in fields:
        if answers.get(one.id) is not None:
            raw = kind_of(one).raw(one, answers[one.id])
            found |= {one.id + suffix: list(values) for suffix, values in raw.items()}
    return found


def controls(fields: Iterable[Field], questions: Questions) -> tuple[Control, ...]:
    """The controls of these fields, in order."""
    asked = questions.reading.asked if questions.reading else frozenset()
    return tuple(
        _control(one, one.id, questions, _standing(one.id, one.id in asked, questions)) for one in fields
    )


def cell(repeat: Field, inner: Field, name: str, questions: Questions) -> Control:
    """One question of a row alone, by the name of its control; its problems are those within the row."""
    return _control(inner, name, replace(questions, documents=_inside(repeat, questions)))


def _standing(path: str, asked: bool, questions: Questions) -> str:
    if path not in questions.changing:
        return ""
    return "shown" if asked else "hidden"


def _control(asked: Field, name: str, questions: Questions, standing: str = "", row: str = "") -> Control:
    """`standing`: what the page's script may do with it; `row`: what its row is called where that must be said."""
    return Control(
        name=name,
        kind=asked.kind,
        label=said(asked.label, questions),
        hint=said(asked.help, questions) if asked.help else "",
        optional=asked.optional,
        problems=_sentences(asked, questions),
        parts=_parts(asked, name, questions),
        source=questions.sources.get(name, ""),
        remark=questions.remarks.get(name, ""),
        look_up=name in questions.look_ups,
        asked=standing,
        row=row,
        **_of_its_kind(asked, name, questions),
    )


def _of_its_kind(asked: Field, name: str, questions: Questions) -> dict[str, Any]:
    """What a control has besides, by its kind."""
    language = questions.language
    if asked.kind in ("choice", "choices", "fields"):
        return with_choices(asked, name, questions)
    if asked.kind == "choice_grid":
        mine = [one for one in questions.problems if one.path[:1] == (asked.id,)]
        return {"lines": lines(asked, name, questions.typed, mine, language)}
    if asked.kind in SELECTS:
        chosen = next(iter(questions.typed.get(name, ())), "")
        return {"options": options_html_of(asked.kind, language, chosen)}
    if asked.kind == "rating":
        return {"offered": Offered(marks_of(asked, language, questions.typed.get(name, ())))}
    if asked.kind == "commune":
        return {"choices": _communes(name, questions), "searched_at": source_of(asked, questions)}
    if asked.kind == "file":
        return _for_documents(asked, name, questions)
    if asked.kind in ("text", "long_text") and "max_length" in asked.options:
        return _counted(asked, language)
    return _with_rows(asked, name, questions) if asked.fields else {}


def _for_documents(asked: Field, name: str, questions: Questions) -> dict[str, Any]:
    return {
        "documents": _documents(asked, name, questions),
        "accept": accepted_extensions(asked),
        "formats": accepted_formats(asked, questions.language),
        "dossier": questions.dossier,
    }


def _communes(name: str, questions: Questions) -> tuple[Choice, ...]:
    typed, picked = ((*questions.typed.get(key, ()), "")[0] for key in (name, f"{name}-code"))
    return communes_meant(typed, picked) if typed else ()


def _counted(asked: Field, language: str) -> dict[str, Any]:
    longest = number(whole_option(asked, "max_length", 0), language)
    most = say(language, marked("At most %(max)s characters."), {"max": longest})
    count = say(language, marked("Characters: %(count)s of %(max)s."), {"count": "{count}", "max": longest})
    return {"most": most, "count": count}


def _documents(asked: Field, name: str, questions: Questions) -> tuple[DocumentLike, ...]:
    """Those of a question; of one in a row, those whose ids stand in the row."""
    found = tuple(questions.documents.get(asked.id, ()))
    if "-" not in name:
        return found
    here = questions.typed.get(name, ())
    return tuple(one for one in found if one.public_id in here)


def _sentences(asked: Field, questions: Questions) -> tuple[str, ...]:
    """What is wrong with the field itself, or a part of it; problems in rows stand in the rows."""
    if not questions.problems:
        return ()
    mine = (one for one in questions.problems if one.path[:1] == (asked.id,) and not _in_row(asked, one))
    found = (problem_sentence(one, asked, questions.language, labelled=False) for one in mine)
    return tuple(dict.fromkeys(found))


def _in_row(asked: Field, problem: AnswerProblem) -> bool:
    return len(problem.path) > 2 and (isinstance(problem.path[1], int) or bool(asked.lines))


def _parts(asked: Field, name: str, questions: Questions) -> tuple[Part, ...]:
    wrong = [one for one in questions.problems if one.path[:1] == (asked.id,)]
    if asked.kind == "file":
        wrong = [one for one in wrong if one.code in OF_A_DATE]
    own = asked.id in questions.own and "-" not in name
    return tuple(
        part_of(asked, name, suffix, questions.typed, wrong, own=own, language=questions.language)
        for suffix in kind_of(asked).inputs(asked)
        if asked.kind in PARTS and suffix in PARTS[asked.kind]
    )


def _with_rows(asked: Field, name: str, questions: Questions) -> dict[str, Any]:
    """The rows of a repeat or the lines of a matrix, and what is computed under them."""
    found: dict[str, Any] = {"totals": totals(asked, questions.rows_of(asked))}
    if asked.lines or asked.layout == "table":
        here = [inner for inner in asked.fields.values() if questions.asks_here(asked, inner)]
        found["columns"] = {inner.id: said(inner.label, questions) for inner in here}
    if asked.lines:
        return found | {"rows": _lines(asked, name, questions)}
    numbers = row_numbers(name, questions.typed)
    cells = questions.cells.get(asked.id) if not questions.place else None
    if cells is not None:
        numbers = tuple(one for one in numbers if any(row == one for row, _ in cells))
    if questions.page is not None and questions.page.row is not None and not questions.place:
        numbers = tuple(one for one in numbers if one == questions.page.row)
    rows = tuple(_row(asked, name, index, index, questions) for index in numbers)
    if cells is not None:
        return found | {"rows": rows, "may_add": False, "may_remove": False}
    most = asked.options.get("at_most")
    text = str(getattr(most, "text", most))
    full = text.isdigit() and len(rows) >= int(text)
    return found | {"rows": rows, "may_add": not full, "may_move": asked.is_ordered and len(rows) > 1}


def _lines(asked: Field, name: str, questions: Questions) -> tuple[Row, ...]:
    """The lines of a matrix, headings too."""
    places = {
        id: place for place, id in enumerate(id for id, line in asked.lines.items() if not line.heading)
    }
    return tuple(
        Row(f"{name}-{id}", said(line.label, questions), is_heading=True)
        if line.heading
        else _row(asked, name, places[id], id, questions)
        for id, line in asked.lines.items()
    )


def row_numbers(repeat: str, typed: Typed) -> tuple[int, ...]:
    """The rows of a repeat among the controls typed (`partners-0`, `partners-0-share`), in order."""
    start = f"{repeat}-"
    theirs = (name[len(start) :] for name in typed if name.startswith(start))
    return tuple(sorted({int(found[1]) for rest in theirs if (found := _OF_A_ROW.fullmatch(rest))}))


def _inside(repeat: Field, questions: Questions) -> dict[str, Sequence[DocumentLike]]:
    """The documents of a repeat's questions, whichever row they stand in."""
    return {id: questions.documents.get(f"{repeat.id}/{id}", ()) for id in repeat.fields}


def _row(asked: Field, name: str, index: int, step: str | int, questions: Questions) -> Row:
    """A row at its place; `step` leads to it in names and paths: its number, or the id of its line."""
    settled, path = _settled(asked, index, questions), "/".join((*questions.repeats, asked.id))
    shown = settled.fields if settled else _at_once(asked, step)
    inner = _asked_in_row(asked, index, shown, path, questions)
    problems = tuple(
        AnswerProblem(one.path[2:], one.code, one.params)
        for one in questions.problems
        if one.path[:2] == (asked.id, step) and _in_row(asked, one)
    )
    reading = questions.reading
    title = row_title(asked, index, questions.language, reading, settled)
    row_reading = replace(reading, values=settled.values) if reading and settled else reading
    inside = replace(
        questions,
        problems=problems,
        reading=row_reading,
        documents=_inside(asked, questions),
        place=(*questions.place, asked.id, index),
        row=settled,
    )
    called = title if asked.lines or asked.layout == "table" else ""
    controls = tuple(
        _control(
            one,
            f"{name}-{step}-{one.id}",
            inside,
            _standing(f"{path}/{one.id}", one in shown, questions),
            called,
        )
        for one in inner
    )
    figures = row_figures(asked, f"{name}-{step}", index, questions.rows_of(asked))
    figures = tuple(one for one in figures if _is_here(one, asked, questions))
    return Row(f"{name}-{step}", title, controls, figures)


def _asked_in_row(
    repeat: Field, index: int, shown: Sequence[Field], path: str, questions: Questions
) -> list[Field]:
    """The questions of a row on this page: those asked, those its script may bring; in a correction, those left open."""
    cells = questions.cells.get(repeat.id) if not questions.place else None
    return [
        one
        for one in repeat.fields.values()
        if questions.asks_here(repeat, one)
        and (cells is None or (index, one.id) in cells)
        and (one in shown or (one.value is None and f"{path}/{one.id}" in questions.changing))
    ]


def _is_here(figure: Figure, repeat: Field, questions: Questions) -> bool:
    inner = repeat.fields.get(figure.name.rpartition("-")[2])
    return inner is None or questions.asks_here(repeat, inner)


def _settled(asked: Field, index: int, questions: Questions) -> RowReading | None:
    """What is known of a row; None when it isn't there."""
    if not questions.place:
        return questions.reading.row(asked.id, index) if questions.reading else None
    rows = questions.row.rows(asked.id) if questions.row else ()
    return rows[index] if index < len(rows) else None


def _at_once(asked: Field, step: str | int) -> list[Field]:
    """What is typed in a row nothing is known of yet."""
    if asked.lines and not asked.lines[str(step)].is_typed:
        return []
    return [one for one in asked.fields.values() if one.when is None and one.value is None]
