"""Whether the references of other dossiers given on a page name any: one look-up, and only where such a question was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from dossiers.database import Dossier
from dossiers.services.desk import Work
from engine.kinds import Json
from engine.kinds.dossier_reference import of_anybody
from engine.language.model import Field
from engine.problems import AnswerProblem


def unknown_references(
    work: Work, dossier: Dossier, fields: Iterable[Field], answers: Mapping[str, Json]
) -> tuple[AnswerProblem, ...]:
    """One problem for each reference that names no dossier, none of the applicant's own, or the dossier itself."""
    given = {
        field.id: (field, answers[field.id])
        for field in fields
        if field.kind == "dossier_reference" and isinstance(answers.get(field.id), str)
    }
    if not given:
        return ()
    query = select(Dossier.reference, Dossier.email).where(
        Dossier.reference.in_({reference for _, reference in given.values()}), Dossier.id != dossier.id
    )
    owners = {row.reference: row.email for row in work.session.execute(query)}
    return tuple(
        AnswerProblem((id,), "no_such_dossier", {})
        for id, (field, reference) in given.items()
        if reference not in owners or (owners[reference] != dossier.email and not of_anybody(field))
    )
