"""What changes in what leaves and what is watched: the exports, the charts, the figures everybody may read, open data."""

from __future__ import annotations

from authoring.difference.change import Sides, pairs, text_of
from authoring.difference.money import written
from engine.language import Scheme
from engine.language.dashboard_model import PARTS
from engine.language.export_model import Export
from engine.language.model import Text
from engine.problems import Path


def compare_watched(sides: Sides) -> None:
    """The exports, the charts of the dashboard, what of it is public, the open data."""
    for before, after in pairs(sides.old.exports, sides.new.exports):
        _export(sides, sides.old.exports.get(before or ""), sides.new.exports.get(after or ""))
    _charts(sides)
    _public(sides)
    was, now = sides.old.open_data, sides.new.open_data
    if written(was) != written(now):
        code = (
            "open_data_added" if was is None else "open_data_removed" if now is None else "open_data_changed"
        )
        sides.add(code, ("open_data",))


def _export(sides: Sides, was: Export | None, now: Export | None) -> None:
    if was is None or now is None:
        one = now or was
        assert one is not None
        code = "export_added" if now else "export_removed"
        sides.add(code, ("exports", one.id), label=one.label, names=_names(one))
        if now:
            _sensitive(sides, frozenset(), now)
        return
    path: Path = ("exports", now.id)
    sides.says("export_label", (*path, "label"), (*path, "label"), was.label, now.label)
    _columns(sides, was, now)
    states = _states(sides.old, was), _states(sides.new, now)
    if was.states != now.states:
        sides.add("export_states", (*path, "states"), was=states[0], now=states[1], label=now.label)
    where = text_of(was.where), text_of(now.where)
    sides.says("export_where", (*path, "where"), (*path, "where"), *where, label=now.label)
    if was.each != now.each:
        code = "export_each" if now.each else "export_each_dossier"
        sides.add(code, (*path, "each"), label=now.label, now=now.each)


def _columns(sides: Sides, was: Export, now: Export) -> None:
    path, before, after = ("exports", now.id, "columns"), _names(was), _names(now)
    for code, names in (
        ("export_gains", tuple(one for one in after if one not in before)),
        ("export_loses", tuple(one for one in before if one not in after)),
    ):
        if names:
            sides.add(code, path, label=now.label, names=names)
    if before != after and set(before) == set(after):
        sides.add("export_order", path, label=now.label)
    _sensitive(sides, frozenset(_names(was, sensitive=True)), now)


def _sensitive(sides: Sides, before: frozenset[str], now: Export) -> None:
    """Told by itself: the person who answers for privacy reads this line."""
    names = tuple(one for one in _names(now, sensitive=True) if one not in before)
    if names:
        sides.add("export_sensitive", ("exports", now.id, "columns"), label=now.label, names=names)


def _names(export: Export, sensitive: bool = False) -> tuple[str, ...]:
    """What its columns are called; those of sensitive answers alone."""
    columns = export.columns
    return tuple(
        one.heading for one in columns if not sensitive or (one.leaf is not None and one.leaf.is_sensitive)
    )


def _states(scheme: Scheme, export: Export) -> tuple[Text | str, ...]:
    found = scheme.workflow.states
    return tuple(found[id].label for id in found if id in export.states) or ("@every_state",)


def _charts(sides: Sides) -> None:
    old, new = sides.old.dashboard.charts, sides.new.dashboard.charts
    for before, after in pairs(old, new):
        path: Path = ("dashboard", after or before or "")
        if before is None and after is not None:
            sides.add("chart_added", path, label=new[after].title)
        elif before is not None and after is None:
            sides.add("chart_removed", path, label=old[before].title)
        elif before is not None and after is not None:
            was, now = old[before], new[after]
            sides.says("chart_title", (*path, "title"), (*path, "title"), was.title, now.title)
            if written((was.measure, was.by, was.where)) != written((now.measure, now.by, now.where)):
                sides.add("chart_changed", path, label=now.title)


def _public(sides: Sides) -> None:
    old, new = sides.old.dashboard, sides.new.dashboard
    for code, here, other in (("public_opened", new, old), ("public_closed", old, new)):
        names = tuple(
            f"@figures_{one}" if one in PARTS else here.charts[one].title
            for one in here.public
            if one not in other.public
        )
        if names:
            sides.add(code, ("public_figures",), names=names)
