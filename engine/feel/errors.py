"""What may be wrong with an expression: one error for a faulty text, one problem for each doubtful place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning"]

SENTENCES: dict[str, str] = {
    # the text is not FEEL
    "empty": "There is no expression here: write one, for example 'income <= 19074'.",
    "unexpected_character": "The sign {sign} has no meaning here: remove it.",
    "instead": "{found} is not FEEL: write {instead}.",
    "french": "`{found}` is no word of FEEL: write `{instead}`.",
    "spaced_number": "{found} is not a number: write {instead}.",
    "unclosed_text": 'This text is never closed: add a " at its end.',
    "unclosed_comment": "This comment is never closed: add */ at its end.",
    "bad_escape": "{found} is not an escape: write \\\\ for a backslash, or one of \\n \\t \\r \\\" \\' \\u0041.",
    "number_too_long": "This number has more digits than can be kept ({limit}): shorten it.",
    "unexpected_end": "The expression stops too early: {expected} is missing at its end.",
    "unexpected": "{found} does not fit here: {expected} was expected.",
    "bad_temporal": '{found} is no date, time or duration: write for example @"2020-03-01" or @"P90D".',
    "unknown_type": "There is no type named {name}: {hint}.",
    "bad_unit": "{found} is no duration: write for example 90 days or 2 months, with a whole number.",
    "external_function": "Functions written in another language are not called from here: write the calculation in FEEL.",
    # bounds
    "too_long": "The expression has {length} characters, {limit} at most are accepted: split it.",
    "too_deep": "The expression is nested too deeply ({limit} levels at most): split it.",
    "too_much_work": "The evaluation needs more than {limit} steps: shorten the lists or the loops.",
    "too_big": "A text or list of this evaluation is too large ({limit} at most): shorten it.",
    "bad_pattern": "The pattern {pattern} cannot be used: {reason}.",
    "no_number": "A number given is no number (NaN, or infinite): correct the value.",
    "bad_tree": "This is not the tree of an expression: {reason}.",
    # found by the checker
    "unknown_name": "The name {name} is not known here: correct it.",
    "unknown_member": "{of} has no part named {name}: it has {known}.",
    "unknown_function": "There is no function named {name}: correct it.",
    "unknown_parameter": "The function {function} has no parameter named {name}: it takes {parameters}.",
    "not_a_function": "{name} is {type}, not a function: remove the parentheses.",
    "wrong_arity": "The function {function} is given {given} value(s): it takes {parameters}.",
    "wrong_type": "{operation} expects {expected}, and this is {found}.",
    "never_true": "This can never be true: {left} is {left_type}, and {right} is {right_type}.",
    "contradiction": "This can never be true together: {first}, and {second}.",
    "upside_down": "This holds nothing: {low} is above {high}. Write the smaller one first.",
    "mixed_durations": "Months and days cannot be compared or added: a month has no fixed number of days.",
    "not_boolean": "A condition (true or false) is expected here, and this is {found}.",
    "bad_temporal_text": "{found} is no valid {kind}, so the result is always unknown: correct it.",
}


def sentence(code: str, params: Mapping[str, Any], suggestion: str | None = None) -> str:
    """The English sentence of a code: what is wrong and what to do, with the suggestion at its end."""
    told = SENTENCES[code].format_map(dict(params))
    return f"{told} Did you mean {suggestion}?" if suggestion else told


class FeelError(ValueError):
    """A text which is not FEEL, or a bound which is passed: code, params, and the place as offsets in the text."""

    def __init__(self, code: str, start: int = 0, end: int = 0, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, Any] = params
        self.start = start
        self.end = end

    @property
    def message(self) -> str:
        """The English sentence, with what to do."""
        return sentence(self.code, self.params)

    def __str__(self) -> str:
        return f"{self.message} (characters {self.start} to {self.end})"


@dataclass(frozen=True, slots=True)
class FeelProblem:
    """One doubtful place of an expression, found without evaluating it."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    start: int = 0
    end: int = 0
    suggestion: str | None = None
    severity: Severity = "error"

    @property
    def message(self) -> str:
        """The English sentence, with what to do."""
        return sentence(self.code, self.params, self.suggestion)
