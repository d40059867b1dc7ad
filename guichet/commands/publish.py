"""`guichet publish`: the next version of a scheme, after its check and its tests."""

from __future__ import annotations

from pathlib import Path

import click

from guichet.commands.data import data_option
from guichet.commands.opening import in_one_sentence, open_desk


@click.command(name="publish")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--by", default="command line", show_default=True, help="Who publishes, for the journal.")
@data_option
@in_one_sentence
def command(path: Path, by: str, data: Path) -> None:
    """Publish the scheme at PATH. Drafts follow; filed dossiers keep the version they were filed under.

    Example: guichet publish schemes/my-scheme --data my-site
    """
    from dossiers.services import publication
    from engine.language import Bundle

    version = open_desk(data).act(publication.publish, Bundle.read(path), by)
    click.echo(f"{version.slug}: version {version.number} is published ({version.checksum[:12]}).")
