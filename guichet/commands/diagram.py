"""`guichet diagram`: the workflow of a scheme as a Mermaid state diagram."""

from __future__ import annotations

from pathlib import Path

import click

from engine.language import SchemeError, load_scheme
from guichet.commands.language import language_option
from workflows.diagram import mermaid


@click.command(name="diagram")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@language_option
def command(path: Path, language: str) -> None:
    """Print the workflow of the scheme at PATH as Mermaid text.

    Example: guichet diagram schemes/haute-savoie-emergency-grant
    """
    try:
        click.echo(mermaid(load_scheme(path).workflow, language))
    except SchemeError as error:
        raise click.ClickException("\n".join(str(problem) for problem in error.problems)) from error
