"""`guichet diff`: what changes between two versions of a scheme, in sentences, and whom it touches."""

from __future__ import annotations

from pathlib import Path

import click

from authoring.difference import Side, compare
from dossiers.services.differences import Difference
from engine.language import Bundle, SchemeError, examine
from guichet.commands.data import data_option
from guichet.commands.difference_formats import as_json, as_text, tell_overdrawn
from guichet.commands.language import language_option
from guichet.commands.opening import in_one_sentence, open_desk
from renderers.words.differences import overdrawn_sentence


@click.command(name="diff")
@click.argument("scheme")
@click.argument("newer", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--from", "first", type=int, help="The number of the older version; the one in force when not said."
)
@click.option("--to", "last", type=int, help="The number of the newer version; the last one when not said.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How to print.")
@language_option
@data_option
@in_one_sentence
def command(
    scheme: str,
    newer: Path | None,
    first: int | None,
    last: int | None,
    shape: str,
    language: str,
    data: Path,
) -> None:
    """Tell what changes: from the published version to the text at SCHEME (a folder or a file), between two published
    versions of the scheme called SCHEME, or between two texts, SCHEME and NEWER, without any site.

    Example: guichet diff schemes/my-scheme --data my-site
    """
    found = _found(scheme, newer, first, last, data)
    if shape == "json":
        overdrawn = [overdrawn_sentence(one, language, found.currency) for one in found.overdrawn]
        as_json(found.changes, language, before=found.before, after=found.after, overdrawn=overdrawn)
    else:
        as_text(found.changes, language)
        tell_overdrawn(found, language)


def _found(scheme: str, newer: Path | None, first: int | None, last: int | None, data: Path) -> Difference:
    from dossiers.services import differences, publication

    if newer is not None:
        changes = compare(side_of(Path(scheme)), side_of(newer))
        return Difference(0, None, tuple((change, None) for change in changes))
    if Path(scheme).exists():
        text = side_of(Path(scheme))
        found: Difference = open_desk(data).read(differences.with_text, text, first)
        return found
    desk = open_desk(data)
    numbers = [one.number for one in desk.read(publication.versions, scheme)]
    if not numbers:
        raise click.ClickException(f"There is no file and no published scheme called {scheme}.")
    to = last or numbers[0]
    between: Difference = desk.read(differences.between, scheme, first or max(to - 1, 1), to)
    return between


def side_of(path: Path) -> Side:
    """The scheme at a path, as a comparison reads it; one sentence when it can't be read."""
    found = examine(Bundle.read(path))
    if found.scheme is None:
        raise click.ClickException(str(SchemeError(found.problems)))
    return Side(found.scheme, found.source)
