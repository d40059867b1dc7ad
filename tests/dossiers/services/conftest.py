"""A small invented scheme on a real database, a desk whose clock the tests move by hand, and people at it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select

from dossiers import access, office
from dossiers.access import Viewer
from dossiers.database import Account, DeadlineRow, Dossier, Job, RoleGrant
from dossiers.database.base import Base
from dossiers.office import Office
from dossiers.services import applications, casework, publication
from dossiers.services.desk import Desk
from dossiers.services.views import Saved
from dossiers.settings import Settings
from engine.language import Bundle, load_scheme
from engine.organisation import Organisation
from tests.fixtures.databases import Clock

HERE = Path(__file__).parent
MAILS = ("acknowledgement", "please_correct", "accepted", "refused", "expired", "unreadable")
SLUG = "small-grant"
ROLES = ("hotline", "instructor", "supervisor", "accountant")

# synthetic identifiers with right check digits
SIRET = "73282932000074"
IBAN = "FR7630006000011234567890189"


def siret(number: int) -> str:
    """An invented establishment, its last digit such that the Luhn sum is a multiple of ten."""
    digits = f"73282932{number:05}"
    weighed = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return digits + str(-sum(value - 9 if value > 9 else value for value in weighed) % 10)


def bundle(*replaced: tuple[str, str]) -> Bundle:
    """The small grant, with texts of its YAML replaced (old, new)."""
    yaml = (HERE / "small-grant.yaml").read_text(encoding="utf-8")
    for old, new in replaced:
        assert old in yaml, old
        yaml = yaml.replace(old, new)
    texts = {f"texts/{name}.fr.md": "Objet : Votre demande {{ reference }}\n\nBonjour.\n" for name in MAILS}
    texts |= {
        f"texts/{name}.en.md": "Subject: Your application {{ reference }}\n\nHello.\n" for name in MAILS
    }
    texts |= {"texts/remedies.fr.md": "Vous pouvez contester.\n", "texts/remedies.en.md": "You may appeal.\n"}
    return Bundle({"scheme.yaml": yaml, **texts})


@pytest.fixture(scope="session")
def small():
    """Makes the small grant's bundle, with texts of its YAML replaced."""
    return bundle


@pytest.fixture(scope="session")
def scheme():
    """The small grant, loaded."""
    return load_scheme(bundle())


@pytest.fixture(scope="session")
def organisation():
    """An invented office."""
    return Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))


