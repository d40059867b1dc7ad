"""`guichet worker`: mails, letters, deadlines and seals, apart from the pages."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from types import FrameType

import click

from guichet.commands.data import data_option


@click.command(name="worker")
@data_option
def command(data: Path) -> None:
    """Do the work that waits until stopped; any number may run on one PostgreSQL.

    Example: guichet worker --data my-site
    """
    from dossiers import office
    from dossiers.settings import Settings
    from dossiers.worker import Worker
    from guichet.site import prepare

    prepare(data)
    opened = office.build(Settings.load(data))
    worker = Worker(opened)
    asked_to_stop = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        asked_to_stop.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    worker.start()
    click.echo("Worker ready (stop with Ctrl+C)")
    asked_to_stop.wait()
    worker.stop()
    opened.database.close()
