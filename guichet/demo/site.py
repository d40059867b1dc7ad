"""The demonstration's folder: settings, accounts, the published grant and its invented dossiers."""

from __future__ import annotations

import itertools
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import select, update

from dossiers import access, office, settings
from dossiers.access import Viewer
from dossiers.database import Dossier, Job
from dossiers.outside.connectors import Connectors
from dossiers.services import accounts as account_services
from dossiers.services import publication
from dossiers.services.desk import Desk, Work
from dossiers.services.papers_coming import PAPERS
from engine.language import Bundle
from guichet.demo import payments as paying
from guichet.demo.payments import Payers
from guichet.demo.story import Story, StoryClock, today_of
from guichet.shipped import shipped_scheme
from guichet.site import prepare
from guichet.stubs import Company, InProcess, Stubs

SCHEME = "haute-savoie-emergency-grant"
TODAY = date(2020, 6, 10)
ACCOUNTS = "demo-accounts.json"  # written last: its presence says that the site is filled
SEED = 74
A_PAPER = timedelta(seconds=0.25)  # what the worker needs for one on a small machine
ROLES = {
    "hotline": ("Camille Assistance (fictif)", "hotline@departement.example"),
    "instructor": ("Dominique Instruction (fictif)", "instruction@departement.example"),
    "supervisor": ("Claude Responsable (fictif)", "responsable@departement.example"),
    "accountant": ("Sacha Finances (fictif)", "finances@departement.example"),
}
# of a payment batch, one prepares it and another one validates it
SECOND_ACCOUNTANT = ("Andrea Finances (fictif)", "paiements@departement.example")
ADMINISTRATOR = ("Alix Administration (fictif)", "administration@departement.example")
ORGANISATION = {
    "name": "Département de démonstration",
    "email": "aide-urgence@departement.example",
    "phone": "04 50 00 00 00",
    "address": "1 avenue de la Démonstration, 74000 Annecy",
}


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account as printed at the start: `label` says which role it has."""

    email: str
    password: str
    label: str


def is_filled(data: Path) -> bool:
    """Whether the folder holds a demonstration made to the end."""
    return (data / ACCOUNTS).exists()


def accounts(data: Path) -> tuple[DemoAccount, ...]:
    """The accounts of a filled demonstration."""
    return tuple(DemoAccount(**one) for one in json.loads((data / ACCOUNTS).read_text(encoding="utf-8")))


def fill(
    data: Path, count: int, *, base_url: str, progress: Callable[[int], object], payments: bool = False
) -> None:
    """Make the site: settings, accounts, the grant published, `count` lives played up to TODAY; `payments`: a second
    grant beside it, with its envelope and payment batches."""
    _write_settings(data, base_url)
    prepare(data)
    clock = StoryClock()
    companies: dict[str, Company] = {}
    seconds = itertools.count(step=0.25)  # nobody waits for sources here, however often they are asked
    connectors = Connectors(InProcess(Stubs(companies)), clock=lambda: float(next(seconds)))
    opened = office.build(settings.Settings.load(data), clock, connectors)
    desk = Desk(opened)
    desk.act(publication.publish, Bundle.read(shipped_scheme(SCHEME)), ADMINISTRATOR[0])
    if payments:
        desk.act(publication.publish, Bundle.read(shipped_scheme(f"{paying.SCHEME}.yaml")), ADMINISTRATOR[0])
    schemes = (SCHEME, paying.SCHEME) if payments else (SCHEME,)
    made = _add_accounts(desk, schemes)
    story = Story(
        desk=desk,
        clock=clock,
        scheme=desk.read(publication.current, SCHEME).scheme,
        staff=_staff(SCHEME),
        applicant_of=lambda email, public_id: desk.read(_applicant, email, public_id),
        random=Random(SEED),
        until=today_of(TODAY),
        companies=companies,
    )
    told = 0
    for begun in story.tell(count):
        progress(begun - told)
        told = begun
    if payments:
        _play_payments(story)
    desk.act(_put_papers_off, datetime.now(UTC) + opened.settings.clock_offset)
    opened.database.close()
    (data / ACCOUNTS).write_text(
        json.dumps([asdict(one) for one in made], ensure_ascii=False, indent=1), encoding="utf-8"
    )


def _play_payments(story: Story) -> None:
    staff = _staff(paying.SCHEME)
    scheme = story.desk.read(publication.current, paying.SCHEME).scheme
    second = _member(len(ROLES) + 1, SECOND_ACCOUNTANT, paying.SCHEME, "accountant")
    paying.play(replace(story, scheme=scheme, staff=staff), Payers(staff["accountant"], second))


def _put_papers_off(work: Work, start: datetime) -> None:
    """The papers of the invented past are made newest first, little by little: what visitors do comes before them."""
    waiting = select(Job.id).where(Job.kind.in_(PAPERS), Job.done_at.is_(None))
    for place, id in enumerate(work.session.scalars(waiting.order_by(Job.planned_at.desc(), Job.id)).all()):
        later = update(Job).where(Job.id == id).values(run_at=start + place * A_PAPER)
        work.session.execute(later)


def serve_at(data: Path, base_url: str) -> None:
    """Have the links in mails lead to where the demonstration is served this time."""
    path = data / settings.FILE
    lines = path.read_text(encoding="utf-8").splitlines()
    told = (f"base_url = {base_url}" if line.startswith("base_url =") else line for line in lines)
    path.write_text("\n".join(told) + "\n", encoding="utf-8")


def _write_settings(data: Path, base_url: str) -> None:
    if not (data / settings.FILE).exists():
        offset = today_of(TODAY) - datetime.now(UTC)
        site = {"base_url": base_url, "demo": True, "clock_offset": offset}
        settings.write(data, {"site": site, "organisation": ORGANISATION})


def _add_accounts(desk: Desk, schemes: Sequence[str]) -> tuple[DemoAccount, ...]:
    """One for each role, in this order, the second accountant where there are payments, the administrator."""
    made = []
    second = {"accountant 2": SECOND_ACCOUNTANT} if paying.SCHEME in schemes else {}
    for label, (name, email) in (ROLES | second).items():
        password, role = secrets.token_urlsafe(9), label.split()[0]
        held = {scheme: [role] for scheme in schemes if scheme == SCHEME or role != "hotline"}
        desk.act(account_services.add, email=email, name=name, password=password, roles=held)
        made.append(DemoAccount(email, password, label))
    password = secrets.token_urlsafe(9)
    name, email = ADMINISTRATOR
    everything = {scheme: ["supervisor"] for scheme in schemes}
    desk.act(
        account_services.add, email=email, name=name, password=password, roles=everything, administrator=True
    )
    return (*made, DemoAccount(email, password, "administrator"))


def _staff(scheme: str) -> dict[str, Viewer]:
    """One member of staff for each role; row ids follow the order in which the accounts were made."""
    return {
        role: _member(order, who, scheme, role) for order, (role, who) in enumerate(ROLES.items(), start=1)
    }


def _member(order: int, who: tuple[str, str], scheme: str, role: str) -> Viewer:
    name, email = who
    return Viewer("staff", account_id=order, name=name, email=email, roles={scheme: frozenset({role})})


def _applicant(work: Work, email: str, public_id: str) -> Viewer:
    dossier = work.session.query(Dossier.id).filter_by(public_id=public_id).scalar()
    return Viewer(
        "applicant", email=email, dossiers=frozenset({dossier}), language=access.anonymous().language
    )
