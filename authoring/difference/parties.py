"""What changes for the people a dossier concerns besides its applicant: who they are, what they fill in, what they sign."""

from __future__ import annotations

from typing import Any

from authoring.difference.change import Feel, Sides, pairs, text_of
from engine.language import Scheme
from engine.language.model import Party, Text
from engine.problems import Path


def compare_parties(sides: Sides) -> None:
    """The parties, the pages asked of each, the actions they sign together."""
    old, new = sides.old.parties, sides.new.parties
    for before, after in pairs(old, new):
        _party(sides, old.get(before or ""), new.get(after or ""))
    for id in (one for one in sides.new.form if one in sides.old.form):
        _page(sides, id)
    actions = sides.old.workflow.actions
    for id in (one for one in sides.new.workflow.actions if one in actions):
        _signing(sides, id)


def _party(sides: Sides, was: Party | None, now: Party | None) -> None:
    if was is None or now is None:
        one = now or was
        assert one is not None
        sides.add("party_added" if now else "party_removed", ("parties", one.id), label=one.label)
        return
    path: Path = ("parties", now.id)
    sides.says("party_label", (*path, "label"), (*path, "label"), was.label, now.label)
    told: dict[str, Any] = {"label": now.label}
    sides.says("party_when", (*path, "when"), (*path, "when"), text_of(was.when), text_of(now.when), **told)
    sides.says("party_found", path, path, _answers(was), _answers(now), **told)


def _answers(party: Party) -> tuple[Feel, ...]:
    """The answers that name somebody: a field renamed is the same one."""
    return tuple(Feel(one) for one in (party.name, party.email) if one)


def _page(sides: Sides, id: str) -> None:
    was, now, path = sides.old.form[id], sides.new.form[id], ("form", id)
    if was.asked_of != now.asked_of:
        before, after = _called(sides.old, was.asked_of), _called(sides.new, now.asked_of)
        sides.add("page_asked_of", (*path, "asked_of"), was=before, now=after, label=now.title)


def _called(scheme: Scheme, id: str) -> Text | str:
    """A party by its label; "@applicant" is a word of the catalogue."""
    return scheme.parties[id].label if id in scheme.parties else f"@{id}"


def _signing(sides: Sides, id: str) -> None:
    was, now = sides.old.workflow.actions[id], sides.new.workflow.actions[id]
    path: Path = ("workflow", "actions", id)
    if was.together != now.together:
        sides.add("action_together" if now.together else "action_apart", (*path, "by"), label=now.label)
    signed = tuple(_titles(scheme, one.signs) for scheme, one in ((sides.old, was), (sides.new, now)))
    if was.signs != now.signs:
        sides.add("action_signs", (*path, "signs"), was=signed[0], now=signed[1], label=now.label)


def _titles(scheme: Scheme, pages: tuple[str, ...]) -> tuple[Text | str, ...]:
    return tuple(scheme.form[one].title if one in scheme.form else one for one in pages)
