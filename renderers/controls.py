"""The form controls of a page: for each question its label, hint, value as typed and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from engine.kinds import Json, kind_of
from engine.kinds.file import largest
from engine.kinds.kind import whole_option
from engine.language.model import Field
from renderers.catalogues import marked, say
from renderers.choices import Offered, marks_of
from renderers.control_parts import OF_A_DATE, PARTS, Part, part_of
from renderers.control_views import Again, Control, Row
from renderers.documents import DocumentLike, accepted_extensions, accepted_formats, too_big
from renderers.form_figures import totals
from renderers.grids import lines
from renderers.moulds import ROW, asked_again
from renderers.offering import is_scripted, source_of, with_choices
from renderers.options import Choice
from renderers.questions import Questions, Typed, said
from renderers.row_questions import Rows, documents_inside, is_in_row, rows_asked
from renderers.row_titles import row_title
from renderers.territories import SELECTS, communes_meant
from renderers.territories import options_html as options_html_of
from renderers.words import problem_sentence
from renderers.words.figures import number

__all__ = ["Questions", "cell", "controls", "is_scripted", "said", "stored"]


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
    return _control(inner, name, replace(questions, documents=documents_inside(repeat, questions)))


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
        "largest": largest(asked),
        "too_big": too_big(asked, questions.language),
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
    mine = (one for one in questions.problems if one.path[:1] == (asked.id,) and not is_in_row(asked, one))
    found = (problem_sentence(one, asked, questions.language, labelled=False) for one in mine)
    return tuple(dict.fromkeys(found))


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
    rows = rows_asked(asked, name, questions)
    found: dict[str, Any] = {"totals": totals(asked, rows.known)}
    if asked.lines or asked.layout == "table":
        found["columns"] = {inner.id: said(inner.label, questions) for inner in rows.here}
    if asked.lines:
        return found | {"rows": _lines(rows)}
    numbers = questions.once.rows_of(name, questions.typed)
    cells = questions.cells.get(asked.id) if not questions.place else None
    if cells is not None:
        numbers = tuple(one for one in numbers if any(row == one for row, _ in cells))
    if questions.page is not None and questions.page.row is not None and not questions.place:
        numbers = tuple(one for one in numbers if one == questions.page.row)
    shown = tuple(_row(rows, index, index) for index in numbers)
    if cells is not None:
        return found | {"rows": shown, "may_add": False, "may_remove": False}
    most = asked.options.get("at_most")
    text = str(getattr(most, "text", most))
    full = text.isdigit() and len(shown) >= int(text)
    may = {"may_add": not full, "may_move": asked.is_ordered and len(shown) > 1}
    return found | {"rows": shown, "may_remove": not _comes_back(asked, shown, questions), **may}


def _comes_back(asked: Field, rows: Sequence[Row], questions: Questions) -> bool:
    """Whether the only row is blank and would open again at once, were it removed."""
    of_a_row = questions.place or (questions.page is not None and questions.page.row is not None)
    if len(rows) != 1 or of_a_row or asked.id not in questions.begun:
        return False
    inside = (values for name, values in questions.typed.items() if name.startswith(f"{rows[0].name}-"))
    return not any(one.strip() for values in inside for one in values)


def _lines(rows: Rows) -> tuple[Row, ...]:
    """The lines of a matrix, headings too."""
    lines = rows.asked.lines
    places = {id: place for place, id in enumerate(id for id, line in lines.items() if not line.heading)}
    return tuple(
        Row(f"{rows.name}-{id}", said(line.label, rows.questions), is_heading=True)
        if line.heading
        else _row(rows, places[id], id)
        for id, line in lines.items()
    )


def _row(rows: Rows, index: int, step: str | int) -> Row:
    """A row at its place; `step` leads to it in names and paths: its number, or the id of its line."""
    asked, questions, settled = rows.asked, rows.questions, rows.settled(index)
    shown, name = rows.shown(settled, step), f"{rows.name}-{step}"
    title = row_title(asked, index, questions.language, questions.reading, settled)
    called = title if asked.lines or asked.layout == "table" else ""
    inside = partial(rows.inside, index, step, settled)
    controls = tuple(
        _question(
            rows,
            one,
            f"{name}-{one.id}",
            _standing(f"{rows.path}/{one.id}", one in shown, questions),
            called,
            step,
            inside,
        )
        for one in rows.questions_of(index, shown)
    )
    return Row(name, title, controls, rows.figures(index, step))


def _question(
    rows: Rows,
    asked: Field,
    name: str,
    standing: str,
    row: str,
    step: str | int,
    inside: Callable[[], Questions],
) -> Control | Again:
    """A question of a row: made for it alone, or once for all the rows that ask it alike."""
    if not rows.is_alike(asked, name, step):
        return _control(asked, name, inside(), standing, row)

    def make(name: str, typed: Typed) -> Control:
        return _control(asked, name, replace(inside(), typed=typed), row=row and ROW)

    mould, values = asked_again(rows.moulds, asked, name, rows.questions.typed, make)
    return Again(mould, name, values, standing, row)
