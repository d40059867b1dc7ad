"""Accounts to practise with, for the roles that nobody of the office holds: a scheme not published yet has only such."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from dossiers.services import accounts, publication
from dossiers.services.accounts import NewAccount
from dossiers.services.desk import Desk
from renderers.catalogues import marked, say
from renderers.rehearsal import TITLE

DOMAIN = "rehearsal.example"  # a reserved name: no mailbox can be there
LANGUAGE = "fr"
ADMINISTRATOR = marked("Administrator")


@dataclass(frozen=True, slots=True)
class PracticeAccount:
    """An account as it is told once, when the rehearsal opens."""

    email: str
    password: str
    role: str


def practice_accounts(desk: Desk) -> tuple[PracticeAccount, ...]:
    """Open an account for each role that no account holds, and one for an administrator when there is none."""
    made = []
    for new, role in [*_lacking(desk)]:
        password = secrets.token_urlsafe(9)
        desk.act(
            accounts.add,
            email=new.email,
            name=say(LANGUAGE, TITLE, {"title": new.name}),
            password=password,
            roles=new.roles,
            administrator=new.administrator,
        )
        made.append(PracticeAccount(new.email, password, role))
    return tuple(made)


def _lacking(desk: Desk) -> Iterator[tuple[NewAccount, str]]:
    known = desk.read(accounts.every)
    held = {(slug, role) for one in known for slug, roles in one.roles.items() for role in roles}
    for card in desk.read(publication.open_schemes):
        scheme = desk.read(publication.current, card.slug).scheme
        for id, role in scheme.roles.items():
            if (card.slug, id) not in held:
                email = f"{id}@{card.slug}.{DOMAIN}"
                name = role.label.plain(LANGUAGE)
                yield NewAccount(email, name, {card.slug: (id,)}), f"{card.slug}:{id}"
    if not any(one.administrator for one in known):
        yield NewAccount(f"administrator@{DOMAIN}", say(LANGUAGE, ADMINISTRATOR), {}, True), "administrator"
