"""What never travels to a page from elsewhere: sensitive answers and the lists of a scheme, with all that tells something of them."""

from __future__ import annotations

from collections.abc import Collection

from engine.asked.derived import derived
from engine.asked.kept import Kept
from engine.language.facts_model import DossiersFact, FactDeclared
from engine.language.model import Field, Scheme


def _sensitive(scheme: Scheme) -> frozenset[str]:
    fields = scheme.fields.values()
    facts = {id for id, fact in scheme.facts.items() if fact.sensitive or fact.hide_from or _of_others(fact)}
    return _spread(scheme, facts | {one.id for one in fields for part in _parts(one) if part.sensitive})


def _of_others(fact: FactDeclared) -> bool:
    """Whether it speaks of other dossiers: whoever types somebody's number is told nothing of what they were granted."""
    return isinstance(fact, DossiersFact)


def _parts(field: Field) -> tuple[Field, ...]:
    return (field, *field.below)


def _spread(scheme: Scheme, ids: Collection[str]) -> frozenset[str]:
    """These names and what is computed from them; a repeat whose rows hold such a value is one of them."""
    found = derived(scheme, ids)
    holding = {
        one.id for one in scheme.fields.values() if any(part.id in found for part in one.below)
    } - found
    return _spread(scheme, found | holding) if holding else found


# The names that tell something of a sensitive answer.
sensitive = Kept(_sensitive)
# The names that tell something of a list: what it gives for a code stays on the server.
listed: Kept[frozenset[str]] = Kept(lambda scheme: _spread(scheme, scheme.lists.keys()))
