"""The ways round an action's own button, by HTTP: lists, exports, files, the applicant's pages and the machines' door.

Each walk takes a site with one dossier, and one browser for each role of its scheme; what is expected is read off the scheme alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select, update

from dossiers import access, sessions
from dossiers.database import Account, CampaignRow, Document, Dossier, ExportRow
from dossiers.services import exports
from dossiers.services.export_plans import LIST, Asked
from engine.language import Scheme
from engine.language.model import Action, Field
from guichet.doors import audience_of

Clients = Mapping[str, FlaskClient]
ID = "a" * 22
BATCH = re.compile(r'<select class="input" id="on-many" name="_action">(.*?)</select>', re.S)
OPTION = re.compile(r'<option value="([^"]*)"')
PDF = b"%PDF-1.4\n%%EOF\n"
MAY = re.compile(r"/suivi/[^/]+/actions/([^\"/?]+)")


def browser(site, app: Flask, account_id: int) -> FlaskClient:
    """The browser of a member of staff who has signed in."""
    office, now = site.desk.office, site.clock.now
    with office.database.writing() as session:
        token = sessions.open_staff(session, office, account_id=account_id, language="fr", now=now).token
    client = app.test_client()
    client.set_cookie("guichet_office", token, path="/bureau")
    return client


def many_at_once(site, clients: Clients) -> None:
    """A list offers to do to many just what its reader may do to one of its dossiers, wherever it stands; what its reader may
    never do finds no door, nor a bordereau."""
    scheme, wrong = site.scheme, []
    for state in (one.id for one in scheme.workflow.states.values() if one.kind != "start"):
        stand(site, state)
        for role, client in clients.items():
            page = client.get(f"/bureau/{scheme.id}/").get_data(as_text=True)
            assert (f"/bureau/{scheme.id}/exports" in page) == ("export" in scheme.roles[role].may), role
            found = BATCH.search(page)
            said = [word for word, action in _of_many(scheme, role).items() if state in action.sources]
            if (OPTION.findall(found[1]) if found else []) != said:
                wrong.append((role, state))
    for role, client in clients.items():
        for word in (
            *_one_each(scheme),
            *(f"bordereau:{one.id}" for one in scheme.workflow.actions.values() if one.listed_by),
        ):
            sent = {"_action": word, "_sur": "liste", "_expected": "1", "_comment": "essai"}
            if word in _of_many(scheme, role):
                continue
            if client.post(f"/bureau/{scheme.id}/lots", data=sent).status_code != 404:
                wrong.append((role, word))
    assert wrong == [] and _count(site, CampaignRow) == 0


def _of_many(scheme: Scheme, role: str) -> dict[str, Action]:
    """What a role may do to many at once, in the order a list offers it; then what it may put on a bordereau."""
    actions = scheme.workflow.actions.values()
    done = {one.id: one for one in actions if _for_many(one) and role in one.by}
    return done | {f"bordereau:{one.id}": one for one in actions if role in one.listed_by}


def stand(site, state: str) -> None:
    """Put the dossier in a state."""
    with site.desk.office.database.writing() as session:
        session.execute(update(Dossier).where(Dossier.public_id == ID).values(state=state))


def _count(site, table) -> int:
    return site.rows(select(func.count()).select_from(table))[0]


def _one_each(scheme: Scheme) -> dict[str, str]:
    """One action for each set of roles that may do it: at this door its roles alone tell actions apart."""
    actions = scheme.workflow.actions.values()
    return {one.id: "" for one in {(one.by, _for_many(one)): one for one in actions}.values()}


def _for_many(action: Action) -> bool:
    return not (action.signs or action.batch)


def files_taken_out(site, clients: Clients) -> None:
    """Who may export is served; everybody else finds neither the page, nor a file to ask for, nor one that another asked for."""
    scheme, slug = site.scheme, site.scheme.id
    may = [role for role in clients if "export" in scheme.roles[role].may]
    for role in clients.keys() - {*may}:
        sent = clients[role].post(f"/bureau/{slug}/exports", data={"quoi": "list", "format": "csv"})
        assert (clients[role].get(f"/bureau/{slug}/exports").status_code, sent.status_code) == (404, 404)
    assert _count(site, ExportRow) == 0
    for asker in may:
        assert clients[asker].get(f"/bureau/{slug}/exports").status_code == 200
        public_id = site.act(exports.ask, _viewer(site, asker), slug, Asked(LIST, "csv"))
        for role in clients.keys() - {asker}:
            place = f"/bureau/{slug}/exports/{public_id}"
            tried = [clients[role].get(f"{place}/fichier")]
            tried += [clients[role].post(f"{place}/{verb}") for verb in ("effacer", "publier")]
            assert [one.status_code for one in tried] == [404, 404, 404], (role, asker)


def _viewer(site, role: str):
    """The account of a browser of `clients`."""
    [account] = site.rows(select(Account.id).where(Account.email == f"{role}-only@office.example"))
    with site.desk.office.database.reading() as session:
        return access.staff(session, account, "fr")


def papers(site, clients: Clients) -> None:
    """Each document is handed to who may see its question, and is nowhere for who may not."""
    scheme, wrong = site.scheme, []
    for number, (field, path) in enumerate(_documents(scheme)):
        id = f"{number:022}"
        _put(site, id, path)
        for role, client in clients.items():
            seen = role not in _hidden(scheme, path)
            for way, shown in (("", 200),) if seen else (("", 404), ("/voir", 404), ("/vignette", 404)):
                got = client.get(f"/bureau/{scheme.id}/{ID}/pieces/{id}{way}").status_code
                if got != shown:
                    wrong.append((field.id, role, way, got))
    assert wrong == []


def _documents(scheme: Scheme) -> Iterator[tuple[Field, str]]:
    for field in scheme.fields.values():
        if field.kind == "file":
            yield field, field.id
        yield from ((one, f"{field.id}/{one.id}") for one in field.fields.values() if one.kind == "file")


def _put(site, id: str, path: str) -> None:
    """A small paper of the applicant's, under a question."""
    office = site.desk.office
    key = office.store.put(PDF)
    row = {"public_id": id, "dossier_id": site.rows(select(Dossier.id))[0], "field": path, "origin": "answer"}
    row |= {"name": "piece.pdf", "media_type": "application/pdf", "size": len(PDF), "scan": "unscanned"}
    row |= {"sha256": hashlib.sha256(PDF).hexdigest(), "store_key": key, "at": site.clock.now}
    with office.database.writing() as session:
        session.execute(insert(Document).values(row))


