"""How the changes between two versions are printed: sentences for a person, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click

from authoring.difference import Change
from dossiers.services.differences import Difference, Touched
from engine.language.model import Text
from engine.problems import Place
from renderers.words.differences import (
    difference_sentence,
    no_difference,
    overdrawn_sentence,
    touched_sentence,
)

SHAPE = 1  # of the JSON: raised when a key changes its meaning or goes; new keys may come

Told = Sequence[tuple[Change, Touched | None]]


def as_text(changes: Told, language: str, most: int | None = None) -> None:
    """Each change with its place and whom it touches; `most`: how many, the others are counted."""
    if not changes:
        click.echo(no_difference(language))
    for change, touched in changes[:most]:
        place = change.after or change.before
        click.echo(
            f"{place}: {_said(change, touched, language)}" if place else _said(change, touched, language)
        )
    if most is not None and len(changes) > most:
        click.echo(f"… +{len(changes) - most}")


def tell_overdrawn(found: Difference, language: str) -> None:
    """The envelopes of which dossiers hold more than the text votes, one sentence each, on stderr."""
    for envelope in found.overdrawn:
        click.echo(overdrawn_sentence(envelope, language, found.currency), err=True)


def as_json(changes: Told, language: str, **head: Any) -> None:
    """One document: `shape`, the versions, and the changes with their sentences."""
    told = [_json(change, touched, language) for change, touched in changes]
    click.echo(json.dumps({"shape": SHAPE, **head, "changes": told}, ensure_ascii=False, indent=2))


def _said(change: Change, touched: Touched | None, language: str) -> str:
    said = difference_sentence(change, language)
    return f"{said} {touched_sentence(touched, language)}" if touched else said


def _json(change: Change, touched: Touched | None, language: str) -> dict[str, Any]:
    return {
        "code": change.code,
        "path": list(change.path),
        "sentence": difference_sentence(change, language),
        "before": _place(change.before),
        "after": _place(change.after),
        "touched": None if touched is None else _touched(touched, language),
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else {"file": place.file, "line": place.line, "column": place.column}


def _touched(touched: Touched, language: str) -> dict[str, Any]:
    dossiers = [
        {"state": state.plain(language) if isinstance(state, Text) else state, "count": count}
        for state, count in touched.dossiers
    ]
    return {"what": touched.what, "drafts": touched.drafts, "dossiers": dossiers}
