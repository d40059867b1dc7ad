"""Pages asked for each row of a repeat: a page sends its own part of the rows, the rest stands as the draft holds it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from dossiers.services.filling import Filling
from engine.asked import AskedPage
from engine.kinds import kind_of
from engine.kinds.repeat import ROW
from engine.language.model import Field

Form = Mapping[str, list[str]]
Cells = dict[str, list[str]]  # the controls of one row, by what follows its name


def completed(before: Filling, asked: AskedPage, form: Form) -> dict[str, list[str]]:
    """What a page sent, and what the other pages ask of the same rows."""
    found = dict(form)
    for repeat in asked.fields:
        cells = before.open_cells(repeat)
        if cells is not None or repeat.id in before.opened.scheme.repeats_apart:
            sent, held = _rows(repeat, form), _rows(repeat, _held(before, repeat))
            if cells is not None:
                rows = _some_cells({cell for cell in cells if asked.shows((repeat.id, *cell))}, sent, held)
            else:
                rows = _one_row(asked, sent, held) if asked.row is not None else _all_rows(repeat, sent, held)
            found = {name: values for name, values in found.items() if name.partition("-")[0] != repeat.id}
            found |= {f"{repeat.id}-{number}{rest}": values for number, rest, values in rows}
    return found


def _held(before: Filling, repeat: Field) -> Form:
    """The controls of a repeat as the draft holds them, those that can't be read too."""
    if repeat.id in before.typed:
        return {name: list(values) for name, values in before.typed[repeat.id].items()}
    answer = before.answers.get(repeat.id)
    raw = {} if answer is None else kind_of(repeat).raw(repeat, answer)
    return {repeat.id + rest: list(values) for rest, values in raw.items()}


def _rows(repeat: Field, form: Form) -> dict[int, Cells]:
    """The controls of each row, `""` saying that it is there."""
    found: dict[int, Cells] = {}
    for name, values in form.items():
        place = ROW.fullmatch(name[len(repeat.id) :]) if name.startswith(f"{repeat.id}-") else None
        if place:
            row = found.setdefault(int(place[1]), {"": ["row"]})
            row[name[len(repeat.id) + 1 + len(place[1]) :]] = list(values)
    return found


def _part(row: Cells, names: Mapping[str, Field] | Sequence[str]) -> Cells:
    """What a row holds of these fields."""
    return {rest: values for rest, values in row.items() if rest and rest.split("-")[1] in names}


def _some_cells(
    cells: Collection[tuple[int, str]], sent: Mapping[int, Cells], held: Mapping[int, Cells]
) -> Iterator[tuple[int, str, list[str]]]:
    """The rows held, with what was sent of these questions alone: no row comes or goes."""
    for number, row in held.items():
        names = [inner for index, inner in cells if index == number and number in sent]
        others = [rest.split("-")[1] for rest in row if rest and rest.split("-")[1] not in names]
        kept = {"": ["row"], **_part(row, others), **_part(sent.get(number, {}), names)}
        yield from ((number, rest, values) for rest, values in kept.items())


def _one_row(
    asked: AskedPage, sent: Mapping[int, Cells], held: Mapping[int, Cells]
) -> Iterator[tuple[int, str, list[str]]]:
    """The rows held, with what was sent of one of them."""
    [repeat] = asked.fields
    names = [id for id, inner in repeat.fields.items() if inner.page == asked.page.id]
    for number, row in held.items():
        kept = row
        if number == asked.row:
            others = [id for id in repeat.fields if id not in names]
            kept = {"": ["row"], **_part(row, others), **_part(sent.get(number, {}), names)}
        yield from ((number, rest, values) for rest, values in kept.items())


def _all_rows(
    repeat: Field, sent: Mapping[int, Cells], held: Mapping[int, Cells]
) -> Iterator[tuple[int, str, list[str]]]:
    """The rows sent, each with what other pages ask of it."""
    here = [id for id, inner in repeat.fields.items() if inner.page == repeat.page]
    elsewhere = [id for id, inner in repeat.fields.items() if inner.page != repeat.page]
    same = _matched(
        {n: _part(row, here) for n, row in sent.items()}, {n: _part(row, here) for n, row in held.items()}
    )
    for number, row in sent.items():
        rest = _part(held[same[number]], elsewhere) if number in same else {}
        yield from (
            (number, name, values) for name, values in {"": ["row"], **_part(row, here), **rest}.items()
        )


def _matched(sent: Mapping[int, Cells], held: Mapping[int, Cells]) -> dict[int, int]:
    """For each row sent, the one held that it is: at the same place and unchanged, else unchanged elsewhere (rows were added or
    taken away in another tab), else at the same place."""
    told = {number: {rest: v for rest, v in row.items() if any(v)} for number, row in sent.items()}
    found = {number: number for number, row in told.items() if held.get(number) == row}
    for number, row in told.items():
        free = [one for one in held if one not in found.values()]
        same = [one for one in free if held[one] == row and row]
        if number not in found and same:
            found[number] = same[0]
    for number in told:
        if number not in found and number in held and number not in found.values():
            found[number] = number
    return found
