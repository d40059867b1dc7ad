"""Calling a function that is a value: one declared in the text, or a Python function given from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from inspect import CO_VARARGS
from typing import Any

from engine.feel.values import Value


def call_outside(function: Value, given: Sequence[Value]) -> Value:
    """The result of a function value; null when it is none or does not take so many values."""
    if not callable(function) or not _takes(function, len(given)):
        return None
    return function(*given)


def _takes(function: Callable[..., Any], given: int) -> bool:
    """Whether a Python function takes that many values; one that does not tell is trusted."""
    code = getattr(function, "__code__", None)
    if code is None:
        return True
    bound = 1 if getattr(function, "__self__", None) is not None else 0
    most = code.co_argcount - bound
    least = most - len(getattr(function, "__defaults__", None) or ())
    return least <= given and (given <= most or bool(code.co_flags & CO_VARARGS))
