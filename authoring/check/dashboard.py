"""Charts that would tell what nobody may see, or what isn't known where they are counted."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.check.whole import Whole
from engine.asked.derived import derived
from engine.asked.order import reads
from engine.language.dashboard_model import Chart
from engine.language.model import Field
from engine.problems import Path, Problem


def check_dashboard(whole: Whole) -> Iterator[Problem]:
    """Tell each chart that reads a secret, a fact or the clock, and each public one that shows what is hidden from some."""
    scheme = whole.scheme
    secret = derived(scheme, {part.id for part in _every(whole) if part.sensitive or part.is_secret})
    facts = derived(scheme, scheme.facts.keys())
    hidden = derived(scheme, {part.id for part in _every(whole) if part.hide_from})
    for chart in scheme.dashboard.charts.values():
        read, path = _reads(chart), ("dashboard", chart.id)
        for name in sorted(read & secret):
            yield whole.problem("chart_secret", path, "error", name=name)
        for name in sorted(read & facts - secret):
            yield whole.problem("chart_fact", path, "error", name=name)
        if chart.where is not None and chart.where.reads_clock:
            yield whole.at(chart.where, "chart_clock", (*path, "where"), "error")
        if chart.id in scheme.dashboard.public:
            for name in sorted(read & hidden - secret):
                place: Path = ("public_figures",)
                yield whole.problem("public_hidden", place, "error", name=name)


def _every(whole: Whole) -> Iterator[Field]:
    """Every field, those of rows too."""
    for field in whole.scheme.fields.values():
        yield field
        yield from field.below


def _reads(chart: Chart) -> frozenset[str]:
    return frozenset({*chart.by[:1], *reads(chart.where)})
