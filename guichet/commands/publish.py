"""`guichet publish`: the next version of a scheme, after its check and its tests, and after saying what it touches."""

from __future__ import annotations

from pathlib import Path

import click

from dossiers.services.desk import Desk
from guichet.commands.data import data_option
from guichet.commands.language import language_option
from guichet.commands.opening import in_one_sentence, open_desk

SHOWN = 20  # changes told before publishing; `guichet diff` tells them all


@click.command(name="publish")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--by", default="command line", show_default=True, help="Who publishes, for the journal.")
@click.option(
    "--yes",
    is_flag=True,
    help="Publish though dossiers stand in a state that is gone: they keep their version.",
)
@language_option
@data_option
@in_one_sentence
def command(path: Path, by: str, yes: bool, language: str, data: Path) -> None:
    """Publish the scheme at PATH, after telling what changes and whom it touches.

    Drafts follow; filed dossiers keep the version they were filed under (see `guichet migrate`).

    Example: guichet publish schemes/my-scheme --data my-site
    """
    from dossiers.services import publication
    from dossiers.services.refusals import Refused
    from dossiers.services.stranding import GONE
    from engine.language import Bundle

    desk, bundle = open_desk(data), Bundle.read(path)
    tell_changes(desk, bundle, language)
    try:
        version = desk.act(publication.publish, bundle, by, even_so=yes)
    except Refused as refused:
        if refused.code in GONE:
            click.echo("To publish all the same, the dossiers keeping their version: --yes.", err=True)
        raise
    click.echo(f"{version.slug}: version {version.number} is published ({version.checksum[:12]}).")


def tell_changes(desk: Desk, bundle: object, language: str) -> None:
    """What the text would change in the version in force, and which envelopes it would leave too small; nothing for a first version, or a text with problems."""
    from authoring.difference import Side
    from dossiers.services import differences
    from dossiers.services.refusals import NotFound
    from engine.language import Bundle, SchemeError, examine
    from guichet.commands.difference_formats import as_text, tell_overdrawn

    assert isinstance(bundle, Bundle)
    found = examine(bundle)
    if found.scheme is None:
        return
    try:
        told = desk.read(differences.with_text, Side(found.scheme, found.source))
    except (NotFound, SchemeError):
        return
    if told.changes:
        as_text(told.changes, language, SHOWN)
    tell_overdrawn(told, language)
