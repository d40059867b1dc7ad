"""`guichet simulate`: a changed scheme replayed on the dossiers that came in, or on generated ones; nothing is written."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import click

from guichet.commands.data import data_option
from guichet.commands.language import language_option
from guichet.commands.opening import in_one_sentence, open_desk
from renderers.catalogues import say
from renderers.words import simulations as words

if TYPE_CHECKING:
    from authoring.simulation import Dimension, Replayed, Simulation
    from dossiers.services.desk import Desk
    from dossiers.services.simulations import Asked
    from engine.language import Scheme


@click.command(name="simulate")
@click.argument("scheme", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--against",
    type=click.IntRange(min=1),
    metavar="VERSION",
    help="Compare with this version instead of what was decided.",
)
@click.option(
    "--generated",
    type=click.IntRange(1, 100_000),
    metavar="N",
    help="Invent N dossiers instead of taking those that came in.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="The chance of --generated.")
@click.option(
    "--by", metavar="FIELD", help="Break the figures down: a choice, or an address (home.department)."
)
@click.option(
    "--format", "shape", type=click.Choice(["text", "json", "csv"]), default="text", help="How to print."
)
@language_option
@data_option
@in_one_sentence
def command(
    scheme: Path,
    against: int | None,
    generated: int | None,
    seed: int,
    by: str | None,
    shape: str,
    language: str,
    data: Path,
) -> None:
    """Replay the scheme at SCHEME, changed, on the dossiers of the site: who would flip, by which rule, at what cost.

    Nothing is written. `--format csv` has a line for each dossier.

    Example: guichet simulate my-scheme --by home.department --data my-site
    """
    from dossiers.services import simulations

    changed = _loaded(scheme, language)
    desk = _desk(data)
    asked = simulations.Asked(desk.read(simulations.draft, changed), against, by)
    if generated is not None:
        _print_generated(desk, asked, generated, seed, shape, language)
    else:
        _print_received(desk, asked, shape, language)


def _loaded(path: Path, language: str) -> Scheme:
    """The scheme as it would be, or every problem that stands before it."""
    from engine.language import SchemeError, load_scheme

    try:
        return load_scheme(path)
    except SchemeError as error:
        for problem in error.problems:
            click.echo(f"{problem.place}: {problem.sentence(language)}", err=True)
        raise click.ClickException(f"{path} can't be replayed before `guichet check` passes") from error


def _desk(data: Path) -> Desk:
    from dossiers.settings import FILE

    if not (data / FILE).exists():
        raise click.ClickException(f"There is no site in {data}: say which with --data.")
    return open_desk(data)


def _print_received(desk: Desk, asked: Asked, shape: str, language: str) -> None:
    from dossiers.services import simulations

    by = _dimension(desk, asked, language)
    each = _printer(shape, by)
    found = desk.read(simulations.simulate, asked, each)
    if shape == "text":
        against = words.DECIDED if asked.against is None else words.NUMBERED
        names = {"against": say(language, against, {"number": asked.against})}
        names |= {"scheme": asked.after.scheme.title.plain(language), "version": str(asked.after.number)}
        click.echo(say(language, words.HEADLINE, names))
        if found.anonymised:
            click.echo(say(language, words.ANONYMISED, {"number": found.anonymised}))
    _print(found.simulation, asked, by, shape, language, {"anonymised": found.anonymised})


def _print_generated(desk: Desk, asked: Asked, count: int, seed: int, shape: str, language: str) -> None:
    from authoring.simulation import Tally, replay
    from dossiers.services import simulations

    scheme = asked.after.scheme
    was = desk.read(simulations.version, scheme.id, asked.against)
    by = _dimension(desk, asked, language)
    judges = [desk.read(simulations.judge_of, version) for version in (asked.after, was)]
    each, tally = _printer(shape, by), Tally(by)
    for one in replay(_invented(desk, was.scheme, count, seed), *judges):
        tally.add(one)
        if each is not None:
            each(one)
    if shape == "text":
        click.echo(say(language, words.GENERATED, {"seed": seed, "number": was.number}))
    _print(tally.simulation(), asked, by, shape, language, {"generated": count, "seed": seed})


def _invented(desk: Desk, scheme: Scheme, count: int, seed: int) -> Any:
    from authoring.samples import NoSample, invent
    from authoring.simulation import Received

    office = desk.office
    try:
        samples = invent(
            scheme, count, random=Random(seed), now=office.clock(), organisation=office.organisation
        )
        for number, sample in enumerate(samples, start=1):
            yield Received(str(number), sample.answers, sample.filed_on)
    except NoSample as none:
        raise click.ClickException(
            f"No answers were found that pass: look at {', '.join(none.fields)}."
        ) from none


def _dimension(desk: Desk, asked: Asked, language: str) -> Dimension | None:
    from authoring.simulation import UnknownDimension, dimension
    from dossiers.services import simulations

    if asked.by is None:
        return None
    try:
        return dimension(desk.read(simulations.judge_of, asked.after), asked.by)
    except UnknownDimension as unknown:
        raise click.ClickException(
            words.unknown_dimension(unknown.name, unknown.known, unknown.suggestion, language)
        ) from unknown


def _printer(shape: str, by: Dimension | None) -> Any:
    """For CSV, a line for each dossier as it comes."""
    from guichet.commands import simulation_formats as formats

    if shape != "csv":
        return None
    click.echo(formats.csv_head(by))

    def line(one: Replayed) -> None:
        click.echo(formats.csv_line(one, by))

    return line


def _print(
    found: Simulation, asked: Asked, by: Dimension | None, shape: str, language: str, about: dict[str, Any]
) -> None:
    from guichet.commands import simulation_formats as formats

    after = asked.after
    if shape == "text":
        for line in formats.as_text(found, after.scheme, by, language):
            click.echo(line)
    elif shape == "json":
        told = {"scheme": after.scheme.id, "version": after.number, "against": asked.against, **about}
        click.echo(formats.as_json(found, told, by))
