"""The site that is hurt: an invented grant, two agents, dossiers; and the processes at work on it, forked to be killed."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from dossiers import access, office
from dossiers.access import Viewer
from dossiers.database import upgrade
from dossiers.effects import RUNNERS, Done, Runner
from dossiers.office import Clock, Office
from dossiers.services import accounts, applications, publication
from dossiers.services.desk import Desk
from dossiers.services.views import Saved
from dossiers.settings import Settings
from engine.language import Bundle
from engine.organisation import Organisation

SLUG = "crash-grant"
NOON = datetime(2020, 5, 12, 10, tzinfo=UTC)
PASSWORD = "un mot de passe fictif"
ROLES = ("instructor", "supervisor")
MAILS = ("received", "held", "accepted", "refused", "paid")
LEASE = timedelta(seconds=1)
# typesetting a receipt is slow, and the same at each filing
QUICK: Mapping[str, Runner] = {**RUNNERS, "receipt": lambda job, office: Done()}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the site is: its folder, its database. `acknowledged` is what was told to somebody, a line each."""

    data: Path
    url: str

    @property
    def acknowledged(self) -> Path:
        return self.data / "acknowledged"

    @property
    def sessions(self) -> Path:
        """The sessions of the agents, by role."""
        return self.data / "sessions.json"

    def open(self, clock: Clock = lambda: NOON) -> Office:
        """Its office, opened by this process; its clock stands still unless another is given."""
        settings = Settings(
            data=self.data,
            database_url=self.url,
            organisation=Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris")),
            keys=self.data / "keys.json",
            files=self.data / "files",
            outbox=self.data / "outbox",
            mail_from="no-reply@office.example",
        )
        return office.build(settings, clock)

    def note(self, line: str) -> None:
        """Write what was acknowledged, so that no kill can take it back."""
        with self.acknowledged.open("a") as lines:
            lines.write(f"{line}\n")
            lines.flush()
            os.fsync(lines.fileno())


def bundle() -> Bundle:
    """The grant with its mails."""
    yaml = (Path(__file__).with_name("grant.yaml")).read_text(encoding="utf-8")
    texts = {f"texts/{name}.fr.md": f"Objet : {name} {{{{ reference }}}}\n\nBonjour.\n" for name in MAILS}
    return Bundle({"scheme.yaml": yaml, **texts})


def found(place: Place, dossiers: int) -> None:
    """Found the site, with its agents and so many dossiers filed."""
    upgrade(place.url)
    opened = place.open()
    desk = Desk(opened)
    desk.act(publication.publish, bundle(), "Direction (fictive)")
    sessions = {}
    for role in ROLES:
        email = f"{role}@office.example"
        desk.act(
            accounts.add,
            email=email,
            name=f"{role} (fictif)",
            password=PASSWORD,
            roles={SLUG: [role]},
        )
        sessions[role] = desk.act(accounts.sign_in, email, PASSWORD).session.token
    place.sessions.write_text(json.dumps(sessions))
    for number in range(dossiers):
        file(desk, place, f"personne-{number}@fictif.example")
    opened.database.close()


def file(desk: Desk, place: Place, email: str) -> None:
    """Somebody files an application; it is noted once that is acknowledged."""
    started = desk.act(applications.start, access.anonymous(), SLUG, email=email, language="fr")
    viewer = Viewer("applicant", email=email, language="fr")
    saved = desk.act(applications.save_page, viewer, started.public_id, "you", form={"name": ["Fictive"]})
    assert isinstance(saved, Saved), saved
    desk.act(applications.submit, viewer, started.public_id)
    place.note(f"filed {started.public_id}")


def fork(place: Place, body: Callable[[Place], None]) -> int:
    """Another process at work on the site, until it is killed; its number. Nothing of ours may be open here."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        body(place)
        code = 0
    finally:
        os._exit(code)
