"""What a scheme says, as frozen values: the form, the workflow and the rest; every mapping keeps the file's order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from engine.feel.types import ANY, Type
from engine.language.award_model import Award
from engine.language.budget_model import Budget
from engine.language.dashboard_model import Dashboard
from engine.language.distribution_model import Distribution, Group
from engine.language.export_model import Export, OpenData
from engine.language.expressions import Expression, Text
from engine.language.facts_model import FactDeclared, Prefill
from engine.language.form_model import Check, Field, Note, Once, Page, Section, Total
from engine.language.lists import ReferenceList
from engine.language.migration_model import Migration, MigrationLine
from engine.language.party_model import APPLICANT, Party, Representative
from engine.language.scenario_model import (
    Act,
    Ballots,
    CaseTable,
    Edit,
    OpinionGiven,
    Scenario,
    Sent,
    Step,
    TaskDone,
    Until,
    Wait,
)
from engine.language.spans import Span
from engine.language.workflow_model import (
    Action,
    Change,
    Deadline,
    Effect,
    PublicStatus,
    State,
    Task,
    Workflow,
)
from engine.problems import Problem

__all__ = [
    "APPLICANT",
    "Act",
    "Action",
    "Award",
    "Ballots",
    "Budget",
    "Calendar",
    "CaseTable",
    "Change",
    "Check",
    "Computed",
    "Contact",
    "Dashboard",
    "Deadline",
    "Distribution",
    "Edit",
    "Effect",
    "Export",
    "Expression",
    "Field",
    "Group",
    "Legal",
    "Migration",
    "MigrationLine",
    "Note",
    "Once",
    "OpenData",
    "OpinionGiven",
    "Page",
    "Parameter",
    "ParameterValue",
    "Party",
    "Prefill",
    "Privacy",
    "PublicStatus",
    "ReferenceList",
    "Representative",
    "Role",
    "Rule",
    "Scenario",
    "Scheme",
    "Section",
    "Sent",
    "Silence",
    "Span",
    "State",
    "Step",
    "Task",
    "TaskDone",
    "Text",
    "Total",
    "Until",
    "Wait",
    "Workflow",
]


@dataclass(frozen=True, slots=True)
class Contact:
    """Where an applicant asks for help."""

    email: str = ""
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """What the office's silence means in law, and after how long."""

    outcome: Literal["rejection", "acceptance"]
    after: Span


@dataclass(frozen=True, slots=True)
class Legal:
    """The law behind the scheme; `remedies` names a text of the scheme."""

    basis: Text | None = None
    silence: Silence | None = None
    remedies: str | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """When one may apply: local days, both included; `holidays` is a country code."""

    opens: date | None = None
    closes: date | None = None
    holidays: str = "FR"


@dataclass(frozen=True, slots=True)
class Role:
    """Who works on the dossiers, and what they may do besides the actions; `sees`: "all", or "own_groups"."""

    id: str
    label: Text
    may: frozenset[str] = frozenset()
    sees: str = "all"


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A figure in force from a day on: one value, or rows of unary tests (one a `by`) with theirs."""

    from_: date
    is_: Expression | None = None
    rows: tuple[tuple[tuple[Expression, ...], Expression], ...] = ()
    each_more: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure the office changes without touching a rule: a value, or a function of `by`.

    `label` is what explanations call it; without one they call it by its id.
    """

    id: str
    by: tuple[str, ...]
    type: str
    values: tuple[ParameterValue, ...]
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    """A value the rules use under its name: a function of `by`, if anything stands there.

    `labels` are those of its parts, when it is a decision table that gives several things.
    """

    id: str
    by: tuple[str, ...]
    value: Expression
    label: Text | None = None
    type: Type = ANY
    labels: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition of eligibility, and what people read when it does not hold. `form`: the form asked later it judges."""

    id: str
    require: Expression
    otherwise: Text
    law: Text | None = None
    stop: Literal["early"] | None = None
    severity: Literal["refuse", "warn"] = "refuse"
    form: str = ""


@dataclass(frozen=True, slots=True)
class Privacy:
    """Why the data are kept, and how long: `keep` counts from the end, `drafts` from the last change."""

    purpose: Text | None = None
    keep: Span | None = None
    drafts: Span | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """One aid scheme, whole; `texts` are the mails and letters: name → language → Markdown source.

    `messages`: those written beforehand, by the name of their text; `letter_number`: what letters are numbered by, "" for
    nothing."""

    id: str
    languages: tuple[str, ...]
    title: Text
    summary: Text
    reference: str
    contact: Contact
    legal: Legal
    calendar: Calendar
    roles: Mapping[str, Role]
    parameters: Mapping[str, Parameter]
    lists: Mapping[str, ReferenceList]
    form: Mapping[str, Page]
    facts: Mapping[str, FactDeclared]
    eligibility: Mapping[str, Rule]
    award: Award | None
    workflow: Workflow
    privacy: Privacy
    tests: Mapping[str, Scenario | CaseTable]
    texts: Mapping[str, Mapping[str, str]]
    warnings: tuple[Problem, ...] = ()
    computed: Mapping[str, Computed] = field(default_factory=dict)
    version: int | None = None
    migration: Migration | None = None
    prefill: Prefill | None = None
    several: bool = False
    parties: Mapping[str, Party] = field(default_factory=dict)
    messages: Mapping[str, Text] = field(default_factory=dict)
    letter_number: str = ""
    representative: Representative | None = None
    groups: Mapping[str, Group] = field(default_factory=dict)
    tags: Mapping[str, Text] = field(default_factory=dict)
    exports: Mapping[str, Export] = field(default_factory=dict)
    open_data: OpenData | None = None
    dashboard: Dashboard = field(default_factory=Dashboard)

    @property
    def fields(self) -> Mapping[str, Field]:
        """Every top-level field by its id, in the order of the form."""
        return {id: found for page in self.form.values() for id, found in page.fields.items()}

    @property
    def repeats_apart(self) -> frozenset[str]:
        """The repeats for each row of which a page is asked."""
        return frozenset(page.for_each for page in self.form.values() if page.for_each)

    def field(self, id: str | tuple[str, ...]) -> Field:
        """A field by its id, or a row's field by the path to it: ("partners", "share"). Raises KeyError."""
        first, *rest = (id,) if isinstance(id, str) else id
        found = self.form[self._page_id(first)].fields[first]
        for name in rest:
            found = found.fields[name]
        return found

    def page_of(self, field_id: str) -> Page:
        """The page on which a top-level field stands. Raises KeyError."""
        return self.form[self._page_id(field_id)]

    def _page_id(self, field_id: str) -> str:
        for page in self.form.values():
            if field_id in page.fields:
                return page.id
        raise KeyError(field_id)
