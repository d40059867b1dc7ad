"""A small valid scheme in two halves, with room for more between them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engine.language import Bundle, check_scheme
from tests.fixtures.rent_help import HEAD, WORKFLOW

FORM = (
    HEAD
    + """\
      income: {type: money, label: Revenu mensuel}
      tenant: {type: yes_no, label: Locataire}
"""
)


def said(text: str, files: Mapping[str, str] | None = None) -> list[str]:
    """The English line of every problem of a scheme."""
    _, problems = check_scheme(Bundle({"scheme.yaml": text, **(files or {})}))
    return [f"{problem.place}: {problem.sentence('en')}" for problem in problems]


@pytest.fixture(scope="session")
def small() -> tuple[str, str]:
    """The two halves of the small scheme: up to its form, and its workflow."""
    return FORM, WORKFLOW


@pytest.fixture(scope="session")
def sentences():
    """The lines the small scheme gets with more lines after its form (line 12 on)."""
    return lambda more: said(FORM + more + WORKFLOW)


@pytest.fixture(scope="session")
def sentences_of():
    """The same, with a change in the form, one in the workflow, and files beside."""

    def check(more, form, workflow, files) -> list[str]:
        return said(FORM.replace(*form, 1) + more + WORKFLOW.replace(*workflow, 1), files)

    return check
