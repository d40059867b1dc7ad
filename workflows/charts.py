"""What a declared picture counts a dossier under, and the territory it belongs to. Pure: answers in, codes out."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from engine import places
from engine.asked import Reading
from engine.kinds import Json
from engine.kinds.kind import members
from engine.language import Scheme
from engine.language.dashboard_model import Chart
from engine.language.model import Field

OVERSEAS = ("97", "98")  # these départements have three figures
TERRITORIAL = ("department", "commune", "address")
LONGEST = 80


def territory_field(scheme: Scheme) -> Field | None:
    """The field that says in which département a dossier lies: the first one of a place that isn't sensitive."""
    fields = (one for one in scheme.fields.values() if one.kind in TERRITORIAL and not one.is_secret)
    return min(fields, key=lambda one: TERRITORIAL.index(one.kind), default=None)


def territory(field: Field | None, answers: Mapping[str, Json]) -> str:
    """The code of the département of a dossier; "" when it is not known."""
    return "" if field is None else place(field, answers.get(field.id), "department")


def counted_under(
    scheme: Scheme,
    chart: Chart,
    answers: Mapping[str, Json],
    reading: Reading | None,
    known: Mapping[str, object],
) -> tuple[str, ...]:
    """The values a dossier stands under in a picture: none when its `where` isn't true of it, several for ticked options.

    `answers` as they were filed: only what was asked. `reading` of them, which only a `where` needs; `known`: what it reads
    besides the form (the dossier, the award).
    """
    where = chart.where
    if where is not None and not (
        reading and where.holds({**reading.values, **known}, reading.now, reading.zone)
    ):
        return ()
    if not chart.by:
        return ("",)
    if chart.by == ("dossier", "state"):
        return (str(members(known["dossier"]).get("state")),)
    field = scheme.fields[chart.by[0]]
    answer = answers.get(field.id)
    if len(chart.by) > 1 or field.kind == "commune":
        return (place(field, answer, chart.by[1] if len(chart.by) > 1 else "commune"),)
    if isinstance(answer, list):
        return tuple(dict.fromkeys(str(one)[:LONGEST] for one in answer)) or ("",)
    return ({True: "yes", False: "no"}[answer] if isinstance(answer, bool) else str(answer or "")[:LONGEST],)


def place(field: Field, answer: Json, part: str) -> str:
    """The département, the post code or the commune of an answer: codes, and the name in capitals where it was typed."""
    if field.kind == "department":
        return str(answer or "")
    if field.kind == "commune":
        found = places.commune(answer) if isinstance(answer, str) else None
        return "" if found is None else found.department.code if part == "department" else found.code
    parts = members(answer)
    if part == "commune":
        return _capitals(str(parts.get("commune", "")))
    postcode = str(parts.get("postcode", ""))
    return postcode if part == "postcode" else postcode[: 3 if postcode.startswith(OVERSEAS) else 2]


def _capitals(name: str) -> str:
    """A commune as somebody typed it, so that its spellings are counted together."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return " ".join(bare.replace("-", " ").replace("'", " ").replace("’", " ").upper().split())[:LONGEST]
