"""An expression ready to be evaluated many times, and the names it reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from engine.feel import tree as t
from engine.feel.closures import compile_node
from engine.feel.costs import cost_at_start
from engine.feel.errors import FeelError, FeelProblem
from engine.feel.limits import Run
from engine.feel.parser import parse
from engine.feel.reads import free_paths
from engine.feel.scopes import Env, Read
from engine.feel.values import Value

# Only these take steps or read the clock; an expression without them shares one idle Run.
_SPENDING = (t.Call, t.For, t.Quantified, t.Filter, t.Declared)
_IDLE = Run()


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled expression: cheap to run, safe to share between threads.

    `names` are the paths it reads, ("home", "postcode") for instance.
    """

    text: str
    tree: t.Tree
    names: frozenset[tuple[str, ...]]
    read: Read = field(repr=False, compare=False)
    spends: bool = field(repr=False, compare=False)
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
        When a bound is passed the value is None, and `noted` gets the problem: `too_much_work`, `too_big`, `too_deep`.
        """
        try:
            if not self.spends:
                return self.read(Env(values, None, _IDLE))
            run = Run(now, zone)
            run.spend(self.at_start)
            return self.read(Env(values, None, run))
        except FeelError as bound:
            if noted is not None:
                noted.append(FeelProblem(bound.code, bound.params, 0, len(self.text)))
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
    spends = at_start > 0 or any(isinstance(node, _SPENDING) for node in t.walk(tree.root))
    return Compiled(tree.text, tree, free_paths(tree), compile_node(tree.root), spends, at_start)


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
