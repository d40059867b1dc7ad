"""`guichet rehearse`: a second site beside the first, where the office trains and schemes are tried."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from guichet.commands.data import data_option
from guichet.commands.opening import in_one_sentence, open_desk
from guichet.commands.rehearse_play import play

DEFAULT_ADDRESS = "http://127.0.0.1:8001"


@click.group(name="rehearse")
def command() -> None:
    """A rehearsal: a second database beside the site, marked on every page, whose mails are held.

    Example: guichet rehearse open --data my-site
    """


@command.command(name="open")
@click.option(
    "--scheme",
    "drafts",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="A scheme not published yet; may be repeated.",
)
@click.option("--address", default=DEFAULT_ADDRESS, show_default=True, help="Where people will find it.")
@click.option(
    "--day", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it begins, instead of today."
)
@data_option
@in_one_sentence
def open_(drafts: tuple[Path, ...], address: str, day: datetime | None, data: Path) -> None:
    """Open a rehearsal in --data, with the accounts of the office and the schemes published there.

    Example: guichet rehearse open --scheme drafts/new-grant --data my-site
    """
    from engine.language import Bundle
    from guichet.rehearsal.opening import Asked, open_rehearsal

    bundles = [Bundle.read(path) for path in drafts]
    opened = open_rehearsal(data, Asked(bundles, address, day.date() if day else None))
    click.echo(f"A rehearsal is open in {opened.folder} with {', '.join(opened.schemes) or 'no scheme'}.")
    for slug, refused in opened.left_out.items():
        click.echo(f"  {slug} was left out: {_why(refused)}")
    click.echo(f"{opened.copied} accounts of the office sign in there with their own passwords.")
    if opened.practice:
        click.echo("To practise with, for the roles nobody holds (told this once):")
    for account in opened.practice:
        click.echo(f"  {account.email:<52} {account.password:<14} {account.role}")
    click.echo(f"Next: guichet rehearse serve --data {data}")


@command.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True)
@data_option
def serve(host: str, port: int, data: Path) -> None:
    """Serve the rehearsal of --data, beside the real site.

    Example: guichet rehearse serve --data my-site --port 8001
    """
    from guichet.commands.serve import open_for_business
    from guichet.rehearsal.opening import folder_of, served

    folder = folder_of(data)
    with served(folder):
        open_for_business(folder, host=host, port=port)


@command.command(name="status")
@data_option
@in_one_sentence
def status(data: Path) -> None:
    """What day it is in the rehearsal of --data, and what was done there.

    Example: guichet rehearse status --data my-site
    """
    from dossiers.services import rehearsing
    from guichet.rehearsal.opening import folder_of

    view = open_desk(folder_of(data)).read(rehearsing.standing, None)
    click.echo(f"It is {view.today} there ({view.days} days were let go by).")
    click.echo(f"{view.begun} applications begun, {view.filed} of them filed; {view.mails} mails held.")
    for one in view.coming:
        click.echo(f"  {one.day}: {one.deadlines} deadlines, passed after {one.days} days")


@command.command(name="move-on")
@click.option("--days", type=int, required=True, help="How many days go by.")
@data_option
@in_one_sentence
def move_on(days: int, data: Path) -> None:
    """Let days go by in the rehearsal of --data: deadlines that are passed fire while it is served.

    Example: guichet rehearse move-on --days 30 --data my-site
    """
    from dossiers.services import rehearsing
    from guichet.rehearsal.opening import folder_of

    desk = open_desk(folder_of(data))
    now = desk.act(rehearsing.move_on, None, days)
    click.echo(f"It is {desk.office.organisation.local_date(now)} there now.")


@command.command(name="begin-again")
@click.option("--yes", is_flag=True, help="Don't ask whether it is meant.")
@data_option
@in_one_sentence
def begin_again(yes: bool, data: Path) -> None:
    """Empty the rehearsal of --data and go back to its first day; its accounts and schemes stay.

    Example: guichet rehearse begin-again --yes --data my-site
    """
    from dossiers.services import rehearsing
    from dossiers.worker import Worker
    from guichet.rehearsal.opening import folder_of

    desk = open_desk(folder_of(data))
    if not yes:
        click.confirm("Everything done in the rehearsal is lost. Go on?", abort=True)
    desk.act(rehearsing.begin_again, None)
    Worker(desk.office).run_all()
    click.echo("The rehearsal is empty, and its first day is back.")


@command.command(name="close")
@click.option("--yes", is_flag=True, help="Don't ask whether it is meant.")
@data_option
def close(yes: bool, data: Path) -> None:
    """Remove the rehearsal of --data with all that was done in it; the real site isn't touched.

    Example: guichet rehearse close --yes --data my-site
    """
    from guichet.rehearsal.opening import close_rehearsal, folder_of

    folder = folder_of(data)
    if not yes:
        click.confirm(f"{folder} is removed with all that was done in it. Go on?", abort=True)
    close_rehearsal(data)
    click.echo("The rehearsal is closed, and its folder is gone.")


def _why(refused: Exception) -> str:
    from dossiers.services.refusals import Refused
    from guichet.commands.opening import sentence

    return sentence(refused) if isinstance(refused, Refused) else str(refused)


command.add_command(play)
