"""The staff's accounts, for administrators: who has one, with which roles; inviting, changing, closing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from admin.doors import blueprint, open_to
from admin.showing import LINKS, act, language, notify, read, sentence, show, told
from dossiers.services import account_links, interests, publication, recusals
from dossiers.services import accounts as service
from dossiers.services.accounts import NewAccount
from dossiers.services.office_views import AccountView
from dossiers.services.refusals import Refused
from engine.language import Scheme
from renderers.catalogues import marked

INVITED = marked(
    "%(email)s is invited: a link to choose a password is on its way. It works once, for two days."
)
SENT = marked("A link to choose a password is on its way to %(email)s. It works once, for two days.")
CHANGED = marked("The roles of %(name)s are changed. They hold from now on.")
CLOSED = marked("The account of %(name)s is closed, and its sessions are ended.")
DECLARED = marked("The interests of %(name)s are kept: they step aside from the dossiers concerned.")
OPENED = marked("The account of %(name)s is open again.")

Roles = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Typed:
    """The form of an account as it was sent."""

    email: str = ""
    name: str = ""
    roles: Roles = field(default_factory=dict)
    administrator: bool = False
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class OfferedRole:
    """A role that may be ticked; `past`: the scheme in force no longer has it, but the account does."""

    value: str
    label: str
    held: bool
    past: bool = False


@dataclass(frozen=True, slots=True)
class SchemeRoles:
    """The roles of one scheme."""

    slug: str
    title: str
    roles: tuple[OfferedRole, ...]


@blueprint.get("/comptes")
@open_to("administrator")
def accounts() -> Response:
    """The accounts, those in use first."""
    found: tuple[AccountView, ...] = read(service.every, g.viewer)
    rows = sorted(found, key=lambda one: one.disabled_at is not None)
    return show("admin/accounts.html", accounts=rows, schemes=_schemes())


@blueprint.get("/comptes/nouveau")
@open_to("administrator")
def invite_form() -> Response:
    """The form of an invitation."""
    return _show_invitation(Typed(language=language()))


@blueprint.post("/comptes/nouveau")
@open_to("administrator")
def invite() -> AnyResponse:
    """Open an account and mail its owner the link to choose a password."""
    typed = _typed()
    new = NewAccount(typed.email, typed.name, typed.roles, typed.administrator, typed.language)
    try:
        made: AccountView = act(account_links.invite, g.viewer, new)
    except Refused as refused:
        return _show_invitation(typed, sentence(refused, None))
    notify("success", told(INVITED, email=made.email))
    return redirect(LINKS.account(made.public_id), 303)


@blueprint.get("/comptes/<account_id>")
@open_to("administrator")
def account(account_id: str) -> Response:
    """One account: its roles, its password, whether it is open."""
    return _show_account(read(service.one, g.viewer, account_id))


@blueprint.post("/comptes/<account_id>")
@open_to("administrator")
def change_roles(account_id: str) -> AnyResponse:
    """Give the account the roles ticked, and no other."""
    typed = _typed()
    try:
        changed: AccountView = act(service.grant, g.viewer, account_id, typed.roles, typed.administrator)
    except Refused as refused:
        return _show_account(read(service.one, g.viewer, account_id), typed, sentence(refused, None))
    notify("success", told(CHANGED, name=changed.name))
    return redirect(LINKS.account(account_id) if g.viewer.email != changed.email else LINKS.home(), 303)


@blueprint.post("/comptes/<account_id>/etat")
@open_to("administrator")
def change_standing(account_id: str) -> AnyResponse:
    """Close the account, or open it again."""
    found: AccountView = read(service.one, g.viewer, account_id)
    closes = request.form.get("open") != "1"
    try:
        act(service.disable if closes else service.enable, g.viewer, account_id)
    except Refused as refused:
        return _show_account(found, problem=sentence(refused, None))
    notify("success", told(CLOSED if closes else OPENED, name=found.name))
    return redirect(LINKS.account(account_id), 303)


@blueprint.post("/comptes/<account_id>/lien")
@open_to("administrator")
def send_link(account_id: str) -> AnyResponse:
    """Mail the owner the link to choose a password."""
    try:
        found: AccountView = act(account_links.mail_link, g.viewer, account_id)
    except Refused as refused:
        return _show_account(read(service.one, g.viewer, account_id), problem=sentence(refused, None))
    notify("success", told(SENT, email=found.email))
    return redirect(LINKS.account(account_id), 303)


@blueprint.post("/comptes/<account_id>/interets")
@open_to("administrator")
def declare_interests(account_id: str) -> AnyResponse:
    """Keep the ties of an account, by which its owner steps aside from dossiers."""
    typed = request.form.get("interests", "")
    try:
        changed: AccountView = act(interests.declare, g.viewer, account_id, typed)
    except Refused as refused:
        found = read(service.one, g.viewer, account_id)
        return _show_account(found, problem=sentence(refused, None), declared=typed)
    notify("success", told(DECLARED, name=changed.name))
    return redirect(LINKS.account(account_id), 303)


def _typed() -> Typed:
    form = request.form
    roles: dict[str, tuple[str, ...]] = {}
    for value in form.getlist("role"):
        slug, _, role = value.partition(":")
        roles[slug] = (*roles.get(slug, ()), role)
    chosen = form.get("language", "")
    return Typed(
        form.get("email", ""),
        form.get("name", ""),
        roles,
        form.get("administrator") == "yes",
        chosen if chosen in ("fr", "en") else "fr",
    )


def _show_invitation(typed: Typed, problem: str = "") -> Response:
    offered = _offered(typed.roles)
    status = 422 if problem else 200
    return show("admin/invite.html", status, typed=typed, offered=offered, problems=problem)


def _show_account(
    found: AccountView, typed: Typed | None = None, problem: str = "", declared: str | None = None
) -> Response:
    offered = _offered(typed.roles if typed else found.roles, found.roles)
    return show(
        "admin/account.html",
        422 if problem else 200,
        account=found,
        offered=offered,
        administrator=typed.administrator if typed else found.administrator,
        oneself=found.email == g.viewer.email,
        problems=problem,
        interests="\n".join(found.interests) if declared is None else declared,
        asks_interests=any(recusals.asks(scheme) for scheme in _schemes().values()),
    )


def _schemes() -> Mapping[str, Scheme]:
    """The schemes in force."""
    current = [one.slug for one in read(publication.versions) if one.current]
    return {slug: read(publication.current, slug).scheme for slug in current}


def _offered(ticked: Roles, held: Roles | None = None) -> tuple[SchemeRoles, ...]:
    return tuple(
        SchemeRoles(slug, scheme.title.plain(language()), _roles_of(slug, scheme, ticked, held or {}))
        for slug, scheme in _schemes().items()
    )


def _roles_of(slug: str, scheme: Scheme, ticked: Roles, held: Roles) -> tuple[OfferedRole, ...]:
    on = ticked.get(slug, ())
    past = [id for id in held.get(slug, ()) if id not in scheme.roles]
    return tuple(
        OfferedRole(f"{slug}:{id}", role.label.plain(language()), id in on)
        for id, role in scheme.roles.items()
    ) + tuple(OfferedRole(f"{slug}:{id}", id, id in on, past=True) for id in past)
