"""`guichet close`: take no new application for a scheme."""

from __future__ import annotations

from pathlib import Path

import click

from guichet.commands.data import data_option
from guichet.commands.opening import in_one_sentence, open_desk


@click.command(name="close")
@click.argument("scheme")
@click.option("--by", default="command line", show_default=True, help="Who closes, for the journal.")
@data_option
@in_one_sentence
def command(scheme: str, by: str, data: Path) -> None:
    """Take no new application for SCHEME; filed dossiers go on.

    Example: guichet close haute-savoie-emergency-grant
    """
    from dossiers.services import publication

    open_desk(data).act(publication.close, scheme, by)
    click.echo(f"{scheme} takes no new application.")
