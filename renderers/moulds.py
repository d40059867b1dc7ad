"""Questions asked alike in row after row: made and written out once, then filled in for each row.

A page of twelve rows that hold rows asks some hundred and fifty questions of which eight differ; to make and write out
each took most of its time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup, escape

from engine.asked.fitting import where_of
from engine.kinds import kind_of
from engine.language.model import Field
from renderers.choices import SUFFIXES
from renderers.control_views import Again, Control, Mould
from renderers.labels import has_holes

Typed = Mapping[str, Sequence[str]]
Make = Callable[[str, Typed], Control]  # a question, by the name of its control and what is typed

# the kinds whose templates only write down what was typed, whatever it is
WRITTEN = frozenset({
    "text", "integer", "decimal", "money", "percentage", "date", "date_time", "time", "year", "email", "phone", "url",
    "siret", "siren", "rna", "vat", "nir", "iban", "bic", "postal_code", "dossier_reference",
})  # fmt: skip
# the kinds whose templates write what was chosen in their own way: made once for each thing chosen
CHOSEN = frozenset({"choice", "choices", "yes_no"})
NAME, ROW, VALUE = "\ue000name\ue000", "\ue000row\ue000", "\ue000value%d\ue000"
_MARK = re.compile("(\ue000[a-z]+[0-9]*\ue000)")


@dataclass(slots=True, eq=False)
class Moulds:
    """The questions rows of one repeat ask alike, as they are made: `ids` those of them that may be, `made` by id and what is
    chosen."""

    ids: frozenset[str]
    made: dict[object, Mould] = field(default_factory=dict)


def moulds_of(fields: Iterable[Field]) -> Moulds:
    """None made yet of those whose words and options no row decides."""
    return Moulds(frozenset(one.id for one in fields if _is_same_everywhere(one)))


def _is_same_everywhere(asked: Field) -> bool:
    return (
        (asked.kind in WRITTEN or (asked.kind in CHOSEN and where_of(asked) is None))
        and not has_holes(asked.label)
        and not (asked.help and has_holes(asked.help))
    )


def asked_again(
    moulds: Moulds, asked: Field, name: str, typed: Typed, make: Make
) -> tuple[Mould, tuple[str, ...]]:
    """The mould of a question of a row, and the values typed in its inputs there; `make` is asked when no row asked it
    before."""
    if asked.kind in WRITTEN:
        values = tuple([(typed.get(name + suffix) or ("",))[0] for suffix in kind_of(asked).inputs(asked)])
        return moulds.made.get(asked.id) or _kept(moulds, asked.id, _with_marks(make(NAME, {}))), values
    chosen = tuple((suffix, tuple(typed[name + suffix])) for suffix in SUFFIXES if name + suffix in typed)
    alone = {NAME + suffix: values for suffix, values in chosen}
    key = (asked.id, chosen)
    return moulds.made.get(key) or _kept(moulds, key, make(NAME, alone)), ()


def _with_marks(made: Control) -> Control:
    parts = tuple(replace(one, value=VALUE % place) for place, one in enumerate(made.parts))
    return replace(made, parts=parts)


def _kept(moulds: Moulds, key: object, made: Control) -> Mould:
    moulds.made[key] = Mould(made)
    return moulds.made[key]


def filled(question: Again, write: Callable[[Control], str]) -> Markup:
    """The question as its row has it; `write` is the template that writes one out, asked once for all the rows."""
    found: dict[str, str] = {VALUE % place: escape(value) for place, value in enumerate(question.values)}
    found |= {NAME: question.name, ROW: escape(question.row) if question.row else ""}
    return Markup((question.mould.text or _cast(question.mould, write)) % found)


def _cast(of: Mould, write: Callable[[Control], str]) -> str:
    of.text = _MARK.sub(r"%(\1)s", write(of.control).replace("%", "%%"))
    return of.text
