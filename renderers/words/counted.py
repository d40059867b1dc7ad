"""What figures are counted under, in words: reasons of refusals, options, places, states."""

from __future__ import annotations

from engine import places
from engine.kinds.choice import label_of
from engine.language import Scheme
from engine.language.dashboard_model import Chart
from engine.places import departments
from renderers.catalogues import marked, say
from renderers.words.territories import countries

UNKNOWN = marked("not known")
OUTCOMES = {
    "granted": marked("Granted"),
    "refused": marked("Refused"),
    "": marked("Decided in another way"),
}
BATCHES = {
    "prepared": marked("Being prepared"),
    "validated": marked("Validated, at the bank"),
    "paid": marked("Paid by the bank"),
    "cancelled": marked("Given up"),
}


def outcome_words(outcome: str, language: str) -> str:
    """How dossiers were decided."""
    return say(language, OUTCOMES[outcome])


def batch_words(state: str, language: str) -> str:
    """The state of payment batches."""
    return say(language, BATCHES[state])


def territory_words(code: str, language: str) -> str:
    """A département by its code: "74 – Haute-Savoie"."""
    one = departments().get(code)
    return f"{code} – {one.name}" if one else (code or say(language, UNKNOWN))


def state_words(scheme: Scheme, id: str, language: str) -> str:
    """A state by its label, a part behind that of its state; its id when the version in force has none of that name."""
    states = scheme.workflow.states
    around = (
        states[one].label.plain(language) for one in reversed(scheme.workflow.around(id)) if one in states
    )
    return " – ".join(around) or id


def reason_words(scheme: Scheme, key: str, language: str) -> str:
    """Why dossiers were refused: the option chosen in the decision's form ("refuse.reason.late"), or what a rule says."""
    action_id, _, rest = key.partition(".")
    field_id, _, code = rest.partition(".")
    action = scheme.workflow.actions.get(action_id)
    if code and action is not None and field_id in action.form:
        return label_of(action.form[field_id], code, language)
    rule = scheme.eligibility.get(key)
    return rule.otherwise.plain(language) if rule else key


def value_words(scheme: Scheme, chart: Chart, value: str, language: str) -> str:
    """What a declared picture counts under."""
    if value == "":
        return say(language, UNKNOWN)
    if chart.by == ("dossier", "state"):
        return state_words(scheme, value, language)
    field = scheme.fields.get(chart.by[0]) if chart.by else None
    kind, part = (field.kind if field else "", chart.by[1] if len(chart.by) > 1 else "")
    if part == "department" or kind == "department":
        return territory_words(value, language)
    if kind == "commune":
        found = places.commune(value)
        return found.name if found else value
    if kind == "country":
        return countries(language).get(value, value)
    if kind in ("yes_no", "consent"):
        return say(language, YES_NO.get(value, value))
    if field is not None and kind in ("choice", "choices"):
        return label_of(field, value, language)
    return value


YES_NO = {"yes": marked("Yes"), "no": marked("No")}
