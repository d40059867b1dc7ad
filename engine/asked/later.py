"""Which forms asked later a dossier has come to: the one its state asks for, and those it was answered by."""

from __future__ import annotations

from collections.abc import Mapping

from engine.asked.kept import Kept
from engine.kinds import Json
from engine.language import Scheme


def _fields(scheme: Scheme) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for page in scheme.form.values():
        if page.later:
            found[page.later] = found.get(page.later, frozenset()) | page.fields.keys()
    return found


# The fields of each form asked later.
fields_of = Kept(_fields)


def come_to(scheme: Scheme, state: object, answers: Mapping[str, Json]) -> list[str]:
    """The ids of the forms a dossier has come to; none for a draft, or where nothing says its state."""
    forms = fields_of(scheme)
    if not forms or not isinstance(state, str) or state == scheme.workflow.start.id:
        return []
    asked = scheme.workflow.filed_from(state)
    return [
        id
        for id, fields in forms.items()
        if id == asked or any(answers.get(name) not in (None, []) for name in fields)
    ]
