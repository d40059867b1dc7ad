"""What a test expects of answers, before anything is done with them: verdict, amount, rules, values, what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from authoring.walkthrough import reasons
from authoring.walkthrough.wording import NOTHING, Told, nearest, told
from engine.asked import Reading
from engine.award import compute
from engine.eligibility import Verdict
from renderers.words import phrase

NAMED_RULES = ("because", "warnings")


def differences(what: str, wanted: object, reading: Reading, verdict: Verdict) -> Iterator[Told]:
    """What isn't as expected of one thing; nothing when all is."""
    if what in {"asked", "not_asked"}:
        yield from _asked(wanted, reading, is_wanted=what == "asked")
        return
    known, found = _found(what, reading, verdict)
    if not known:
        yield told("unknown_expected", what=what)
        return
    rules = list(wanted) if isinstance(wanted, Mapping) else wanted
    if not same(rules, found):
        why = _why(what, rules, found, reading, verdict)
        yield told("expected", what=what, wanted=rules, found=found, why=why)
    elif isinstance(wanted, Mapping) and what in NAMED_RULES:
        yield from _words(wanted, reading, verdict)


def _found(what: str, reading: Reading, verdict: Verdict) -> tuple[bool, object]:
    """Whether a test may expect this, and what it is."""
    if what.startswith("rules."):
        rule = what.removeprefix("rules.")
        return rule in verdict.outcomes, verdict.outcomes.get(rule)
    if what == "amount":
        return True, compute(reading, verdict).amount
    results: dict[str, object] = {
        "eligible": verdict.eligible,
        "because": list(verdict.because),
        "warnings": list(verdict.warnings),
    }
    if what in results:
        return True, results[what]
    first, *parts = what.split(".")
    if first not in reading.values or callable(reading.values[first]):
        return False, None
    found = reading.values[first]
    for part in parts:
        found = _part(found, part)
    return True, found


def _part(value: object, name: str) -> object:
    """A part of a value, `home.postcode`; of rows, the list of it: `children.grant`."""
    if isinstance(value, Mapping):
        return value.get(name)
    return [_part(one, name) for one in value] if isinstance(value, list) else None


def _why(what: str, wanted: object, found: object, reading: Reading, verdict: Verdict) -> reasons.Why:
    """The rules that decided, or how the figure came about."""
    if what.startswith("rules."):
        return reasons.rules(verdict, {what.removeprefix("rules.")})
    if what in NAMED_RULES:
        return reasons.rules(verdict, _names(wanted) ^ _names(found))
    award = reading.scheme.award
    if what == "amount" and found is not None and award is not None:
        values = {**reading.values, "eligible": verdict.eligible, "rules": dict(verdict.outcomes)}
        return reasons.value(reading, what, award.amount, values)
    if what in {"eligible", "amount"}:
        return reasons.refusing(verdict)
    computed = reading.scheme.computed.get(what)
    return reasons.value(reading, what, computed.value, reading.values) if computed else NOTHING


def _names(found: object) -> set[str]:
    return {str(name) for name in found} if isinstance(found, list | tuple) else set()


def same(wanted: object, found: object) -> bool:
    """YAML's 1000 is the amount 1000.00; lists of ids in any order."""
    if isinstance(wanted, list | tuple) and isinstance(found, list | tuple):
        return len(wanted) == len(found) and all(any(same(one, other) for other in found) for one in wanted)
    if isinstance(found, bool) or found is None:
        return wanted is found
    if isinstance(found, Decimal):
        try:
            return not isinstance(wanted, bool) and wanted is not None and Decimal(str(wanted)) == found
        except InvalidOperation:
            return False
    return str(wanted) == (found.isoformat() if isinstance(found, date) else str(found))


def _words(wanted: Mapping[str, object], reading: Reading, verdict: Verdict) -> Iterator[Told]:
    """Whether people read these words for these rules, in the scheme's first language."""
    language = reading.scheme.languages[0]
    results = {rule.id: rule for rule in verdict.rules}
    for rule, words in wanted.items():
        read = phrase(results[rule].phrase(language), language)
        if words is not None and not contains(read, str(words)):
            yield told("words", rule=rule, wanted=words, found=read)


def contains(text: str, words: str) -> bool:
    """Whether a text contains words, whatever blanks stand between them (`1 000 €` is printed with narrow ones)."""
    return " ".join(words.split()) in " ".join(text.split())


def _asked(wanted: object, reading: Reading, *, is_wanted: bool) -> Iterator[Told]:
    names = wanted if isinstance(wanted, list | tuple) else [wanted]
    for name in names:
        found = is_asked(str(name), reading)
        if found is None:
            yield told("not_a_question", name=name, near=nearest(str(name), reading.scheme.fields))
        elif found is not is_wanted:
            yield told("asked" if is_wanted else "not_asked", name=name, why=_why_asked(str(name), reading))


def is_asked(name: str, reading: Reading) -> bool | None:
    """Whether a page, a field, or a field of some row (`partners.share`) is asked; None for no such thing."""
    scheme = reading.scheme
    field, *cells = name.split(".")
    if cells:
        return _is_cell_asked(reading, field, cells)
    if name in scheme.fields:
        return reading.is_asked(name)
    return any(one.page.id == name for one in reading.steps) if name in scheme.form else None


def _is_cell_asked(reading: Reading, first: str, cells: Sequence[str]) -> bool | None:
    """Whether a field is asked in some row, `projects.lines.amount` in some row of some row; None for no such field."""
    repeat, rows = reading.scheme.fields.get(first), list(reading.rows(first))
    for cell in cells[:-1]:
        repeat = repeat.fields.get(cell) if repeat else None
        rows = [inner for row in rows for inner in row.rows(cell)]
    if repeat is None or cells[-1] not in repeat.fields:
        return None
    return any(one.id == cells[-1] for row in rows for one in row.fields)


def _why_asked(name: str, reading: Reading) -> reasons.Why:
    """The condition of the field, or of its page, that decides."""
    scheme = reading.scheme
    if name in scheme.form and name not in scheme.fields:
        return reasons.condition(reading, scheme.form[name].when, reading.values)
    field = name.partition(".")[0]
    page, own = scheme.page_of(field), scheme.fields[field].when
    if own is None or reading.page(page.id) is None:
        return reasons.condition(reading, page.when, reading.values)
    return reasons.condition(reading, own, reading.values)
