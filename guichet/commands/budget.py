"""`guichet budget`: the envelopes of a scheme, and the proof that they are the sum of its dossiers."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guichet.commands.data import data_option
from guichet.commands.opening import in_one_sentence, open_desk


@click.command(name="budget")
@click.argument("scheme")
@data_option
@in_one_sentence
def command(scheme: str, data: Path) -> None:
    """Show the envelopes of SCHEME, recounted from its dossiers; exit status 1 where a figure is not their sum.

    Example: guichet budget bicycle-grant
    """
    from dossiers.services import ledger

    desk = open_desk(data)
    _, envelopes = desk.read(ledger.overview, scheme)
    for one in envelopes:
        name = f"{one.name} {one.key}".strip()
        figures = f"voted {one.voted:.2f}, available {one.available:.2f}, reserved {one.reserved:.2f}"
        click.echo(
            f"{name}: {figures}, committed {one.committed:.2f}, paid {one.paid:.2f}, waiting {one.waiting}"
        )
    found = desk.read(ledger.recount, scheme)
    for wrong in found:
        click.echo(
            f"{wrong.of}: {wrong.what} is kept as {wrong.kept:.2f}, the dossiers say {wrong.counted:.2f}"
        )
    if not found:
        click.echo("Every figure is the sum of the dossiers.")
    sys.exit(1 if found else 0)
