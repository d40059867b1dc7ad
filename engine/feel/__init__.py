"""FEEL, the expression language of the standard OMG DMN 1.5: parse, check, compile, evaluate, explain."""

from engine.feel.compiled import Compiled, compile, evaluate
from engine.feel.errors import FeelError, FeelProblem
from engine.feel.operators import RangeValue
from engine.feel.parser import parse
from engine.feel.temporal import MonthsDuration
from engine.feel.tree import Tree
from engine.feel.unparse import unparse

__all__ = [
    "Compiled",
    "FeelError",
    "FeelProblem",
    "MonthsDuration",
    "RangeValue",
    "Tree",
    "compile",
    "evaluate",
    "parse",
    "unparse",
]
