"""Functions on lists."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import reduce
from operator import countOf
from typing import Any

from engine.feel.arithmetic import add
from engine.feel.limits import bounded_value
from engine.feel.operators import conjunction, disjunction, equal, less, order
from engine.feel.outside import call_outside
from engine.feel.values import DECIMALS, RangeValue, Value, finite, kind_of

_ORDERED = (Decimal, str, date, timedelta)  # what Python orders as FEEL does


def identity(value: Value) -> Hashable:
    """A key that two values share when they are equal: comparing each with each would take too long."""
    bounded_value(value)
    return _identity(value)


def _identity(value: Value) -> Hashable:
    if isinstance(value, list | tuple):
        return ("list", *(_identity(item) for item in value))
    if isinstance(value, Mapping):
        return ("context", frozenset((key, _identity(item)) for key, item in value.items()))
    if isinstance(value, RangeValue):
        ends = _identity(value.low), _identity(value.high)
        return ("range", *ends, value.low_included, value.high_included, value.operator)
    if isinstance(value, time):
        return (
            "time",
            str(value.utcoffset() if value.utcoffset() is not None else value.tzinfo),
            value.isoformat(),
        )
    if isinstance(value, date) and not isinstance(value, datetime):
        return ("date", value)
    return (kind_of(value), value if kind_of(value) != "function" else id(value))


def contains(items: list[Value], element: Value) -> bool:
    """Whether one item is equal to the element."""
    return any(equal(item, element) is True for item in items)


def extreme(sign: int) -> Callable[[list[Value]], Value]:
    """The function that finds the smallest (-1) or the largest (1) item; null when items have no order."""

    def found(items: list[Value]) -> Value:
        if not items:
            return None
        best = items[0]
        for item in items:
            compared = order(item, best)
            if compared is None:
                return None
            best = item if compared == sign else best
        return best

    return found


def total(items: list[Value]) -> Value:
    """The sum of numbers or of durations; null of an empty list."""
    if countOf(map(type, items), Decimal) == len(items) > 0:
        return finite(reduce(DECIMALS.add, items))
    if not items or kind_of(items[0]) not in {
        "number",
        "days and time duration",
        "years and months duration",
    }:
        return None
    result = items[0]
    for item in items[1:]:
        result = add(result, item)
        if result is None:
            return None
    return result


def product(items: list[Decimal]) -> Decimal | None:
    """The product; null of an empty list."""
    result = Decimal(1)
    for item in items:
        result = DECIMALS.multiply(result, item)
    return finite(result) if items else None


def mean(items: list[Value]) -> Value:
    """The sum divided by how many there are."""
    summed = total(items)
    return finite(DECIMALS.divide(summed, Decimal(len(items)))) if kind_of(summed) == "number" else None


def median(items: list[Decimal]) -> Value:
    """The middle one, or the mean of the two in the middle."""
    ordered = sorted(items)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else mean(ordered[middle - 1 : middle + 1])


def standard_deviation(items: list[Decimal]) -> Decimal | None:
    """The standard deviation of a sample; null of fewer than two numbers."""
    centre = mean(items)
    if len(items) < 2 or centre is None:
        return None
    distances = [DECIMALS.subtract(item, centre) for item in items]
    summed = reduce(DECIMALS.add, [DECIMALS.multiply(far, far) for far in distances])
    return finite(DECIMALS.sqrt(DECIMALS.divide(summed, Decimal(len(items) - 1))))


def mode(items: list[Decimal]) -> list[Decimal]:
    """The numbers that come most often, in their order."""
    counts: dict[Decimal, int] = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(item for item, count in counts.items() if count == most)


def sublist(items: list[Value], start: Decimal, length: Decimal | None = None) -> list[Value] | None:
    """The items from a place on, counted from 1, or from -1 at the end."""
    first = int(start) - 1 if start >= 1 else len(items) + int(start)
    if not int(start) or not 0 <= first < max(len(items), 1):
        return None
    if length is None:
        return items[first:]
    return items[first : first + int(length)] if 0 <= length <= len(items) - first else None


def append(items: list[Value], *more: Value) -> list[Value]:
    """A copy with more items at its end."""
    return [*items, *more]


def concatenate(*lists: list[Value]) -> list[Value]:
    """The items of all lists, one list after another."""
    return [item for items in lists for item in items]


def place_in(items: list[Value], position: Decimal) -> int | None:
    """The Python index of a place counted from 1, or from -1 at the end; None outside the list."""
    number = int(position)
    index = number - 1 if number > 0 else len(items) + number
    return index if number and 0 <= index < len(items) else None


def insert_before(items: list[Value], position: Decimal, new_item: Value) -> list[Value] | None:
    """A copy with one more item at a place."""
    index = place_in(items, position)
    return None if index is None else [*items[:index], new_item, *items[index:]]


def remove(items: list[Value], position: Decimal) -> list[Value] | None:
    """A copy without the item at a place."""
    index = place_in(items, position)
    return None if index is None else items[:index] + items[index + 1 :]


def replace_at(items: list[Value], position: Decimal, new_item: Value) -> list[Value] | None:
    """A copy with another item at a place."""
    index = place_in(items, position)
    return None if index is None else [*items[:index], new_item, *items[index + 1 :]]


def replace_matching(items: list[Value], match: Callable[..., Any], new_item: Value) -> list[Value] | None:
    """A copy with another item wherever `match(item, new item)` is true; null when it answers anything else."""
    answers = [call_outside(match, (item, new_item)) for item in items]
    if not all(isinstance(answer, bool) for answer in answers):
        return None
    return [new_item if answer else item for item, answer in zip(items, answers, strict=True)]


def reverse(items: list[Value]) -> list[Value]:
    """The items from the last to the first."""
    return items[::-1]


def index_of(items: list[Value], match: Value) -> list[Decimal]:
    """All places of an item, counted from 1."""
    return [Decimal(place) for place, item in enumerate(items, 1) if equal(item, match) is True]


def distinct_values(items: list[Value]) -> list[Value]:
    """Each item once."""
    found: dict[Hashable, Value] = {}
    for item in items:
        found.setdefault(identity(item), item)
    return list(found.values())


def union(*lists: list[Value]) -> list[Value]:
    """Each item of all lists once."""
    return distinct_values(concatenate(*lists))


def flatten(items: list[Value]) -> list[Value]:
    """All items of the lists inside the list, in one list."""
    bounded_value(items)
    flat: list[Value] = []
    waiting = list(reversed(items))
    while waiting:
        item = waiting.pop()
        if isinstance(item, list | tuple):
            waiting.extend(reversed(item))
        else:
            flat.append(item)
    return flat


def sort(items: list[Value], precedes: Callable[..., Any]) -> list[Value]:
    """The items in the order of `precedes(first, second)`, stable.

    Sorted by halves, an item of the later half going first only where `precedes` says so: with an order that is none
    (an unknown among the items) the result is the same wherever it is computed.
    """
    if len(items) < 2:
        return items
    middle = len(items) // 2
    left, right = sort(items[:middle], precedes), sort(items[middle:], precedes)
    merged: list[Value] = []
    one = other = 0
    while one < len(left) and other < len(right):
        if call_outside(precedes, (right[other], left[one])) is True:
            merged.append(right[other])
            other += 1
        else:
            merged.append(left[one])
            one += 1
    return [*merged, *left[one:], *right[other:]]


def sort_plain(items: list[Value]) -> list[Value] | None:
    """The items from the smallest to the largest; null when two have no order."""
    if len({type(item) for item in items}) == 1 and type(items[0]) in _ORDERED:
        return sorted(items)
    if extreme(1)(items) is None and items:
        return None
    return sort(items, less)


TABLE: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("list contains(list: list, element: any): boolean", contains),
    ("list replace(list: list, position: number, newItem: any): same", replace_at),
    ("list replace(list: list, match: function, newItem: any): same", replace_matching),
    ("count(*list: list): number", lambda items: Decimal(len(items))),
    ("min(*list: list): item", extreme(-1)),
    ("max(*list: list): item", extreme(1)),
    ("sum(*list: list): item", total),
    ("mean(*list: list): item", mean),
    ("product(*list: list<number>): number", product),
    ("median(*list: list<number>): item", median),
    ("stddev(*list: list<number>): number", standard_deviation),
    ("mode(*list: list<number>): same", mode),
    ("all(*list: list): boolean", conjunction),
    ("any(*list: list): boolean", disjunction),
    ("sublist(list: list, start position: number, length?: number): same", sublist),
    ("append(list: list, item...: any): same", append),
    ("concatenate(list...: list): same", concatenate),
    ("union(list...: list): same", union),
    ("insert before(list: list, position: number, newItem: any): same", insert_before),
    ("remove(list: list, position: number): same", remove),
    ("reverse(list: list): same", reverse),
    ("index of(list: list, match: any): list<number>", index_of),
    ("distinct values(list: list): same", distinct_values),
    ("flatten(list: list): list", flatten),
    ("sort(list: list, precedes: function): same", sort),
    ("sort(list: list): same", sort_plain),
)
