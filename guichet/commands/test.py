"""`guichet test`: play the scenarios and case tables a scheme carries."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from authoring.walkthrough.wording import table
from guichet.commands import junit
from guichet.commands.language import language_option
from guichet.commands.outcome_formats import PRINTERS, counted
from guichet.commands.playing import Suite, play


@click.command(name="test")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--only", metavar="NAME", help="Play the test of this name only.")
@click.option("--format", "shape", type=click.Choice(list(PRINTERS)), default="text", help="How to print.")
@click.option(
    "--junit", "report", type=click.Path(dir_okay=False, path_type=Path), help="Write JUnit XML here too."
)
@click.option("--coverage", is_flag=True, help="Say what the tests go through, and what they leave out.")
@click.option(
    "--at-least",
    "least",
    type=click.IntRange(0, 100),
    metavar="PERCENT",
    help="With --coverage: exit status 1 below this.",
)
@language_option
def command(
    paths: tuple[Path, ...],
    only: str | None,
    shape: str,
    report: Path | None,
    coverage: bool,
    least: int | None,
    language: str,
) -> None:
    """Play the tests of the schemes at PATHS; exit status 1 when one fails.

    Example: guichet test schemes/haute-savoie-emergency-grant --coverage
    """
    measured = coverage or least is not None
    suites = [suite for path in paths for suite in play(path, only, coverage=measured)]
    PRINTERS[shape](suites, language)
    if report is not None:
        report.write_bytes(junit.document(suites, language))
    short = _too_little(suites, least or 0, language)
    sys.exit(1 if counted(suites)[1] or short else 0)


def _too_little(suites: Sequence[Suite], least: int, language: str) -> bool:
    """Say which schemes are covered too little; whether there is any."""
    short = [suite for suite in suites if suite.coverage is not None and suite.coverage.percent < least]
    for suite in short:
        assert suite.coverage is not None
        words = table(language)["too_little"].format(percent=suite.coverage.percent, wanted=least)
        click.echo(f"{suite.name}: {words}", err=True)
    return bool(short)
