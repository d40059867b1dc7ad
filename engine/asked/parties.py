"""What one party to a dossier is asked, and may see of it: what is hidden from somebody is absent for them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import replace

from engine.asked import AskedPage, Reading, holds
from engine.asked.derived import derived
from engine.asked.kept import Kept
from engine.asked.order import reads
from engine.kinds import Json
from engine.language import Scheme
from engine.language.model import APPLICANT, Expression, Field


def _hidden(scheme: Scheme) -> dict[str, frozenset[str]]:
    return {party: _hidden_from(scheme, party) for party in (APPLICANT, *scheme.parties)}


def _hidden_from(scheme: Scheme, party: str) -> frozenset[str]:
    fields = [one for one in scheme.fields.values() if party in one.hide_from]
    every = [part for one in fields for part in (one, *one.below)]
    names = {name for one in every for name in (one.id, *one.totals)}
    return derived(scheme, names) if names else frozenset()


hidden = Kept(_hidden)


def hidden_from(scheme: Scheme, party: str) -> frozenset[str]:
    """The fields a party may not see, and all that is computed from them."""
    return hidden(scheme).get(party, frozenset())


def hidden_from_some(scheme: Scheme) -> frozenset[str]:
    """What one party or another may not see: it stands in no paper and in no mail, which all of them may read."""
    return frozenset(name for names in hidden(scheme).values() for name in names)


def seen_by(reading: Reading, party: str) -> Reading:
    """The reading without what is hidden from a party, nor what is asked because of it: no value is left to be told."""
    kept_from = hidden_from(reading.scheme, party)
    if not kept_from:
        return reading
    pages = tuple(
        AskedPage(one.page, fields)
        for one in reading.pages
        if (fields := _shown(one, party, kept_from)) or one.page.asked_of == party
    )
    asked = frozenset(field.id for page in pages for field in page.fields)
    return replace(
        reading,
        answers={id: answer for id, answer in reading.answers.items() if id not in kept_from},
        values={**reading.values, **dict.fromkeys(kept_from & reading.values.keys())},
        pages=pages,
        asked=asked,
        settled_rows={id: rows for id, rows in reading.settled_rows.items() if id in asked},
    )


def _shown(asked: AskedPage, party: str, kept_from: Collection[str]) -> tuple[Field, ...]:
    if asked.page.asked_of == party:
        return tuple(one for one in asked.fields if one.id not in kept_from)
    if _tells(asked.page.when, kept_from):
        return ()
    return tuple(one for one in asked.fields if one.id not in kept_from and not _tells(one.when, kept_from))


def _tells(condition: Expression | None, names: Collection[str]) -> bool:
    return bool(reads(condition) & set(names))


def asked_of(reading: Reading, party: str) -> Reading:
    """The reading with the pages one party fills in alone."""
    if not reading.scheme.parties:
        return reading
    return replace(reading, pages=tuple(one for one in reading.pages if one.page.asked_of == party))


def concerned(reading: Reading) -> tuple[str, ...]:
    """The parties there are now: the applicant, and those whose `when` holds."""
    others = reading.scheme.parties.values()
    return (APPLICANT, *(one.id for one in others if holds(one.when, reading.values, reading)))


def signed_content(reading: Reading, party: str, pages: Collection[str]) -> dict[str, dict[str, Json]]:
    """What a party signs: the answers of these pages, as far as they may see them."""
    seen = seen_by(reading, party)
    kept = seen.kept()
    return {
        one.page.id: {field.id: kept[field.id] for field in one.fields if field.id in kept}
        for one in seen.pages
        if one.page.id in pages
    }


def signed_digest(reading: Reading, party: str, pages: Collection[str], version: int) -> str:
    """The SHA-256 of what a party signs, in its one canonical form: keys sorted, no blank, the version beside."""
    content = {
        "scheme": reading.scheme.id,
        "version": version,
        "party": party,
        "pages": signed_content(reading, party, pages),
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
