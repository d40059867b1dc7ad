"""One form page as its script sees it: fields, conditions, totals, checks and early refusals (see static/form/)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from markupsafe import Markup

from engine.asked import Reading
from engine.asked.order import order, reads, row_order
from engine.kinds.kind import whole_option
from engine.language.expressions import printed_type
from engine.language.model import Check, Expression, Field, Page, Rule, Text
from engine.problems import AnswerProblem
from engine.validation.bounds import limits_of
from engine.words import Printed
from renderers.catalogues import marked, say
from renderers.links import Links
from renderers.live.expressions import READABLE, Json, Shipping
from renderers.words import number, printed, problem_sentence

STATIC = Path(__file__).parents[1] / "static"
UNITS = ("money", "percentage", "integer", "number")
PLACES = {"integer": 0, "money": 2}
SHOWN = marked("More is asked: %(label)s")
TOTAL = marked("%(label)s: %(value)s")


@dataclass(frozen=True, slots=True)
class LivePage:
    """`data` is the JSON its script reads; `changing` the questions it may show and hide, "repeat/field" in rows."""

    data: str
    changing: frozenset[str]

    @property
    def preload(self) -> Markup:
        """The links by which a browser asks for all the files of its script at once."""
        return _preload()


@cache
def _preload() -> Markup:
    links, link = Links(), Markup('<link rel="modulepreload" href="{}">')
    return Markup("\n").join(link.format(links.static(name)) for name in modules())


@cache
def modules() -> tuple[str, ...]:
    """The files of the script, below the folder of static files."""
    folders = ("form", "feel", "vendor/decimal")
    found = (file for folder in folders for file in sorted((STATIC / folder).rglob("*js")))
    return tuple(file.relative_to(STATIC).as_posix() for file in found)


def live_page(reading: Reading, page: Page, fields: Iterable[Field], language: str) -> LivePage | None:
    """What the page's script is given; None when nothing on the page changes with what is typed.

    `fields` are those of the page that may be answered, asked now or not, in order.
    """
    found = {field.id: field for field in fields}
    shipping = Shipping(reading, found)
    made = _Made(shipping, language)
    conditions = {field.id: made.condition(field) for field in found.values()}
    data: dict[str, Json] = {
        "fields": {id: made.field(field, conditions[id]) for id, field in found.items()},
        "order": [
            step.id for step in order(reading.scheme) if step.id in found or step.id in shipping.totals
        ],
        "checks": made.checks(page.checks),
        "stops": made.stops(reading.scheme.eligibility.values()),
        "today": shipping.constant(_today(reading)),
        "figures": figures(language),
        "said": {"shown": say(language, SHOWN), "total": say(language, TOTAL)},
    }
    if not made.is_alive:
        return None
    data |= {"values": shipping.values, "functions": shipping.functions}
    rows = {
        f"{id}/{name}": row
        for id, field in data["fields"].items()
        for name, row in field.get("rows", {}).items()
    }
    changing = {name for name, field in (data["fields"] | rows).items() if isinstance(field["when"], dict)}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return LivePage(text, frozenset(changing))


def _today(reading: Reading) -> datetime:
    """Midnight of the day it is in the organisation's zone, without a zone: `today()` reads its day alone."""
    return datetime.combine(reading.now.astimezone(reading.zone).date(), datetime.min.time())


@cache
def figures(language: str) -> dict[str, Json]:
    """How numbers are written: the signs between their digits, and what stands around them by unit."""
    example = number(Decimal("1234.5"), language)
    around = {unit: printed(Printed("7", unit), language).split("7") for unit in UNITS}
    return {
        "group": example[1 : example.index("234")],
        "mark": example[example.index("4") + 1 : -1],
        "around": around,
    }


class _Made:
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
        if field.kind == "repeat":
            made |= self._rows(field)
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
        return made | (lengths if field.kind in {"text", "long_text"} else {})

    def _rows(self, repeat: Field) -> dict[str, Json]:
        """The fields of a row, and the totals over all rows."""
        rows = {}
        for inner in row_order(self.shipping.reading.scheme)[repeat.id]:
            when: Json = True
            if inner.when is not None:
                when = self.shipping.tree(inner.when, repeat.fields)
                self.is_alive |= when is not None
            rows[inner.id] = self._reading(inner, when)
        totals = {}
        for name, total in repeat.totals.items():
            where = True if total.where is None else self.shipping.tree(total.where, repeat.fields)
            unit = printed_type(total.type, Decimal(0))
            totals[name] = {
                "sum": total.sum,
                "where": where,
                "unit": unit,
                "label": total.label.plain(self.language),
            }
            self.is_alive |= where is not None
        return {"rows": rows, "totals": totals}

    def _bounds(self, field: Field, id: str) -> list[Json]:
        """The bounds nothing on the page changes: the bound, its sign, and the sentence that tells it."""
        found = []
        for key in ("min", "max"):
            bound = field.options.get(key)
            if isinstance(bound, Expression) and self.shipping.may_change(bound):
                continue
            for value, code, params in limits_of(field, key, self.shipping.reading):
                problem = AnswerProblem((id,), code, params)
                sentence = problem_sentence(problem, field, self.language, labelled=False)
                found.append([key, self.shipping.constant(value), sentence])
                self.is_alive = True
        return found

    def checks(self, checks: Iterable[Check]) -> list[Json]:
        """The checks the page can judge and tell."""
        return [told for check in checks for told in self._told(check.id, check.require, check.otherwise)]

    def stops(self, rules: Iterable[Rule]) -> list[Json]:
        """The rules that end the application early, among those that read this page."""
        early = [rule for rule in rules if rule.stop == "early" and rule.severity == "refuse"]
        return [told for rule in early for told in self._told(rule.id, rule.require, rule.otherwise)]

    def _told(self, id: str, require: Expression, otherwise: Text) -> list[Json]:
        """What must be so, and the text that tells it isn't; nothing when the page can't judge or tell it."""
        tree = self.shipping.tree(require) if self.shipping.may_change(require) else None
        text = self._text(otherwise) if tree is not None else None
        if text is None:
            return []
        self.is_alive = True
        return [{"id": id, "require": tree, "reads": sorted(reads(require)), "text": text}]

    def _text(self, text: Text) -> list[Json] | None:
        """The parts of a text: what is written, and the figures to compute; None when one can't be printed here."""
        reading = self.shipping.reading
        parts: list[Json] = []
        for part in text.parts(self.language):
            if isinstance(part, str):
                parts.append(part)
                continue
            if not self.shipping.may_change(part):
                said = part.printed(self.language, reading.values, reading.now, reading.zone)
                parts.append(said if isinstance(said, str) else printed(said, self.language))
                continue
            unit, tree = printed_type(part.type, Decimal(0)), self.shipping.tree(part)
            if tree is None or unit not in UNITS or part.labels is not None:
                return None
            parts.append({"tree": tree, "unit": unit})
        return parts
