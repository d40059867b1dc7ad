"""Who applies in somebody's place: both are named by what anybody may read, the mandate is asked whenever there is one."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.check.whole import Whole
from engine.kinds.file import may_come_later
from engine.language.model import APPLICANT, Expression, Representative, Scheme
from engine.problems import Problem

NAMES = ("person", "text")


def check_representative(whole: Whole) -> Iterator[Problem]:
    """What is wrong with the declaration of a representative."""
    one, path = whole.scheme.representative, ("representative",)
    if one is None:
        return
    for key, id in (("name", one.name), ("represents", one.represents)):
        field = whole.scheme.fields[id]
        if field.kind not in NAMES or field.sensitive or field.hide_from:
            yield whole.at_value("representative_unnamed", (*path, key), "error", field=id)
    if not _is_asked(whole.scheme, one):
        yield whole.at_value("mandate_not_asked", (*path, "mandate"), "error", field=one.mandate)
    start = whole.scheme.workflow.start.id
    for number, id in enumerate(one.may_not):
        action, here = whole.scheme.workflow.actions[id], (*path, "may_not", number)
        if APPLICANT not in action.by or start in action.sources or action.signs:
            yield whole.at_value("may_not_of_others", here, "error", action=id)


def _is_asked(scheme: Scheme, one: Representative) -> bool:
    """Whether the mandate is a document that must be sent whenever somebody acts for somebody else."""
    field = scheme.fields[one.mandate]
    conditions = {_text(field.when), _text(scheme.form[field.page].when)} - {""}
    always = field.kind == "file" and not field.optional and not may_come_later(field)
    return always and conditions <= {_text(one.when)}


def _text(condition: Expression | None) -> str:
    return " ".join(condition.text.split()) if condition else ""
