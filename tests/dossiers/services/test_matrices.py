"""Every shipped scheme at the acting door: who may do what in which state is just its matrix, action by action, role by role;
whoever has no role there finds nothing, in no list, page, file or export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select, update

from dossiers import access, journal, sessions
from dossiers.access import Viewer
from dossiers.changes import filing
from dossiers.database import Account, Dossier, RoleGrant, SchemeRow, SchemeVersion
from dossiers.services import (
    asking_opinions,
    batches,
    casework,
    files,
    inbox,
    lists,
    mass_messages,
    payment_batches,
    polls,
    publication,
    tasks,
    voting,
)
from dossiers.services.cases import load, situation
from dossiers.services.chosen import Choice
from dossiers.services.desk import Work
from dossiers.services.opened import for_staff
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of
from dossiers.services.wanted import Wanted
from engine.asked import read_answers
from engine.language import Bundle, Scheme
from guichet.application import create_app
from tests.dossiers.services import matrix_doors
from workflows import lifecycle
from workflows.lifecycle import Actor
from workflows.matrix import Line, lines

ROOT = Path(__file__).parents[3]
SHIPPED = sorted(
    [
        *(one.parent for one in ROOT.glob("examples/*/scheme.yaml")),
        ROOT / "schemes/haute-savoie-emergency-grant",
    ]
)
PLACES = {
    "action": "actions/{}",
    "task": "taches/{}",
    "opinion": "avis/{}",
    "vote": "votes/{}",
    "close": "votes/{}/cloture",
}
CLOSED = {"not_yours", "not_allowed"}  # the door itself; other refusals come behind it


class Back(Exception):
    """Nothing of what was tried is kept."""


@pytest.fixture(params=SHIPPED, ids=lambda path: path.name)
def shipped(site, request):
    """A shipped scheme, published, with one dossier of it, which says nothing."""
    site.act(publication.publish, Bundle.read(request.param), "Sylvie (fictive)")
    site.scheme = site.read(publication.current, request.param.name).scheme
    site.act(filed)
    return site


def filed(work: Work) -> None:
    """A dossier without answers in the scheme published last: the doors don't read them."""
    row = work.session.query(SchemeVersion).order_by(SchemeVersion.id.desc()).first()
    slug = work.session.get(SchemeRow, row.scheme_id).slug
    scheme = publication.current(work, slug).scheme
    values = {"public_id": "a" * 22, "scheme_id": row.scheme_id, "version_id": row.id, "state": "draft"}
    values |= {
        "email": "a@fictif.example",
        "language": "fr",
        "created_at": work.now,
        "filed_at": work.now,
        "reference": "ESSAI-1",
    }
    work.session.execute(insert(Dossier).values({**values, "state_since": work.now, "revision": 1}))
    dossier = work.session.query(Dossier).filter_by(public_id="a" * 22).one()
    came = {"action": "submit", "at": work.now, "source": "draft", "target": scheme.workflow.start.id}
    journal.record(
        work.session, stream=f"dossier:{'a' * 22}", actor=Actor("applicant", "applicant", ""), **came
    )
    reading = read_answers(scheme, {}, now=work.now, organisation=work.office.organisation)
    filing.file(work.session, work.office.vault, dossier, reading, by="applicant", now=work.now)


def held_by(site, *roles: str) -> Viewer:
    """Somebody with these roles."""
    slug = site.scheme.id
    account = site.staff["hotline"].account_id
    held = {slug: frozenset(roles)} if roles else {}
    return Viewer("staff", account_id=account, name="Essai", roles=held)


def stand(work: Work, state: str) -> None:
    work.session.execute(update(Dossier).where(Dossier.public_id == "a" * 22).values(state=state))


def tried(work: Work, viewer: Viewer, line: Line) -> str:
    """What comes of a line of the matrix when somebody tries it: a code, "" when it is done."""
    id: Any = "a" * 22
    try:
        if line.what == "action":
            casework.fire(work, viewer, id, line.id, comment="essai", form={})
        elif line.what == "task":
            tasks.say(work, viewer, id, line.id, done=True)
        elif line.what == "opinion":
            asking_opinions.asking(work, viewer, id, line.id)
        else:
            return poll_door(work, viewer, line)
    except Refused as refused:
        return refused.code
    return ""


def poll_door(work: Work, viewer: Viewer, line: Line) -> str:
    """A ballot, or closing a vote, once one goes on."""
    opened = for_staff(work, viewer, "a" * 22, lock=True)
    polls.follow(work, opened.scheme, opened.dossier)
    if line.what == "vote":
        voting.cast(work, viewer, "a" * 22, line.id, option="", form={})
    else:
        voting.close(work, viewer, "a" * 22, line.id)
    return ""


def doors(scheme: Scheme) -> Iterator[tuple[Line, str]]:
    """Every line with who may; with who may not in the first of its states, since a role is refused whatever the state."""
    tried_by: dict[str, set[str]] = {}
    for line in lines(scheme.workflow):
        refused = tried_by.setdefault(f"{line.what} {line.id}", set())
        for role in scheme.roles:
            if role in line.by or role not in refused:
                yield line, role
        refused |= scheme.roles.keys()


