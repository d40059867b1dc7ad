"""`guichet check`: every problem of a scheme in one run."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from authoring.check import check_path
from guichet.commands.language import language_option
from guichet.commands.problem_formats import PRINTERS, counted


@click.command(name="check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "shape", type=click.Choice(list(PRINTERS)), default="text", help="How to print.")
@click.option("--strict", is_flag=True, help="Take each warning for an error.")
@language_option
def command(paths: tuple[Path, ...], shape: str, strict: bool, language: str) -> None:
    """Print every problem of the schemes at PATHS; exit status 1 when there is an error, 0 with warnings only.

    Example: guichet check schemes/haute-savoie-emergency-grant
    """
    missing = [path for path in paths if not path.exists()]
    for path in missing:
        click.echo(f"{path}: there is no such file or folder", err=True)
    problems = [problem for path in paths if path.exists() for problem in check_path(path)]
    if strict:
        problems = [replace(problem, severity="error") for problem in problems]
    PRINTERS[shape](problems, language)
    errors, _ = counted(problems)
    sys.exit(1 if missing or errors else 0)
