"""`guichet import dmn`: the decisions of a DMN file as a fragment of a scheme, and what could not be carried over."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from authoring.imports.dmn import NotReadable, import_dmn
from guichet.commands import schema
from guichet.commands.language import language_option

SCHEMA = "scheme.schema.json"  # written beside, for editors


@click.group(name="import")
def command() -> None:
    """Bring rules in from elsewhere.

    Example: guichet import dmn grant.dmn
    """


@command.command(name="dmn")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="The folder to write NAME.yaml in."
)
@language_option
def dmn(file: Path, out: Path | None, language: str) -> None:
    """Print the decisions of a DMN 1.2 to 1.5 FILE as YAML for a scheme; what is not carried over goes to the errors.

    Example: guichet import dmn grant.dmn --out schemes/my-scheme/imported
    """
    try:
        imported = import_dmn(file.read_bytes(), file.name)
    except NotReadable as refused:
        click.echo(f"{refused.problem.place}: {refused.problem.sentence(language)}", err=True)
        sys.exit(1)
    for problem in imported.problems:
        click.echo(f"{problem.place}: {problem.sentence(language)}", err=True)
    if out is None:
        click.echo(imported.yaml, nl=False)
        return
    target = out / f"{file.stem}.yaml"
    if target.exists():
        click.echo(EXISTS[language].format(file=target), err=True)
        sys.exit(1)
    out.mkdir(parents=True, exist_ok=True)
    beside = out / SCHEMA
    if not beside.exists():
        beside.write_text(schema.text(), encoding="utf-8")
    target.write_text(f"{schema.first_line(SCHEMA)}\n{imported.yaml}", encoding="utf-8")
    click.echo(WRITTEN[language].format(file=target, count=len(imported.problems)), err=True)


EXISTS = {"fr": "{file} existe déjà : rien n'est écrit", "en": "{file} exists already: nothing is written"}
WRITTEN = {
    "fr": "{file} est écrit ; {count} remarque(s) ci-dessus",
    "en": "{file} is written; {count} remark(s) above",
}
