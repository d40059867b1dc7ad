"""FEEL, the expression language of the standard OMG DMN 1.5: parse, check, compile, evaluate, explain."""

from engine.feel.compiled import Compiled, compile, evaluate
from engine.feel.errors import FeelError, FeelProblem
from engine.feel.explanation import Clause, Used, decisive, explain
from engine.feel.operators import RangeValue
from engine.feel.parser import parse
from engine.feel.plain import from_json, to_json
from engine.feel.temporal import MonthsDuration
from engine.feel.tree import Tree
from engine.feel.unparse import unparse

__all__ = [
    "Clause",
    "Compiled",
    "FeelError",
    "FeelProblem",
    "MonthsDuration",
    "RangeValue",
    "Tree",
    "Used",
    "compile",
    "decisive",
    "evaluate",
    "explain",
    "from_json",
    "parse",
    "to_json",
    "unparse",
]
