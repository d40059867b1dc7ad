"""`guichet versions`: what was published, when, by whom."""

from __future__ import annotations

from pathlib import Path

import click

from guichet.commands.data import data_option
from guichet.commands.opening import in_one_sentence, open_desk


@click.command(name="versions")
@click.argument("scheme", required=False)
@data_option
@in_one_sentence
def command(scheme: str | None, data: Path) -> None:
    """List the published versions of SCHEME, or of every scheme, newest first.

    Example: guichet versions haute-savoie-emergency-grant
    """
    from dossiers.services import publication

    for version in open_desk(data).read(publication.versions, scheme):
        standing = version.open if version.current else "retired"
        when = version.published_at.strftime("%Y-%m-%d %H:%M UTC")
        click.echo(
            f"{version.slug}  {version.number:>3}  {standing:<8} {when}  {version.published_by}  {version.checksum[:12]}"
        )
