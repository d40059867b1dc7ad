"""`guichet test-from`: a dossier that came in, made into a test of its scheme."""

from __future__ import annotations

from pathlib import Path

import click

from guichet.commands.data import data_option
from guichet.commands.language import language_option
from guichet.commands.opening import in_one_sentence, open_desk


@click.command(name="test-from")
@click.argument("reference")
@click.option("--by", default="command line", show_default=True, help="Who reads it, for the journal.")
@language_option
@data_option
@in_one_sentence
def command(reference: str, by: str, language: str, data: Path) -> None:
    """Print the dossier REFERENCE as a test, to paste under `tests:` of its scheme; its personal data are invented.

    Example: guichet test-from AU74-2020-00042 --data my-site
    """
    from dossiers.services import as_test

    text = open_desk(data).act(as_test.as_test_by_reference, reference, by, language)
    click.echo(text, nl=False)
