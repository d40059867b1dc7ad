"""What generated functions use of the engine, under the names they use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation, getcontext, setcontext
from typing import Any

from engine.feel.arithmetic import add, divide, multiply, negate, raise_to_power, subtract
from engine.feel.errors import FeelError
from engine.feel.functions import builtin_value, call_builtin
from engine.feel.generated.calculations import EQUATABLE, ORDERED
from engine.feel.members import member
from engine.feel.operators import (
    between,
    different,
    equal,
    greater,
    greater_or_equal,
    less,
    less_or_equal,
    satisfies,
)
from engine.feel.scopes import Env, ItemEnv
from engine.feel.temporal import MonthsDuration
from engine.feel.values import DECIMALS

# FEEL's decimals for Python's own operators. Comparing with a number that is none raises here as it does outside,
# and so do the few operations that have no result; division, which often has none, is called by its name.
DECIMALS_OF_PYTHON = DECIMALS.copy()
DECIMALS_OF_PYTHON.traps[InvalidOperation] = True

KNOWN: Mapping[str, Any] = {
    "Decimal": Decimal, "date": date, "timedelta": timedelta, "MonthsDuration": MonthsDuration,
    "ORDERED": frozenset(ORDERED), "EQUATABLE": frozenset(EQUATABLE),
    "equal": equal, "unequal": different, "less": less, "less_or_equal": less_or_equal, "greater": greater,
    "greater_or_equal": greater_or_equal, "between": between, "satisfies": satisfies,
    "add": add, "subtract": subtract, "multiply": multiply, "divide": divide, "power": raise_to_power,
    "decimal_add": DECIMALS.add, "decimal_subtract": DECIMALS.subtract,
    "decimal_multiply": DECIMALS.multiply, "decimal_divide": DECIMALS.divide,
    "DECIMALS": DECIMALS_OF_PYTHON, "getcontext": getcontext, "setcontext": setcontext,
    "negate": negate, "member": member, "builtin_value": builtin_value, "call_builtin": call_builtin,
    "Env": Env, "ItemEnv": ItemEnv, "FeelError": FeelError,
}  # fmt: skip
