"""What the office reads of the facts of a dossier: what each source says and when, what is not verified."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from dossiers.services.cases import Case
from dossiers.services.filled import filled_by
from dossiers.services.prefilling import GIVEN
from dossiers.services.source_views import FactPart, FactView, SourceView
from engine.asked.reading import any_known
from engine.asked.used import printed
from engine.kinds import kind_of
from engine.kinds.kind import members
from engine.language.facts_model import FOUND, ConnectorFact, FactDeclared
from engine.language.model import Field
from engine.words import Printed


def fact_views(case: Case, hidden: Collection[str], now: datetime) -> tuple[FactView, ...]:
    """Every fact of the scheme whose answers are given, as this viewer may know it."""
    return tuple(
        _view(case, fact, hidden, now)
        for fact in case.scheme.facts.values()
        if all(case.reading.answers.get(id) is not None and case.reading.is_asked(id) for id in fact.fields)
    )


def _view(case: Case, fact: FactDeclared, hidden: Collection[str], now: datetime) -> FactView:
    source = isinstance(fact, ConnectorFact)
    title = fact.connector.title if isinstance(fact, ConnectorFact) else fact.title
    if fact.id in hidden:
        return FactView(fact.id, title, "hidden", None)
    values = members(case.reading.values.get(fact.id))
    if not any_known(values):
        return FactView(fact.id, title, "unverified", None)
    one = case.kept.get(fact.id)
    live = not source and case.counts  # earlier dossiers are counted as they are now, until the decision
    at = one.at if one is not None and not live else now
    status = "missing" if values.get(FOUND) is False else "found"
    return FactView(fact.id, title, status, at, parts_of(case, fact, values))


def parts_of(case: Case, fact: FactDeclared, values: Mapping[str, object]) -> tuple[FactPart, ...]:
    """What a fact says, part by part, each printed; what is not known is left out."""
    source = isinstance(fact, ConnectorFact)
    return tuple(
        FactPart(fact.label(name) if source else None, name, _printed(case, fact.kind(name), value))
        for name, value in values.items()
        if value is not None and name != FOUND
    )


def _printed(case: Case, kind: str, value: object) -> Mapping[str, Printed]:
    if kind == "address":
        lines = members(value)
        line = ", ".join(str(lines[part]) for part in ("street", "extra") if lines.get(part))
        town = " ".join(str(lines[part]) for part in ("postcode", "commune") if lines.get(part))
        shown = Printed(", ".join(part for part in (line, town) if part), "text")
    else:
        shown = printed(value, kind)
    return dict.fromkeys(case.scheme.languages, shown)


def source_of(case: Case, field: Field) -> SourceView | None:
    """What a source says of an answer; None where none does."""
    if field.filled_by is None and GIVEN not in case.kept:
        return None
    found = filled_by(case.scheme, case.reading, case.kept).get(field.id)
    if found is None:
        return None
    kind = kind_of(field)
    languages = case.scheme.languages
    said = {language: kind.printed(field, found.value, language) for language in languages}
    return SourceView(found.title, found.at, said, found.same, found.begun_from)
