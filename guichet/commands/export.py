"""`guichet export`: the dossiers of a scheme as a file."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import click

from guichet.commands.data import data_option
from guichet.commands.opening import in_one_sentence, open_desk

FORMATS = ("csv", "xlsx", "ods", "jsonl", "parquet")


@click.command(name="export")
@click.argument("scheme")
@click.option("--format", "format", type=click.Choice(FORMATS), default="csv", show_default=True)
@click.option(
    "--out",
    "file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where it is written.",
)
@click.option(
    "--export", "what", default="answers", help="One the scheme declares; all the answers otherwise."
)
@click.option(
    "--by", "email", help="The account it is made for: what they may see. The whole of it otherwise."
)
@click.option("--words", is_flag=True, help="Headings and answers in words, to be read by people.")
@data_option
@in_one_sentence
def command(
    scheme: str, format: str, file: Path, what: str, email: str | None, words: bool, data: Path
) -> None:
    """Write the dossiers of SCHEME to a file, row after row; sealed answers only where the scheme's export names them.

    Example: guichet export my-grant --format xlsx --out my-grant.xlsx --data my-site
    """
    from dossiers.services import export_making, staff
    from dossiers.services.export_plans import Asked
    from guichet.commands.language import machine_language
    from renderers.exports import NotInstalled, TooLarge
    from renderers.words.exports import failure_words

    language = machine_language()
    asked, desk = Asked(what, format, for_people=words, language=language), open_desk(data)
    viewer = desk.read(staff.by_email, email, language) if email else None
    try:
        with _replacing(file) as out, click.progressbar(length=1, label=scheme) as bar:

            def progress(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            made = desk.read(export_making.make, viewer, scheme, asked, out, progress)
    except (NotInstalled, TooLarge) as error:
        code = "too_large" if isinstance(error, TooLarge) else "no_parquet"
        raise click.ClickException(failure_words(code, language)) from error
    desk.act(export_making.note_taken, viewer, scheme, asked, made)
    click.echo(f"{file}: {made.rows} rows of {made.dossiers} dossiers.")


def _replacing(file: Path) -> BinaryIO:
    """The file, which takes the place of another only once it is whole."""
    return click.open_file(str(file), "wb", atomic=True)  # type: ignore[return-value]
