"""The figures and pictures a scheme declares for those who head the office, and what of them everybody may see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from engine.feel import types
from engine.language.dashboard_model import PARTS, Chart, Dashboard, Measure
from engine.language.expressions import Text
from engine.language.loader.loading import Loading, Scope
from engine.language.loader.names import form_fields, mapping
from engine.language.loader.rules import words
from engine.language.loader.sub_states import in_parts
from engine.problems import Path

MEASURES = ("dossiers", "granted")
FIRST: Measure = "dossiers"  # where what is counted can't be read
PICTURE = re.compile(r"\s*([a-z_]+)(?:\s+by\s+([a-z_][a-z0-9_]*(?:\.[a-z_]+)?))?\s*")
COUNTED = (
    "choice",
    "choices",
    "yes_no",
    "consent",
    "department",
    "country",
    "commune",
    "postal_code",
    "rating",
)
PARTS_OF = {"address": ("department", "postcode", "commune"), "commune": ("department",)}


def load_dashboard(load: Loading) -> Dashboard:
    """Every chart, in order; `where` knows the form, `dossier` and what is granted."""
    charts: dict[str, Chart] = {}
    for id, data in mapping(load.data, "dashboard").items():
        if isinstance(data, Mapping):
            path: Path = ("dashboard", id)
            if id in PARTS:
                load.report("chart_named_part", path, at_key=True, name=id)
            measure, by = _counted(load, path, data)
            where = in_parts(
                load, load.expression(data, "where", path, figure_scope(load.scope), types.BOOLEAN)
            )
            title = load.text(data, "title", path) or Text({load.languages[0]: (id,)})
            charts[id] = Chart(id, title, measure, by, where)
    return Dashboard(charts, _public(load, charts))


def figure_scope(scope: Scope) -> Scope:
    """In the `where` of a chart: besides the form, the dossier as it stands and what is granted."""
    dossier = types.Context({"state": types.STRING, "deposited_on": types.DATE})
    award = types.Context({"granted": types.Number("money")})
    return scope.with_names({"dossier": dossier, "award": award})


def _counted(load: Loading, path: Path, data: Mapping[str, Any]) -> tuple[Measure, tuple[str, ...]]:
    """What is counted, by what."""
    key = "chart" if "chart" in data else "figure"
    if ("chart" in data) == ("figure" in data):
        load.report("chart_or_figure", path, at_key=True)
        return FIRST, ()
    found = PICTURE.fullmatch(str(data[key]))
    if found is None or found[1] not in MEASURES or (found[2] is None) == (key == "chart"):
        load.report("bad_chart", (*path, key), found=str(data[key]))
        return FIRST, ()
    measure = cast("Measure", found[1])
    return measure, _by(load, (*path, key), tuple(found[2].split(".")) if found[2] else ())


def _by(load: Loading, path: Path, by: tuple[str, ...]) -> tuple[str, ...]:
    if not by or by == ("dossier", "state"):
        return by
    fields = dict(form_fields(load))
    if not load.known("unknown_field", path, by[0], [*fields]):
        return ()
    data = fields[by[0]]
    kind = str(data.get("type")) if isinstance(data, Mapping) else ""
    parts = PARTS_OF.get(kind, ())
    fits = by[1] in parts if len(by) > 1 else kind in COUNTED
    if not fits:
        offered = tuple(f"{by[0]}.{part}" for part in parts)
        load.report("chart_by", path, name=".".join(by), kind=kind, known=offered or COUNTED)
        return ()
    return by


def _public(load: Loading, charts: Mapping[str, Chart]) -> tuple[str, ...]:
    names = words(load.data.get("public_figures"))
    for number, name in enumerate(names):
        load.known("unknown_figures", ("public_figures", number), name, (*PARTS, *charts))
    return names
