"""`guichet prefill-link`: a link to a form with some answers given beforehand."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click
import yaml

from guichet.commands.data import data_option
from guichet.commands.opening import in_one_sentence, open_desk


@click.command(name="prefill-link")
@click.argument("scheme")
@click.option(
    "--answers",
    "file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Answers by field, in YAML or JSON, as tests write them.",
)
@click.option(
    "--days", type=click.IntRange(1, 365), default=30, show_default=True, help="How long it may be used."
)
@data_option
@in_one_sentence
def command(scheme: str, file: Path, days: int, data: Path) -> None:
    """Print a link by which somebody begins an application to SCHEME with these answers filled in.

    The answers travel encrypted in the link, and are kept nowhere else. What is wrong with one is told here, and beside
    its question.

    Example: guichet prefill-link bicycle-grant --answers answers.yaml --data my-site
    """
    from dossiers.services import prefilling, publication
    from renderers.links import Links
    from renderers.words import problem_sentence

    given = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    if not isinstance(given, dict):
        raise click.ClickException(f"{file} holds no answers by field.")
    desk = open_desk(data)
    office, published = desk.office, desk.read(publication.current, scheme)
    taken = prefilling.take(published.scheme, given, office.clock(), office.organisation)
    for name, code in taken.refused.items():
        click.echo(f"{name}: {REFUSED[code]}", err=True)
    for problem in taken.problems:
        name = str(problem.path[0])
        said = problem_sentence(problem, published.scheme.fields[name], "en")
        click.echo(f"{name}: put as it is, for the applicant to correct. {said}", err=True)
    try:
        token = prefilling.sealed(office.vault, scheme, taken.answers, office.clock() + timedelta(days=days))
    except prefilling.LinkTooLong as error:
        raise click.ClickException("These answers are too long for a link: give fewer.") from error
    click.echo(f"{office.settings.base_url}{Links().scheme(scheme)}?avec={token}")


REFUSED = {
    "unknown_field": "the form has no such field",
    "never_given": "a document or a consent can't be given beforehand",
    "unreadable": "the value can't be put into this field",
}
