"""The two things of a scheme that are computed: expressions, and texts with expressions in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from engine import feel, tables
from engine.feel import types
from engine.language.lists import ReferenceList
from engine.problems import Place
from engine.words import Json, Phrase, Printed, joined

Values = Mapping[str, object]
# the spaces before a sign that ends something: not those of a table of Markdown (`| :--- |`), nor of an image (` ![`)
_BEFORE_SIGN = re.compile(r"""(?<![\s|]) +(?=[?:;!]+(?:[\s»”"')\]*_.,…<]|$))""")


@dataclass(frozen=True, slots=True)
class Expression:
    """A FEEL expression of the scheme, checked and compiled; `place` is where its text begins.

    `labels` are there when it gives the code of a choice: what people read for each code.
    `table` is the decision table it was written as, its text the same thing in FEEL.
    """

    text: str
    compiled: feel.Compiled
    type: feel.Type
    place: Place
    labels: Mapping[str, Text] | ReferenceList | None = field(default=None, compare=False)
    reads_clock: bool = field(default=False, compare=False)
    table: tables.Table | None = field(default=None, compare=False)

    @property
    def names(self) -> frozenset[tuple[str, ...]]:
        """The paths it reads: ("home", "postcode")."""
        return self.compiled.names

    def value(self, values: Values, now: datetime, zone: tzinfo) -> object:
        """What it gives; None when that is not known."""
        return self.compiled.run(values, now=now, zone=zone)

    def holds(self, values: Values, now: datetime, zone: tzinfo) -> bool:
        """Whether it is true; unknown is not."""
        return self.value(values, now, zone) is True

    def explain(self, values: Values, now: datetime, zone: tzinfo) -> feel.Clause:
        """Which of its parts hold, with the values they used; of a table, what the rows that hold have read."""
        if self.table is not None:
            found = self.value(values, now, zone)
            return tables.explain(self.table, self.text, found, values, now, zone)
        return feel.explain(self.compiled.tree, values, now=now, zone=zone)

    def printed(self, language: str, values: Values, now: datetime, zone: tzinfo) -> str | Printed:
        """What it gives, as a text of this language prints it."""
        found = self.value(values, now, zone)
        if self.labels is not None and isinstance(found, str):
            return _label(self.labels, found, language)
        return Printed(as_json(found), printed_type(self.type, found))


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the scheme's languages, the first one first; expressions stand where the author wrote `{…}`."""

    versions: Mapping[str, tuple[str | Expression, ...]]

    def plain(self, language: str) -> str:
        """The text in this language or the first one, its holes as the author wrote them."""
        parts = self.parts(language)
        return "".join(part if isinstance(part, str) else f"{{{part.text}}}" for part in parts)

    def say(self, language: str, values: Values, now: datetime, zone: tzinfo) -> Phrase:
        """What the text says once its holes are computed, in this language or the first one."""
        return joined(
            part if isinstance(part, str) else part.printed(language, values, now, zone)
            for part in self.parts(language)
        )

    def parts(self, language: str) -> tuple[str | Expression, ...]:
        """What is written and what is to be computed, in this language or the first one."""
        found = self.versions.get(language)
        return next(iter(self.versions.values())) if found is None else found


def unbroken(parts: tuple[str | Expression, ...], language: str) -> tuple[str | Expression, ...]:
    """The parts of a text, none of which breaks a line where its language doesn't (see `held`)."""
    return tuple(held(part, language) if isinstance(part, str) else part for part in parts)


def held(text: str, language: str) -> str:
    """A text whose guillemets hold, in French, to what they enclose and whose `? : ; !` to the word before them, however
    its author typed the spaces."""
    if language.partition("-")[0] != "fr":
        return text  # elsewhere guillemets are turned the other way, and these signs stand without a space
    return _BEFORE_SIGN.sub("\u00a0", text.replace("« ", "«\u00a0").replace(" »", "\u00a0»"))


def _label(labels: Mapping[str, Text] | ReferenceList, code: str, language: str) -> str:
    if isinstance(labels, ReferenceList):
        return labels.label(code, language)
    return labels[code].plain(language) if code in labels else code


def as_json(value: object) -> Json:
    """A FEEL value as plain JSON: decimals as text, dates and times in ISO 8601."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): as_json(item) for name, item in value.items()}
    return value.isoformat() if isinstance(value, date | time) else str(value)


_PRINTED: Mapping[type, str] = {
    types.Date: "date",
    types.DateTime: "date_time",
    types.Time: "time",
    types.Boolean: "boolean",
    types.DaysDuration: "duration",
    types.MonthsDuration: "duration",
    types.List: "list",
}
_OF_VALUE: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "boolean"),
    (Decimal, "number"),
    (datetime, "date_time"),
    (date, "date"),
    (time, "time"),
    (timedelta, "duration"),
    (feel.MonthsDuration, "duration"),
    (list, "list"),
)


def printed_type(type_: feel.Type, value: object) -> str:
    """How a value is printed: by its declared type, else by what it is."""
    if isinstance(type_, types.Number):
        return type_.unit or "number"
    if isinstance(type_, types.String):
        return type_.unit or "text"
    if type(type_) in _PRINTED:
        return _PRINTED[type(type_)]
    return next((name for kind, name in _OF_VALUE if isinstance(value, kind)), "text")
