"""From the expressions of XLSForm to FEEL: names as ids, texts and codes as they are kept here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from authoring.imports.xlsform.xpath import Call, Column, Constant, Node, Operation, Ref

NUMBERS = frozenset({"integer", "decimal"})


class NotCarried(Exception):
    """What stands in the way: the code of the problem and the name in question."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.name = name


@dataclass(frozen=True, slots=True)
class Known:
    """A question as expressions see it: its id, its kind here, the codes of its options, the repeats it stands in
    ("projects/lines")."""

    id: str
    kind: str
    codes: Mapping[str, str] = field(default_factory=dict)
    repeat: str = ""


@dataclass(frozen=True, slots=True)
class Feel:
    """A piece of FEEL, how strongly it binds (9: nothing splits it), and the question it is, if it is one."""

    text: str
    strength: int = 9
    of: Known | None = None

    def within(self, strength: int) -> str:
        """The text where something of this strength is wanted, in brackets when it binds less."""
        return self.text if self.strength >= strength else f"({self.text})"


SIGNS = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 3,
    "<=": 3,
    ">": 3,
    ">=": 3,
    "+": 4,
    "-": 4,
    "*": 5,
    "div": 5,
}
WRITTEN = {"div": "/"}
# functions that have the same meaning under another name
SAME = {
    "not": "not",
    "true": "true",
    "false": "false",
    "today": "today",
    "now": "now",
    "string": "string",
    "string-length": "string length",
    "contains": "contains",
    "starts-with": "starts with",
    "ends-with": "ends with",
    "substring-before": "substring before",
    "substring-after": "substring after",
    "sum": "sum",
    "count": "count",
    "count-selected": "count",
    "min": "min",
    "max": "max",
    "abs": "abs",
    "int": "floor",
    "date": "date",
}


