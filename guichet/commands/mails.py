"""`guichet mails`: what became of the mails that left."""

from __future__ import annotations

from pathlib import Path

import click

from guichet.commands.data import data_option
from guichet.commands.opening import in_one_sentence, open_desk


@click.group(name="mails")
def command() -> None:
    """Follow the mails that left.

    Example: guichet mails bounces /var/mail/bounces
    """


@command.command(name="bounces")
@click.argument(
    "paths", metavar="FILE…", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@data_option
@in_one_sentence
def bounces(paths: tuple[Path, ...], data: Path) -> None:
    """Note the mails that came back, from delivery status notifications: files, mbox files, mail folders.

    Run again over the same folder, it notes nothing twice.

    Example: guichet mails bounces Maildir/new bounce.eml
    """
    from dossiers.outside.bounces import contents, read
    from dossiers.services.bounces import note

    desk = open_desk(data)
    found = [one for path in paths for content in contents(path) for one in read(content)]
    noted = sum(desk.act(note, one) for one in found)
    click.echo(f"{noted} noted, {len(found) - noted} known already or none of this site's.")
