"""What an export holds: which tables with which columns, of which dossiers, for somebody with these roles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from dossiers import access
from dossiers.access import Viewer
from dossiers.changes.sealing import sensitive_ids
from dossiers.database import Dossier, SchemeRow, SchemeVersion
from dossiers.services import publication, shelf
from dossiers.services.desk import Work
from dossiers.services.masking import hidden_ids
from dossiers.services.opened import roles_in
from dossiers.services.refusals import NotFound
from dossiers.services.wanted import FILED, Wanted, conditions, states_wanted
from engine.asked.derived import derived
from engine.asked.order import reads
from engine.language import Scheme
from engine.language.export_model import ABOUT, Column, Export
from engine.language.expressions import Expression
from engine.language.leaves import leaves

EXPORT = "export"  # the verb of a role
LIST, ANSWERS = "list", "answers"  # what may be exported of every scheme
LISTED = ("reference", "applicant", "state", "state_since", "filed_at", "assigned_to")
ROW = "row"  # the number of a row, in the table of a repeat


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for: `what` is a list as it is shown, all the answers, or the id of an export of the scheme.

    `for_people`: headings and answers in words of `language`, rather than by their codes.
    """

    what: str
    format: str
    wanted: Wanted = field(default_factory=Wanted)
    for_people: bool = False
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a line for each dossier, or for each row of the repeat `rows_of`."""

    name: str
    columns: tuple[Column, ...]
    rows_of: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written. `conditions`: what the dossiers meet in their rows; `where`: what must be true of them besides;
    `secret`: what it reads that is sealed."""

    asked: Asked
    scheme: Scheme
    scheme_id: int
    version_id: int
    sheets: tuple[Sheet, ...]
    conditions: tuple[Any, ...]
    where: Expression | None = None
    secret: tuple[str, ...] = ()

    @property
    def sensitive(self) -> tuple[str, ...]:
        """The names of the columns that are sealed where they are kept, and what else sealed its `where` reads."""
        found = (column.leaf for sheet in self.sheets for column in sheet.columns)
        names = (leaf.name for leaf in found if leaf is not None and leaf.is_sensitive)
        return tuple(dict.fromkeys((*names, *self.secret)))


def may_export(viewer: Viewer, scheme: Scheme) -> bool:
    """Whether somebody may take dossiers out as files."""
    return access.may(viewer, EXPORT, scheme)


def plan(work: Work, viewer: Viewer | None, slug: str, asked: Asked) -> Plan:
    """What is to be written for a viewer; for the house itself (the command line) when there is none.

    Raises NotFound: who may not export, and for an export the scheme doesn't declare.
    """
    found = publication.current(work, slug)
    scheme = found.scheme
    if viewer is not None and not may_export(viewer, scheme):
        raise NotFound("export")
    roles = frozenset() if viewer is None else roles_in(viewer, slug)
    schemes = versions(work, slug)
    hidden = frozenset(id for one in schemes for id in hidden_ids(one, roles))
    sheets = tuple(_without(sheet, hidden) for sheet in _sheets(schemes, asked))
    meets = _conditions(work, viewer, scheme, found.scheme_id, asked)
    declared = scheme.exports.get(asked.what)
    where = None if declared is None else declared.where
    if reads(where) & hidden:  # which rows it has would tell what is hidden
        raise NotFound("export")
    secret = tuple(sorted(reads(where) & derived(scheme, sensitive_ids(scheme))))
    return Plan(asked, scheme, found.scheme_id, found.version_id, sheets, meets, where, secret)


def offered(viewer: Viewer, scheme: Scheme) -> tuple[Export, ...]:
    """The exports a scheme declares, but those that choose their dossiers by what is hidden from the viewer."""
    hidden = hidden_ids(scheme, roles_in(viewer, scheme.id))
    return tuple(one for one in scheme.exports.values() if not reads(one.where) & hidden)


def versions(work: Work, slug: str) -> tuple[Scheme, ...]:
    """The published versions of a scheme, the one in force first, then the latest."""
    query = select(SchemeVersion.id, SchemeVersion.checksum, SchemeVersion.retired_at)
    query = query.join(SchemeRow, SchemeRow.id == SchemeVersion.scheme_id).where(SchemeRow.slug == slug)
    rows = work.session.execute(query.order_by(SchemeVersion.number.desc())).all()
    in_order = sorted(rows, key=lambda row: row.retired_at is not None)
    return tuple(shelf.scheme_of(work.session, row.id, row.checksum) for row in in_order)


def _conditions(
    work: Work, viewer: Viewer | None, scheme: Scheme, scheme_id: int, asked: Asked
) -> tuple[Any, ...]:
    """What the dossiers must meet: those the viewer may know of, in the list as it is filtered, in the states declared."""
    if viewer is None:
        found: list[Any] = [Dossier.scheme_id == scheme_id, *FILED]
    else:
        found = conditions(work, viewer, scheme, scheme_id, asked.wanted)
        wanted = states_wanted(asked.wanted, scheme, roles_in(viewer, scheme.id))
        found += [] if wanted is None else [Dossier.state.in_(sorted(wanted))]
    declared = scheme.exports.get(asked.what)
    if declared is not None and declared.states:
        found.append(Dossier.state.in_(sorted(declared.states)))
    return tuple(found)


def _sheets(schemes: Sequence[Scheme], asked: Asked) -> tuple[Sheet, ...]:
    scheme = schemes[0]
    if asked.what == LIST:
        return (Sheet(scheme.id, (*_about(LISTED), *_leaves([scheme], asked.wanted.columns))),)
    if asked.what == ANSWERS:
        return _apart(scheme.id, (*_about(ABOUT), *_standard(schemes)))
    declared = scheme.exports.get(asked.what)
    if declared is None:
        raise NotFound("export")
    if declared.each:
        return (Sheet(declared.id, declared.columns, declared.each),)
    return _apart(declared.id, declared.columns)


def _apart(name: str, columns: Iterable[Column]) -> tuple[Sheet, ...]:
    """The columns of dossiers in one table, those of each repeat in a table of its own."""
    of_rows: dict[str, list[Column]] = {"": []}
    for column in columns:
        of_rows.setdefault(column.repeat, []).append(column)
    before = (*_about(("reference",)), Column(ROW, about=ROW))
    return tuple(
        Sheet(repeat or name, (*(before if repeat else ()), *found), repeat)
        for repeat, found in of_rows.items()
    )


def _about(names: Iterable[str]) -> tuple[Column, ...]:
    return tuple(Column(name, about=name) for name in names)


def _leaves(schemes: Sequence[Scheme], ids: Collection[str]) -> tuple[Column, ...]:
    found = schemes[0].fields
    return tuple(Column(leaf.name, leaf=leaf) for id in ids if id in found for leaf in leaves(found[id]))


def _standard(schemes: Sequence[Scheme]) -> tuple[Column, ...]:
    """Every answer that isn't sensitive: those of the version in force, then what older ones asked besides."""
    found: dict[str, Column] = {}
    for scheme in schemes:
        for leaf in (leaf for one in scheme.fields.values() for leaf in leaves(one)):
            if not leaf.is_sensitive:
                found.setdefault(leaf.name, Column(_free(leaf.name), leaf=leaf))
    return tuple(found.values())


def _free(name: str) -> str:
    """A field that bears the name of something else is told apart."""
    return f"answers.{name}" if name in ABOUT else name


def _without(sheet: Sheet, hidden: Collection[str]) -> Sheet:
    kept = (one for one in sheet.columns if one.leaf is None or not one.leaf.ids & frozenset(hidden))
    return replace(sheet, columns=tuple(kept))