@dataclass(frozen=True, slots=True)
class Translator:
    """What an expression may name: the questions by their names, the one it stands at, the repeats around it, and in a
    filter the columns of the choices by the name they bear here."""

    names: Mapping[str, Known]
    here: Known | None = None
    repeat: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    def feel(self, node: Node) -> Feel:
        """The same in FEEL. Raises NotCarried."""
        if isinstance(node, Constant):
            return Feel(json.dumps(node.value, ensure_ascii=False) if node.is_text else node.value)
        if isinstance(node, Ref):
            return self._ref(node.name)
        if isinstance(node, Column):
            if node.name not in self.columns:
                raise NotCarried("xls_no_expression")
            return Feel(self.columns[node.name])
        if isinstance(node, Call):
            return self._call(node)
        return self._operation(node)

    def _ref(self, name: str) -> Feel:
        known = self.names.get(name) if name else self.here
        if known is None:
            raise NotCarried("xls_unknown_name", name or ".")
        return Feel(seen_from(self.repeat, known), 9, known)

    def _operation(self, node: Operation) -> Feel:
        if node.left is None:
            return Feel(f"-{self.feel(node.right).within(7)}", 6)
        if node.sign == "mod":
            return Feel(f"modulo({self.feel(node.left).text}, {self.feel(node.right).text})")
        if node.sign in ("=", "!="):
            return self._equality(node.sign, node.left, node.right)
        strength = SIGNS[node.sign]
        left, right = self._side(node.left, node.right), self._side(node.right, node.left)
        closer = strength + (node.sign not in ("or", "and"))
        sign = WRITTEN.get(node.sign, node.sign)
        return Feel(f"{left.within(strength)} {sign} {right.within(closer)}", strength)

    def _side(self, node: Node, other: Node) -> Feel:
        """One side of a comparison: a figure between quotes is one beside a number."""
        if isinstance(node, Constant) and node.is_text and isinstance(other, Ref):
            of = self._ref(other.name).of
            if of is not None and of.kind in NUMBERS and node.value.replace(".", "", 1).isdigit():
                return Feel(node.value)
            if of is not None and of.kind == "date":
                return Feel(f"date({json.dumps(node.value)})")
        return self.feel(node)

    def _equality(self, sign: str, left: Node, right: Node) -> Feel:
        if isinstance(left, Constant) and not isinstance(right, Constant):
            left, right = right, left
        found = self.feel(left)
        if isinstance(right, Constant):
            if right.is_text and not right.value:
                return Feel(f"{found.within(4)} {sign} null", 3)
            if found.of is not None and found.of.kind in ("yes_no", "consent"):
                return found if sign == "=" else Feel(f"not({found.text})")
            if found.of is not None and found.of.codes:
                return Feel(f"{found.text} {sign} {self._code(found.of, right)}", 3)
        return Feel(f"{found.within(4)} {sign} {self._side(right, left).within(4)}", 3)

    def _code(self, of: Known, code: Constant) -> str:
        written = json.dumps(of.codes.get(code.value, code.value), ensure_ascii=False)
        return f"[{written}]" if of.kind == "choices" else written

    # -- functions ------------------------------------------------------------------------------------------

    def _call(self, call: Call) -> Feel:
        own = OWN.get((call.name, len(call.given)))
        if own is not None:
            return own(self, call.given)
        if call.name not in SAME:
            raise NotCarried("xls_function", call.name)
        name = SAME[call.name]
        if name in ("true", "false"):
            return Feel(name)
        return Feel(f"{name}({', '.join(self.feel(one).text for one in call.given)})")

    def selected(self, given: tuple[Node, ...]) -> Feel:
        """`selected(${x}, 'a')`: among the options ticked, or the one chosen."""
        found, code = self.feel(given[0]), given[1]
        of = found.of
        if of is None or not isinstance(code, Constant):
            return Feel(f"list contains({found.text}, {self.feel(code).text})")
        written = json.dumps(of.codes.get(code.value, code.value), ensure_ascii=False)
        if of.kind == "choices":
            return Feel(f"list contains({found.text}, {written})")
        return Feel(f"{found.text} = {written}", 3)

    def either(self, given: tuple[Node, ...]) -> Feel:
        """`if(a, b, c)`."""
        condition, then, other = (self.feel(one).within(1) for one in given)
        return Feel(f"if {condition} then {then} else {other}", 0)

    def first_known(self, given: tuple[Node, ...]) -> Feel:
        """`coalesce(a, b)`."""
        first, second = (self.feel(one) for one in given)
        return Feel(f"if {first.within(4)} != null then {first.within(1)} else {second.within(1)}", 0)

    def matching(self, given: tuple[Node, ...]) -> Feel:
        """`regex(x, 'pattern')`: the whole text."""
        pattern = given[1]
        if not isinstance(pattern, Constant):
            raise NotCarried("xls_function", "regex")
        whole = json.dumps(f"^({pattern.value.removeprefix('^').removesuffix('$')})$", ensure_ascii=False)
        return Feel(f"matches({self.feel(given[0]).text}, {whole})")

    def joined(self, given: tuple[Node, ...]) -> Feel:
        """`concat(a, b, …)`."""
        return Feel(" + ".join(self._as_text(one) for one in given), 4)

    def _as_text(self, node: Node) -> str:
        found = self.feel(node)
        is_text = isinstance(node, Constant) and node.is_text
        return found.text if is_text else f"string({found.text})"

    def rounded(self, given: tuple[Node, ...]) -> Feel:
        """`round(x, n)`."""
        places = self.feel(given[1]).text if len(given) > 1 else "0"
        return Feel(f"round half up({self.feel(given[0]).text}, {places})")

    def number(self, given: tuple[Node, ...]) -> Feel:
        """`number(x)`."""
        found = self.feel(given[0])
        of = found.of
        return found if of is not None and of.kind in NUMBERS else Feel(f"number({found.text})")

    def power(self, given: tuple[Node, ...]) -> Feel:
        """`pow(a, b)`."""
        return Feel(f"{self.feel(given[0]).within(8)} ** {self.feel(given[1]).within(8)}", 6)

    def place(self, given: tuple[Node, ...]) -> Feel:
        """`position(..)`: the number of the row."""
        if given != (Ref(".."),) or not self.repeat:
            raise NotCarried("xls_function", "position")
        return Feel("row.number")


def seen_from(repeat: str, known: Known) -> str:
    """A question as it is named in the rows of `repeat`: bare where they know it, else as the list over the rows on the way."""
    here, there = [one for one in repeat.split("/") if one], [one for one in known.repeat.split("/") if one]
    while here and there and here[0] == there[0]:
        here, there = here[1:], there[1:]
    way = ".".join(there)
    around = f"flatten({way})." if len(there) > 1 else f"{way}." if way else ""
    return around + known.id


Own = Callable[[Translator, tuple[Node, ...]], Feel]
OWN: Mapping[tuple[str, int], Own] = {
    ("selected", 2): Translator.selected,
    ("if", 3): Translator.either,
    ("coalesce", 2): Translator.first_known,
    ("regex", 2): Translator.matching,
    ("round", 1): Translator.rounded,
    ("round", 2): Translator.rounded,
    ("number", 1): Translator.number,
    ("pow", 2): Translator.power,
    ("position", 1): Translator.place,
    **{("concat", count): Translator.joined for count in range(1, 21)},
}
