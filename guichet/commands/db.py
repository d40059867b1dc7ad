"""`guichet db`: the database's shape."""

from __future__ import annotations

from pathlib import Path

import click

from guichet.commands.data import data_option


@click.group(name="db")
def command() -> None:
    """Bring the database up to date.

    Example: guichet db upgrade
    """


@command.command(name="upgrade")
@data_option
def upgrade(data: Path) -> None:
    """Apply the migrations that are missing; a SQLite file is copied first."""
    from guichet.site import prepare

    prepare(data)
    click.echo("The database is up to date.")
