"""`guichet figures`: the figures of dashboards, brought up to date, and the proof that they are the sum of the dossiers."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guichet.commands.data import data_option
from guichet.commands.opening import in_one_sentence, open_desk

TOLD = 20  # wrong figures told one by one


@click.command(name="figures")
@click.argument("scheme", required=False)
@click.option(
    "--recount", is_flag=True, help="Count the dossiers afresh and compare; exit status 1 where it differs."
)
@data_option
@in_one_sentence
def command(scheme: str | None, recount: bool, data: Path) -> None:
    """Bring the figures of dashboards up to what was done by now, of SCHEME or of all; --recount proves them.

    Example: guichet figures --recount
    """
    from dossiers.services import figure_keeping
    from dossiers.worker import Worker

    desk = open_desk(data)
    worker = Worker(desk.office)
    worker.seal()
    worker.keep_figures()
    click.echo("The figures are up to date.")
    if not recount:
        return
    found = desk.read(figure_keeping.recount, scheme)
    for wrong in found[:TOLD]:
        cell = " ".join(str(part) for part in wrong.cell if part)
        click.echo(f"{wrong.scheme}: {cell} is kept as {wrong.kept}, the dossiers say {wrong.counted}")
    if len(found) > TOLD:
        click.echo(f"… and {len(found) - TOLD} more")
    if not found:
        click.echo("Every figure is the sum of the dossiers.")
    sys.exit(1 if found else 0)
