"""The envelopes from the command line, recounted."""

from click.testing import CliRunner
from sqlalchemy import insert, select

from dossiers import office
from dossiers.database import EnvelopeRow, SchemeRow
from dossiers.settings import Settings
from guichet.__main__ import main
from tests.dossiers.services.conftest import bundle
from tests.fixtures.databases import NOON

BUDGET = ("award: {currency: EUR,", "award: {budget: {envelope: 1000}, currency: EUR,")


def run(*arguments):
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def test_figure_that_is_not_the_sum_of_the_dossiers_is_named(tmp_path):
    folder, text = tmp_path / "site", tmp_path / "scheme"
    for name, content in bundle(BUDGET).files.items():
        path = text / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    run("init", str(folder))
    assert run("publish", str(text), "--data", str(folder)).exit_code == 0
    sound = run("budget", "small-grant", "--data", str(folder))
    assert (sound.exit_code, sound.output.splitlines()) == (
        0,
        [
            "whole: voted 1000.00, available 1000.00, reserved 0.00, committed 0.00, paid 0.00, waiting 0",
            "Every figure is the sum of the dossiers.",
        ],
    )
    opened = office.build(Settings.load(folder), lambda: NOON)
    with opened.database.writing() as session:
        scheme = session.scalars(select(SchemeRow.id)).one()
        row = {"scheme_id": scheme, "name": "whole", "key": "", "reserved_cents": 0, "committed_cents": 500}
        session.execute(insert(EnvelopeRow).values(**row, paid_cents=0))
    opened.database.close()
    broken = run("budget", "small-grant", "--data", str(folder))
    assert broken.exit_code == 1
    assert "whole: committed is kept as 5.00, the dossiers say 0.00" in broken.output
