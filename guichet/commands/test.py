"""`guichet test`: play the scenarios and case tables a scheme carries."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from authoring.walkthrough import Outcome, run
from engine.language import SchemeError, load_scheme


@click.command(name="test")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--only", help="Play the test of this name only.")
def command(paths: tuple[Path, ...], only: str | None) -> None:
    """Play the tests of the schemes at PATHS; exit status 1 when one fails.

    Example: guichet test schemes/haute-savoie-emergency-grant
    """
    outcomes = [outcome for path in paths for outcome in _play(path, only)]
    failed = sum(not outcome.passed for outcome in outcomes)
    click.echo(f"{len(outcomes) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def _play(path: Path, only: str | None) -> tuple[Outcome, ...]:
    try:
        scheme = load_scheme(path)
    except SchemeError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        raise click.ClickException(f"{path} can't be tested before `guichet check` passes") from error
    outcomes = run(scheme, only)
    for outcome in outcomes:
        click.echo(f"{'ok    ' if outcome.passed else 'FAILED'} {scheme.id}: {outcome.name}")
        for sentence in outcome.sentences:
            click.echo(f"       {sentence}")
    return outcomes
