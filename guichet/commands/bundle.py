"""`guichet bundle`: a whole scheme out of a site and into another, as one zip."""

from __future__ import annotations

from pathlib import Path

import click

from guichet.commands.data import data_option
from guichet.commands.opening import in_one_sentence, open_desk


@click.group(name="bundle")
def command() -> None:
    """A whole scheme in one zip: the same scheme always makes the same bytes.

    Example: guichet bundle export my-grant my-grant.zip
    """


@command.command(name="export")
@click.argument("scheme")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--version", "number", type=click.IntRange(1), help="A published version, not the text being written."
)
@data_option
@in_one_sentence
def export(scheme: str, file: Path, number: int | None, data: Path) -> None:
    """Write the text of SCHEME as it stands to FILE (its version in force when nobody is writing it).

    Example: guichet bundle export my-grant my-grant.zip --data my-site
    """
    from authoring.studio.archive import packed
    from dossiers.services import drafts

    desk = open_desk(data)
    found = (
        desk.read(drafts.one, None, scheme)
        if number is None
        else desk.read(drafts.version_files, None, scheme, number)
    )
    content = packed(found.files)
    if file.exists() and file.read_bytes() == content:
        click.echo(f"{file}: no change.")
        return
    file.write_bytes(content)
    click.echo(f"{file}: {len(found.files)} files of {scheme} ({found.checksum[:12]}).")


@command.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
@in_one_sentence
def import_(file: Path, data: Path) -> None:
    """Bring the scheme in FILE into a site, as a text to check and publish. What is there already changes nothing.

    Example: guichet bundle import my-grant.zip --data my-site
    """
    from authoring.studio.archive import unpacked
    from authoring.studio.files import UnfitFiles
    from dossiers.services import drafts
    from dossiers.services.refusals import Refused

    try:
        bundle = unpacked(file.read_bytes())
    except UnfitFiles as unfit:
        raise Refused(unfit.code, **unfit.params) from unfit
    brought = open_desk(data).act(drafts.bring_in, None, bundle)
    if not brought.changed:
        click.echo(f"{brought.slug}: no change.")
        return
    click.echo(f"{brought.slug}: brought in as revision {brought.revision} ({brought.checksum[:12]}).")
