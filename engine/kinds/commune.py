"""Kind `commune`: a French commune, typed by its name or post code; where several are meant, one is picked."""

from __future__ import annotations

from engine import places
from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Controls, Json, Kind, Raw, Slips, slip
from engine.kinds.typed import latin_digits, single
from engine.places import Commune
from engine.words import Phrase, Printed

MOST = 20  # communes one picks among; beyond, more must be typed
PARTS = ("code", "name", "department", "region")


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    typed = single(raw)
    if not typed:
        return None
    found = places.find(latin_digits(typed))
    picked = next((one for one in found.communes if one.code == single(raw, "-code")), found.sure)
    if picked is not None:
        return picked.code
    if not found.communes:
        return slip(field, "no_such_commune")
    return slip(field, "which_commune" if len(found.communes) <= MOST else "too_many_communes")


def offered(typed: str) -> tuple[Commune, ...]:
    """The communes to pick among, for what was typed; none when it is clear which one is meant, or too many are."""
    found = places.find(latin_digits(typed))
    return () if found.sure or len(found.communes) > MOST else found.communes


def _commune(answer: Json) -> Commune | None:
    return places.commune(answer) if isinstance(answer, str) else None


def _value(field: FieldView, answer: Json) -> object:
    if (one := _commune(answer)) is None:
        return None
    return {
        "code": one.code,
        "name": one.name,
        "department": one.department.code,
        "region": one.department.region,
    }


def _controls(field: FieldView, answer: Json) -> Controls:
    one = _commune(answer)
    return {"": [one.label] if one else []}


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    one = _commune(answer)
    return (Printed(one.label, "text"),) if one else ()


COMMUNE = Kind(
    name="commune",
    keys={},
    codes=("no_such_commune", "which_commune", "too_many_communes"),
    feel_type=lambda field: feel.Context(dict.fromkeys(PARTS, feel.STRING)),
    read=_read,
    schema=lambda field: {"type": "string", "pattern": r"^(?:[0-9]{2}|2[AB])[0-9]{3}$(?!\n)"},
    value=_value,
    raw=_controls,
    printed=_printed,
    inputs=lambda field: ("",),
)
