"""FEEL, the expression language of the standard OMG DMN 1.5: parse, check, compile, evaluate, explain."""

from engine.feel.checker import Checked, check
from engine.feel.columns import Results, Rows, compile_rows
from engine.feel.compiled import Compiled, compile, evaluate
from engine.feel.errors import FeelError, FeelProblem
from engine.feel.explanation import Clause, Decider, Used, deciding, decisive, explain
from engine.feel.far import FarDate, FarDateTime
from engine.feel.parser import parse
from engine.feel.plain import from_json, to_json
from engine.feel.requirements import Requirement, requirements
from engine.feel.temporal import MonthsDuration
from engine.feel.tree import Tree
from engine.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    MONTHS_DURATION,
    NULL,
    NUMBER,
    STRING,
    TIME,
    Type,
    type_name,
)
from engine.feel.unparse import unparse
from engine.feel.values import RangeValue

__all__ = [
    "ANY",
    "BOOLEAN",
    "DATE",
    "DATE_TIME",
    "DAYS_DURATION",
    "MONTHS_DURATION",
    "NULL",
    "NUMBER",
    "STRING",
    "TIME",
    "Checked",
    "Clause",
    "Compiled",
    "Decider",
    "FarDate",
    "FarDateTime",
    "FeelError",
    "FeelProblem",
    "MonthsDuration",
    "RangeValue",
    "Requirement",
    "Results",
    "Rows",
    "Tree",
    "Type",
    "Used",
    "check",
    "compile",
    "compile_rows",
    "deciding",
    "decisive",
    "evaluate",
    "explain",
    "from_json",
    "parse",
    "requirements",
    "to_json",
    "type_name",
    "unparse",
]