@dataclass
class Site:
    """A site with the small grant published, and what the tests say of it often."""

    desk: Desk
    clock: Clock
    staff: dict[str, Viewer] = field(default_factory=dict)

    def act(self, service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.desk.act(service, *args, **kwargs)

    def read(self, service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.desk.read(service, *args, **kwargs)

    def rows(self, query: Any) -> list[Any]:
        """What a query finds, row by row (scalars when it selects one thing)."""
        with self.desk.office.database.reading() as session:
            found = session.execute(query).all()
        return [row[0] if len(row) == 1 else row for row in found]

    def siret(self, number: int) -> str:
        """An invented establishment."""
        return siret(number)

    def begin(self, email: str = "ada@fictif.example") -> tuple[Viewer, str]:
        """Somebody begins an application; the viewer of their session."""
        started = self.act(applications.start, access.anonymous(), SLUG, email=email, language="fr")
        [id] = self.rows(select(Dossier.id).where(Dossier.public_id == started.public_id))
        return Viewer("applicant", dossiers=frozenset({id}), language="fr"), started.public_id

    def save(self, viewer: Viewer, public_id: str, page: str, **controls: Any) -> Any:
        """Save a page; `income="1"`; a control with a dash is written with two underscores (person__first_name)."""
        special = {key: controls.pop(key) for key in ("files", "asked", "source") if key in controls}
        form = {name.replace("__", "-"): [value] for name, value in controls.items()}
        return self.act(applications.save_page, viewer, public_id, page, form=form, **special)

    def fill(
        self,
        viewer: Viewer,
        public_id: str,
        *,
        siret: str = SIRET,
        income: str = "12 000,00",
        resident: str = "yes",
    ) -> None:
        """Answer every page."""
        pages = {
            "you": {"person__first_name": "Ada", "person__last_name": "Fictive", "income": income},
            "children": {},
            "payment": {"siret": siret, "iban": IBAN, "resident": resident},
        }
        for page, controls in pages.items():
            asked = {name.partition("__")[0] for name in controls}
            saved = self.save(viewer, public_id, page, asked=asked, **controls)
            assert isinstance(saved, Saved), saved.problems

    def filed(self, email: str = "ada@fictif.example", **answers: str) -> tuple[Viewer, str]:
        """Somebody files an application."""
        viewer, public_id = self.begin(email)
        self.fill(viewer, public_id, **answers)
        self.act(applications.submit, viewer, public_id)
        return viewer, public_id

    def fire(self, role: str, public_id: str, action: str, **more: Any) -> Any:
        """A member of staff does an action."""
        return self.act(casework.fire, self.staff[role], public_id, action, **more)

    def accepted(self, **answers: str) -> tuple[Viewer, str]:
        """An application filed, examined and accepted."""
        viewer, public_id = self.filed(**answers)
        self.fire("instructor", public_id, "take")
        self.act(casework.check, self.staff["instructor"], public_id, "proof", done=True)
        self.fire("supervisor", public_id, "accept")
        return viewer, public_id

    def ask(self, public_id: str, *fields: str) -> Any:
        """The instructor asks for a correction of fields."""
        form = {"fields_to_correct": list(fields), "reason": ["Le numéro est illisible."]}
        return self.fire("instructor", public_id, "ask", form=form)

    def applicant_of(self, public_id: str) -> Viewer:
        """The applicant of a dossier, who opened a link mailed to them."""
        [id] = self.rows(select(Dossier.id).where(Dossier.public_id == public_id))
        return Viewer("applicant", dossiers=frozenset({id}), language="fr")

    def state(self, public_id: str) -> str:
        """Where the dossier is."""
        return self.rows(select(Dossier.state).where(Dossier.public_id == public_id))[0]

    def jobs(self, kind: str | None = None) -> list[Job]:
        """The jobs in line, in order."""
        query = select(Job).order_by(Job.id)
        return self.rows(query if kind is None else query.where(Job.kind == kind))

    def fire_deadlines(self) -> int:
        """Fire what is due now, as the worker does; how many did something."""
        waiting = (DeadlineRow.done_at.is_(None), DeadlineRow.cancelled_at.is_(None))
        due = self.rows(
            select(DeadlineRow.id)
            .where(*waiting, DeadlineRow.due_at <= self.clock.now)
            .order_by(DeadlineRow.due_at)
        )
        return sum(self.act(casework.fire_deadline, id) for id in due)

    def at_once(self, *calls: Callable[[], Any]) -> list[Any]:
        """Do several things at the same moment, each in a thread; their results or what they raised."""
        ready = threading.Barrier(len(calls))
        results: list[Any] = [None] * len(calls)

        def run(place: int) -> None:
            ready.wait()
            try:
                results[place] = calls[place]()
            except Exception as error:
                results[place] = error

        threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results


def open_site(folder: Path, organisation: Organisation, clock: Clock) -> Site:
    """A desk on the database of a folder."""
    settings = Settings(
        data=folder,
        database_url=f"sqlite:///{folder / 'guichet.db'}",
        organisation=organisation,
        keys=folder / "keys.json",
        files=folder / "files",
        outbox=folder / "outbox",
    )
    return Site(Desk(office.build(settings, clock)), clock)


def republished(made: Path, template: Any, organisation: Organisation, scheme: Bundle) -> Path:
    """The small site in a folder of its own, another version of its scheme published."""
    shutil.copytree(template[0], made, dirs_exist_ok=True)
    site = open_site(made, organisation, Clock())
    site.act(publication.publish, scheme, "Sylvie (fictive)")
    site.desk.office.database.close()
    return made


def opened_copy(folder: Path, template: Any, made: Path, organisation: Organisation) -> Iterator[Site]:
    """A copy of such a site, opened for one test."""
    shutil.copytree(folder, made, dirs_exist_ok=True)
    opened = open_site(made, organisation, Clock())
    opened.staff |= template[1]
    yield opened
    opened.desk.office.database.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory, organisation):
    """A folder with the small grant published and one account for each role: copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    site = open_site(folder, organisation, Clock())
    Base.metadata.create_all(site.desk.office.database.engine)
    staff = small_office(site.desk.office)
    site.desk.office.database.close()
    return folder, staff


@pytest.fixture
def site(tmp_path, template, organisation):
    """A site with the small grant published, and one member of staff for each role."""
    folder, staff = template
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    opened = open_site(tmp_path, organisation, Clock())
    opened.staff |= staff
    yield opened
    opened.desk.office.database.close()


@pytest.fixture
def filling(request):
    """Whoever asks for the site of either database finds the grant published."""
    return small_office if "either_site" in request.fixturenames else None


@pytest.fixture
def either_site(office, clock, stock):
    """The same on SQLite and on PostgreSQL, for promises that the database must keep."""
    return Site(Desk(office), clock, dict(stock.given))


def small_office(office: Office) -> dict[str, Viewer]:
    """Publish the small grant and open one account for each role, which it gives."""
    site = Site(Desk(office), Clock())
    site.act(publication.publish, bundle(), "Sylvie (fictive)")
    return {role: staff_member(site, role) for role in ROLES}


def staff_member(site: Site, *roles: str, name: str | None = None) -> Viewer:
    """An account with roles in the small grant, as a viewer; nobody signs in to it."""
    who = name or roles[0]
    row = {"public_id": f"account-{who}", "email": f"{who}@office.example", "name": f"{who} (fictif)"}
    row |= {"password_hash": "", "administrator": False, "language": "fr", "created_at": site.clock.now}
    with site.desk.office.database.writing() as session:
        id = session.scalars(insert(Account).values(row).returning(Account.id)).one()
        session.execute(
            insert(RoleGrant), [{"account_id": id, "scheme_slug": SLUG, "role": role} for role in roles]
        )
    return Viewer(
        "staff", account_id=id, name=row["name"], email=row["email"], roles={SLUG: frozenset(roles)}
    )


@pytest.fixture
def bundle_of():
    """Makes the small grant with texts of its YAML replaced."""
    return bundle


@pytest.fixture(name="staff_member")
def staff_member_fixture():
    """Adds an account with roles."""
    return staff_member
