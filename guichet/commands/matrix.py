"""`guichet matrix`: who may do what in which state, as a table made from the scheme."""

from __future__ import annotations

from pathlib import Path

import click

from engine.language import SchemeError, load_scheme
from guichet.commands.language import language_option
from renderers.matrix import as_csv, markdown


@click.command(name="matrix")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "shape", type=click.Choice(["markdown", "csv"]), default="markdown")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; printed without it."
)
@language_option
def command(path: Path, shape: str, out: Path | None, language: str) -> None:
    """Write who may do what in which state of the scheme at PATH.

    Example: guichet matrix schemes/haute-savoie-emergency-grant --format csv --out matrix.csv
    """
    try:
        scheme = load_scheme(path)
    except SchemeError as error:
        raise click.ClickException("\n".join(str(problem) for problem in error.problems)) from error
    written = as_csv(scheme, language) if shape == "csv" else markdown(scheme, language)
    if out is None:
        click.echo(written, nl=False)
        return
    try:
        out.write_text(written, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{out}: {error.strerror}") from error
