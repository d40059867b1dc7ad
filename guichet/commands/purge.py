"""`guichet purge`: what has been kept long enough goes."""

from __future__ import annotations

from pathlib import Path

import click

from dossiers.office import Office
from dossiers.services.retention import DueCount
from guichet.commands.data import data_option
from guichet.commands.opening import in_one_sentence, open_desk

WHAT = {
    "keep": ("dossier ended more than {span} ago", "dossiers ended more than {span} ago"),
    "drafts": ("draft untouched for {span}", "drafts untouched for {span}"),
}


@click.command(name="purge")
@click.argument("scheme", required=False)
@click.option("--dry-run", is_flag=True, help="Show what is due, change nothing.")
@click.option(
    "--all-orphans", is_flag=True, help="Remove files no document knows, even if they are the greater part."
)
@data_option
@in_one_sentence
def command(scheme: str | None, dry_run: bool, all_orphans: bool, data: Path) -> None:
    """Anonymise the dossiers kept long enough, of SCHEME or of all; remove drafts and files nobody needs.

    The worker does the same by itself every hour. Stopped halfway, it goes on where it was.

    Example: guichet purge --dry-run --data my-site
    """
    from dossiers.services import retention

    desk = open_desk(data)
    due: tuple[DueCount, ...] = desk.read(retention.counts, scheme)
    for one in due:
        click.echo(f"{one.slug}: {_said(one)}")
    if not due:
        click.echo("No dossier is due.")
    if not dry_run:
        _purge(desk.office, scheme)
    _orphans(desk.office, dry_run, all_orphans)


def _said(due: DueCount) -> str:
    one, many = WHAT[due.rule]
    return f"{due.count} {(one if due.count == 1 else many).format(span=due.span)}"


def _purge(office: Office, scheme: str | None) -> None:
    """Put what is due in line and do it here and now, one dossier an act; a worker beside may take its part."""
    from dossiers.services import retention
    from dossiers.services.desk import Desk
    from dossiers.worker import PURGING, Worker

    worker = Worker(office, kinds=PURGING)
    worker.queue_retention(scheme)
    while worker.run_job():
        pass
    worker.seal()
    left = sum(one.count for one in Desk(office).read(retention.counts, scheme))
    click.echo(
        "Done." if not left else f"{left} left for later: a worker has them, or a job of theirs, in hand."
    )


def _orphans(office: Office, dry_run: bool, all_orphans: bool) -> None:
    """Files that belong to no document: their number, and their removal."""
    from dossiers.services import orphans

    if dry_run:
        count = len(orphans.find(office).keys)
        click.echo(f"{count} stored {'file belongs' if count == 1 else 'files belong'} to no document.")
        return
    try:
        count = orphans.sweep(office, even_if_many=all_orphans)
    except orphans.TooMany as error:
        raise click.ClickException(f"{error} If it is, say --all-orphans.") from error
    what, were = ("file", "was") if count == 1 else ("files", "were")
    click.echo(f"{count} stored {what} that belonged to no document {were} removed.")
