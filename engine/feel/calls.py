"""Whether functions get the values they take: the checker's half about calls."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from engine.feel import tree as t
from engine.feel.builtins import BUILTINS
from engine.feel.french import plain
from engine.feel.functions import by_position, call_builtin
from engine.feel.judgements import type_of_value
from engine.feel.known import Checks, Known, Scope
from engine.feel.pattern_parser import PatternError
from engine.feel.patterns import compiled
from engine.feel.signatures import Parameter, Signature, describe, static_type
from engine.feel.types import ANY, NUMBER, Function, List, Null, Number, Type, common, fits, type_name
from engine.feel.types import Any as AnyType
from engine.feel.written_days import day_written

_READ_FROM_TEXT = frozenset({"date", "time", "date and time", "duration"})
# what people call functions who come from a spreadsheet
_MEANT = {"age": "years and months duration", "somme": "sum", "moyenne": "mean", "arrondi": "round half up",
          "aujourdhui": "today", "aujourd'hui": "today", "maintenant": "now", "average": "mean",
          "length": "string length", "len": "string length", "longueur": "string length", "nb": "count",
          "nombre": "count", "compter": "count", "minimum": "min", "maximum": "max", "mediane": "median",
          "racine": "sqrt", "contient": "contains", "commence par": "starts with",
          "finit par": "ends with", "majuscules": "upper case", "minuscules": "lower case",
          "duree": "duration"}  # fmt: skip
_PATTERN_AT = {"matches": 1, "replace": 1, "split": 1}


class CallChecks(Checks):
    """The checks of calls."""

    def call(self, node: t.Call, scope: Scope) -> Known:
        given = [self.infer(argument, scope) for argument in node.arguments]
        if isinstance(node.function, t.Name):
            name = node.function.name
            found = scope.find(name)
            if found is None and name in BUILTINS:
                return self.builtin(name, node, given)
            if found is None and plain(name) == "age" and len(given) == 1:
                return self.age(node, scope)
            if found is None:
                near = get_close_matches(name, [*BUILTINS, *scope.visible()], 1, 0.6)
                meant = _MEANT.get(plain(name)) or next(iter(near), None)
                self.report("unknown_function", node.function, meant, name=name)
                return Known(ANY)
        return self.outside(node, self.infer(node.function, scope).type, given)

    def age(self, node: t.Call, scope: Scope) -> Known:
        """`age(born)`, which FEEL has not: how it is written, on the day of the deposit where that is known."""
        day = "dossier.deposited_on" if scope.find("dossier") else "today()"
        instead = f"years and months duration({self.source(node.arguments[0])}, {day}).years"
        self.report("french", node, found=self.source(node), instead=instead, word=instead)
        return Known(NUMBER)

    def outside(self, node: t.Call, function: Type, given: list[Known]) -> Known:
        """A function that is given or declared."""
        name = self.source(node.function)
        if isinstance(function, AnyType):
            return Known(ANY)
        if not isinstance(function, Function):
            self.report("not_a_function", node, name=name, type=type_name(function))
            return Known(ANY)
        if not function.parameters and function.required == 0 and isinstance(function.result, AnyType):
            return Known(ANY)  # a built-in function as a value
        if not function.required <= len(given) <= len(function.parameters):
            takes = ", ".join(type_name(of) for of in function.parameters) or "no value"
            self.report("wrong_arity", node, function=name, given=len(given), parameters=takes)
        elif not node.names:
            for argument, known, wanted in zip(node.arguments, given, function.parameters, strict=False):
                if not fits(known.type, wanted):
                    self.wrong_argument(argument, name, type_name(wanted), known.type)
        return Known(function.result)

    def wrong_argument(self, argument: t.Node, function: str, expected: str, found: Type) -> None:
        params = {"operation": function, "expected": expected, "found": type_name(found)}
        day = day_written(self.source(argument)) if function == "date" else None
        self.report("wrong_type", argument, f'"{day}"' if day else None, **params)

    def builtin(self, name: str, node: t.Call, given: list[Known]) -> Known:
        """A built-in function: the first way to call it that takes these values."""
        ways = self.ways(name, node, given)
        if not ways:
            return Known(ANY)
        self.literal_text(name, node)
        for signature, parameters, types in ways:
            if all(_fits(of, parameter) for of, parameter in zip(types, parameters, strict=True)):
                return Known(self.result(signature, node, types))
        signature, parameters, types = ways[0]
        for argument, of, parameter in zip(node.arguments, types, parameters, strict=False):
            if not _fits(of, parameter):
                self.wrong_argument(argument, name, describe(parameter), of)
        return Known(self.result(signature, node, types))

    def ways(
        self, name: str, node: t.Call, given: list[Known]
    ) -> list[tuple[Signature, list[Parameter], list[Type]]]:
        """The signatures that take so many values or these names, each with the parameter of each value."""
        types = [known.type for known in given]
        signatures = BUILTINS[name]
        if node.names:
            named = by_position(node.names, signatures)
            if not named:
                self.refuse_names(name, node, signatures)
            return [
                (s, [next(p for p in s.parameters if p.name == argument) for argument in node.names], types)
                for s, _ in named
            ]
        fitting = [s for s in signatures if s.takes(len(types))]
        if not fitting:
            takes = "; or ".join(s.text for s in signatures)
            self.report("wrong_arity", node, function=name, given=len(types), parameters=takes)
        return [(s, _repeated(s, len(types)), types) for s in fitting]

    def refuse_names(self, name: str, node: t.Call, signatures: Sequence[Signature]) -> None:
        takes = "; or ".join(s.text for s in signatures)
        known = [p.name for s in signatures for p in s.parameters]
        strange = [argument for argument in node.names if argument not in known]
        if not strange:
            self.report("wrong_arity", node, function=name, given=len(node.names), parameters=takes)
            return
        near = get_close_matches(strange[0], known, 1)
        params = {"function": name, "name": strange[0], "parameters": takes}
        self.report("unknown_parameter", node, next(iter(near), None), **params)

    def literal_text(self, name: str, node: t.Call) -> None:
        """A date or a pattern written in the text can be judged now."""
        texts = [
            a.value if isinstance(a, t.Literal) and isinstance(a.value, str) else None for a in node.arguments
        ]
        dated = name in _READ_FROM_TEXT and len(texts) == 1 and texts[0] is not None
        if dated and call_builtin(BUILTINS[name], [texts[0]]) is None:
            day = day_written(str(texts[0])) if name == "date" else None
            meant = f'"{day}"' if day else None
            self.report("bad_temporal_text", node.arguments[0], meant, found=f'"{texts[0]}"', kind=name)
        place = _PATTERN_AT.get(name, len(texts))
        if place < len(texts) and not node.names and texts[place] is not None:
            try:
                compiled(str(texts[place]), "")
            except PatternError as error:
                self.report("bad_pattern", node.arguments[place], pattern=texts[place], reason=str(error))

    def result(self, signature: Signature, node: t.Call, types: list[Type]) -> Type:
        """The type a call gives; "same" is that of its first value, "item" that of the items of its list."""
        if signature.name in _READ_FROM_TEXT and isinstance(node.arguments[0], t.Literal):
            value = call_builtin(BUILTINS[signature.name], [node.arguments[0].value])
            if value is not None and len(node.arguments) == 1:
                return type_of_value(value)
        if signature.name == "flatten":
            return List(_flat(types[0] if types else ANY))
        if signature.result not in {"same", "item"}:
            return static_type(signature.result)
        first = types[0] if types else ANY
        if signature.result == "same":
            wants_list = signature.parameters[0].kinds[0].startswith("list")
            return List(first) if wants_list and not isinstance(first, List | AnyType) else first
        if len(types) == 1:
            return first.of if isinstance(first, List) else first
        for other in types[1:]:
            first = _common_unit(first, other)
        return first


def _flat(of: Type) -> Type:
    """What the lists in a list hold in the end."""
    while isinstance(of, List):
        of = of.of
    return of


def _common_unit(one: Type, other: Type) -> Type:
    """min(0.4 * total, 8000) is money when one of them is: a number without unit takes that of the others."""
    if isinstance(one, Number) and isinstance(other, Number) and None in {one.unit, other.unit}:
        return Number(one.unit or other.unit)
    return common(one, other)


def _repeated(signature: Signature, given: int) -> list[Parameter]:
    """The parameter of each value given by position."""
    parameters = list(signature.parameters[:given])
    return parameters + list(signature.parameters[-1:]) * (given - len(parameters))


def _fits(given: Type, parameter: Parameter) -> bool:
    if isinstance(given, AnyType | Null):
        return True
    wanted = [of.of if parameter.packed and isinstance(of, List) else of for of in parameter.types]
    if "point" in parameter.kinds and type_name(given) in {"boolean"}:
        return False
    return any(fits(given, of) for of in (*parameter.types, *wanted))
