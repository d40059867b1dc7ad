"""Functions on contexts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.feel.values import Value, kind_of


def get_value(m: Mapping[str, Value], key: str) -> Value:
    """The value under a key; null when there is none."""
    return m.get(key)


def get_entries(m: Mapping[str, Value]) -> list[dict[str, Value]]:
    """The pairs of a context."""
    return [{"key": key, "value": value} for key, value in m.items()]


def context(entries: list[Value]) -> dict[str, Value] | None:
    """A context of pairs `{key: …, value: …}`; null when a pair is faulty or a key comes twice."""
    made: dict[str, Value] = {}
    for entry in entries:
        if kind_of(entry) != "context" or not isinstance(entry.get("key"), str) or "value" not in entry:
            return None
        if entry["key"] in made:
            return None
        made[entry["key"]] = entry["value"]
    return made


def put(context: Mapping[str, Value], key: str, value: Value) -> dict[str, Value]:
    """A copy with one more value."""
    return {**context, key: value}


def put_deep(context: Mapping[str, Value], keys: list[str], value: Value) -> dict[str, Value] | None:
    """A copy with one more value, so many levels down; null when a level is no context."""
    if not keys:
        return None
    first, *others = keys
    if not others:
        return put(context, first, value)
    inner = context.get(first)
    made = put_deep(inner, others, value) if isinstance(inner, Mapping) else None
    return None if made is None else {**context, first: made}


def merge(contexts: list[Value]) -> dict[str, Value] | None:
    """All values of several contexts; the last one wins."""
    if not all(isinstance(part, Mapping) for part in contexts):
        return None
    return {key: value for part in contexts for key, value in part.items()}


TABLE: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("get value(m: context, key: string): any", get_value),
    ("get entries(m: context): list<context>", get_entries),
    ("context(entries: list): context", context),
    ("context put(context: context, key: string, value: any): context", put),
    ("context put(context: context, keys: list<string>, value: any): context", put_deep),
    ("context merge(contexts: list): context", merge),
)
