"""What the rules may know besides the answers: what a connector gives, what earlier dossiers come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from engine.feel import types
from engine.kinds import Json
from engine.kinds.kind import members
from engine.language.expressions import Expression, Text
from engine.language.spans import Span

YES_NO = "yes_no"
FOUND = "found"  # every connector's fact says whether there is such a thing
ANY_SCHEME = "any_scheme"
PARTS = ("street", "extra", "postcode", "commune")
LATEST = "latest_"
# what is known of another dossier, with its kind: in `where`, and of the latest one
OF_DOSSIER: Mapping[str, str] = {
    "granted": "money",
    "deposited_on": "date",
    "decided_on": "date",
    "state": "text",
    "scheme": "text",
}
# the kinds of fields by which a person or a company is known, whatever the field is called
KEYS = frozenset({"siret", "siren", "rna", "nir", "iban", "person", "email", "phone"})
Path: TypeAlias = tuple[str, ...]
KINDS: Mapping[str, types.Type] = {
    "text": types.STRING,
    "number": types.NUMBER,
    "integer": types.Number("integer"),
    "money": types.Number("money"),
    "percentage": types.Number("percentage"),
    "date": types.DATE,
    "yes_no": types.BOOLEAN,
    "address": types.Context(dict.fromkeys(PARTS, types.STRING)),
}


@dataclass(frozen=True, slots=True)
class Given:
    """One thing a connector gives: its kind (a key of KINDS), what people call it, how it is taken from the response."""

    id: str
    kind: str
    label: Text
    value: Expression

    @property
    def type(self) -> types.Type:
        """Its type in the rules."""
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Call:
    """How a connector asks: `url` with its holes, what follows it, fixed headers; `token` names a setting of the site,
    sent in the header `token_in`."""

    url: Text
    query: Mapping[str, Expression] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    token_in: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """How patiently and how often a connector may be asked; spans in seconds. `failures` in a row stop it for `pause`."""

    timeout: float = 2
    keep: float = 3600
    retries: int = 1
    per_second: int = 5
    failures: int = 3
    pause: float = 30


@dataclass(frozen=True, slots=True)
class Connector:
    """A source outside: what it must be told (`asks`, by name, with its kind), how it is asked, what it gives.

    `found`: the part of the response that speaks of what was asked; unknown where there is no such thing.
    """

    id: str
    title: Text
    asks: Mapping[str, str]
    call: Call
    found: Expression
    gives: Mapping[str, Given]
    limits: Limits = field(default_factory=Limits)
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class ConnectorFact:
    """What a connector says of some answers: `keys` are the paths of what it is told."""

    id: str
    connector: Connector
    keys: Mapping[str, Path]
    hide_from: frozenset[str] = frozenset()

    @property
    def members(self) -> Mapping[str, types.Type]:
        """What the rules may read of it."""
        return {FOUND: types.BOOLEAN, **{name: one.type for name, one in self.connector.gives.items()}}

    @property
    def fields(self) -> frozenset[str]:
        """The fields it depends on."""
        return frozenset(path[0] for path in self.keys.values())

    @property
    def sensitive(self) -> bool:
        """Whether what it says is to be kept like a sensitive answer."""
        return self.connector.sensitive

    def kind(self, member: str) -> str:
        """The kind of one of its members."""
        return self.connector.gives[member].kind if member in self.connector.gives else YES_NO

    def label(self, member: str) -> Text:
        """What people call one of its members."""
        return self.connector.gives[member].label if member in self.connector.gives else self.connector.title


@dataclass(frozen=True, slots=True)
class DossiersFact:
    """What the other dossiers come to that have an answer to `match` in common with this one.

    `dossiers`: the schemes counted; none, all of them. `match`: paths of answers, in rows too (`group.siren`); with `company`
    a SIRET is compared by its company alone. `within`: a span up to the day it is read, both days included. `where` says
    which ones count. `kinds`: what each path is compared as (a key of KEYS); "" where only the field of the same id is.
    """

    id: str
    dossiers: tuple[str, ...]
    match: tuple[Path, ...]
    within: Span | None = None
    sum: str | None = None
    hide_from: frozenset[str] = frozenset()
    sensitive: bool = False
    title: Text | None = None
    where: Expression | None = None
    latest: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("",)

    @property
    def members(self) -> Mapping[str, types.Type]:
        """What the rules may read of it."""
        found: dict[str, types.Type] = {"count": types.Number("integer")}
        if self.sum:
            found["sum"] = types.Number("money")
        return found | {f"{LATEST}{name}": KINDS[OF_DOSSIER[name]] for name in self.latest}

    @property
    def keys(self) -> Mapping[str, Path]:
        """The paths of the answers that are compared."""
        return {".".join(path): path for path in self.match}

    @property
    def by_digest(self) -> bool:
        """Whether it is compared by what people and companies are known by, of which only a keyed digest is kept."""
        return bool(self.kinds[0])

    @property
    def fields(self) -> frozenset[str]:
        """The fields it depends on."""
        return frozenset(path[0] for path in self.match)

    def kind(self, member: str) -> str:
        """The kind of one of its members."""
        plain = {"count": "integer", "sum": "money"}
        return plain[member] if member in plain else OF_DOSSIER[member.removeprefix(LATEST)]

    def label(self, member: str) -> Text | None:
        """What people call it; None when the scheme doesn't say."""
        return self.title


FactDeclared: TypeAlias = ConnectorFact | DossiersFact


def fact_type(fact: FactDeclared) -> types.Type:
    """What the rules know under the name of a fact."""
    return types.Context(fact.members)


def fills(kind: str, field_kind: str, field_type: types.Type) -> bool:
    """Whether a thing of a kind may be put into a field of a kind."""
    if kind == "address" or isinstance(field_type, types.Context):
        return kind == field_kind
    whole = field_kind != "integer" or kind == "integer"
    return type(field_type) is type(KINDS[kind]) and whole


def feel_value(kind: str, value: Json) -> object:
    """A kept value as the rules see it; None for what is none of its kind."""
    if kind == "yes_no":
        return value if isinstance(value, bool) else None
    if kind == "address":
        return {part: members(value).get(part) for part in PARTS} if isinstance(value, Mapping) else None
    if isinstance(value, bool) or value is None:
        return None
    if kind == "text":
        return str(value)
    try:
        return date.fromisoformat(str(value)[:10]) if kind == "date" else Decimal(str(value))
    except (ValueError, InvalidOperation):
        return None


@dataclass(frozen=True, slots=True)
class Prefill:
    """The earlier scheme an applicant may start again from; `fields`: into → from."""

    source: str
    fields: Mapping[str, str]
