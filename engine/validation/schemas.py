"""JSON Schema as answers need it: the validator with its formats, and parts that carry theirs, built once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from engine.kinds.kind import JsonSchema
from engine.validation.formats import FORMATS


class Part(dict[str, object]):
    """A schema that stands inside others, with its own validator: judging a step builds none."""

    __slots__ = ("validator",)

    def __init__(self, schema: JsonSchema) -> None:
        super().__init__(schema)
        self.validator: Any = AnswerValidator(self, format_checker=FORMATS)


def _one_of(
    validator: Validator, options: Iterable[object], answer: object, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """`enum` for texts alone: the library compares one by one in Python, too slow for a list of 35 000 communes."""
    if not isinstance(answer, str) or answer not in options:
        yield ValidationError("not one of the options")


def _required(
    validator: Validator, names: Iterable[str], answer: object, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """`required` told once, whatever the number of names missing."""
    if isinstance(answer, dict) and not all(name in answer for name in names):
        yield ValidationError("not all there")


def _properties(
    validator: Any, properties: Mapping[str, Any], answer: object, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """`properties`, each by the validator it carries: the library would make one anew each time."""
    if isinstance(answer, dict):
        for name, part in properties.items():
            if name in answer:
                yield from _below(validator, answer[name], part, name)


def _items(validator: Any, part: Any, answer: object, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
    if isinstance(answer, list):
        for number, item in enumerate(answer):
            yield from _below(validator, item, part, number)


def _prefix_items(
    validator: Any, parts: Iterable[Any], answer: object, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    if isinstance(answer, list):
        for number, (item, part) in enumerate(zip(answer, parts, strict=False)):
            yield from _below(validator, item, part, number)


def _below(validator: Any, answer: object, part: Any, place: str | int) -> Iterator[ValidationError]:
    if not isinstance(part, Part):
        yield from validator.descend(answer, part, path=place)
        return
    for error in part.validator.iter_errors(answer):
        error.path.appendleft(place)
        yield error


AnswerValidator: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        "enum": _one_of,
        "required": _required,
        "properties": _properties,
        "items": _items,
        "prefixItems": _prefix_items,
    },
)
