"""Every scheme shipped with the house is faultless, and passes its own tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from authoring.check import check_path
from authoring.walkthrough import run
from authoring.walkthrough.coverage import Watching
from engine.language import examine, load_scheme

ROOT = Path(__file__).parents[2]
SHIPPED = (
    "schemes/haute-savoie-emergency-grant",
    "schemes/bicycle-grant.yaml",
    "schemes/insulation-grant.yaml",
    "examples/income-support-small",
    "examples/school-year-grant",
    "examples/rain-barrel-grant",
    "examples/association-grant",
    "examples/joint-renovation-grant",
    "examples/commission-grant",
    "examples/remedies-grant",
    "examples/solidarity-fund",
    "examples/heating-grant",
    "examples/works-grant",
)
everywhere = pytest.mark.parametrize("path", SHIPPED)


@everywhere
def test_check_finds_no_error_and_no_warning(path):
    assert [str(problem) for problem in check_path(ROOT / path)] == []


@everywhere
def test_scheme_passes_its_own_tests(path):
    outcomes = run(load_scheme(ROOT / path))

    assert outcomes
    assert [(outcome.name, outcome.sentences) for outcome in outcomes if not outcome.passed] == []


@everywhere
def test_its_tests_leave_nothing_out(path):
    examined = examine(ROOT / path)
    watching = Watching(examined.scheme)
    run(examined.scheme, watch=watching)

    assert [f"{item.place}: {item.sentence()}" for item in watching.coverage(examined.source).missing] == []
