"""What who acted filled in with an action, as far as the applicant reads it. A comment is the office's own, and never shown to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dossiers.services.cases import Case
from engine.kinds import kind_of
from engine.language.model import Action, Field, Scheme, Text
from engine.words import Phrase

PRINTED = re.compile(
    r"\{\{[^{}]*?\bform\.([a-z][a-z0-9_]*)"
)  # what a letter or a mail prints of the form of its action


def given_reason(case: Case, action: str, payload: Any) -> Phrase:
    """What somebody gave as the reason of an action: the first answer of its form that is no list of fields."""
    found = _reason(case.scheme.workflow.actions.get(action), payload.get("form", {}))
    return _printed(case, found, payload) if found else ()


def given_besides(case: Case, action: str, payload: Any) -> tuple[tuple[Text, Phrase], ...]:
    """The further answers of its form that a letter or a mail of the action prints: the applicant was told them already."""
    done, form = case.scheme.workflow.actions.get(action), payload.get("form", {})
    if done is None:
        return ()
    told, reason = _told(case.scheme, done), _reason(done, form)
    return tuple(
        (asked.label, _printed(case, asked, payload))
        for id, asked in done.form.items()
        if id in told and asked is not reason and asked.kind != "fields" and form.get(id) not in (None, "")
    )


def _reason(action: Action | None, form: Mapping[str, Any]) -> Field | None:
    fields = action.form.items() if action else ()
    return next((one for id, one in fields if one.kind != "fields" and form.get(id) is not None), None)


def _told(scheme: Scheme, action: Action) -> frozenset[str]:
    texts = (text for effect in action.effects for text in scheme.texts.get(effect.name, {}).values())
    return frozenset(id for text in texts for id in PRINTED.findall(text))


def _printed(case: Case, asked: Field, payload: Any) -> Phrase:
    return kind_of(asked).printed(asked, payload["form"][asked.id], case.dossier.language)
