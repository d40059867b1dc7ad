"""`guichet open-data`: the subsidies a scheme publishes, in the national form; or whether a file is in it."""

from __future__ import annotations

import io
from pathlib import Path

import click

from guichet.commands.data import data_option
from guichet.commands.opening import in_one_sentence, open_desk


@click.command(name="open-data")
@click.argument("scheme", required=False)
@click.option("--out", "file", type=click.Path(dir_okay=False, path_type=Path), help="Where it is written.")
@click.option(
    "--check",
    "given",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file to check.",
)
@data_option
@in_one_sentence
def command(scheme: str | None, file: Path | None, given: Path | None, data: Path) -> None:
    """Write the subsidies of SCHEME as its `open_data` says (SCDL subventions), or check a file against that form.

    Example: guichet open-data my-grant --out subventions.csv --data my-site
    """
    if given is not None:
        _check(given)
    elif scheme is None or file is None:
        raise click.UsageError("Name a scheme and --out FILE, or --check FILE.")
    else:
        _write(scheme, file, data)


def _write(scheme: str, file: Path, data: Path) -> None:
    from dossiers.services import export_making
    from dossiers.services.export_plans import Asked
    from dossiers.services.open_data import OPEN_DATA, make_open_data
    from guichet.commands.language import machine_language
    from renderers.words.exports import slip_words

    desk, out = open_desk(data), io.BytesIO()
    made, left = desk.read(make_open_data, None, scheme, out)
    file.write_bytes(out.getvalue())
    desk.act(export_making.note_taken, None, scheme, Asked(OPEN_DATA, "csv"), made)
    click.echo(f"{file}: {made.rows} rows of {made.dossiers} dossiers.")
    for line in slip_words(left, machine_language()):
        click.echo(f"  {line}")


def _check(file: Path) -> None:
    from guichet.commands.language import machine_language
    from renderers import scdl
    from renderers.words.exports import slip

    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file}: not in UTF-8; save it again as CSV in UTF-8.") from error
    slips = scdl.check_file(text)
    for one in slips:
        click.echo(f"{file}:{one.row + 1}: {slip('SCDL', one.column, one.code, machine_language())}")
    if slips:
        raise SystemExit(1)
    click.echo(f"{file}: in the form of SCDL subventions {scdl.VERSION}.")
