"""`guichet test-from` prints a dossier as a test that passes in its scheme."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from authoring.check import check_bundle
from authoring.walkthrough import run
from dossiers.database import Dossier, SchemeVersion
from engine.language import Bundle
from guichet.__main__ import main


def test_every_dossier_of_the_demonstration_passes_as_a_test(demo):
    data = str(demo.desk.office.settings.data)
    with demo.desk.office.database.reading() as session:
        references = session.scalars(select(Dossier.reference).where(Dossier.reference.is_not(None))).all()
        files = dict(session.scalars(select(SchemeVersion.files)).first())
    assert references
    for reference in references:
        result = CliRunner().invoke(main, ["test-from", reference, "--data", data, "--language", "en"])
        assert result.exit_code == 0, result.output
        tests = "\n".join(line.removeprefix("  ") for line in result.stdout.splitlines())
        found = check_bundle(Bundle({**files, "tests.yaml": tests}))
        assert found.scheme is not None, [str(problem) for problem in found.problems]
        [outcome] = run(found.scheme)
        assert outcome.sentences == (), tests
        assert "# the walk ends here" not in tests and "# decided" not in tests, tests


@pytest.mark.parametrize("reference", ["AU74-1999-00001", ""])
def test_unknown_reference_is_told_in_one_sentence(demo, reference):
    data = str(demo.desk.office.settings.data)
    result = CliRunner().invoke(main, ["test-from", reference, "--data", data])
    assert result.exit_code == 1
    assert result.output == "Error: There is no such dossier here.\n"
