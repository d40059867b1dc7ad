"""Invented questions, so that pages can be made without a scheme."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.language.expressions import Text
from engine.language.form_model import Field, Line
from engine.language.lists import ReferenceList
from engine.organisation import Organisation
from renderers.frame import Frame

NOW = datetime(2020, 5, 12, 12, 5, tzinfo=UTC)


def text(french: str, english: str = "") -> Text:
    return Text({"fr": (french,), "en": (english or french,)})


@pytest.fixture(scope="session")
def question() -> Callable[..., Field]:
    """Makes a field; `label` and `help` are French, or (French, English)."""

    def make(kind: str, label: object = "Question", **given: object) -> Field:
        def worded(value: object) -> Text:
            return text(*value) if isinstance(value, tuple) else text(str(value))

        if "help" in given:
            given["help"] = worded(given["help"])
        return Field(id=str(given.pop("id", "thing")), kind=kind, label=worded(label), **given)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def every_kind(question: Callable[..., Field]) -> dict[str, Field]:
    """One field of every kind, with a hint."""
    colours = {"red": text("Rouge", "Red"), "blue": text("Bleu", "Blue")}
    inner = {"name": question("text", "Nom", id="name"), "share": question("percentage", "Part", id="share")}
    own: dict[str, dict[str, object]] = {
        "choice": {"options": {"options": colours}},
        "choices": {"options": {"options": colours}},
        "choice_grid": {"options": {"options": colours, "rows": {"wall": text("Mur"), "roof": text("Toit")}}},
        "person": {"options": {"born": True}},
        "repeat": {"fields": inner},
        "matrix": {"fields": inner, "lines": {"first": Line("first", text("Première", "First"))}},
    }
    names = (
        "text long_text integer decimal money percentage date yes_no choice choices consent email phone "
        "address siret iban file repeat matrix person fields choice_grid siren rna vat nir bic url postal_code commune department country time date_time year "
        "rating geo_point dossier_reference"
    )
    return {
        kind: question(kind, f"Libellé de {kind}", id=f"a_{kind}", help="Une aide.", **own.get(kind, {}))
        for kind in names.split()
    }


@pytest.fixture(scope="session")
def long_list() -> ReferenceList:
    """A reference list of 732 invented rows."""
    rows = {
        f"{n:03}": {"label": f"Activité fictive {n} & co", "label_en": f"Made-up activity {n}"}
        for n in range(732)
    }
    return ReferenceList("naf", ("label", "label_en"), rows)


@pytest.fixture(scope="session")
def organisation() -> Organisation:
    return Organisation(
        name="Département d'Essai",
        zone=ZoneInfo("Europe/Paris"),
        email="aides@essai.example",
        address="1 rue\n74000",
    )


@pytest.fixture(scope="session")
def frame(organisation: Organisation) -> Frame:
    return Frame(organisation=organisation, path="/", csrf="jeton", today=date(2020, 5, 12))
