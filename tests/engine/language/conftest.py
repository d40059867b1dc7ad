"""A small valid scheme, written in place, and what stands beside it."""

from __future__ import annotations

import pytest

from engine.language import Bundle, check_scheme


FORM = """\
scheme: rent-help
languages: [fr]
title: Aide au loyer
roles:
  clerk: {label: Instruction}
form:
  you:
    title: Vous
    fields:
      income: {type: money, label: Revenu mensuel}
      tenant: {type: yes_no, label: Locataire}
"""
WORKFLOW = """\
workflow:
  public:
    received: {label: Reçue, states: [submitted]}
    decided: {label: Décidée, states: [granted]}
  states:
    draft: {kind: start}
    submitted: {label: Déposée}
    granted: {label: Accordée, kind: end}
  actions:
    submit: {label: Déposer, from: draft, to: submitted, by: applicant}
    grant: {label: Accorder, from: submitted, to: granted, by: clerk}
"""


@pytest.fixture(scope="session")
def sentences():
    """The English lines a scheme gets: `form` and `workflow` may be replaced, `more` stands between them."""

    def check(more: str = "", form: str = FORM, workflow: str = WORKFLOW, **files: str) -> list[str]:
        beside = {name.replace("__", "/").replace("_dot_", "."): text for name, text in files.items()}
        _, problems = check_scheme(Bundle({"scheme.yaml": form + more + workflow, **beside}))
        return [f"{problem.place}: {problem.sentence('en')}" for problem in problems]

    return check
