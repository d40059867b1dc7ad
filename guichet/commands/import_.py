"""`guichet import`: a DMN file as a fragment of a scheme, an XLSForm as a whole one, and what could not be carried over."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from authoring.imports.dmn import NotReadable, import_dmn
from engine.problems import Problem
from guichet.commands import schema
from guichet.commands.language import language_option

SCHEMA = "scheme.schema.json"  # written beside, for editors


@click.group(name="import")
def command() -> None:
    """Bring rules or a form in from elsewhere.

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
        _tell([refused.problem], language)
        sys.exit(1)
    _tell(imported.problems, language)
    _write(out, f"{file.stem}.yaml", imported.yaml, len(imported.problems), language)


@command.command(name="xlsform")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="The folder to write scheme.yaml in."
)
@language_option
def xlsform(file: Path, out: Path | None, language: str) -> None:
    """Print the form of an XLSForm FILE (.xlsx) as a scheme.yaml that opens; what is not carried over goes to the errors.

    Example: guichet import xlsform survey.xlsx --out schemes/my-scheme
    """
    # the library that reads workbooks stays out of every other command
    from authoring.imports import xlsform as forms

    try:
        imported = forms.import_xlsform(file.read_bytes(), file.name, language)
    except forms.NotReadable as refused:
        _tell([refused.problem], language)
        sys.exit(1)
    _tell(imported.problems, language)
    _write(out, "scheme.yaml", imported.yaml, len(imported.problems), language)
    _write_lists(out, imported.lists, language)


def _tell(problems: Iterable[Problem], language: str) -> None:
    for problem in problems:
        click.echo(f"{problem.place}: {problem.sentence(language)}", err=True)


def _write(out: Path | None, name: str, text: str, count: int, language: str) -> None:
    """Print the text, or write it in a folder under a name nothing bears there."""
    if out is None:
        click.echo(text, nl=False)
        return
    target = out / name
    if target.exists():
        click.echo(EXISTS[language].format(file=target), err=True)
        sys.exit(1)
    out.mkdir(parents=True, exist_ok=True)
    beside = out / SCHEMA
    if not beside.exists():
        beside.write_text(schema.text(), encoding="utf-8")
    target.write_text(f"{schema.first_line(SCHEMA)}\n{text}", encoding="utf-8")
    click.echo(WRITTEN[language].format(file=target, count=count), err=True)


def _write_lists(out: Path | None, lists: Mapping[str, str], language: str) -> None:
    """Write the lists of a scheme beside it; say that they are missing where there is no folder."""
    if out is None and lists:
        click.echo(NO_FOLDER[language].format(files=", ".join(lists)), err=True)
    for name, text in lists.items() if out is not None else ():
        target = (out or Path()) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


NO_FOLDER = {
    "fr": "il manque à ce dispositif {files} : donnez un dossier avec --out",
    "en": "this scheme lacks {files}: give a folder with --out",
}
EXISTS = {"fr": "{file} existe déjà : rien n'est écrit", "en": "{file} exists already: nothing is written"}
WRITTEN = {
    "fr": "{file} est écrit ; {count} remarque(s) ci-dessus",
    "en": "{file} is written; {count} remark(s) above",
}
