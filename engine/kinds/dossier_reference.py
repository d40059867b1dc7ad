"""Kind `dossier_reference`: the reference of another dossier of the site. Its shape alone: whether there is such a dossier
is looked up where the page is saved."""

from __future__ import annotations

import re

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Json, Kind, Raw, Slips, slip
from engine.kinds.typed import latin_digits, single, spaced

REFERENCE = r"[A-Z0-9][A-Z0-9/_.\-]{2,59}"


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    if not single(raw):
        return None
    text = latin_digits(spaced(single(raw)[:80])).replace(" ", "").upper()
    return text if re.fullmatch(REFERENCE, text) else slip(field, "not_a_reference")


def of_anybody(field: FieldView) -> bool:
    """Whether the dossier may be somebody else's."""
    return field.options.get("of") == "anybody"


DOSSIER_REFERENCE = Kind(
    name="dossier_reference",
    keys={
        "of": {
            "enum": ["applicant", "anybody"],
            "description": "Whose dossier it must be: the applicant's own (when not said), or anybody's.",
        }
    },
    codes=("not_a_reference", "no_such_dossier"),
    feel_type=lambda field: feel.STRING,
    read=_read,
    schema=lambda field: {"type": "string", "pattern": rf"^{REFERENCE}$(?!\n)"},
)
