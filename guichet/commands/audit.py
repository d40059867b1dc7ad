"""`guichet audit`: prove that the journal is whole."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guichet.commands.data import data_option
from guichet.commands.opening import in_one_sentence, open_desk


@click.group(name="audit")
def command() -> None:
    """Verify the journal.

    Example: guichet audit verify
    """


@command.command(name="verify")
@data_option
@in_one_sentence
def verify(data: Path) -> None:
    """Check every chain and every seal; exit status 1 and the first bad entry when one was altered or removed."""
    from dossiers.services import audit

    result = open_desk(data).read(audit.verify)
    click.echo(str(result))
    sys.exit(0 if result.whole else 1)
