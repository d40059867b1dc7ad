"""When a question is asked, in words somebody with a pen can follow: the usual conditions; None for the others."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from engine.feel import tree
from engine.kinds.choice import label_of
from engine.language.model import Expression, Field, Scheme
from renderers.catalogues import marked, say
from renderers.words import number

YES, NO = marked("you answered “Yes” to “%(label)s”"), marked("you answered “No” to “%(label)s”")
IS, IS_NOT = (
    marked("you answered “%(answer)s” to “%(label)s”"),
    marked("you didn't answer “%(answer)s” to “%(label)s”"),
)
FIGURES: Mapping[str, str] = {
    ">": marked("“%(label)s” is more than %(figure)s"),
    ">=": marked("“%(label)s” is %(figure)s or more"),
    "<": marked("“%(label)s” is less than %(figure)s"),
    "<=": marked("“%(label)s” is %(figure)s or less"),
    "=": marked("“%(label)s” is %(figure)s"),
}
AND, OR = marked("%(one)s and %(other)s"), marked("%(one)s or %(other)s")


def in_words(condition: Expression, scheme: Scheme, language: str) -> str | None:
    """`you answered “Yes” to “Are you a tenant?”`, to stand behind "only if"; None when it can't be said simply."""
    return _said(condition.compiled.tree.root, scheme, language)


def _said(node: tree.Node, scheme: Scheme, language: str) -> str | None:
    if isinstance(node, tree.And | tree.Or):
        return _joined(node, scheme, language)
    if isinstance(node, tree.Comparison):
        return _compared(node, scheme, language)
    if isinstance(node, tree.Not):
        return _ticked(node.of, scheme, language, NO)
    return _ticked(node, scheme, language, YES)


def _joined(node: tree.And | tree.Or, scheme: Scheme, language: str) -> str | None:
    parts = [_said(part, scheme, language) for part in node.parts]
    mixed = any(isinstance(part, tree.And | tree.Or) for part in node.parts)
    whole = [part for part in parts if part is not None]
    if mixed or len(whole) < len(parts):  # "a and b or c" would be read two ways
        return None
    told = whole[0]
    for part in whole[1:]:
        told = say(language, AND if isinstance(node, tree.And) else OR, {"one": told, "other": part})
    return told


def _ticked(node: tree.Node, scheme: Scheme, language: str, message: str) -> str | None:
    found = _field(node, scheme)
    if found is None or found.kind not in ("yes_no", "consent"):
        return None
    return say(language, message, {"label": found.label.plain(language)})


def _compared(node: tree.Comparison, scheme: Scheme, language: str) -> str | None:
    found, wanted = _field(node.left, scheme), node.right
    if found is None or not isinstance(wanted, tree.Literal):
        return None
    label = found.label.plain(language)
    if isinstance(wanted.value, bool):
        message = YES if wanted.value == (node.operator == "=") else NO
        return say(language, message, {"label": label}) if node.operator in ("=", "!=") else None
    if isinstance(wanted.value, str):
        if node.operator not in ("=", "!="):
            return None
        params = {"label": label, "answer": _option(found, wanted.value, language)}
        return say(language, IS if node.operator == "=" else IS_NOT, params)
    if not isinstance(wanted.value, Decimal) or node.operator not in FIGURES:
        return None
    return say(language, FIGURES[node.operator], {"label": label, "figure": number(wanted.value, language)})


def _field(node: tree.Node, scheme: Scheme) -> Field | None:
    return scheme.fields.get(node.name) if isinstance(node, tree.Name) else None


def _option(found: Field, code: str, language: str) -> str:
    return label_of(found, code, language) if found.kind in ("choice", "choices") else code
