"""`guichet web`: the pages alone, for several machines on one PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import click

from guichet.commands.data import address_options, data_option


@click.command(name="web")
@data_option
@address_options
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="More than one wants PostgreSQL.",
)
def command(data: Path, host: str, port: int, processes: int) -> None:
    """Serve the pages without the worker; run `guichet worker` beside.

    Example: guichet web --data my-site --processes 4
    """
    from dossiers.settings import Settings
    from guichet.server import Server

    if processes > 1 and Settings.load(data).database_url.startswith("sqlite"):
        raise click.ClickException(
            "SQLite serves one process: set a PostgreSQL address, or use --processes 1."
        )
    Server(data, host=host, port=port, with_worker=False, processes=processes).run()