def _hidden(scheme: Scheme, path: str) -> frozenset[str]:
    outer, _, inner = path.partition("/")
    field = scheme.fields[outer]
    return field.hide_from | (field.fields[inner].hide_from if inner else frozenset())


def applicants_doors(site, applicant: FlaskClient) -> None:
    """The applicant's page offers just what the matrix gives the applicant; an action of the office moves nothing there."""
    scheme, wrong, here = site.scheme, [], ""
    start = scheme.workflow.start.id
    for state in (one.id for one in scheme.workflow.states.values() if one.kind != "start"):
        leaving = [one for one in scheme.workflow.actions.values() if state in one.sources]
        stand(site, state)
        page = applicant.get(f"/suivi/{ID}")
        offered, here = {*MAY.findall(page.get_data(as_text=True))}, state
        theirs = {one.id for one in leaving if "applicant" in one.by}
        if page.status_code != 200 or not offered <= theirs:
            wrong.append((state, page.status_code, offered - theirs))
        for action in (
            one.id for one in leaving if one.id not in theirs and one.sources[0] in (state, start)
        ):
            got = applicant.post(f"/suivi/{ID}/actions/{action}", data={"_revision": "1"}).status_code
            if got not in (403, 404, 409, 422):
                wrong.append((state, action, got))
    with site.desk.office.database.reading() as session:
        kept = session.execute(select(Dossier.state, Dossier.revision, Dossier.assigned_to)).one()
    assert (wrong, kept) == ([], (here, 1, None))


def machines_door(site, clients: Clients, nobody: FlaskClient) -> None:
    """What machines read is the same whoever asks, and knows of no dossier: no address of theirs names one."""
    app, slug = nobody.application, site.scheme.id
    rules = [one for one in app.url_map.iter_rules() if one.endpoint.startswith("api.")]
    assert rules and not any("public_id" in rule.arguments for rule in rules)
    for rule in (one for one in rules if one.arguments <= {"slug"} and "GET" in (one.methods or ())):
        address = rule.rule.replace("<slug>", slug)
        answer = nobody.get(address)
        assert answer.status_code == 200 and ID.encode() not in answer.data, address
        assert clients[next(iter(clients))].get(address).data == answer.data, address


def out_of_sight(client: FlaskClient, slug: str, public_id: str) -> int:
    """Whoever may not know of a dossier finds none of its addresses, whatever the way and the page behind it; how many were tried."""
    app, wrong, tried = client.application, [], 0
    parts = {"slug": slug, "public_id": public_id}
    for rule in app.url_map.iter_rules():
        if (
            not rule.rule.startswith("/bureau/<slug>/<public_id>")
            or audience_of(app, rule.endpoint) != "staff"
        ):
            continue
        place = re.sub(r"<(?:(int):)?(\w+)>", lambda m: parts.get(m[2], "1" if m[1] else "x" * 22), rule.rule)
        for method in sorted({*(rule.methods or ())} & {"GET", "POST"}):
            tried += 1
            if (got := client.open(place, method=method).status_code) != 404:
                wrong.append((method, rule.rule, got))
    assert wrong == []
    return tried
