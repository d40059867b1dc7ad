"""`guichet re-examine`: refused dossiers judged again under the version in force, in one campaign that can be resumed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guichet.commands.data import data_option
from guichet.commands.language import language_option
from guichet.commands.opening import in_one_sentence, open_desk
from renderers.catalogues import say
from renderers.words import reexaminations as words

if TYPE_CHECKING:
    from dossiers.services.campaign_views import Campaign, Progress
    from dossiers.services.desk import Desk
    from dossiers.services.reexamination import Preview


@click.command(name="re-examine")
@click.argument("scheme")
@click.option(
    "--newly-eligible", is_flag=True, required=True, help="Take up those newly eligible; leave the others."
)
@click.option(
    "--as", "email", required=True, help="Who does it: the e-mail address of an account whose role may."
)
@click.option("--comment", default="", help="Why, kept with each dossier.")
@click.option("--do", "action", metavar="ACTION", help="The action that takes a refused dossier up again.")
@click.option(
    "--against",
    type=click.IntRange(min=1),
    metavar="VERSION",
    help="Compare with this version instead of what was decided.",
)
@click.option("--yes", is_flag=True, help="Don't ask before beginning.")
@click.option("--preview", "only_preview", is_flag=True, help="Show the figures, change nothing.")
@language_option
@data_option
@in_one_sentence
def command(
    scheme: str, email: str, yes: bool, only_preview: bool, language: str, data: Path, **asked: Any
) -> None:
    """Judge the refused dossiers of SCHEME again; those newly eligible move, and are told as the scheme says.

    Stopped halfway, the same command goes on where it was; so does the worker.

    Example: guichet re-examine my-scheme --newly-eligible --as head@town.example --comment "Rules widened" --data my-site
    """
    from dossiers.services import reexamination, staff

    asked.pop("newly_eligible")
    desk = open_desk(data)
    viewer = desk.read(staff.by_email, email, language)
    campaign = _under_way(desk, scheme)
    if campaign is not None:
        click.echo(say(language, words.RESUMED, {"who": campaign.asked_by.name}))
    else:
        chosen = {"action": asked["action"], "against": asked["against"]}
        found: Preview = desk.read(reexamination.preview, scheme, **chosen)
        _show(found, language)
        if only_preview:
            return
        if not yes:
            click.confirm(say(language, words.GO_ON), abort=True)
        campaign = desk.act(reexamination.begin, viewer, scheme, expected=found.newly_eligible, **asked)
    _carry_out(desk, campaign, language)


def _under_way(desk: Desk, slug: str) -> Campaign | None:
    """The re-examination at work on the scheme, if there is one."""
    from dossiers.services import campaigns

    found: tuple[Campaign, ...] = desk.read(campaigns.of_scheme, slug)
    return next((one for one in found if one.state == "running" and one.kind == "reexamination"), None)


def _show(found: Preview, language: str) -> None:
    from renderers.words import money

    currency = found.scheme.award.currency if found.scheme.award else "EUR"
    told = {"version": found.number, "cost": money(found.cost, language, currency)}
    told |= {"action": found.action.label.plain(language)}
    click.echo(words.counted("refused", found.refused, language, told))
    click.echo(words.counted("eligible", found.newly_eligible, language, told))
    if not found.tells:
        click.echo(say(language, words.SILENT))


def _carry_out(desk: Desk, campaign: Campaign, language: str) -> None:
    from dossiers.services import campaigns

    progress: Progress = desk.read(campaigns.progress, campaign.id)
    with click.progressbar(length=max(progress.total, 1), label=campaign.slug) as bar:
        bar.update(progress.total - progress.pending)
        for after in campaigns.carry_out(desk, campaign.id):
            bar.update(progress.pending - after.pending)
            progress = after
    progress = desk.read(campaigns.progress, campaign.id)
    for state, sentence in (("done", "done"), ("skipped", "skipped"), ("refused", "refusals")):
        number = progress.counts[state]  # type: ignore[index]
        if number or state == "done":
            codes = words.refusals(progress.codes, language)
            click.echo(words.counted(sentence, number, language, {"codes": codes}))
