"""How a simulation is printed: sentences and tables for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import click

from authoring.simulation import KINDS, Dimension, Figures, Replayed, RuleFlips, Simulation
from engine.language import Scheme
from renderers.catalogues import say
from renderers.words import simulations as words
from renderers.words.figures import number

SHAPE = 1  # of the JSON: raised when a key changes its meaning or goes; new keys may come
MOST_VALUES = 40  # lines of the last table; JSON and CSV have them all
COLUMNS = (
    "reference",
    "state",
    "version",
    "kind",
    "eligible_before",
    "eligible_after",
    "because_before",
    "because_after",
    "amount_before",
    "amount_after",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(found: Simulation, scheme: Scheme, by: Dimension | None, language: str) -> Iterable[str]:
    """The lines for a terminal."""
    yield from ("  " + words.counted(kind, found.whole.counts[kind], language) for kind in KINDS)
    yield words.cost_sentence(found.whole, language, _currency(scheme))
    if found.by_rule:
        heads = [say(language, head) for head in words.FLIPS.values()]
        rows = [(id, [number(one, language) for one in _flips(flips)]) for id, flips in found.by_rule.items()]
        yield from _table(say(language, words.BY_RULE), heads, rows)
    yield from _figures(words.BY_STATE, words.by_state(scheme, found.by_state, language), scheme, language)
    yield from _figures(words.BY_VERSION, found.by_version, scheme, language)
    if by is not None:
        title = say(language, words.BY_FIELD, {"field": by.field.label.plain(language)})
        shown = list(found.by_dimension.items())[:MOST_VALUES]
        values = {words.value_label(by, value, language): one for value, one in shown}
        yield from _figures(title, values, scheme, language)
        if (more := len(found.by_dimension) - len(shown)) > 0:
            yield say(language, words.MORE_VALUES, {"number": number(more, language)})


def _figures(title: str, parts: Mapping[str, Figures], scheme: Scheme, language: str) -> Iterable[str]:
    if not parts or set(parts) <= {"", "0"}:  # generated dossiers have no state and no version
        return
    heads = [say(language, one) for one in (*words.KINDS.values(), words.DOSSIERS, words.DIFFERENCE)]
    rows = [
        (
            name,
            [
                *(number(one.counts[kind], language) for kind in KINDS),
                number(one.total, language),
                words.signed(one.difference, language, _currency(scheme)),
            ],
        )
        for name, one in parts.items()
    ]
    yield from _table(say(language, title), heads, rows)


def _table(title: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> Iterable[str]:
    first = max(len(title), *(len(name) for name, _ in rows))
    widths = [max(len(head), *(len(cells[n]) for _, cells in rows)) for n, head in enumerate(heads)]
    yield ""
    yield click.style(_line(title, heads, first, widths), bold=True)
    yield from (_line(name, cells, first, widths) for name, cells in rows)


def _line(name: str, cells: Sequence[str], first: int, widths: Sequence[int]) -> str:
    padded = (cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join((name.ljust(first), *padded))


def as_json(found: Simulation, about: Mapping[str, Any], by: Dimension | None) -> str:
    """Everything, amounts as texts."""
    told = {
        "shape": SHAPE,
        **about,
        **_plain(found.whole),
        "by_rule": {id: asdict(one) for id, one in found.by_rule.items()},
        "by_state": {id: _plain(one) for id, one in found.by_state.items()},
        "by_version": {id: _plain(one) for id, one in found.by_version.items()},
    }
    if by is not None:
        told["by"] = {"field": by.name, "values": {id: _plain(one) for id, one in found.by_dimension.items()}}
    return json.dumps(told, ensure_ascii=False, indent=1)


def _plain(figures: Figures) -> dict[str, Any]:
    amounts = {"before": figures.cost_before, "after": figures.cost_after, "difference": figures.difference}
    cost = {name: f"{amount:f}" for name, amount in amounts.items()}
    return {"dossiers": figures.total, "counts": dict(figures.counts), "cost": cost}


def csv_head(by: Dimension | None) -> str:
    """The first line of the CSV."""
    return _csv([*COLUMNS, *([by.name] if by else [])])


def csv_line(one: Replayed, by: Dimension | None) -> str:
    """One dossier as a line; a text that a spreadsheet would take for a formula is marked as text."""
    before, after, received = one.before, one.after, one.received
    cells: list[object] = [
        received.reference or received.public_id,
        received.state,
        received.version,
        one.kind,
    ]
    cells += [_truth(before.eligible), _truth(after.eligible)]
    cells += [" ".join(before.deciding), " ".join(after.deciding)]
    cells += ["" if amount is None else f"{amount:f}" for amount in (before.amount, after.amount)]
    if by is not None:
        value = by.value(received)
        cells.append(f"'{value}" if value.startswith(FORMULA) else value)
    return _csv(cells)


def _truth(value: bool | None) -> str:
    return "" if value is None else str(value).lower()


def _csv(cells: Sequence[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _flips(flips: RuleFlips) -> tuple[int, ...]:
    return (flips.lets_in, flips.keeps_out, flips.leaves_open, flips.lifted, flips.raised)


def _currency(scheme: Scheme) -> str:
    return scheme.award.currency if scheme.award else "EUR"
