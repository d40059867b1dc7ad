"""An expression ready to be evaluated many times, and the names it reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from engine.feel import tree as t
from engine.feel.closures import compile_node
from engine.feel.costs import cost_at_start
from engine.feel.errors import FeelError, FeelProblem
from engine.feel.generated import Rule, is_small, rule
from engine.feel.generated.known import is_known
from engine.feel.limits import UNDER_WAY, Run
from engine.feel.parser import parse
from engine.feel.reads import free_paths
from engine.feel.scopes import Env, Read
from engine.feel.values import Value, holds_no_number

# Only these take steps or read the clock; an expression without them shares one idle Run.
_SPENDING = (t.Call, t.For, t.Quantified, t.Filter, t.Declared)
_IDLE = Run()
_PLAIN = (t.Literal, t.At, t.Name, t.Path, t.Filter, t.Arithmetic, t.And, t.Or, t.Not, t.If, t.Between)
_WALKING_NOWHERE = frozenset({"sum", "count", "date", "today", "now"})
OFTEN = 1000  # runs after which a function of its own has been worth making


class Evaluator:
    """Runs an expression: by its closures, and once it has run often by a function made for it."""

    __slots__ = ("_read", "_root", "_runs", "is_made", "run")

    def __init__(self, root: t.Node) -> None:
        self._root = root
        self._read: Read = compile_node(root)
        self._runs = 0
        self.is_made = False
        self.run: Rule = self._run_closures

    def _run_closures(self, values: Mapping[str, object], run: Run) -> Value:
        self._runs += 1
        if self._runs == OFTEN and is_small(self._root):
            self.run, self.is_made = rule(self._root), True
        return self._read(Env(values, None, run))


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled expression: cheap to run, safe to share between threads.

    `names` are the paths it reads, ("home", "postcode") for instance.
    """

    text: str
    tree: t.Tree
    names: frozenset[tuple[str, ...]]
    evaluator: Evaluator = field(repr=False, compare=False)
    spends: bool = field(repr=False, compare=False)
    walks: bool = field(repr=False, compare=False)
    at_start: int = field(repr=False, compare=False)

    def run(
        self,
        values: Mapping[str, object],
        *,
        now: datetime | None = None,
        zone: tzinfo | None = None,
        noted: list[FeelProblem] | None = None,
    ) -> Value:
        """The value of the expression; what is unknown or ill-typed is None. Never raises on data.

        `now` (aware) and `zone` are what now() and today() read; they are null without.
        When a bound is passed the value is None, and `noted` gets the problem: `too_much_work`, `too_big`, `too_deep`;
        `no_number` when a number given is NaN or infinite.
        """
        try:
            if not self.spends:
                return self.evaluator.run(values, _IDLE)
            run = Run(now, zone)
            if self.at_start:
                run.spend(self.at_start)
            if not self.walks:
                return self.evaluator.run(values, run)
            before = UNDER_WAY.set(run)
            try:
                return self.evaluator.run(values, run)
            finally:
                UNDER_WAY.reset(before)
        except FeelError as bound:
            problem = FeelProblem(bound.code, bound.params, 0, len(self.text))
        except (ArithmeticError, ValueError):
            if (
                self.evaluator.is_made
            ):  # closures find what has a value all the same, such as `true or a * 0 = 0`
                return compile(self.tree).run(values, now=now, zone=zone, noted=noted)
            if not holds_no_number(values):
                raise  # of a function given from outside: its fault is not hidden
            problem = FeelProblem("no_number", {}, 0, len(self.text))
        if noted is not None:
            noted.append(problem)
        return None


def as_tree(source: str | t.Tree, *, unary: bool = False, names: Iterable[str] = ()) -> t.Tree:
    """The tree of a text in which these names are known; a tree is itself. Raises FeelError."""
    return parse(source, unary=unary, names=names) if isinstance(source, str) else source


def compile(source: str | t.Tree, *, names: Iterable[str] = ()) -> Compiled:
    """The compiled expression; raises FeelError when the text is no FEEL.

    `names` need only hold those that no text shows to be one name, `Pre-bid ratio` for instance.
    """
    tree = as_tree(source, names=names)
    at_start = cost_at_start(tree.root)
    spends = at_start > 0 or any(isinstance(n, _SPENDING) and not is_known(n) for n in t.walk(tree.root))
    walks = not all(is_known(n) or _walks_nowhere(n) for n in t.walk(tree.root))
    return Compiled(tree.text, tree, free_paths(tree), Evaluator(tree.root), spends, walks, at_start)


def _walks_nowhere(node: t.Node) -> bool:
    """Whether evaluating it never walks through a large value, as comparing two lists does."""
    match node:
        case t.Comparison(operator):
            return operator not in {"=", "!="}
        case t.Call(t.Name(name)):
            return name in _WALKING_NOWHERE
    return isinstance(node, _PLAIN)


def evaluate(
    text: str,
    values: Mapping[str, object],
    *,
    now: datetime | None = None,
    zone: tzinfo | None = None,
    noted: list[FeelProblem] | None = None,
) -> Value:
    """The value of an expression evaluated once, as `Compiled.run`; raises FeelError when the text is no FEEL."""
    return compile(text, names=values).run(values, now=now, zone=zone, noted=noted)
