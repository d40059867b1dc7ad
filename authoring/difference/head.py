"""What changes around the form and the rules: what the scheme is called, when it is open, what is kept, who works, what is sent."""

from __future__ import annotations

from authoring.difference.change import Sides, pairs, text_of
from engine.language.model import Scheme
from engine.problems import Path

# what is said → where it stands; the word for each is in the catalogues
SAID: tuple[tuple[str, Path], ...] = (
    ("title", ("title",)),
    ("summary", ("summary",)),
    ("reference", ("reference",)),
    ("opens", ("calendar", "opens")),
    ("closes", ("calendar", "closes")),
    ("holidays", ("calendar", "holidays")),
    ("email", ("contact", "email")),
    ("phone", ("contact", "phone")),
    ("hours", ("contact", "hours")),
    ("basis", ("legal", "basis")),
    ("purpose", ("privacy", "purpose")),
    ("keep", ("privacy", "keep")),
    ("drafts", ("privacy", "drafts")),
)


def compare_head(sides: Sides) -> None:
    """The head, the roles, the mails and letters."""
    for key, path in SAID:
        sides.says("said", path, path, _said(sides.old, path), _said(sides.new, path), what=f"@{key}")
    _silence(sides)
    if sides.old.languages != sides.new.languages:
        sides.add("languages", ("languages",), was=sides.old.languages, now=sides.new.languages)
    _roles(sides)
    _groups(sides)
    _texts(sides)


def _said(scheme: Scheme, path: Path) -> object:
    found: object = scheme
    for step in path:
        found = getattr(found, str(step))
    return found or None


def _silence(sides: Sides) -> None:
    was, now, path = sides.old.legal.silence, sides.new.legal.silence, ("legal", "silence")
    old, new = ((f"@silence_{one.outcome}", one.after) if one else None for one in (was, now))
    sides.says("silence", path, path, old, new)


def _roles(sides: Sides) -> None:
    old, new = sides.old.roles, sides.new.roles
    for before, after in pairs(old, new):
        if before is None and after is not None:
            sides.add("role_added", ("roles", after), label=new[after].label)
        elif before is not None and after is None:
            sides.add("role_removed", ("roles", before), label=old[before].label)
        elif before is not None and after is not None:
            path: Path = ("roles", after)
            may = tuple(sorted(old[before].may)), tuple(sorted(new[after].may))
            sides.says("role_may", (*path, "may"), (*path, "may"), *may, label=new[after].label)
            if old[before].sees != new[after].sees:
                code = "role_sees_all" if new[after].sees == "all" else "role_sees_groups"
                sides.add(code, (*path, "sees"), label=new[after].label)
            sides.says("role_label", (*path, "label"), (*path, "label"), old[before].label, new[after].label)


def _groups(sides: Sides) -> None:
    """The groups of agents, and the tags the office may put on a dossier."""
    old, new = sides.old.groups, sides.new.groups
    for before, after in pairs(old, new):
        path: Path = ("groups", after or before or "")
        if before is None and after is not None:
            sides.add("group_added", path, label=new[after].label)
        elif before is not None and after is None:
            sides.add("group_removed", path, label=old[before].label)
        elif before is not None and after is not None:
            where = text_of(old[before].where), text_of(new[after].where)
            sides.says("group_where", (*path, "where"), (*path, "where"), *where, label=new[after].label)
            sides.says("group_label", (*path, "label"), (*path, "label"), old[before].label, new[after].label)
    if dict(sides.old.tags) != dict(sides.new.tags):
        sides.add("tags_changed", ("tags",))


def _texts(sides: Sides) -> None:
    """The mails and letters by name, each language's text."""
    old, new = sides.old.texts, sides.new.texts
    for before, after in pairs(old, new):
        name = after or before
        if before is None or after is None:
            sides.add("text_added" if before is None else "text_removed", ("texts", name or ""), name=name)
            continue
        languages = dict.fromkeys([*old[before], *new[after]])
        changed = tuple(one for one in languages if old[before].get(one) != new[after].get(one))
        if changed:
            sides.add("text_changed", ("texts", after), name=name, languages=changed)
