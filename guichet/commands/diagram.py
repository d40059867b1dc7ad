"""`guichet diagram`: the workflow of a scheme, or the map of its form, as a Mermaid text or an SVG picture."""

from __future__ import annotations

from pathlib import Path

import click

from engine.language import Scheme, SchemeError, load_scheme
from guichet.commands.language import language_option
from renderers.pictures import form_mermaid, form_svg, workflow_svg
from workflows.diagram import mermaid


@click.command(name="diagram")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--what", type=click.Choice(["workflow", "form"]), default="workflow", help="What is drawn.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["mermaid", "svg"]),
    help="SVG when --out ends with .svg, else Mermaid.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; printed without it."
)
@language_option
def command(path: Path, what: str, shape: str | None, out: Path | None, language: str) -> None:
    """Draw the workflow of the scheme at PATH, or the map of its form.

    Example: guichet diagram schemes/haute-savoie-emergency-grant --out workflow.svg
    """
    try:
        scheme = load_scheme(path)
    except SchemeError as error:
        raise click.ClickException("\n".join(str(problem) for problem in error.problems)) from error
    is_svg = shape == "svg" or (shape is None and out is not None and out.suffix == ".svg")
    drawn = _drawn(scheme, what, is_svg=is_svg, language=language)
    if out is None:
        click.echo(drawn, nl=False)
        return
    try:
        out.write_text(drawn, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{out}: {error.strerror}") from error


def _drawn(scheme: Scheme, what: str, *, is_svg: bool, language: str) -> str:
    if what == "form":
        return form_svg(scheme, language) if is_svg else form_mermaid(scheme, language)
    return workflow_svg(scheme, language) if is_svg else mermaid(scheme.workflow, language)
