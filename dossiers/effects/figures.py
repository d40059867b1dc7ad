"""Effect `figures`: the figures of a scheme by mail in the morning."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from dossiers.database import Account
from dossiers.effects import platform
from dossiers.effects.delivery import Letterhead, deliver
from dossiers.effects.outcome import Done, Outcome
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.services import figure_mails
from dossiers.services.desk import Desk, Work
from dossiers.services.figure_views import FiguresView
from renderers.words import money, number


def run(job: Claimed, office: Office) -> Outcome:
    """Send the account `account_id` the figures of `slug` for the day before `day`, or the week; nothing to who may not see
    them any more."""
    asked, desk = job.options, Desk(office)
    day = date.fromisoformat(asked["day"])
    found = desk.read(figure_mails.told, asked["account_id"], asked["slug"], asked["every"], day)
    if found is None:
        return Done()
    viewer, view = found
    language = desk.read(_language, asked["account_id"])
    written = platform.write(office, "figures", language, values(view, language), None)
    return deliver(
        job, office, written, Letterhead(viewer.email, language, reply_to=platform.reply_to(office, None))
    )


def values(view: FiguresView, language: str) -> dict[str, object]:
    """What the mail says: figures as they are read; None for a part the reader doesn't see."""
    of = view.scheme.award.currency if view.scheme.award else "EUR"
    said: dict[str, object] = {"slug": view.slug, "title": view.scheme.title.plain(language)}
    said |= {"first": view.asked.first.isoformat(), "last": view.asked.last.isoformat()}
    whole = {
        "filed": view.filed,
        "going_on": view.going_on,
        "decided": view.number_decided,
        "median": view.median,
    }
    said |= {
        name: number(value, language) if view.everything and value is not None else None
        for name, value in whole.items()
    }
    amounts = (
        {"granted": view.money.granted, "paid": view.money.paid, "due": view.money.due[1]}
        if view.money
        else {}
    )
    names = ("granted", "paid", "due")
    return said | {name: money(amounts[name], language, of) if name in amounts else None for name in names}


def _language(work: Work, account_id: int) -> str:
    return work.session.scalar(select(Account.language).where(Account.id == account_id)) or "fr"
