"""The field kinds: one row per kind, in the order the documentation lists them.

To add a kind: write its module, add its row here, its codes to `codes`, its template and its sentences.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.kinds.address import ADDRESS
from engine.kinds.bic import BIC
from engine.kinds.choice import CHOICE
from engine.kinds.choice_grid import CHOICE_GRID
from engine.kinds.choices import CHOICES
from engine.kinds.codes import CODES
from engine.kinds.commune import COMMUNE
from engine.kinds.date import DATE
from engine.kinds.dossier_reference import DOSSIER_REFERENCE
from engine.kinds.email import EMAIL
from engine.kinds.field import FieldView
from engine.kinds.fields import FIELDS
from engine.kinds.figures import DECIMAL, INTEGER, MONEY, PERCENTAGE
from engine.kinds.file import FILE
from engine.kinds.geo_point import GEO_POINT
from engine.kinds.iban import IBAN
from engine.kinds.kind import Json, Kind, Slips
from engine.kinds.matrix import matrix
from engine.kinds.nir import NIR
from engine.kinds.person import PERSON
from engine.kinds.phone import PHONE
from engine.kinds.postal_code import POSTAL_CODE
from engine.kinds.rating import RATING
from engine.kinds.repeat import repeat
from engine.kinds.rna import RNA
from engine.kinds.siren import SIREN
from engine.kinds.siret import SIRET
from engine.kinds.territory import COUNTRY, DEPARTMENT
from engine.kinds.texts import LONG_TEXT, TEXT
from engine.kinds.ticks import CONSENT, YES_NO
from engine.kinds.time import DATE_TIME, TIME, YEAR
from engine.kinds.url import URL
from engine.kinds.vat import VAT

_PLAIN: tuple[Kind, ...] = (
    TEXT,
    LONG_TEXT,
    INTEGER,
    DECIMAL,
    MONEY,
    PERCENTAGE,
    DATE,
    TIME,
    DATE_TIME,
    YEAR,
    YES_NO,
    CHOICE,
    CHOICES,
    RATING,
    CHOICE_GRID,
    CONSENT,
    EMAIL,
    PHONE,
    URL,
    ADDRESS,
    POSTAL_CODE,
    COMMUNE,
    DEPARTMENT,
    COUNTRY,
    GEO_POINT,
    SIRET,
    SIREN,
    RNA,
    VAT,
    NIR,
    IBAN,
    BIC,
    DOSSIER_REFERENCE,
    FILE,
    PERSON,
    FIELDS,
)
_IN_ROWS = {kind.name: kind for kind in _PLAIN}
REPEAT = repeat(_IN_ROWS)
_IN_ROWS[REPEAT.name] = REPEAT  # rows of rows
MATRIX = matrix({kind.name: kind for kind in _PLAIN})
KINDS: tuple[Kind, ...] = (*_PLAIN, REPEAT, MATRIX)
BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}


def kind_of(field: FieldView) -> Kind:
    """The kind of a field."""
    return BY_NAME[field.kind]


__all__ = ["BY_NAME", "CODES", "KINDS", "FieldView", "Json", "Kind", "Slips", "kind_of"]