def refused_in_turn(scheme: Scheme) -> Iterator[tuple[Line, str]]:
    """Each thing that may be done to a filed dossier, where it may be done first, with a role that may not."""
    first = {(one.what, one.id): one for one in reversed(lines(scheme.workflow)) if one.state != scheme.workflow.start.id}  # fmt: skip
    by_state = sorted(first.values(), key=lambda one: one.state)
    for turn, line in enumerate(one for one in by_state if not (one.action and one.action.batch)):
        others = [role for role in scheme.roles if role not in line.by]
        if others:
            yield line, others[turn % len(others)]


def test_shipped_scheme_holds_to_its_matrix(shipped):
    each_role_does_what_it_says_and_nothing_else(shipped)
    pages_offer_what_it_says(shipped)
    app = create_app(shipped.desk.office)
    app.config["WTF_CSRF_ENABLED"] = False
    clients = {role: signed_in(shipped, app, role) for role in shipped.scheme.roles}
    requests_find_the_doors_closed(shipped, clients)
    matrix_doors.many_at_once(shipped, clients)
    matrix_doors.files_taken_out(shipped, clients)
    matrix_doors.papers(shipped, clients)
    matrix_doors.applicants_doors(shipped, applicant_in(shipped, app))
    matrix_doors.machines_door(shipped, clients, app.test_client())
    who_has_no_role_finds_nothing(shipped)


def each_role_does_what_it_says_and_nothing_else(site) -> None:
    scheme, wrong = site.scheme, []
    start = scheme.workflow.start.id
    for line, role in doors(scheme):
        if line.state == start or (line.action and line.action.batch):
            continue  # a draft isn't found; what payment batches do has no door of its own
        with suppress(Back), site.desk.office.database.writing() as session:
            work = Work(session, site.desk.office, site.clock.now)
            stand(work, line.state)
            code = tried(work, held_by(site, role), line)
            if (role in line.by) == (code in CLOSED):
                wrong.append((line.state, line.id, role, code))
            raise Back
    assert wrong == []


def pages_offer_what_it_says(site) -> None:
    scheme, flow = site.scheme, site.scheme.workflow
    for state in (one.id for one in flow.states.values() if one.kind != "start"):
        with suppress(Back), site.desk.office.database.writing() as session:
            work = Work(session, site.desk.office, site.clock.now)
            stand(work, state)
            for role in scheme.roles:
                viewer = held_by(site, role)
                opened = for_staff(work, viewer, "a" * 22)
                offers = lifecycle.offers(situation(work, load(work, opened)), actor_of(viewer, opened.slug))
                said = [
                    one.id
                    for one in lines(flow)
                    if (one.state, one.what) == (state, "action") and role in one.by
                ]
                assert [one.action.id for one in offers] == said, (state, role)
            raise Back


def requests_find_the_doors_closed(site, clients: Mapping[str, FlaskClient]) -> None:
    """Over HTTP: a bare request for each action, task, ballot, closing and opinion, by a role that has no right to it, leaves
    everything as it was. One such role each, in turn: the acting door above refuses them all."""
    scheme, office = site.scheme, site.desk.office
    wrong, here = [], "draft"
    for line, role in refused_in_turn(scheme):
        if line.state != here:
            with office.database.writing() as session:
                stand(Work(session, office, site.clock.now), line.state)
            here = line.state
        sent = clients[role].post(f"/bureau/{scheme.id}/{'a' * 22}/{PLACES[line.what].format(line.id)}")
        if sent.status_code not in (403, 404, 409):
            wrong.append((line.state, line.id, role, sent.status_code))
    with office.database.reading() as session:
        kept = session.execute(select(Dossier.state, Dossier.revision, Dossier.assigned_to)).one()
    assert wrong == [] and kept == (here, 1, None)


def signed_in(site, app: Flask, role: str) -> FlaskClient:
    """The browser of somebody who has just this role."""
    email = f"{role}-only@office.example"
    row = {"public_id": email[:22], "email": email, "name": role, "password_hash": "", "administrator": False}
    with site.desk.office.database.writing() as session:
        made = insert(Account).values(**row, language="fr", created_at=site.clock.now).returning(Account.id)
        account = session.scalars(made).one()
        session.execute(insert(RoleGrant).values(account_id=account, scheme_slug=site.scheme.id, role=role))
    return matrix_doors.browser(site, app, account)


def applicant_in(site, app: Flask) -> FlaskClient:
    """The browser of the applicant of the dossier."""
    office, now = site.desk.office, site.clock.now
    with office.database.writing() as session:
        proven = {"email": "a@fictif.example", "language": "fr", "now": now}
        token = sessions.open_applicant(session, office, **proven).token
    client = app.test_client()
    client.set_cookie("guichet_session", token)
    return client


def who_has_no_role_finds_nothing(site) -> None:
    slug, nobody = site.scheme.id, held_by(site)
    some = next(iter(site.scheme.workflow.actions))
    choice = Choice(Wanted(), ())
    for service, arguments in (
        (casework.dossier, ("a" * 22,)),
        (casework.fire, ("a" * 22, some)),
        (files.open_file, ("a" * 22, "b" * 22)),
        (inbox.overview, (slug,)),
        (batches.of_scheme, (slug,)),
        (batches.ask, (slug, some, choice)),
        (lists.ask, (slug, some, choice)),
        (mass_messages.count, (slug, Wanted())),
        (payment_batches.payments, (slug,)),
    ):
        for viewer in (nobody, access.anonymous(), Viewer("applicant", email="b@fictif.example")):
            with pytest.raises(NotFound):
                site.act(service, viewer, *arguments)
