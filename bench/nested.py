"""A form of twelve rows that hold rows themselves: what a page of nested repeats is measured on. Made up."""

from __future__ import annotations

from typing import Any

from bench.wide import HEAD, ROWS, TAIL

LINES = 3  # in each row
FIELDS = """\
  page_0:
    title: Page 0
    fields:
      f0_0: {type: money, min: 0, label: Montant}
  projects:
    title: Projets
    fields:
      projects:
        type: repeat
        label: Projets
        row: "{name}"
        fields:
          name: {type: text, label: Nom}
          begins: {type: date, label: Début}
          genre: {type: choice, label: Sorte, options: {music: Musique, theatre: Théâtre, dance: Danse}}
          other: {type: text, label: Précisez, when: genre = "dance"}
          lines:
            type: repeat
            layout: table
            label: Dépenses
            fields:
              what: {type: text, label: Quoi}
              planned: {type: money, label: Prévu}
              paid: {type: money, label: Payé}
              left: {type: money, label: Reste, value: planned - paid}
            totals: {cost: {sum: planned, label: Coût du projet}}
        totals: {costs: {sum: cost, label: Coût de tous les projets}}
        check: {few: {require: costs < 1000000, otherwise: Trop}}
"""


def nested_form() -> str:
    """The scheme: one field, then twelve projects each with its lines, conditions, computed values and totals."""
    return HEAD.replace("wide-form", "nested-form").replace("GF-", "NF-") + FIELDS + TAIL


def nested_answers() -> dict[str, Any]:
    """An answer to every field."""
    line = {"planned": "120.00", "paid": "20.00"}
    rows = [
        {
            "name": f"Projet {row}",
            "begins": "2020-06-01",
            "genre": ("music", "theatre")[row % 2],
            "lines": [{"what": f"Poste {one}", **line} for one in range(LINES)],
        }
        for row in range(ROWS)
    ]
    return {"f0_0": "20.00", "projects": rows}
