"""What an applicant's answer would have to be for a rule to hold: `at most` the ceiling, with both values printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from engine.asked.reading import Reading
from engine.asked.used import UsedValue, used_value
from engine.feel import Requirement
from engine.feel.explanation import Used
from engine.kinds.kind import items, members


@dataclass(frozen=True, slots=True)
class Required:
    """The relation (at_most, below, equal, within, known… as `engine.feel.Requirement`) of an answer to its limits.

    `alternative`: one of several such changes would be enough.
    """

    relation: str
    subject: UsedValue
    limits: tuple[UsedValue, ...]
    alternative: bool = False

    def to_json(self) -> dict[str, object]:
        """As plain JSON."""
        return {
            "relation": self.relation,
            "subject": self.subject.to_json(),
            "limits": [limit.to_json() for limit in self.limits],
            "alternative": self.alternative,
        }

    @staticmethod
    def from_json(data: object) -> Required | None:
        """What `to_json` wrote; None of None."""
        if not isinstance(data, Mapping):
            return None
        found = members(data)
        limits = tuple(UsedValue.from_json(limit) for limit in items(found["limits"]))
        subject = UsedValue.from_json(found["subject"])
        return Required(str(found["relation"]), subject, limits, found["alternative"] is True)


def required(reading: Reading, ways: Iterable[Requirement], alternative: bool) -> Required | None:
    """The first way that changes something the applicant answers, a field or a total of one."""
    answered = {
        *reading.scheme.fields,
        *(name for one in reading.scheme.fields.values() for name in one.totals),
    }
    way = next((way for way in ways if way.subject.path[0] in answered), None)
    if way is None or (subject := used_value(reading, way.subject)) is None:
        return None
    limits = tuple(found for limit in way.limits if (found := _limit(reading, way.subject, limit)))
    return Required(way.relation, subject, limits, alternative)


def _limit(reading: Reading, subject: Used, limit: Used) -> UsedValue | None:
    """A limit written in the rule has no label, and is printed as what it limits: 19074 as money, "micro" as its option."""
    if limit.path:
        return used_value(reading, limit)
    found = used_value(reading, replace(limit, path=subject.path))
    return found and replace(found, labels=dict.fromkeys(found.labels, ""))
