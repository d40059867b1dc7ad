"""Who is at work while processes die: a worker, and the web with agents who begin batches, sign lists and act alone."""

from __future__ import annotations

import json
import re
import signal
import uuid
from random import Random
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bench.crash.site import LEASE, QUICK, SLUG, Place, file
from dossiers.database import Dossier
from dossiers.services.desk import Desk
from dossiers.worker import Worker
from guichet.application import create_app

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
EXPECTED = re.compile(r'name="_expected" value="(\d+)"')
BATCH = re.compile(rf'href="(/bureau/{SLUG}/lots/[\w-]{{22}})"')
# which role does what from where; each a batch over the whole list of that state
BATCHES = (
    ("instructor", "take", "submitted"),
    ("instructor", "hold", "in_review"),
    ("instructor", "resume", "on_hold"),
    ("instructor", "bordereau:accept", "in_review"),
    ("supervisor", "accept", "in_review"),
    ("supervisor", "pay", "accepted"),
    ("supervisor", "refuse", "in_review"),
)
WEIGHTS = (8, 5, 5, 3, 1, 2, 1)


def work(place: Place) -> None:
    """A worker, for ever."""
    Worker(place.open(), runners=QUICK, lease=LEASE).start()
    signal.pause()


def serve(place: Place) -> None:
    """The web with its agents, for ever: each act goes through the pages, and is noted once the page says it is done."""
    office = place.open()
    app, random = create_app(office), Random()
    agents = _agents(app, place)
    while True:
        turn = random.random()
        if turn < 0.5:
            _batch(agents, *random.choices(BATCHES, WEIGHTS)[0])
        elif turn < 0.6:
            _sign(agents["supervisor"])
        elif turn < 0.65:
            _stop(agents["instructor"], random)
        elif turn < 0.9:
            _alone(place, agents, Desk(office), random)
        else:
            file(Desk(office), place, f"{uuid.uuid4().hex}@fictif.example")


def warm(place: Place) -> None:
    """Make the pages once before the first fork, so that each new process is at work at once."""
    office = place.open()
    for client in _agents(create_app(office), place).values():
        client.get(f"/bureau/{SLUG}/lots")
        client.get(f"/bureau/{SLUG}/lots/nouveau?_action=take&_sur=liste")
    office.database.close()


def _agents(app: Flask, place: Place) -> dict[str, FlaskClient]:
    """A browser for each, signed in before the first kill."""
    made = {}
    for role, token in json.loads(place.sessions.read_text()).items():
        made[role] = app.test_client()
        made[role].set_cookie("guichet_office", token, path="/bureau")
    return made


def _batch(agents: dict[str, FlaskClient], role: str, action: str, state: str) -> None:
    where, client = f"/bureau/{SLUG}/lots", agents[role]
    asked = {"_asked": f"etat={state}", "_action": action, "_sur": "liste"}
    page = client.get(f"{where}/nouveau", query_string=asked).get_data(as_text=True)
    seen = EXPECTED.search(page)
    if seen:
        _post(client, where, page, _expected=seen[1], _comment="Essai.", **asked)


def _sign(client: FlaskClient) -> None:
    for where in _batches(client):
        page = client.get(where).get_data(as_text=True)
        if f"{where}/signer" in page and (seen := EXPECTED.search(page)):
            _post(client, f"{where}/signer", page, _expected=seen[1])


def _stop(client: FlaskClient, random: Random) -> None:
    found = _batches(client)
    if found:
        where = random.choice(found)
        _post(client, f"{where}/arreter", client.get(where).get_data(as_text=True))


def _batches(client: FlaskClient) -> list[str]:
    return BATCH.findall(client.get(f"/bureau/{SLUG}/lots").get_data(as_text=True))[:6]


def _alone(place: Place, agents: dict[str, FlaskClient], desk: Desk, random: Random) -> None:
    """One dossier acted on beside the batches; who comes too late is told so."""
    role, action, state = random.choice([one for one in BATCHES if ":" not in one[1]])
    waiting = desk.read(
        lambda work: list(work.session.scalars(select(Dossier.public_id).where(Dossier.state == state)))
    )
    if not waiting:
        return
    public_id = random.choice(waiting)
    where = f"/bureau/{SLUG}/{public_id}"
    page = agents[role].get(where).get_data(as_text=True)
    done = _post(agents[role], f"{where}/actions/{action}", page, _comment="Essai.")
    if done.status_code == 303:
        place.note(f"{action} {public_id}")


def _post(client: FlaskClient, where: str, page: str, **form: str) -> Any:
    token = TOKEN.search(page)
    return client.post(where, data={**form, "csrf_token": token[1] if token else ""})
