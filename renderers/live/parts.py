"""The parts of a page its script may change: fields, rows, totals, checks and early refusals, each as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from engine.asked.behind import behind, is_blank
from engine.asked.lines import line_order
from engine.asked.order import reads, row_order
from engine.kinds import kind_of
from engine.kinds.field import figure_columns
from engine.kinds.kind import whole_option
from engine.kinds.postal_code import pattern_of
from engine.language.expressions import printed_type
from engine.language.model import Check, Expression, Field, Note, Rule, Text, Total
from engine.problems import AnswerProblem
from engine.validation.bounds import limits_of
from engine.words import Printed
from renderers.live.expressions import READABLE, Json, Shipping, names_in
from renderers.live.own_row import OwnRow, notes_of
from renderers.live.writing import UNITS, written
from renderers.words import printed, problem_sentence

PLACES = {"integer": 0, "money": 2}
BOUND = "\ufffc"  # stands for the bound in the sentence that tells it is passed


class Parts:
    """The parts of the page, each as JSON; `is_alive` once one of them may change."""

    def __init__(self, shipping: Shipping, language: str) -> None:
        self.shipping, self.language, self.is_alive = shipping, language, False

    def condition(self, field: Field) -> Json:
        """The tree of `when`; True when there is none, None when only the server can tell."""
        if field.when is None:
            return True
        if not self.shipping.may_change(field.when):
            return field.id in self.shipping.reading.asked
        tree = self.shipping.tree(field.when)
        self.is_alive |= tree is not None
        return tree

    def field(self, field: Field, when: Json) -> Json:
        """One field: how it is read and when it is asked."""
        made = {**self._reading(field, when), "bounds": self._bounds(field, field.id)}
        made["checks"] = self.checks(field.checks)
        if field.fields:
            made |= self._rows(field)
        if field.lines:
            made |= self._lines(field)
        return made

    def _reading(self, field: Field, when: Json) -> dict[str, Json]:
        places = PLACES.get(field.kind, whole_option(field, "decimals", 4))
        made = {
            "kind": field.kind if field.kind in READABLE else None,
            "when": when,
            "optional": field.optional,
        }
        made |= {"places": places, "label": field.label.plain(self.language)}
        lengths = {"longest": whole_option(field, "max_length", 300 if field.kind == "text" else 10_000)}
        lengths |= {"shortest": whole_option(field, "min_length", 0)}
        if field.kind == "postal_code":
            return made | {"pattern": pattern_of(field)}
        made |= {key: True for key in ("other", "none") if key in field.options}
        return made | (lengths if field.kind in {"text", "long_text"} else {})

    def _rows(self, repeat: Field) -> dict[str, Json]:
        """The fields of a row asked on this page, in the order of settling; `cells` are the names it knows by itself, in the
        order of the scheme. Rows in it have theirs, and their totals, known in the row around."""
        rows = {}
        for inner in row_order(self.shipping.reading.scheme)[repeat.place]:
            if inner.page != repeat.page:
                continue
            when = True if inner.when is None else self._in_row(inner.when, repeat)
            if inner.value is not None:
                rows[inner.id] = self._figure(inner, inner.value, when, repeat)
                continue
            rows[inner.id] = (
                self._reading(inner, when) | self._limits(inner, repeat) | self._days(inner, repeat)
            )
            if checks := [told for check in inner.checks for told in self._told_in_row(check, repeat)]:
                rows[inner.id]["checks"] = checks
            if inner.fields:
                totals = {name: self._total(name, one, inner, repeat) for name, one in inner.totals.items()}
                rows[inner.id] |= {**self._rows(inner), "totals": totals}
        return {"cells": [*repeat.fields, *repeat.row_totals], "rows": rows}

    def _limits(self, inner: Field, repeat: Field) -> dict[str, Json]:
        """The bounds of a figure of rows, judged in each row: the side, the tree, its unit, and the sentence around the bound.
        Those only the server can tell are told when the page is sent."""
        unit, found = kind_of(inner).unit, []
        for key, code in (("min", "too_small"), ("max", "too_large")):
            bound = inner.options.get(key)
            if repeat.lines or unit not in UNITS or not isinstance(bound, Expression):
                continue
            tree = self._in_row(bound, repeat)
            problem = AnswerProblem((inner.id,), code, {key: Printed(BOUND, "text")})
            sentence = problem_sentence(problem, inner, self.language, labelled=False)
            found += [[key, tree, unit, sentence.split(BOUND)]] if tree is not None else []
        return {"limits": found} if found else {}

    def _days(self, inner: Field, repeat: Field) -> dict[str, Json]:
        """The bounds of a day or an hour of rows, where they are the same in each row."""
        if kind_of(inner).unit in UNITS or self._reads_row(inner.options.values(), repeat):
            return {}
        found = self._bounds(inner, inner.id)
        return {"bounds": found} if found else {}

    def _reads_row(self, given: Iterable[object], repeat: Field) -> bool:
        own = names_in(self.shipping.reading.scheme, repeat)
        return any(isinstance(one, Expression) and reads(one) & {*own, "row"} for one in given)

    def _told_in_row(self, check: Check, repeat: Field) -> list[Json]:
        """A check under a field of rows, judged in each row; nothing when the page can't judge or tell it."""
        tree, after = self._in_row(check.require, repeat), self._after(reads(check.require), repeat)
        text = self._text(check.otherwise, repeat) if tree is not None else None
        return [] if text is None or after is None else [{"require": tree, "after": after, "text": text}]

    def _lines(self, matrix: Field) -> dict[str, Json]:
        """The lines, true for those that are typed; the computed ones in the order of settling, each with its tree and
        the answers behind it; how each column of figures is written."""
        lines = {id: line.is_typed for id, line in matrix.lines.items() if not line.heading}
        sums = [
            [id, self._in_line(value, lines), self._after(reads(value) - lines.keys() | {matrix.id})]
            for id in line_order(matrix)
            if (value := matrix.lines[id].value) is not None
        ]
        columns = [matrix.fields[name] for name in figure_columns(matrix)]
        units = {one.id: {"label": self._label(one), **written(one, self.language)} for one in columns}
        return {"lines": lines, "sums": sums, "units": units}

    def _label(self, field: Field) -> str:
        return field.label.plain(self.language)

    def _in_line(self, value: Expression, lines: Iterable[str]) -> Json:
        tree = self.shipping.tree(value, set(lines))
        self.is_alive |= tree is not None
        return tree

    def notes(self, notes: Iterable[Note]) -> dict[str, Json]:
        """The notes the page may bring, take away, or whose figures it may compute."""
        return {note.id: made for note in notes if (made := self._note(note)) is not None}

    def figures(self, row: OwnRow) -> dict[str, Json]:
        """What is computed in the row of a page asked for each row, by the name of its line, where the page can compute it."""
        made = self.notes(notes_of(row))
        return {name: one | written(row.figures[name], self.language) for name, one in made.items()}

    def _note(self, note: Note) -> dict[str, Json] | None:
        """A note by its condition and its figure or text; None when nothing on the page changes it, or only the server can."""
        computed = [one for one in (note.when, note.value) if one is not None]
        holes = [part for part in note.text.parts(self.language) if not isinstance(part, str)]
        if not any(self.shipping.may_change(one) for one in (*computed, *holes)):
            return None
        when = True if note.when is None else self.shipping.tree(note.when)
        value = None if note.value is None else self.shipping.tree(note.value)
        text = self._text(note.text)
        if when is None or text is None or (note.value is not None and value is None):
            return None
        self.is_alive = True
        made = {"when": when, "text": text, "label": note.text.plain(self.language)}
        if note.value is None:
            return made
        unit = printed_type(note.value.type, Decimal(0))
        return made | {
            "value": value,
            "unit": unit if unit in UNITS else "number",
            "after": self._after(reads(note.value)),
        }

    def totals(self, repeat: Field) -> dict[str, Json]:
        """The totals over all rows."""
        known = self.shipping.totals
        return {name: self._total(name, one, repeat) for name, one in repeat.totals.items() if name in known}

    def _total(self, name: str, total: Total, repeat: Field, around: Field | None = None) -> dict[str, Json]:
        """A total over the rows of a repeat; `around`: the repeat in whose row it stands."""
        self.is_alive |= total.where is None
        return {
            "repeat": repeat.id,
            "sum": total.sum,
            "where": True if total.where is None else self._in_row(total.where, repeat),
            "after": self._after([name], around),
            "label": total.label.plain(self.language),
            "unit": printed_type(total.type, Decimal(0)),
        }

    def _after(
        self, names: Iterable[str], repeat: Field | None = None, *, even_optional: bool = False
    ) -> list[str] | None:
        """The answers of this page that must be given first; None while one of another page is still to come."""
        reading = self.shipping.reading
        found = sorted(behind(reading.scheme, names, repeat))
        here = [path for path in found if path.partition("/")[0] in self.shipping.open]
        elsewhere = (path for path in found if path not in here)
        return (
            None if any(is_blank(reading, path, even_optional=even_optional) for path in elsewhere) else here
        )

    def _in_row(self, expression: Expression, repeat: Field) -> Json:
        """What is evaluated in each row; None when only the server can tell."""
        tree = None
        if not self.shipping.reads_elsewhere(reads(expression), repeat):
            tree = self.shipping.tree(expression, names_in(self.shipping.reading.scheme, repeat))
        self.is_alive |= tree is not None
        return tree

    def _figure(self, inner: Field, value: Expression, when: Json, repeat: Field) -> dict[str, Json]:
        """What is computed in each row, the answers behind it, and how it is written."""
        return {
            "when": when,
            "value": self._in_row(value, repeat),
            "after": self._after(reads(value), repeat),
            "label": inner.label.plain(self.language),
            **written(inner, self.language),
        }

    def _bounds(self, field: Field, id: str) -> list[Json]:
        """The bounds nothing on the page changes: the bound, its sign, and the sentence that tells it."""
        found = []
        for key in ("min", "max"):
            bound = field.options.get(key)
            if isinstance(bound, Expression) and (
                self.shipping.may_change(bound) or self.shipping.tells_secret(bound)
            ):
                continue
            for value, code, params in limits_of(field, key, self.shipping.reading):
                problem = AnswerProblem((id,), code, params)
                sentence = problem_sentence(problem, field, self.language, labelled=False)
                found.append([key, self.shipping.constant(value), sentence])
                self.is_alive = True
        return found

    def checks(self, checks: Iterable[Check]) -> list[Json]:
        """The checks the page can judge and tell."""
        return [told for check in checks for told in self._told(check, even_optional=False)]

    def stops(self, rules: Iterable[Rule]) -> list[Json]:
        """The rules that end the application early, among those that read this page."""
        early = [rule for rule in rules if rule.stop == "early" and rule.severity == "refuse"]
        return [told for rule in early for told in self._told(rule, even_optional=True)]

    def _told(self, one: Check | Rule, *, even_optional: bool) -> list[Json]:
        """What must be so, and the text that tells it isn't; nothing when the page can't judge or tell it."""
        tree = self.shipping.tree(one.require) if self.shipping.may_change(one.require) else None
        text = self._text(one.otherwise) if tree is not None else None
        after = self._after(reads(one.require), even_optional=even_optional)
        if text is None or after is None:
            return []
        self.is_alive = True
        return [
            {"id": one.id, "require": tree, "reads": sorted(reads(one.require)), "after": after, "text": text}
        ]

    def _text(self, text: Text, repeat: Field | None = None) -> list[Json] | None:
        """The parts of a text: what is written, and the figures to compute (in the rows of a repeat); None when one can't be
        printed here."""
        reading = self.shipping.reading
        parts: list[Json] = []
        for part in text.parts(self.language):
            if isinstance(part, str):
                parts.append(part)
                continue
            in_row = repeat is not None and self._reads_row([part], repeat)
            if not in_row and not self.shipping.may_change(part):
                if self.shipping.tells_secret(part):
                    return None
                said = part.printed(self.language, reading.values, reading.now, reading.zone)
                parts.append(said if isinstance(said, str) else printed(said, self.language))
                continue
            unit = printed_type(part.type, Decimal(0))
            tree = self._in_row(part, repeat) if repeat is not None else self.shipping.tree(part)
            if tree is None or unit not in UNITS or part.labels is not None:
                return None
            parts.append({"tree": tree, "unit": unit})
        return parts
