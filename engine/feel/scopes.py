"""Where a name is found: the values given, then what loops, functions, contexts and filters add inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from engine.feel.limits import Run
from engine.feel.values import Value


class Env:
    """The values of one level, the level around it, and the evaluation under way."""

    __slots__ = ("names", "outer", "run")

    def __init__(self, names: Mapping[str, Any], outer: Env | None, run: Run) -> None:
        self.names = names
        self.outer: Any = outer
        self.run = run


class ItemEnv(Env):
    """The level of a filter: the parts of one item of the list, and the item itself."""

    __slots__ = ("item",)

    def __init__(self, item: Value, outer: Env) -> None:
        self.names = item if type(item) is dict or isinstance(item, Mapping) else NO_NAMES
        self.outer = outer
        self.run = outer.run
        self.item = item


@dataclass(frozen=True, slots=True)
class Level:
    """What is known of a level before evaluation: its names, or that they are those of a list item."""

    names: frozenset[str] = frozenset()
    of_item: bool = False


ITEM = Level(of_item=True)
Levels: TypeAlias = tuple[Level, ...]  # the innermost first; the values given are around all of them
Read: TypeAlias = Callable[[Env], Value]
NO_NAMES: Mapping[str, Value] = {}


def is_local(name: str, levels: Levels) -> bool:
    """Whether a loop, a function or a context certainly gives this name."""
    return any(name in level.names for level in levels)


def reader(name: str, levels: Levels, default: Value = None) -> Read:
    """The function that reads a name from an Env: resolved once, so that reading is one look-up."""
    if not levels and default is None:
        return lambda env: env.names.get(name)
    if not levels:
        return lambda env: env.names.get(name, default)
    level, around = levels[0], levels[1:]
    if level.of_item:
        return _item_reader(name, reader(name, around, default))
    if name in level.names:
        return lambda env: env.names[name]
    outside = reader(name, around, default)
    return lambda env: outside(env.outer)


def _item(env: Env) -> Value:
    """`item` is the item itself, but for one that has a part of that name."""
    return env.names.get("item", env.item) if isinstance(env, ItemEnv) else None


def _item_reader(name: str, outside: Read) -> Read:
    if name == "item":
        return _item

    def read(env: Env) -> Value:
        return env.names[name] if name in env.names else outside(env.outer)

    return read
