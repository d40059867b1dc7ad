"""`guichet migrate`: move the dossiers under way to the version in force, as it declares, after a preview."""

from __future__ import annotations

from pathlib import Path

import click

from dossiers.services.campaign_views import Progress
from dossiers.services.desk import Desk
from dossiers.services.migration import Figures, Preview
from engine.language import Scheme
from guichet.commands.data import data_option
from guichet.commands.language import language_option
from guichet.commands.opening import in_one_sentence, open_desk


@click.command(name="migrate")
@click.argument("scheme")
@click.option("--preview", "only", is_flag=True, help="Count what would change, and change nothing.")
@click.option("--by", default="command line", show_default=True, help="Who moves them, for the journal.")
@language_option
@data_option
@in_one_sentence
def command(scheme: str, only: bool, by: str, language: str, data: Path) -> None:
    """Move the dossiers of SCHEME that follow an older version, by the lines of `migration` in the version in force.

    Each dossier is an act of its own: stopped halfway, the worker or the same command goes on. What is decided keeps its
    version unless a line takes it up again by an action.

    Example: guichet migrate my-scheme --preview --data my-site
    """
    from dossiers.services import campaigns, migration
    from workflows.lifecycle import Actor

    desk = open_desk(data)
    running = [one for one in desk.read(campaigns.of_scheme, scheme) if one.state == "running"]
    if not running or only:
        found: Preview = desk.read(migration.preview, scheme)
        _tell(found.figures, found.published.scheme, language)
        _tell_drafts(found, language)
        if only or not found.chosen:
            return
    campaign = (
        running[0] if running else desk.act(migration.begin, scheme, Actor("staff", "", by, frozenset()))
    )
    _carry_out(desk, campaign.id, language)


def _carry_out(desk: Desk, campaign_id: int, language: str) -> None:
    from dossiers.services import campaigns
    from renderers.words.campaigns import reason_sentence

    before: Progress = desk.read(campaigns.progress, campaign_id)
    with click.progressbar(length=before.total, label="Dossiers", show_pos=True) as bar:
        bar.update(before.total - before.pending)
        for done in campaigns.carry_out(desk, campaign_id):
            bar.update(max(0, done.total - done.pending - bar.pos))
    after: Progress = desk.read(campaigns.progress, campaign_id)
    told = [f"{count} {state}" for state, count in after.counts.items() if count]
    click.echo(f"Done: {', '.join(told)}.")
    for code, count in sorted(after.codes.items()):
        click.echo(f"  {count}: {reason_sentence(code, language)}")


def _tell(figures: Figures, scheme: Scheme, language: str) -> None:
    from renderers.words.migrations import (
        amounts_sentence,
        flips_sentence,
        line_sentence,
        migration_lines,
    )

    for line in migration_lines(figures, scheme, language):
        click.echo(line_sentence(line, language))
    click.echo(flips_sentence(figures, language))
    if scheme.award is not None:
        click.echo(amounts_sentence(figures, scheme.award.currency, language))


def _tell_drafts(found: Preview, language: str) -> None:
    from renderers.words.migrations import drafts_sentence

    if found.drafts:
        click.echo(drafts_sentence(found.drafts, language))
