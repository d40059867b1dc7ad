"""`guichet stubs`: stands in for the sources of the shipped connectors, with invented companies."""

from __future__ import annotations

import threading

import click

PORT = 8031


@click.command(name="stubs")
@click.option("--port", type=click.IntRange(0, 65_535), default=PORT, show_default=True)
def command(port: int) -> None:
    """Answer on this machine in place of the sources schemes ask: invented companies, families and addresses.

    A site asks them when its settings say `connector_stubs = http://127.0.0.1:8031`.

    Example: guichet stubs
    """
    from guichet.stubs import Stubs, invented, serving

    with serving(Stubs(), port) as address:
        click.echo(f"In guichet.ini, under [site]:  connector_stubs = {address}")
        for siret, company in invented().items():
            told = company.get("answers") or ("closed" if company.get("closed") else "")
            click.echo(f"  {siret}  {company['name']}{f' ({told})' if told else ''}")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            click.echo("Stopped.")
