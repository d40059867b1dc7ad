"""What who acted filled in with an action, as far as the applicant reads it. A comment is the office's own, and never shown to them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dossiers.services import timeline
from dossiers.services.cases import Entry
from engine.kinds import kind_of
from engine.language.model import Action, Field, Scheme, Text
from engine.words import Phrase

PRINTED = re.compile(
    r"\{\{[^{}]*?\bform\.([a-z][a-z0-9_]*)"
)  # what a letter or a mail prints of the form of its action


def why_asked(scheme: Scheme, entries: Sequence[Entry], language: str) -> Phrase:
    """What the office wrote when it asked for the last correction."""
    for entry in reversed(entries):
        if entry.target is not None and timeline.asked(scheme.workflow, entry.move):
            return given_reason(scheme, entry, language)
    return ()


def given_reason(scheme: Scheme, entry: Entry, language: str) -> Phrase:
    """What somebody gave as the reason of an action: the first answer of its form that is no list of fields."""
    form = _form(entry)
    found = _reason(scheme.workflow.actions.get(entry.action), form)
    return kind_of(found).printed(found, form[found.id], language) if found else ()


def given_besides(scheme: Scheme, entry: Entry, language: str) -> tuple[tuple[Text, Phrase], ...]:
    """The further answers of its form that a letter or a mail of the action prints: the applicant was told them already."""
    done, form = scheme.workflow.actions.get(entry.action), _form(entry)
    if done is None:
        return ()
    told, reason = _told(scheme, done), _reason(done, form)
    return tuple(
        (asked.label, kind_of(asked).printed(asked, form[id], language))
        for id, asked in done.form.items()
        if id in told and asked is not reason and asked.kind != "fields" and form.get(id) not in (None, "")
    )


def _form(entry: Entry) -> Mapping[str, Any]:
    form: Mapping[str, Any] = entry.payload.get("form", {})
    return form


def _reason(action: Action | None, form: Mapping[str, Any]) -> Field | None:
    fields = action.form.items() if action else ()
    return next((one for id, one in fields if one.kind != "fields" and form.get(id) is not None), None)


def _told(scheme: Scheme, action: Action) -> frozenset[str]:
    texts = (text for effect in action.effects for text in scheme.texts.get(effect.name, {}).values())
    return frozenset(id for text in texts for id in PRINTED.findall(text))
