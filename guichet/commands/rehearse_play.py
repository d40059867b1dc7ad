"""`guichet rehearse play`: invented applicants through the real forms of a rehearsal, at a chosen rate."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from guichet.commands.data import data_option
from guichet.commands.opening import in_one_sentence, open_desk

if TYPE_CHECKING:
    from guichet.rehearsal.tally import Tally
    from guichet.rehearsal.troupe import Programme, Stage

SECONDS = {"second": 1, "minute": 60, "hour": 3600}
RATE = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,3})?)/(second|minute|hour)")
PAGES = 15  # lines of times printed


class Rate(click.ParamType):
    """`10/minute`, as the seconds between two."""

    name = "rate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Seconds between two arrivals on average."""
        found = RATE.fullmatch(str(value))
        if found is None or float(found[1]) == 0:
            self.fail(f"write for example 10/minute, 2/second or 90/hour (got {value!r})", param, ctx)
        return SECONDS[found[2]] / float(found[1])


@click.command(name="play")
@click.argument("scheme")
@click.option(
    "--rate", type=Rate(), default="10/minute", show_default=True, help="How often somebody arrives."
)
@click.option(
    "--count", type=click.IntRange(1, 100_000), default=20, show_default=True, help="How many arrive."
)
@click.option(
    "--seed", type=click.IntRange(0), help="Who they are; another play of the same seed brings the same."
)
@click.option("--address", help="Where the rehearsal answers, when it isn't the address it was opened with.")
@data_option
@in_one_sentence
def play(scheme: str, rate: float, count: int, seed: int | None, address: str | None, data: Path) -> None:
    """Let invented applicants apply to SCHEME in the rehearsal of --data, which must be served.

    Some make a mistake and correct it, some leave half way, some come back by the link they are mailed, some may not
    have the aid. Nothing is ever sent to a site that isn't this rehearsal.

    Example: guichet rehearse play my-scheme --rate 10/minute --count 200 --seed 7 --data my-site
    """
    from guichet.rehearsal.troupe import Programme

    programme = Programme(count, rate, secrets.randbelow(1_000_000) if seed is None else seed)
    stage = _stage(data, scheme, address)
    began = monotonic()
    tally = _played(stage, programme)
    _print(tally, programme, monotonic() - began)


def _stage(data: Path, slug: str, address: str | None) -> Stage:
    from dossiers.services import publication
    from guichet.headers import rehearsal_mark
    from guichet.rehearsal.mailbox import Mailbox
    from guichet.rehearsal.opening import folder_of
    from guichet.rehearsal.troupe import Stage

    desk = open_desk(folder_of(data))
    office = desk.office
    return Stage(
        origin=(address or office.settings.base_url).rstrip("/"),
        mark=rehearsal_mark(office.vault),
        scheme=desk.read(publication.current, slug).scheme,
        organisation=office.organisation,
        now=office.clock(),
        mailbox=Mailbox(office.settings.outbox),
    )


def _played(stage: Stage, programme: Programme) -> Tally:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from authoring.samples import NoSample
    from guichet.rehearsal.browser import NotARehearsal
    from guichet.rehearsal.tally import Tally
    from guichet.rehearsal.troupe import play as play_all
    from guichet.rehearsal.troupe import require_rehearsal

    tally, stop = Tally(), Event()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        require_rehearsal(stage)
        with Progress(*columns) as progress:
            task = progress.add_task("Applicants", total=programme.count)

            def told(visit: Any) -> None:
                tally.add(visit)
                progress.advance(task)

            play_all(stage, programme, told=told, stop=stop)
    except KeyboardInterrupt:
        click.echo("Stopped: no more applicants arrive.")
    except NotARehearsal as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{stage.origin} doesn't answer ({error}): serve it first.") from error
    except NoSample as error:
        raise click.ClickException(f"No answers were found that the form takes: see {error}.") from error
    return tally


def _print(tally: Tally, programme: Programme, seconds: float) -> None:
    from guichet.rehearsal.applicant import End

    click.echo(
        f"{tally.begun} came in {seconds:.0f} s (seed {programme.seed}): {tally.ends[End.FILED]} filed, {tally.ends[End.REFUSED]} refused early, "
        f"{tally.ends[End.LEFT]} left half way, {tally.ends[End.PROBLEM]} met a problem."
    )
    click.echo(
        f"{tally.corrected} corrected a mistake first, {tally.came_back} came back by the mailed link."
    )
    for said, times in tally.problems.most_common():
        click.echo(f"  problem, {times} times: {said}")
    click.echo(f"{'page':<52} {'answers':>8} {'median':>9} {'slowest':>9}")
    for _, one in zip(range(PAGES), tally.pages(), strict=False):
        click.echo(
            f"{one.page:<52} {one.answers:>8} {one.median * 1000:>6.0f} ms {one.slowest * 1000:>6.0f} ms"
        )
