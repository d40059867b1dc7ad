"""Why a rule does not hold, in a sentence with the values: what stands in the way, and what would have to change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.asked.required import Required
from engine.asked.used import UsedValue
from engine.eligibility import Reason
from renderers.catalogues import marked, say
from renderers.words.phrases import enumeration, printed

# A label that begins with one of these stands in a sentence as it is; any other stands in quotes.
ARTICLES = marked("the a an your my our his her its their this these")
QUOTED = marked("“%(label)s”")
VALUED = marked("%(label)s (%(value)s)")
ANSWERED, ANSWERED_QUESTION = marked("%(label)s: %(value)s."), marked("%(label)s %(value)s.")
EITHER = marked("or else: %(change)s")
TOO_LONG = marked("The rule %(rule)s is too long to be calculated to its end: tell who wrote the scheme.")

STANDS_IN_THE_WAY: Mapping[str, str] = {
    "at_most": marked("%(subject)s is above %(limit)s."),
    "below": marked("%(subject)s is not below %(limit)s."),
    "at_least": marked("%(subject)s is below %(limit)s."),
    "above": marked("%(subject)s is not above %(limit)s."),
    "equal": marked("%(subject)s is not the one wanted: %(limit)s."),
    "different": marked("%(subject)s is just what it may not be: %(limit)s."),
    "within": marked("%(subject)s is not between %(limit)s and %(other)s."),
    "one_of": marked("%(subject)s is none of those wanted: %(list)s."),
    "known": marked("It is not known yet: %(label)s"),
}
OF_DAYS: Mapping[str, str] = {
    "at_most": marked("%(subject)s is after %(limit)s."),
    "below": marked("%(subject)s is not before %(limit)s."),
    "at_least": marked("%(subject)s is before %(limit)s."),
    "above": marked("%(subject)s is not after %(limit)s."),
}
CHANGES: Mapping[str, str] = {
    "at_most": marked("%(limit)s at most"),
    "below": marked("less than %(limit)s"),
    "at_least": marked("%(limit)s at least"),
    "above": marked("more than %(limit)s"),
    "equal": marked("%(limit)s"),
    "different": marked("anything but %(limit)s"),
    "within": marked("from %(limit)s to %(other)s"),
    "one_of": marked("one of these: %(list)s"),
    "known": marked("to be answered"),
    "true": marked("yes"),
    "false": marked("no"),
}
CHANGED_DAYS: Mapping[str, str] = {
    "at_most": marked("on %(limit)s at the latest"),
    "below": marked("before %(limit)s"),
    "at_least": marked("on %(limit)s at the earliest"),
    "above": marked("after %(limit)s"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One reason in words: the sentence, the answer it is about, and what that would have to be ("" when nobody can say)."""

    sentence: str
    subject: str = ""
    change: str = ""


def told_reasons(reasons: Sequence[Reason], rule: str, language: str) -> tuple[Told, ...]:
    """The reasons that can be said in words, each once; `rule` names it where it could not be calculated."""
    told = [_told(reason, rule, language) for reason in reasons]
    return tuple(dict.fromkeys(one for one in told if one is not None))


def _told(reason: Reason, rule: str, language: str) -> Told | None:
    if reason.problem is not None:
        return Told(say(language, TOO_LONG, {"rule": rule}))
    wanted = reason.required
    if wanted is None:
        return None
    params = _params(wanted, language)
    days = next(iter(wanted.subject.printed.values())).type == "date"
    return Told(
        _sentence(wanted, params, days, language),
        wanted.subject.label(language),
        _change(wanted, days, language),
    )


def _change(wanted: Required, days: bool, language: str) -> str:
    values = [printed(limit.value(language), language) for limit in wanted.limits]
    first, last = (values[0], values[-1]) if values else ("", "")
    params = {"limit": first, "other": last, "list": enumeration(values, language)}
    message = (CHANGED_DAYS if days else {}).get(wanted.relation, CHANGES[wanted.relation])
    change = say(language, message, params)
    return say(language, EITHER, {"change": change}) if wanted.alternative else change


def _sentence(wanted: Required, params: Mapping[str, str], days: bool, language: str) -> str:
    if wanted.relation in {"true", "false"}:
        if not params["label"].rstrip().endswith("?"):
            return say(language, ANSWERED, params)
        value = params["value"]
        return say(language, ANSWERED_QUESTION, {**params, "value": value[:1].upper() + value[1:]})
    sentence = (OF_DAYS if days else {}).get(wanted.relation, STANDS_IN_THE_WAY[wanted.relation])
    said = say(language, sentence, params)
    return said[:1].upper() + said[1:]


def _params(wanted: Required, language: str) -> dict[str, str]:
    values = [printed(limit.value(language), language) for limit in wanted.limits]
    limits = [_named(limit, language) for limit in wanted.limits]
    subject = wanted.subject
    return {
        "label": subject.label(language),
        "value": printed(subject.value(language), language),
        "subject": _named(subject, language),
        "limit": limits[0] if limits else "",
        "other": limits[1] if len(limits) > 1 else "",
        "list": enumeration(values, language),
    }


def _named(used: UsedValue, language: str) -> str:
    """`the ceiling (50 511 €)`, `“Income” (52 000 €)`; the value alone where there is no label."""
    label, value = used.label(language), printed(used.value(language), language)
    if label in {"", used.path}:
        return value
    begins = label.replace("’", "'").lower().startswith(_articles(language))
    lowered = label[:1].lower() + label[1:]
    shown = lowered if begins else say(language, QUOTED, {"label": label})
    return say(language, VALUED, {"label": shown, "value": value})


def _articles(language: str) -> tuple[str, ...]:
    return tuple(one if one.endswith("'") else f"{one} " for one in say(language, ARTICLES).split())
