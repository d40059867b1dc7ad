"""How values, phrases, problems and refusals are said in a language."""

from renderers.words.explanations import Told, told_reasons
from renderers.words.figures import (
    clock,
    day,
    duration,
    has_cents,
    moment,
    money,
    number,
    percentage,
    size,
    span,
)
from renderers.words.phrases import enumeration, phrase, printed, standalone
from renderers.words.problems import problem_sentence
from renderers.words.refusals import refusal_sentence

__all__ = [
    "Told",
    "clock",
    "day",
    "duration",
    "enumeration",
    "has_cents",
    "moment",
    "money",
    "number",
    "percentage",
    "phrase",
    "printed",
    "problem_sentence",
    "refusal_sentence",
    "size",
    "span",
    "standalone",
    "told_reasons",
]
