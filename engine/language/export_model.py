"""What leaves as files: the exports a scheme declares, and what it publishes as open data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from engine.language.expressions import Expression, Text
from engine.language.leaves import Leaf

# what a column may tell of a dossier beside its answers, in the order of the standard export
ABOUT = (
    "reference",
    "state",
    "status",
    "applicant",
    "email",
    "filed_at",
    "complete_at",
    "state_since",
    "decided_at",
    "ended_at",
    "assigned_to",
    "tags",
    "groups",
    "eligible",
    "requested",
    "computed",
    "granted",
    "paid",
    "reversed",
    "language",
    "channel",
    "version",
)
ANSWERS = "answers."  # before a field that bears one of these names


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, and what it holds: something `about` a dossier, or a part of an answer (`leaf`).

    `is_worded`: its heading is the author's own, and is never replaced by a label.
    """

    heading: str
    about: str = ""
    leaf: Leaf | None = None
    is_worded: bool = False

    @property
    def repeat(self) -> str:
        """The rows it stands in; "" for what a dossier has once."""
        return self.leaf.repeat if self.leaf else ""


@dataclass(frozen=True, slots=True)
class Export:
    """A file the office may take out: its columns, of the dossiers in these states (all when there are none).

    `where`: what must be true of them besides. `each`: the repeat for each row of which there is a line.
    """

    id: str
    label: Text
    columns: tuple[Column, ...]
    states: frozenset[str] = frozenset()
    each: str = ""
    where: Expression | None = None


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """Where the answers say who receives a subsidy: fields, "" where nothing says it."""

    name: str
    siret: str = ""
    rna: str = ""


@dataclass(frozen=True, slots=True)
class OpenData:
    """What is published of the subsidies granted, in the national form.

    Only what is over `granted_over` in one of `states`; nothing where `except_` holds. `agreed_on`: the field that holds
    the day of the agreement, "" for the day of the decision. `is_public`: the file published has an address for everybody.
    """

    granter_name: str
    granter_siret: str
    states: frozenset[str]
    beneficiary: Beneficiary
    about: Text
    granted_over: Decimal = Decimal(23_000)
    except_: Expression | None = None
    agreed_on: str = ""
    is_de_minimis: bool = False
    is_public: bool = False
