"""Loops: conditions and totals that wait for one another."""

from __future__ import annotations

from collections.abc import Iterable

from engine.language.expressions import Expression
from engine.language.form_model import Field, Page
from engine.language.loader.loading import Loading
from engine.language.model import Scheme
from engine.problems import Path

Graph = dict[str, set[str]]


def check_loops(load: Loading, scheme: Scheme) -> None:
    """Tell each loop once, at the condition of its first member in the file."""
    graph: Graph = {}
    paths: dict[str, Path] = {}
    for page in scheme.form.values():
        for field in page.fields.values():
            path: Path = ("form", page.id, "fields", field.id)
            graph[field.id] = _read_by_field(page, field)
            paths[field.id] = (*path, "when") if field.when else path
            for id, total in field.totals.items():
                graph[id] = {field.id} | (_names([total.where]) - set(field.fields))
                paths[id] = (*path, "totals", id)
    for one in scheme.computed.values():
        graph[one.id] = _names([one.value]) - set(one.by)
        paths[one.id] = ("computed", one.id)
    for fact in scheme.facts.values():
        graph[fact.id] = set(fact.fields)
        paths[fact.id] = ("facts", fact.id)
    told: set[str] = set()
    for name in graph:
        loop = _loop(graph, name)
        if loop and not told & set(loop):
            told |= set(loop)
            load.report("loop", paths[name], at_key=True, names=tuple(loop))


def _names(expressions: Iterable[Expression | None]) -> set[str]:
    return {path[0] for expression in expressions if expression for path in expression.names}


def _read_by_field(page: Page, field: Field) -> set[str]:
    """What must be known before a field is known to be asked."""
    inside = _read_in_rows(field)
    if field.lines:  # what a line or a column reads of its own table is settled inside it
        inside = (inside | _names(line.value for line in field.lines.values())) - {field.id, *field.lines}
    return _names([page.when, field.when]) | inside


def _read_in_rows(field: Field) -> set[str]:
    """What the rows read from around them, those in the rows too."""
    found: set[str] = set()
    for inner in field.fields.values():
        sums = (total.where for total in inner.totals.values())
        found |= _names([inner.when, inner.value]) | _read_in_rows(inner) | (_names(sums) - set(inner.fields))
    return found - field.row_names - {"row"}


def _loop(graph: Graph, start: str) -> list[str] | None:
    """The shortest way from a name back to itself; None when there is none."""
    ways: list[list[str]] = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for following in sorted(graph.get(way[-1], ())):
            if following == start:
                return [*way, start]
            if following in graph and following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return None
