"""What sources, links and earlier dossiers say of the fields they fill in."""

from __future__ import annotations

from collections.abc import Mapping

from dossiers.services.prefilling import GIVEN
from dossiers.services.source_views import FilledBy
from engine.asked import Reading
from engine.asked.facts import keys_of
from engine.facts import Kept, suggestion
from engine.language import Scheme
from engine.language.facts_model import ConnectorFact


def filled_by(scheme: Scheme, reading: Reading, kept: Mapping[str, Kept]) -> Mapping[str, FilledBy]:
    """What facts say of the fields they fill in, by field."""
    found = _given_beforehand(scheme, reading, kept)
    for one in scheme.fields.values():
        if one.filled_by is None or not isinstance(fact := scheme.facts.get(one.filled_by[0]), ConnectorFact):
            continue
        value = suggestion(one, kept)
        if value is not None and keys_of(fact, reading.values) == kept[fact.id].asked:
            same = reading.answers.get(one.id) == value
            found[one.id] = FilledBy(fact.connector.title, kept[fact.id].at, value, same)
    return found


def _given_beforehand(scheme: Scheme, reading: Reading, kept: Mapping[str, Kept]) -> dict[str, FilledBy]:
    """What a link or an earlier dossier gave, by field."""
    given = kept.get(GIVEN)
    if given is None:
        return {}
    return {
        id: FilledBy(None, given.at, value, reading.answers.get(id) == value, given.source)
        for id, value in given.values.items()
        if id in scheme.fields
    }
