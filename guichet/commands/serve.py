"""`guichet serve`: pages and worker in one process, on the site's folder."""

from __future__ import annotations

from pathlib import Path

import click

from guichet.commands.data import address_options, data_option


@click.command(name="serve")
@data_option
@address_options
def command(data: Path, host: str, port: int) -> None:
    """Serve the site of the folder --data, with the worker inside.

    Example: guichet serve --data my-site --port 8000
    """
    open_for_business(data, host=host, port=port)


def open_for_business(data: Path, *, host: str, port: int) -> None:
    """Say where the pages are, and serve until stopped."""
    from dossiers.settings import Settings
    from guichet.server import Server

    Settings.load(data)  # what can't be used is told before anything starts
    data.mkdir(parents=True, exist_ok=True)
    click.echo(f"Portal       http://{host}:{port}/")
    click.echo(f"Back office  http://{host}:{port}/bureau/")
    click.echo(f"Data         {data.resolve()}   (stop with Ctrl+C)")
    Server(data, host=host, port=port, with_worker=True).run()
