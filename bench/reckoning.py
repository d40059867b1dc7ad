"""Holding a played season to its ledger: dossiers, money, mails, journal. Anything missing or doubled is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.ledger import CENTS, Ledger
from dossiers import office, settings
from dossiers.database import AmountStep, Dossier, Job, JournalEntry, Mail
from dossiers.services import audit
from dossiers.services.desk import Desk

ACTS = ("submit", "take", "ask", "answer", "accept", "refuse", "pay", "withdraw")
# the mails of the grant, by the act that sends them
MAILS = {
    "submit": "acknowledgement",
    "ask": "please_correct",
    "answer": "correction_received",
    "accept": "accepted",
    "refuse": "refused",
    "pay": "paid",
    "withdraw": "withdrawn",
    "expire": "expired",
}


def left_to_do(folder: Path) -> int:
    """The jobs that are due and neither done nor given up."""
    opened = office.build(settings.Settings.load(folder))
    with opened.database.reading() as session:
        waiting = select(func.count()).select_from(Job)
        due = waiting.where(Job.done_at.is_(None), Job.failed_at.is_(None), Job.planned_at <= opened.clock())
        left = int(session.scalar(due) or 0)
    opened.database.close()
    return left


def reckon(folder: Path, ledger: Ledger, say: Callable[[str], object]) -> list[str]:
    """Print the figures of a season, and return what is wrong with them."""
    opened = office.build(settings.Settings.load(folder))
    with opened.database.reading() as session:
        states = _states(session)
        say(_figures(states, ledger))
        wrong = [
            *_dossiers(session, ledger, states),
            *_money(session, ledger),
            *_mails(session),
            *_jobs(session),
        ]
    journal = Desk(opened).read(audit.verify)
    say(str(journal))
    opened.database.close()
    if not journal.whole:
        wrong.append(journal.fault)
    say("\n".join(f"WRONG  {one}" for one in wrong) or "Everything adds up: dossiers, euros, mails, journal.")
    return wrong


def _states(session: Session) -> Counter[str]:
    counted = select(Dossier.state, func.count()).group_by(Dossier.state)
    return Counter(dict(session.execute(counted).tuples().all()))


def _figures(states: Counter[str], ledger: Ledger) -> str:
    acts = ", ".join(f"{act} {ledger.count(act)}" for act in ("begin", *ACTS))
    told = ", ".join(f"{what} {count}" for what, count in sorted(ledger.told.items()))
    now = ", ".join(f"{state} {count}" for state, count in sorted(states.items()))
    return f"Acts acknowledged: {acts}\nTold besides: {told}\nStates at the end: {now}"


def _dossiers(session: Session, ledger: Ledger, states: Counter[str]) -> Iterator[str]:
    """Every act acknowledged is in the journal once, and nothing else is; every dossier begun is in one state."""
    if (total := sum(states.values())) != ledger.count("begin"):
        yield f"{total} dossiers for {ledger.count('begin')} begun"
    entry = select(Dossier.public_id, JournalEntry.action).join(
        Dossier, Dossier.id == JournalEntry.dossier_id
    )
    written: dict[str, Counter[str]] = {}
    for public_id, action in session.execute(entry.where(JournalEntry.target.is_not(None))):
        written.setdefault(public_id, Counter())[action] += 1
    for public_id, seen in ledger.acts.items():
        for act in ACTS:
            found = written.get(public_id, Counter())[act]
            if found != seen[act]:
                yield f"{public_id}: {act} acknowledged {seen[act]} times, in the journal {found} times"


def _money(session: Session, ledger: Ledger) -> Iterator[str]:
    """The flat grant, once for each dossier accepted and paid once for each one paid."""
    for kind, act in (("granted", "accept"), ("paid", "pay")):
        steps = select(Dossier.public_id, func.sum(AmountStep.cents)).join(
            Dossier, Dossier.id == AmountStep.dossier_id
        )
        found = dict(
            session.execute(steps.where(AmountStep.kind == kind).group_by(Dossier.public_id)).tuples().all()
        )
        due = dict.fromkeys(ledger.of(act), CENTS)
        if found != due:
            yield f"{kind}: {sum(found.values()) / 100:.2f} € on {len(found)} dossiers for {sum(due.values()) / 100:.2f} € on {len(due)}"


def _mails(session: Session) -> Iterator[str]:
    """One mail of each kind for each act that sends it, sent once: none missing, none repeated."""
    entry = select(JournalEntry.dossier_id, JournalEntry.action)
    due: Counter[tuple[int, str]] = Counter()
    for dossier, action in session.execute(entry.where(JournalEntry.action.in_(MAILS))).tuples():
        due[dossier or 0, MAILS[action]] += 1
    sent: Counter[tuple[int, str]] = Counter()
    mails = (
        select(Job.dossier_id, Job.options)
        .join(Mail, Mail.job_id == Job.id)
        .where(Job.kind == "mail", Mail.state == "sent")
    )
    for dossier, options in session.execute(mails).tuples():
        sent[dossier or 0, options["text"]] += 1
    for one in due.keys() | sent.keys():
        if due[one] != sent[one]:
            yield f"dossier {one[0]}: mail {one[1]} due {due[one]} times, sent {sent[one]} times"


def _jobs(session: Session) -> Iterator[str]:
    """No job given up."""
    for kind, error in session.execute(select(Job.kind, Job.error).where(Job.failed_at.is_not(None))):
        yield f"a job was given up: {kind}: {error}"
